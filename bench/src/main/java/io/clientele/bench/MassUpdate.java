package io.clientele.bench;

import io.clientele.app.Installation;
import io.clientele.bench.Case.Request;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;

/**
 * Mass update of 50,000 leads through a view, from the call to the end of its job, beside one bare
 * UPDATE of the same rows; each twice in turn, as each leaves the table fuller.
 */
final class MassUpdate {
  private static final int ROWS = 50_000;
  private static final int STAFF = 5_000;
  private static final int RUNS = 2;

  private final EmbeddedPostgres postgres;
  private final Installation installation;
  private final int port;
  private final SampleOrg org;
  private final int staff;

  MassUpdate(EmbeddedPostgres postgres, Installation installation, int port, SampleOrg org) {
    this.postgres = postgres;
    this.installation = installation;
    this.port = port;
    this.org = org;
    staff = (int) Math.min(STAFF, (long) STAFF * ROWS / org.leads());
  }

  void run() throws Exception {
    String token = token();
    String view = view(token);
    for (int run = 1; run <= RUNS; run++) {
      double limit = bare(run);
      double api = job(token, view, run);
      System.out.printf(
          "mass    %5d | %9.0f %8s | %9.0f %8s | %5.2f   rows/s%n",
          1, limit, "", api, "", api / limit);
    }
  }

  private double bare(int run) throws Exception {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var update =
            connection.prepareStatement(
                "update "
                    + org.table()
                    + " set rating = ?, modified_time = now(), modified_by = ?"
                    + " where no_of_employees < ?")) {
      update.setString(1, "Bare " + run);
      update.setLong(2, org.userId());
      update.setInt(3, staff);
      long start = System.nanoTime();
      int rows = update.executeUpdate();
      return rows * 1e9 / (System.nanoTime() - start);
    }
  }

  private double job(String token, String view, int run) throws Exception {
    long start = System.nanoTime();
    send(
        token,
        new Request(
            "POST /crm/v8/Leads/actions/mass_update",
            "{\"data\":[{\"Rating\":\"Job %d\"}],\"cvid\":\"%s\"}".formatted(run, view)));
    installation.jobs().runDue(org.org().id());
    double seconds = (System.nanoTime() - start) / 1e9;
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var count =
            connection.prepareStatement(
                "select count(*) from " + org.table() + " where rating = ?")) {
      count.setString(1, "Job " + run);
      try (var row = count.executeQuery()) {
        row.next();
        return row.getLong(1) / seconds;
      }
    }
  }

  private String view(String token) throws Exception {
    String reply =
        send(
            token,
            new Request(
                "POST /crm/v8/settings/custom_views?module=Leads",
                """
                {"custom_views":[{"name":"Mass %d","access_type":"public",\
                "fields":[{"api_name":"Last_Name"}],"criteria":{"comparator":"less_than",\
                "field":{"api_name":"No_of_Employees"},"value":%d}}]}"""
                    .formatted(System.nanoTime(), staff)));
    return reply.replaceAll("(?s).*\"id\":\"(\\d+)\".*", "$1");
  }

  private String token() {
    var oauth = installation.oauth();
    var client =
        oauth
            .clients()
            .register(new NewClient(ClientType.SELF, "Mass", "", List.of(), Optional.empty()))
            .client();
    var scopes = ScopeSet.parse("ZohoCRM.settings.ALL,ZohoCRM.mass_update.ALL");
    return oauth.tokens().issue(client, org.org().id(), org.userId(), scopes, false).accessToken();
  }

  private String send(String token, Request request) throws Exception {
    String[] line = request.line().split(" ");
    try (var http = HttpClient.newHttpClient()) {
      var response =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + line[1]))
                  .header("Authorization", "Zoho-oauthtoken " + token)
                  .method(line[0], BodyPublishers.ofString(request.body()))
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(line[1] + " answered " + response.body());
      }
      return response.body();
    }
  }
}
