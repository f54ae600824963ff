package io.clientele.bench;

import io.clientele.bench.Case.Request;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/**
 * A hundred new leads of twelve fields in one call, beside three limits: the same rows through
 * {@code unnest}, the same with their rows of the ledger, and the same through COPY, whose rows
 * alone cost nothing to plan and no ids. An upsert of a hundred leads that are there stands beside
 * the insert.
 */
final class WriteCases {
  private static final int ROWS = 100;
  private static final String COLUMNS =
      "id, last_name, first_name, company, email, phone, lead_source, lead_status, annual_revenue,"
          + " city, country, designation, no_of_employees, owner, created_by, modified_by,"
          + " created_time, modified_time, layout, record_status__s";

  private final SampleOrg org;

  WriteCases(SampleOrg org) {
    this.org = org;
  }

  List<Case> all() {
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    """
                    {"Last_Name":"New %d","First_Name":"First","Company":"Company","Email":"new%d@example.com",\
                    "Phone":"+1 555 %d","Lead_Source":"Cold Call","Lead_Status":"Contacted","Annual_Revenue":100.5,\
                    "City":"City","Country":"Country","Designation":"Manager","No_of_Employees":5}"""
                        .formatted(i, i, i))
            .collect(Collectors.joining(","));
    var request = new Request("POST /crm/v8/Leads", "{\"data\":[" + rows + "]}");
    LongFunction<Request> call = number -> request;
    return List.of(
        new Case("upsert", this::upsert, (connection, number) -> insert(connection, rows())),
        new Case("insert", call, (connection, number) -> insert(connection, rows())),
        new Case("ledger", call, (connection, number) -> insert(connection, withLedger())),
        new Case("copy", call, (connection, number) -> copy(connection)));
  }

  /** A hundred leads that are there already, found by their e-mail addresses. */
  private Request upsert(long number) {
    String rows =
        IntStream.range(0, ROWS)
            .mapToLong(i -> Math.floorMod((number * ROWS + i) * 7919, (long) org.leads()) + 1)
            .mapToObj(
                n ->
                    """
                    {"Last_Name":"Again %d","First_Name":"First","Company":"Company","Email":"lead%d@example.com",\
                    "Phone":"+1 555 %d","Lead_Source":"Cold Call","Lead_Status":"Contacted","Annual_Revenue":100.5,\
                    "City":"City","Country":"Country","Designation":"Manager","No_of_Employees":5}"""
                        .formatted(n, n, n))
            .collect(Collectors.joining(","));
    return new Request(
        "POST /crm/v8/Leads/upsert",
        "{\"data\":[" + rows + "],\"duplicate_check_fields\":[\"Email\"]}");
  }

  private String rows() {
    return "insert into "
        + org.table()
        + " ("
        + COLUMNS
        + ") select nextval('"
        + org.org().schema()
        + ".id_sequence'), a, 'First', 'Company', a || '@example.com', '+1 555 ' || a, 'Cold Call', 'Contacted',"
        + " b, 'City', 'Country', 'Manager', 5, c, c, c, now(), now(), c, 'Available'"
        + " from unnest(?, ?, ?) as v(a, b, c)";
  }

  private String withLedger() {
    return "with added as ("
        + rows()
        + " returning id) insert into "
        + org.org().table("record_change")
        + " (record_id, module_id, action, source, user_id, time)"
        + " select id, 1, 'added', 'crm_api', 1, now() from added";
  }

  private void insert(Connection connection, String statement) throws SQLException {
    Object[] names = IntStream.range(0, ROWS).mapToObj(i -> "New " + i).toArray();
    Object[] amounts = IntStream.range(0, ROWS).mapToObj(i -> new BigDecimal("100.5")).toArray();
    Object[] users = IntStream.range(0, ROWS).mapToObj(i -> org.userId()).toArray();
    try (PreparedStatement insert = connection.prepareStatement(statement)) {
      insert.setArray(1, connection.createArrayOf("text", names));
      insert.setArray(2, connection.createArrayOf("numeric", amounts));
      insert.setArray(3, connection.createArrayOf("bigint", users));
      insert.executeUpdate();
    }
  }

  private void copy(Connection connection) throws SQLException {
    long[] ids = new long[ROWS];
    try (PreparedStatement next =
            connection.prepareStatement(
                "select nextval('"
                    + org.org().schema()
                    + ".id_sequence') from generate_series(1, "
                    + ROWS
                    + ")");
        var row = next.executeQuery()) {
      for (int i = 0; row.next(); i++) {
        ids[i] = row.getLong(1);
      }
    }
    String user = Long.toString(org.userId());
    String lines =
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    String.join(
                        "\t",
                        Long.toString(ids[i]),
                        "New " + i,
                        "First\tCompany",
                        "New " + i + "@example.com",
                        "+1 555 New " + i,
                        "Cold Call\tContacted\t100.5\tCity\tCountry\tManager\t5",
                        user,
                        user,
                        user,
                        "now\tnow",
                        user,
                        "Available\n"))
            .collect(Collectors.joining());
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + org.table() + " (" + COLUMNS + ") from stdin");
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    copy.endCopy();
  }
}
