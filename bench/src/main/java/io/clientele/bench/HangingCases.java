package io.clientele.bench;

import io.clientele.app.Installation;
import io.clientele.bench.Case.Request;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Records with what hangs on them, beside the same read by hand: a quote with ten lines, and the
 * first page of the two hundred contacts of an account.
 */
final class HangingCases {
  private static final int ACCOUNTS = 100;
  private static final int CONTACTS = 200;
  private static final int QUOTES = 500;
  private static final int LINES = 10;
  private static final int ROWS = 100;

  private final SampleOrg org;
  private final List<Long> accounts;
  private final List<Long> quotes;

  private HangingCases(SampleOrg org, List<Long> accounts, List<Long> quotes) {
    this.org = org;
    this.accounts = accounts;
    this.quotes = quotes;
  }

  /** With new records, written by the rules of the API. */
  static HangingCases load(Installation installation, SampleOrg org) {
    List<Long> product = create(installation, org, "Products", 1, n -> "{\"Product_Name\":\"P\"}");
    List<Long> accounts =
        create(installation, org, "Accounts", ACCOUNTS, n -> "{\"Account_Name\":\"A " + n + "\"}");
    create(
        installation,
        org,
        "Contacts",
        ACCOUNTS * CONTACTS,
        n ->
            """
            {"Last_Name":"L %d","First_Name":"F","Email":"c%d@example.com","Account_Name":"%d"}"""
                .formatted(n, n, accounts.get(n % ACCOUNTS)));
    String line =
        "{\"Product_Name\":\"" + product.getFirst() + "\",\"Quantity\":2,\"List_Price\":9.5}";
    String lines = String.join(",", java.util.Collections.nCopies(LINES, line));
    List<Long> quotes =
        create(
            installation,
            org,
            "Quotes",
            QUOTES,
            n -> "{\"Subject\":\"Q " + n + "\",\"Quoted_Items\":[" + lines + "]}");
    return new HangingCases(org, accounts, quotes);
  }

  private static List<Long> create(
      Installation installation, SampleOrg org, String module, int count, IntFunction<String> row) {
    Metadata metadata = installation.metadata().of(org.org().id());
    return IntStream.iterate(0, from -> from < count, from -> from + ROWS)
        .boxed()
        .flatMap(
            from -> {
              String rows =
                  IntStream.range(from, Math.min(count, from + ROWS))
                      .mapToObj(row)
                      .collect(Collectors.joining(",", "[", "]"));
              return installation
                  .records()
                  .create(metadata, metadata.get(module), org.userId(), Json.MAPPER.readTree(rows))
                  .stream();
            })
        .map(outcome -> outcome.requireId())
        .toList();
  }

  List<Case> all() {
    return List.of(
        new Case(
            "subform",
            number -> new Request("GET /crm/v8/Quotes/" + one(quotes, number), ""),
            (connection, number) -> {
              read(connection, "select * from %s where id = ?", "quotes", one(quotes, number));
              read(
                  connection,
                  "select i.*, p.product_name from %s i left join "
                      + org.org().table("products")
                      + " p on p.id = i.product_name where i.parent_id = ? order by i.id limit 201",
                  "quoted_items",
                  one(quotes, number));
            }),
        new Case(
            "related",
            number ->
                new Request(
                    "GET /crm/v8/Accounts/"
                        + one(accounts, number)
                        + "/Contacts?fields=Last_Name,First_Name,Email,Phone,Owner,Created_Time",
                    ""),
            (connection, number) ->
                read(
                    connection,
                    "select id, last_name, first_name, email, phone, owner, created_time from %s"
                        + " where account_name = ? order by id desc limit 201",
                    "contacts",
                    one(accounts, number))));
  }

  private static long one(List<Long> ids, long number) {
    return ids.get((int) Math.floorMod(number * 7919, (long) ids.size()));
  }

  private void read(Connection connection, String query, String table, long id)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(query.formatted(org.org().table(table)))) {
      statement.setLong(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          rows.getLong(1);
        }
      }
    }
  }
}
