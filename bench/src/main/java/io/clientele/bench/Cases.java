package io.clientele.bench;

import io.clientele.bench.Case.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The hot paths. The SQL of a limit is what the server sends, without what it does around it. */
final class Cases {
  private static final List<String> FIELDS =
      List.of(
          "Last_Name",
          "First_Name",
          "Company",
          "Email",
          "Phone",
          "Lead_Source",
          "Lead_Status",
          "Annual_Revenue",
          "City",
          "Created_Time",
          "Modified_Time",
          "Owner");
  private static final int ROWS = 100;

  private Cases() {}

  static List<Case> all(SampleOrg org) {
    return List.of(list(org), get(org), insert(org), view(org));
  }

  /** The newest 200, twelve fields. */
  private static Case list(SampleOrg org) {
    var request = new Request("GET /crm/v8/Leads?fields=" + String.join(",", FIELDS), "");
    String query = select(org) + " where t.converted__s = false order by t.id desc limit 201";
    return new Case("list", number -> request, (connection, number) -> read(connection, query));
  }

  /** One record, all fields, any of the million. */
  private static Case get(SampleOrg org) {
    String query = "select t.* from " + org.table() + " t where t.id = ?";
    return new Case(
        "get",
        number -> new Request("GET /crm/v8/Leads/" + id(org, number), ""),
        (connection, number) -> read(connection, query, id(org, number)));
  }

  /** The newest 200 of the caller's own, through a view. */
  private static Case view(SampleOrg org) {
    var request =
        new Request(
            "GET /crm/v8/Leads?fields=" + String.join(",", FIELDS) + "&cvid=" + org.view(), "");
    String query =
        select(org)
            + " where (t.converted__s in (false) and t.owner in (?)) order by t.id desc limit 201";
    return new Case(
        "view", number -> request, (connection, number) -> read(connection, query, org.userId()));
  }

  /** A hundred new leads of twelve fields in one call. */
  private static Case insert(SampleOrg org) {
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
    return new Case("insert", number -> request, (connection, number) -> insert(connection, org));
  }

  private static String select(SampleOrg org) {
    return "select t.id, t.last_name, t.first_name, t.company, t.email, t.phone, t.lead_source, t.lead_status,"
        + " t.annual_revenue, t.city, extract(epoch from t.created_time)::bigint,"
        + " extract(epoch from t.modified_time)::bigint, t.owner from "
        + org.table()
        + " t";
  }

  private static long id(SampleOrg org, long number) {
    return org.firstId() + Math.floorMod(number * 7919, org.leads());
  }

  private static void read(Connection connection, String query, Object... binds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < binds.length; i++) {
        statement.setObject(i + 1, binds[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          rows.getLong(1);
        }
      }
    }
  }

  /** The same rows through {@code unnest}, the quickest way to send them short of COPY. */
  private static void insert(Connection connection, SampleOrg org) throws SQLException {
    String statement =
        "insert into "
            + org.table()
            + " (id, last_name, first_name, company, email, phone, lead_source, lead_status, annual_revenue,"
            + " city, country, designation, no_of_employees, owner, created_by, modified_by, created_time,"
            + " modified_time, layout, record_status__s)"
            + " select nextval('"
            + org.org().schema()
            + ".id_sequence'), a, 'First', 'Company', a || '@example.com', '+1 555 ' || a, 'Cold Call', 'Contacted',"
            + " b, 'City', 'Country', 'Manager', 5, c, c, c, now(), now(), c, 'Available'"
            + " from unnest(?, ?, ?) as v(a, b, c)";
    Object[] names = IntStream.range(0, ROWS).mapToObj(i -> "New " + i).toArray();
    Object[] amounts =
        IntStream.range(0, ROWS).mapToObj(i -> new java.math.BigDecimal("100.5")).toArray();
    Object[] users = IntStream.range(0, ROWS).mapToObj(i -> org.userId()).toArray();
    try (PreparedStatement insert = connection.prepareStatement(statement)) {
      insert.setArray(1, connection.createArrayOf("text", names));
      insert.setArray(2, connection.createArrayOf("numeric", amounts));
      insert.setArray(3, connection.createArrayOf("bigint", users));
      insert.executeUpdate();
    }
  }
}
