package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.app.ServerProcess.Ended;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.http.Json;
import io.clientele.testing.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, and commands beside a server, in processes as a user has them. */
class ServeTest {
  @TempDir Path directory;

  @Test
  void commandsWorkBesideARunningServerAndAServerKeepsItsDirectory() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    String dir = data.toString();
    String none = directory.resolve("none").toString();
    Ended early = ServerProcess.run(directory, "token", "--user", "x@y.z", "--data-dir", none);
    assertThat(early.code()).isEqualTo(1);
    assertThat(early.output()).contains("Run 'clientele serve' first");
    try (var server = ServerProcess.serve(data)) {
      Ended second = ServerProcess.run(directory, "serve", "--port", "0", "--data-dir", dir);
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.output()).contains("is in use by the process with pid " + server.pid());
      Ended token =
          ServerProcess.run(
              directory,
              "token",
              "--user",
              "admin@clientele.local",
              "--data-dir",
              dir,
              "--scope",
              "ZohoCRM.users.READ");
      assertThat(token.output().strip()).matches("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}");
      String[] header = {"Authorization", "Zoho-oauthtoken " + token.output().strip()};
      server.api().get("/crm/v8/users?type=CurrentUser", header).hasStatus(200);
      server.api().get("/crm/v8/Leads?fields=id", header).hasStatus(401);
      Ended users = ServerProcess.run(directory, "user", "list", "--data-dir", dir, "--json");
      assertThat(users.output()).contains("\"email\":\"admin@clientele.local\"");
      server.api().get("/health/ready").hasStatus(200);
      server.api().get("/health/live").hasStatus(200);
      assertThat(server.api().get("/metrics").text())
          .contains(
              "clientele_requests_seconds_count{method=\"GET\",route=\"/crm/{version}/users\"");
      assertThat(server.stop()).isZero();
    }
  }

  /** A job is there when its request was answered, whatever becomes of the server. */
  @Test
  void aKilledServersJobsAreDoneAfterTheNextStart() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    String lists = "/crm/v8/settings/global_picklists";
    String list;
    try (var server = ServerProcess.serve(data)) {
      list =
          server
              .api()
              .post(
                  lists,
                  """
                  {"global_picklists":[{"display_label":"Source",
                    "pick_list_values":[{"display_value":"a"}]}]}""")
              .hasStatus(201)
              .at("/global_picklists/0/details/id")
              .asString();
      server.api().delete(lists + "/" + list).hasStatus(202);
      server.kill();
    }
    try (var server = ServerProcess.serve(data)) {
      server.until("deleted", () -> server.api().get(lists + "/" + list).status() == 204);
      assertThat(server.stop()).isZero();
    }
  }

  /** A mass update that a kill interrupts goes on behind its last record, and does none twice. */
  @Test
  void aKilledMassUpdateChangesEachRecordOnce() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    int calls = 30;
    String job;
    try (var server = ServerProcess.serve(data)) {
      String row = "{\"Last_Name\":\"L\",\"City\":\"Oslo\"}";
      String rows = String.join(",", java.util.Collections.nCopies(100, row));
      for (int i = 0; i < calls; i++) {
        server.api().post("/crm/v8/Leads", "{\"data\":[" + rows + "]}").hasStatus(201);
      }
      String view =
          server
              .api()
              .get("/crm/v8/settings/custom_views?module=Leads")
              .json()
              .path("custom_views")
              .valueStream()
              .filter(one -> one.path("system_name").asString("").equals("ALLVIEWS"))
              .findFirst()
              .orElseThrow()
              .path("id")
              .asString();
      job =
          server
              .api()
              .post(
                  "/crm/v8/Leads/actions/mass_update",
                  "{\"data\":[{\"City\":\"Rome\"}],\"cvid\":\"" + view + "\"}")
              .hasStatus(200)
              .at("/data/0/details/job_id")
              .asString();
      String path = "/crm/v8/Leads/actions/mass_update?job_id=" + job;
      server.until(
          "running",
          () -> !server.api().get(path).at("/data/0/Status").asString().equals("SCHEDULED"));
      server.kill();
    }
    try (var server = ServerProcess.serve(data)) {
      String path = "/crm/v8/Leads/actions/mass_update?job_id=" + job;
      server.until(
          "completed",
          () -> server.api().get(path).at("/data/0/Status").asString().equals("COMPLETED"));
      assertThat(server.api().get(path).at("/data/0").toString())
          .isEqualTo(
              "{\"Status\":\"COMPLETED\",\"Failed_Count\":0,\"Updated_Count\":3000,"
                  + "\"Not_Updated_Count\":0,\"Total_Count\":3000}");
      assertThat(server.api().get("/crm/v8/Leads?fields=City&per_page=200&page=10").text())
          .doesNotContain("Oslo");
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void theSampleCompanyIsFilledOnce() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    List<String> first;
    try (var server = ServerProcess.serve(data, "--demo")) {
      Answer deals =
          server.api().get("/crm/v8/Deals?fields=Deal_Name,Account_Name,Owner").hasStatus(200);
      assertThat(deals.at("/data/0/Account_Name/name").isString()).isTrue();
      first = deals.ids();
      server.api().get("/crm/v8/Leads?fields=id&page=5").hasStatus(200);
      server.api().get("/crm/v8/Leads?fields=id&page=6").hasStatus(204);
      server.api().get("/crm/v8/Contacts?fields=id&page=3").hasStatus(200);
      server.api().get("/crm/v8/Notes?fields=Note_Title,Parent_Id").hasStatus(200);
      server.stop();
    }
    try (var server = ServerProcess.serve(data, "--demo")) {
      assertThat(server.api().get("/crm/v8/Deals?fields=Deal_Name").ids()).isEqualTo(first);
      server.stop();
    }
  }

  @Test
  void anOutsideDatabaseServesCommandsToo() throws IOException {
    Path data = directory.resolve("data");
    var postgres =
        EmbeddedPostgres.start(
            PreparedData.copyTo(directory, "outside").resolve("postgres"),
            EmbeddedPostgres.Options.unsafeForTests());
    String url =
        "postgresql://%s:%s@127.0.0.1:%d/clientele"
            .formatted(postgres.user(), postgres.password(), postgres.port());
    var environment = Map.of("CLIENTELE_DATABASE_URL", url, "CLIENTELE_LOG_FORMAT", "json");
    try (postgres;
        var server = ServerProcess.serve(environment, data, "--access-log")) {
      assertThat(data.resolve("postgres")).doesNotExist();
      server.api().get("/crm/v8/org?x=secret", "X-Request-Id", "my-request").hasStatus(200);
      server.until("logged", () -> server.output().contains("my-request"));
      String line =
          server
              .output()
              .lines()
              .filter(one -> one.contains("my-request"))
              .findFirst()
              .orElseThrow();
      assertThat(Json.MAPPER.readTree(line).path("mdc").path("org").asString())
          .isEqualTo("1000001");
      assertThat(line).contains("/org 200 ").doesNotContain("secret");
      Ended users =
          ServerProcess.run(directory, "user", "list", "--json", "--data-dir", data.toString());
      assertThat(users.output()).contains("admin@clientele.local");
      Ended second =
          ServerProcess.run(
              directory,
              "serve",
              "--port",
              "0",
              "--data-dir",
              data.toString(),
              "--database-url",
              url);
      assertThat(second.output()).contains("is in use by the process with pid " + server.pid());
      server.api().get("/health/ready").hasStatus(200);
      postgres.close();
      server.until("unready", () -> server.api().get("/health/ready").status() == 503);
      server.api().get("/health/live").hasStatus(200);
      assertThat(server.stop()).isZero();
      assertThat(data.resolve("connection.json")).doesNotExist();
    }
  }

  @Test
  void wrongSettingsAreSaidPlainly() throws IOException {
    Path file = Files.writeString(directory.resolve("c.yaml"), "prot: 1\n");
    Ended unknown = ServerProcess.run(directory, "serve", "--config", file.toString());
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.output()).contains("there is no setting 'prot'");
    Ended url =
        ServerProcess.run(
            directory, "serve", "--data-dir", directory.toString(), "--database-url", "mysql://x");
    assertThat(url.code()).isEqualTo(1);
    assertThat(url.output()).contains("postgresql://user:password@host:5432/database");
    Ended nothing = ServerProcess.run(directory);
    assertThat(nothing.code()).isEqualTo(2);
  }
}
