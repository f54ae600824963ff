package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.app.ServerProcess.Ended;
import io.clientele.testing.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping and being killed, in processes as a user has them. */
class ServeTest {
  @TempDir Path directory;

  @Test
  void acknowledgedWritesSurviveKillsAndStops() throws IOException {
    Path data = directory.resolve("data");
    List<String> written = new ArrayList<>();
    String clientId;
    try (var server = ServerProcess.serve(data)) {
      assertThat(server.output()).contains("Clientele listens on", "credentials.json", "curl -H");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("credentials.json"))))
          .isEqualTo("rw-------");
      clientId = server.credentials().path("client_id").asString();
      assertThat(server.credentials().propertyNames())
          .containsExactlyInAnyOrder(
              "org_id",
              "api_domain",
              "accounts_url",
              "client_id",
              "client_secret",
              "redirect_uri",
              "refresh_token",
              "access_token",
              "admin_email",
              "admin_password");
      server.api().get("/crm/v8/org").hasStatus(200);
      written.add(create(server));
      server.kill();
    }
    try (var server = ServerProcess.serve(data)) {
      written.add(create(server));
      List<ProcessHandle> database = server.database();
      server.kill();
      database.forEach(ProcessHandle::destroyForcibly);
    }
    try (var server = ServerProcess.serve(data)) {
      written.add(create(server));
      assertThat(server.credentials().path("client_id").asString()).isEqualTo(clientId);
      List<ProcessHandle> database = server.database();
      assertThat(server.stop()).isEqualTo(143);
      assertThat(database).noneMatch(ProcessHandle::isAlive);
    }
    try (var server = ServerProcess.serve(data)) {
      Answer list =
          server.api().get("/crm/v8/Leads?fields=Last_Name&sort_order=asc").hasStatus(200);
      assertThat(list.ids()).isEqualTo(written);
    }
  }

  @Test
  void commandsWorkBesideARunningServerAndAServerKeepsItsDirectory() {
    Path data = directory.resolve("data");
    String dir = data.toString();
    Ended early = ServerProcess.run(directory, "token", "--user", "x@y.z", "--data-dir", dir);
    assertThat(early.code()).isEqualTo(1);
    assertThat(early.output()).contains("Run 'clientele serve' first");
    try (var server = ServerProcess.serve(data, "--admin-email", "boss@example.com")) {
      Ended second = ServerProcess.run(directory, "serve", "--port", "0", "--data-dir", dir);
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.output()).contains("is in use by the process with pid " + server.pid());
      Ended token =
          ServerProcess.run(
              directory,
              "token",
              "--user",
              "boss@example.com",
              "--data-dir",
              dir,
              "--scope",
              "ZohoCRM.users.READ");
      assertThat(token.output().strip()).matches("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}");
      String[] header = {"Authorization", "Zoho-oauthtoken " + token.output().strip()};
      server.api().get("/crm/v8/users?type=CurrentUser", header).hasStatus(200);
      server.api().get("/crm/v8/Leads?fields=id", header).hasStatus(401);
      Ended added =
          ServerProcess.run(
              directory,
              "user",
              "add",
              "--email",
              "new@example.com",
              "--last-name",
              "New",
              "--data-dir",
              dir);
      assertThat(added.output()).contains("password: ");
      Ended users = ServerProcess.run(directory, "user", "list", "--data-dir", dir, "--json");
      assertThat(users.output()).contains("\"email\":\"new@example.com\"");
      Ended client =
          ServerProcess.run(
              directory,
              "client",
              "add",
              "--name",
              "App",
              "--redirect-uri",
              "https://app.example/cb",
              "--data-dir",
              dir);
      assertThat(client.output()).contains("client_id: 1000.", "client_secret: ");
      Ended org =
          ServerProcess.run(
              directory,
              "org",
              "create",
              "Second",
              "--admin-email",
              "two@example.com",
              "--data-dir",
              dir);
      assertThat(org.output()).contains("org_id: 1000002", "admin_password: ");
      Ended doctor = ServerProcess.run(directory, "doctor", "--data-dir", dir, "--port", "0");
      assertThat(doctor.code()).as(doctor.output()).isZero();
      server.api().get("/health/ready").hasStatus(200);
      server.api().get("/health/live").hasStatus(200);
      assertThat(server.api().get("/metrics").text())
          .contains(
              "clientele_requests_seconds_count{method=\"GET\",route=\"/crm/{version}/users\"");
      assertThat(server.stop()).isEqualTo(143);
    }
  }

  @Test
  void theSampleCompanyIsFilledOnce() {
    Path data = directory.resolve("data");
    List<String> first;
    try (var server = ServerProcess.serve(data, "--demo")) {
      Answer deals =
          server.api().get("/crm/v8/Deals?fields=Deal_Name,Account_Name,Owner").hasStatus(200);
      assertThat(deals.at("/data/0/Account_Name/name").isString()).isTrue();
      first = deals.ids();
      server.api().get("/crm/v8/Leads?fields=id&page=5").hasStatus(200);
      server.api().get("/crm/v8/Leads?fields=id&page=6").hasStatus(204);
      server.api().get("/crm/v8/Contacts?fields=id&page=3").hasStatus(200);
      server.api().get("/crm/v7/Notes?fields=Note_Title,Parent_Id").hasStatus(200);
      server.stop();
    }
    try (var server = ServerProcess.serve(data, "--demo")) {
      assertThat(server.api().get("/crm/v8/Deals?fields=Deal_Name").ids()).isEqualTo(first);
      server.stop();
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

  private static String create(ServerProcess server) {
    return server
        .api()
        .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Kept\"}]}")
        .hasStatus(201)
        .savedId(0);
  }
}
