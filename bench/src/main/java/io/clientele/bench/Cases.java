package io.clientele.bench;

import io.clientele.bench.Case.Request;
import io.clientele.db.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/**
 * The hot paths. The limit of a read is the very statement that the server sent for it, asked back
 * from PostgreSQL.
 */
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

  private final EmbeddedPostgres postgres;
  private final int port;
  private final SampleOrg org;

  Cases(EmbeddedPostgres postgres, int port, SampleOrg org) {
    this.postgres = postgres;
    this.port = port;
    this.org = org;
  }

  List<Case> all() throws Exception {
    var cases = new ArrayList<>(List.of(list(), get(), view()));
    cases.addAll(searches());
    cases.addAll(new QueryCases(org).all());
    cases.addAll(new WriteCases(org).all());
    return cases;
  }

  /** The statement on leads that the server runs for a request. */
  private String statementOf(Request request) throws Exception {
    HttpLoad.once(port, org.token(), request);
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        PreparedStatement statement =
            connection.prepareStatement(
                "select query from pg_stat_activity where query like 'select %leads%'"
                    + " and pid <> pg_backend_pid() order by query_start desc limit 1");
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException("no statement seen for " + request.line());
      }
      return row.getString(1).replaceAll("\\$\\d+", "?");
    }
  }

  /** The newest 200, twelve fields. */
  private Case list() throws Exception {
    var request = new Request("GET /crm/v8/Leads?fields=" + String.join(",", FIELDS), "");
    String query = statementOf(request);
    return new Case("list", number -> request, (connection, number) -> read(connection, query));
  }

  /** One record, all fields, any of the million. */
  private Case get() throws Exception {
    String query = statementOf(new Request("GET /crm/v8/Leads/" + id(org, 0), ""));
    return new Case(
        "get",
        number -> new Request("GET /crm/v8/Leads/" + id(org, number), ""),
        (connection, number) -> read(connection, query, id(org, number)));
  }

  /** The newest 200 of the caller's own, through a view. */
  private Case view() throws Exception {
    var request =
        new Request(
            "GET /crm/v8/Leads?fields=" + String.join(",", FIELDS) + "&cvid=" + org.view(), "");
    String query = statementOf(request);
    Object[] user = {org.userId()};
    return new Case(
        "view",
        number -> request,
        (connection, number) -> read(connection, query, connection.createArrayOf("bigint", user)));
  }

  private List<Case> searches() throws Exception {
    return List.of(
        search("search-word", "word=lead77", "'lead77':*"),
        search("search-email", "email=lead77777@example.com", "'e:lead77777@example.com':*"),
        search(
            "search-criteria-indexed",
            "criteria=(Created_Time:between:2024-02-01T00:00:00Z,2024-02-01T00:30:00Z)",
            "2024-02-01T00:00:00Z",
            "2024-02-01T00:30:01Z"),
        search("search-criteria-unindexed", "criteria=(No_of_Employees:equals:77)", "77"),
        search(
            "search-criteria-text",
            "criteria=(City:equals:City+77)",
            "('city' & '77')",
            "(^|[^[:alnum:]])city[^[:alnum:]]+77([^[:alnum:]]|$)"),
        count());
  }

  /**
   * The newest 200 that a search finds, twelve fields; {@code binds} are those of its condition.
   */
  private Case search(String name, String parameter, String... binds) throws Exception {
    var request =
        new Request(
            "GET /crm/v8/Leads/search?" + parameter + "&fields=" + String.join(",", FIELDS), "");
    String query = statementOf(request);
    Object[] all = Stream.concat(Stream.of(binds), Stream.of(201, 0)).toArray();
    return new Case(
        name, number -> request, (connection, number) -> readPlanned(connection, query, all));
  }

  /** How many leads there are. */
  private Case count() throws Exception {
    var request = new Request("GET /crm/v8/Leads/actions/count", "");
    String query = statementOf(request);
    return new Case(
        "count", number -> request, (connection, number) -> readPlanned(connection, query));
  }

  private static long id(SampleOrg org, long number) {
    return org.firstId() + Math.floorMod(number * 7919, org.leads());
  }

  private static void read(Connection connection, String query, Object... binds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      read(statement, binds);
    }
  }

  /** Planned each time for its very binds, as the server does for searches. */
  static void readPlanned(Connection connection, String query, Object... binds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      read(statement, binds);
    }
  }

  private static void read(PreparedStatement statement, Object... binds) throws SQLException {
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
