package io.clientele.app;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.app.ServerProcess.Ended;
import io.clientele.db.Database;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.http.Json;
import io.clientele.testing.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Being stopped, killed and robbed of the database, in processes as a user has them. */
class StopTest {
  @TempDir Path directory;

  @Test
  void acknowledgedWritesSurviveKillsAndStops() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    List<String> written = new ArrayList<>();
    String clientId;
    try (var server = ServerProcess.serve(data)) {
      assertThat(server.output()).contains("Clientele listens on", "credentials.json");
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
      assertThat(server.stop()).isZero();
      assertThat(database).noneMatch(ProcessHandle::isAlive);
    }
    try (var server = ServerProcess.serve(data)) {
      Answer list =
          server.api().get("/crm/v8/Leads?fields=Last_Name&sort_order=asc").hasStatus(200);
      assertThat(list.ids()).isEqualTo(written);
    }
  }

  @Test
  void aStartThatWasKilledHalfwayIsFinished() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    String before = Files.readString(data.resolve("credentials.json"));
    int org = Json.MAPPER.readTree(before).path("org_id").asInt();
    change(data, "truncate org_%d.crm_user cascade".formatted(org));
    try (var server = ServerProcess.serve(data)) {
      assertThat(server.output()).contains("Creating the org My Company");
      server.api().get("/crm/v8/users?type=CurrentUser").hasStatus(200);
      server.stop();
    }
    change(data, "delete from clientele.account");
    try (var server = ServerProcess.serve(data)) {
      assertThat(server.output()).doesNotContain("Creating the org");
      server.api().get("/crm/v8/users?type=CurrentUser").hasStatus(200);
      server.stop();
    }
  }

  @Test
  void aSecondSignalEndsAServerThatWaitsForACall() throws IOException {
    try (var server = ServerProcess.serve(PreparedData.copyTo(directory, "data"))) {
      URI url = URI.create(server.credentials().path("api_domain").asString());
      try (var socket = new Socket(url.getHost(), url.getPort())) {
        String head =
            """
            POST /crm/v8/Leads HTTP/1.1\r
            Host: x\r
            Content-Length: 9\r
            Expect: 100-continue\r
            Authorization: Zoho-oauthtoken %s\r
            \r
            """
                .formatted(server.credentials().path("access_token").asString());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        var replies = new Scanner(socket.getInputStream(), StandardCharsets.US_ASCII);
        assertThat(replies.nextLine()).contains("100 Continue"); // it waits for the body now
        server.signal();
        server.until("stopping", () -> server.output().contains("Stopping"));
        assertThat(server.stop()).isEqualTo(137);
        server.awaitEndOfDatabase();
      }
    }
  }

  /** What a killed start leaves behind, made with the database of the directory. */
  private static void change(Path data, String statement) {
    try (var postgres =
            EmbeddedPostgres.start(
                data.resolve("postgres"), EmbeddedPostgres.Options.unsafeForTests());
        var database = new Database(postgres.jdbcUrl(), postgres.user(), postgres.password(), 1)) {
      database.change(tx -> tx.update(sql(statement)));
    }
  }

  @Test
  void aServerWithoutItsDatabaseOrItsPortEnds() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    try (var server = ServerProcess.serve(data)) {
      String port = server.credentials().path("api_domain").asString().replaceAll(".*:", "");
      Ended second =
          ServerProcess.run(
              directory,
              "serve",
              "--port",
              port,
              "--data-dir",
              PreparedData.copyTo(directory, "second").toString());
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.output())
          .contains("cannot listen on 127.0.0.1 port " + port)
          .doesNotContain("Exception");
      server.database().forEach(ProcessHandle::destroyForcibly);
      assertThat(server.await()).isEqualTo(1);
      assertThat(server.output()).contains("The database ended by itself");
    }
    try (var server = ServerProcess.serve(data)) {
      assertThat(server.stop()).isZero();
    }
  }

  private static String create(ServerProcess server) {
    return server
        .api()
        .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Kept\"}]}")
        .hasStatus(201)
        .savedId(0);
  }
}
