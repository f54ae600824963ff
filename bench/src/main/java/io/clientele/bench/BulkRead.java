package io.clientele.bench;

import io.clientele.app.Installation;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * Bulk read of up to 200,000 leads with twenty fields, from the call to the file that can be
 * downloaded, beside COPY of the same columns and rows to nowhere; each five times in turn.
 */
final class BulkRead {
  private static final int MOST = 200_000;
  private static final int RUNS = 5;

  private static final List<String> FIELDS =
      List.of(
          "Last_Name",
          "First_Name",
          "Company",
          "Email",
          "Phone",
          "Mobile",
          "Website",
          "Lead_Source",
          "Lead_Status",
          "Industry",
          "No_of_Employees",
          "Annual_Revenue",
          "Street",
          "City",
          "State",
          "Zip_Code",
          "Description",
          "Owner",
          "Created_Time",
          "Modified_Time");

  private final EmbeddedPostgres postgres;
  private final Installation installation;
  private final int port;
  private final SampleOrg org;

  BulkRead(EmbeddedPostgres postgres, Installation installation, int port, SampleOrg org) {
    this.postgres = postgres;
    this.installation = installation;
    this.port = port;
    this.org = org;
  }

  void run() throws Exception {
    String token = token();
    for (int run = 1; run <= RUNS; run++) {
      double limit = copy();
      double api = job(token);
      System.out.printf(
          "bulk    %5d | %9.0f %8s | %9.0f %8s | %5.2f   rows/s%n",
          1, limit, "", api, "", api / limit);
    }
  }

  private double copy() throws Exception {
    String columns =
        Stream.concat(Stream.of("id"), FIELDS.stream().map(String::toLowerCase))
            .collect(Collectors.joining(", "));
    try (var connection =
        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
      long start = System.nanoTime();
      long rows =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut(
                  "copy (select "
                      + columns
                      + " from "
                      + org.table()
                      + " order by id limit "
                      + MOST
                      + ") to stdout with (format csv)",
                  OutputStream.nullOutputStream());
      return rows * 1e9 / (System.nanoTime() - start);
    }
  }

  private double job(String token) throws Exception {
    String fields =
        FIELDS.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(","));
    String body = "{\"query\":{\"module\":{\"api_name\":\"Leads\"},\"fields\":[" + fields + "]}}";
    long start = System.nanoTime();
    try (var http = HttpClient.newHttpClient()) {
      var response =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/crm/bulk/v8/read"))
                  .header("Authorization", "Zoho-oauthtoken " + token)
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() != 201) {
        throw new IllegalStateException(response.body());
      }
    }
    installation.jobs().runDue(org.org().id());
    return Math.min(MOST, org.leads()) * 1e9 / (System.nanoTime() - start);
  }

  private String token() {
    var oauth = installation.oauth();
    var client =
        oauth
            .clients()
            .register(new NewClient(ClientType.SELF, "Bulk", "", List.of(), Optional.empty()))
            .client();
    var scopes = ScopeSet.parse("ZohoCRM.bulk.ALL,ZohoCRM.modules.ALL");
    return oauth.tokens().issue(client, org.org().id(), org.userId(), scopes, false).accessToken();
  }
}
