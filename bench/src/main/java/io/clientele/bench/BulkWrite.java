package io.clientele.bench;

import io.clientele.app.Installation;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientType;
import io.clientele.oauth.NewClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;

/**
 * Bulk writes of leads with some twenty columns into a module that has a million, from the upload
 * to the result, beside COPY of the very rows that came of them into a table like it, with the same
 * columns, indexes and a million rows; three times in turn. Then what single records take to come
 * while such a write runs.
 */
final class BulkWrite {
  private static final int ROWS = 25_000;
  private static final int FILES = 4;
  private static final int RUNS = 3;
  private static final int READERS = 4;

  private final EmbeddedPostgres postgres;
  private final Installation installation;
  private final int port;
  private final SampleOrg org;
  private final String token;
  private final String twin;

  BulkWrite(EmbeddedPostgres postgres, Installation installation, int port, SampleOrg org) {
    this.postgres = postgres;
    this.installation = installation;
    this.port = port;
    this.org = org;
    token = token();
    twin = org.org().schema() + ".leads_twin";
  }

  void run(Case get, Duration time) throws Exception {
    makeTwin();
    for (int run = 1; run <= RUNS; run++) {
      long before = lastId();
      double api = jobs(FILES);
      double limit = copy(before);
      System.out.printf(
          "%-25s %5d | %9.0f %8s | %9.0f %8s | %5.2f   rows/s%n",
          "bulk-write", 1, limit, "", api, "", api / limit);
    }
    latency(get, time);
    execute("drop table " + twin);
  }

  /** One record at a time, while nothing else goes on and while rows are written. */
  private void latency(Case get, Duration time) throws Exception {
    Result idle = HttpLoad.run(port, org.token(), get, READERS, time);
    var writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                long end = System.nanoTime() + time.plusSeconds(3).toNanos();
                while (System.nanoTime() < end) {
                  jobs(1);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Result busy = HttpLoad.run(port, org.token(), get, READERS, time);
    writing.join();
    System.out.printf(
        "%-25s %5d | idle p99 %.2f ms, during a bulk write %.2f ms (%.1f times), %.0f and %.0f/s%n",
        "get beside bulk-write",
        READERS,
        idle.p99Millis(),
        busy.p99Millis(),
        busy.p99Millis() / idle.p99Millis(),
        idle.perSecond(),
        busy.perSecond());
  }

  private double jobs(int files) throws Exception {
    List<byte[]> zips = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      zips.add(zip());
    }
    long start = System.nanoTime();
    try (var http = HttpClient.newHttpClient()) {
      for (byte[] zip : zips) {
        create(http, upload(http, zip));
      }
    }
    installation.jobs().runDue(org.org().id());
    return (double) files * ROWS * 1e9 / (System.nanoTime() - start);
  }

  /** The rows that came of the jobs, once more. */
  private double copy(long after) throws Exception {
    try (Connection connection = connect()) {
      var copies = connection.unwrap(PGConnection.class).getCopyAPI();
      var rows = new ByteArrayOutputStream();
      copies.copyOut(
          "copy (select * from " + org.table() + " where id > " + after + " order by id) to stdout",
          rows);
      long start = System.nanoTime();
      long count =
          copies.copyIn(
              "copy " + twin + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
      return count * 1e9 / (System.nanoTime() - start);
    }
  }

  private void makeTwin() throws SQLException {
    System.out.println("Copying the table …");
    execute("drop table if exists " + twin);
    execute("create table " + twin + " (like " + org.table() + " including defaults)");
    execute("insert into " + twin + " select * from " + org.table());
    List<String> indexes = new ArrayList<>();
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+ ON \\S+ ', 'INDEX ON "
                    + twin
                    + " ') from pg_index where indrelid = '"
                    + org.table()
                    + "'::regclass")) {
      while (rows.next()) {
        indexes.add(rows.getString(1));
      }
    }
    for (String index : indexes) {
      execute(index);
    }
    execute("vacuum analyze " + twin);
  }

  private long lastId() throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select max(id) from " + org.table())) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = connect();
        var executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private String upload(HttpClient http, byte[] zip) throws Exception {
    String boundary = "----bench";
    var body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.zip\"\r\n"
                + "Content-Type: application/zip\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(zip);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/crm/v8/upload"))
            .header("Authorization", "Zoho-oauthtoken " + token)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .header("feature", "bulk-write")
            .header("X-CRM-ORG", Long.toString(org.org().id()))
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    return sent(http, request).replaceAll("(?s).*\"file_id\":\"(\\d+)\".*", "$1");
  }

  private void create(HttpClient http, String file) throws Exception {
    String body =
        "{\"operation\":\"insert\",\"resource\":[{\"type\":\"data\",\"module\":"
            + "{\"api_name\":\"Leads\"},\"file_id\":\""
            + file
            + "\"}]}";
    var _ =
        sent(
            http,
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/crm/bulk/v8/write"))
                .header("Authorization", "Zoho-oauthtoken " + token)
                .POST(BodyPublishers.ofString(body))
                .build());
  }

  private static String sent(HttpClient http, HttpRequest request) throws Exception {
    var response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(request.uri() + " answered " + response.body());
    }
    return response.body();
  }

  /** Leads as the million are, each file with others. */
  private byte[] zip() throws Exception {
    long seed = System.nanoTime() % 1_000_000_000;
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("leads.csv"));
      var text = new StringBuilder();
      text.append(
          "Last_Name,First_Name,Company,Email,Phone,Mobile,Website,Lead_Source,Lead_Status,Industry,"
              + "No_of_Employees,Annual_Revenue,Rating,Street,City,State,Zip_Code,Country,"
              + "Description,Designation,Owner\n");
      for (int i = 0; i < ROWS; i++) {
        line(text, seed + i);
      }
      zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private void line(StringBuilder text, long n) {
    text.append("Last ").append(n).append(",First ").append(n % 1000);
    text.append(",Company ").append(n % 50_000).append(",lead").append(n).append("@example.com,");
    text.append("+1 555 ").append(n).append(",+1 556 ").append(n);
    text.append(",https://www.example.com/").append(n).append(",Source ").append(n % 12);
    text.append(",Status ").append(n % 9).append(",Industry ").append(n % 20).append(',');
    text.append(n % 5000).append(',').append(n % 100_000 * 10.5).append(",Active,").append(n);
    text.append(" Main Street,City ").append(n % 900).append(",State ").append(n % 50).append(',');
    text.append(10_000 + n % 90_000).append(",Country ").append(n % 80).append(',');
    text.append("Something about this lead. ".repeat(6)).append(",Manager,");
    text.append(org.userId()).append('\n');
  }

  private String token() {
    var oauth = installation.oauth();
    var client =
        oauth
            .clients()
            .register(new NewClient(ClientType.SELF, "Bulk write", "", List.of(), Optional.empty()))
            .client();
    var scopes = ScopeSet.parse("ZohoCRM.bulk.ALL,ZohoCRM.modules.ALL,ZohoCRM.files.ALL");
    return oauth.tokens().issue(client, org.org().id(), org.userId(), scopes, false).accessToken();
  }
}
