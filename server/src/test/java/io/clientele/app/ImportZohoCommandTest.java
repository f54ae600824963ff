package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clientele.db.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code import-zoho} as scripts use it: what it prints, and how it ends. */
class ImportZohoCommandTest {
  @TempDir static Path directory;
  private static EmbeddedPostgres postgres;

  private record Ended(int code, String out, String err) {
    Ended succeeded() {
      assertThat(code).as(this::toString).isZero();
      return this;
    }

    /** Exit code 1, and one line on standard error without a stack trace. */
    void fails(String words) {
      assertThat(code).as(this::toString).isEqualTo(1);
      assertThat(err).contains(words);
      assertThat(err.lines()).as(err).hasSize(1);
    }
  }

  @BeforeAll
  static void startPostgres() {
    postgres =
        EmbeddedPostgres.start(
            directory.resolve("postgres"), EmbeddedPostgres.Options.unsafeForTests());
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  private static Ended run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", directory.resolve("data").toString(), "--database-url"));
    all.add(
        "jdbc:postgresql://127.0.0.1:%d/clientele?user=%s&password=%s"
            .formatted(postgres.port(), postgres.user(), postgres.password()));
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), all);
    return new Ended(code, out.toString(), err.toString());
  }

  private static String org(String name) {
    return run("org", "create", name, "--admin-email", "first@example.com")
        .succeeded()
        .out()
        .lines()
        .filter(line -> line.startsWith("org_id: "))
        .findFirst()
        .orElseThrow()
        .substring("org_id: ".length());
  }

  @Test
  void aBackupIsPlannedMovedInAndUndone() throws IOException {
    Path data = Files.createDirectories(directory.resolve("backup/Data"));
    Files.writeString(
        data.resolve("Leads_001.csv"), "Record Id,Last Name\nzcrm_5725767000000500001,Pan\n,Bad\n");
    String org = org("Moved's");
    String[] arguments = {
      "import-zoho",
      directory.resolve("backup").toString(),
      "--org",
      org,
      "--report",
      directory.resolve("report.csv").toString()
    };
    var planning = new ArrayList<>(List.of(arguments));
    planning.add("--plan");
    assertThat(run(planning.toArray(String[]::new)).succeeded().out())
        .contains("+ Leads, 2 records", "Nothing was changed.");
    Ended done = run(arguments).succeeded();
    assertThat(done.out())
        .contains("Leads: 1 imported, 1 not", "1 things could not be taken; see ")
        .contains("clientele org delete " + org + " --name 'Moved'\\''s'");
    assertThat(Files.readString(directory.resolve("report.csv"))).contains("it has no id");
    assertThat(run(arguments).succeeded().out()).contains("1 things could not be taken");
    var adding = new ArrayList<>(List.of(arguments));
    adding.add("--add");
    assertThat(run(adding.toArray(String[]::new)).succeeded().out()).doesNotContain("org delete");
    run("org", "delete", org, "--name", "Other").fails("is called 'Moved's'");
    run("org", "delete", org, "--name", "Moved's").succeeded();
    assertThat(run("org", "list").succeeded().out()).doesNotContain("Moved");
    run(arguments).fails("There is no org " + org);
  }

  @Test
  void whatCannotBeReadIsSaidInOneLine() throws IOException {
    String org = org("Errors");
    Path text = Files.writeString(directory.resolve("text.zip"), "no zip");
    run("import-zoho", text.toString(), "--org", org).fails("text.zip is not a zip file");
    run("import-zoho", "--org", org, "--url", "http://127.0.0.1:1", "--token", "t")
        .fails("http://127.0.0.1:1 cannot be reached");
    assertThat(run("import-zoho", "--org", org).code()).isEqualTo(2);
    assertThat(run("import-zoho", "--org", org, "--url", "http://127.0.0.1:1").code()).isEqualTo(2);
    assertThat(run("import-zoho", "--org", org, "--url", "no", "--token", "t").code()).isEqualTo(2);
  }

  @Test
  void aServerThatRefusesOrIsNoneIsSaidInOneLine() throws IOException {
    String org = org("Servers");
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    answer(server, "/bad", 401, "{\"code\":\"INVALID_TOKEN\",\"message\":\"invalid oauth token\"}");
    answer(server, "/scope", 401, "{\"code\":\"OAUTH_SCOPE_MISMATCH\"}");
    answer(server, "/html", 200, "<html>");
    answer(server, "/oauth/v2/token", 200, "{\"error\":\"invalid_code\"}");
    var stolen = new AtomicInteger();
    server.createContext("/thief", exchange -> stolen.incrementAndGet());
    server.createContext(
        "/moved/oauth/v2/token",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/thief");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    var calls = new AtomicInteger();
    server.createContext(
        "/busy",
        exchange -> {
          boolean first = calls.incrementAndGet() == 1;
          exchange.getResponseHeaders().add("Retry-After", "0");
          byte[] body =
              (first ? "{}" : "{\"code\":\"INVALID_TOKEN\"}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(first ? 429 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      importFrom(org, url + "/bad").fails(url + "/bad does not take the token (INVALID_TOKEN).");
      importFrom(org, url + "/scope").fails("does not reach as far as GET /crm/v8/org");
      importFrom(org, url + "/html").fails("does not answer as the API does");
      importFrom(org, url + "/busy").fails("does not take the token");
      assertThat(calls.get()).isEqualTo(2);
      run(
              "import-zoho",
              "--org",
              org,
              "--url",
              url,
              "--refresh-token",
              "r",
              "--client-id",
              "c",
              "--client-secret",
              "s")
          .fails(url + "/oauth/v2/token gives no token: invalid_code.");
      run(
              "import-zoho",
              "--org",
              org,
              "--url",
              url,
              "--accounts-url",
              url + "/moved",
              "--refresh-token",
              "r",
              "--client-id",
              "c",
              "--client-secret",
              "s")
          .fails(url + "/moved/oauth/v2/token gives no token");
      assertThat(stolen.get()).isZero();
    } finally {
      server.stop(0);
    }
  }

  private static Ended importFrom(String org, String url) {
    return run("import-zoho", "--org", org, "--url", url, "--token", "t");
  }

  private static void answer(HttpServer server, String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
