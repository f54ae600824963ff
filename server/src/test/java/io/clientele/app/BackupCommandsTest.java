package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code clientele backup} and {@code restore}, and backups whose server is killed. */
class BackupCommandsTest {
  private static final String BACKUP = "/crm/bulk/v8/backup";
  private static final int ROWS = 100;
  private static final int ROUNDS = 4;

  @TempDir Path directory;

  private ServerProcess.Ended run(Path data, String... arguments) {
    var all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", data.toString()));
    return ServerProcess.run(directory, all.toArray(String[]::new));
  }

  private static String succeeds(ServerProcess.Ended ended) {
    assertThat(ended.code()).as(ended.output()).isZero();
    return ended.output();
  }

  private static void fails(ServerProcess.Ended ended, String words) {
    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).contains(words).doesNotContain("\tat ");
  }

  private static String lead(Api api) {
    String lead = api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
    api.upload("/crm/v8/Leads/" + lead + "/Attachments", Form.file("a.txt", "content"))
        .hasStatus(200);
    return lead;
  }

  private static void isThere(Api api, String lead) {
    JsonNode attachment =
        api.get("/crm/v8/Leads/" + lead + "/Attachments?fields=File_Name").at("/data/0/id");
    assertThat(
            new String(
                api.download("/crm/v8/Leads/" + lead + "/Attachments/" + attachment.asString())
                    .body()))
        .isEqualTo("content");
  }

  @Test
  void anOrgMovesToAnotherInstallation() throws Exception {
    Path data = PreparedData.copyTo(directory, "data");
    Path other = PreparedData.copyTo(directory, "other");
    Path backup = directory.resolve("backup");
    String lead;
    try (var server = ServerProcess.serve(data)) {
      lead = lead(server.api());
      String said = succeeds(run(data, "backup", backup.toString()));
      assertThat(said)
          .contains("Data_001.zip", "Clientele_001.zip", "Attachments_001.zip", "Done:");
      assertThat(Files.getPosixFilePermissions(backup))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      fails(run(data, "backup", backup.toString()), "is not empty");
      fails(run(data, "restore", backup.toString(), "--org", "1000001"), "has records");
      String second = succeeds(run(data, "restore", backup.toString(), "--name", "Copy"));
      assertThat(second).contains("org_id: 1000002", "rows of leads");
      assertThat(succeeds(run(data, "org", "list"))).contains("Copy");
      server.stop();
    }
    succeeds(run(other, "restore", backup.toString(), "--org", "1000001"));
    try (var server = ServerProcess.serve(other)) {
      isThere(server.api(), lead);
      server.stop();
    }
    Path damaged = directory.resolve("damaged");
    Files.createDirectory(damaged);
    byte[] bytes = Files.readAllBytes(backup.resolve("Clientele_001.zip"));
    Files.write(damaged.resolve("Clientele_001.zip"), java.util.Arrays.copyOf(bytes, 5_000));
    fails(run(other, "restore", damaged.toString()), "Nothing was restored.");
    fails(run(other, "restore", directory.resolve("none").toString()), "There is no file");
  }

  /** A restore that was killed has made no org, and changed none. */
  private void killRestores(Path data, Path files, Random random) {
    try (var server = ServerProcess.serve(data)) {
      for (int round = 0; round < ROUNDS; round++) {
        ServerProcess.kill(
            directory,
            Duration.ofMillis(1_500 + random.nextInt(2_500)),
            "restore",
            files.toString(),
            "--data-dir",
            data.toString(),
            "--name",
            "Killed");
        String orgs = succeeds(run(data, "org", "list"));
        if (orgs.contains("Killed")) {
          return; // it was faster
        }
        server.api().get("/crm/v8/Leads?fields=Last_Name").hasStatus(204);
      }
      server.stop();
    }
  }

  /** Each kill comes at another moment; the last start ends what was begun. */
  @Test
  void aBackupWhoseServerIsKilledIsBegunAnew() throws Exception {
    Path data = PreparedData.copyTo(directory, "data");
    var random = new Random();
    String lead = "";
    for (int round = 0; round < ROUNDS; round++) {
      try (var server = ServerProcess.serve(data)) {
        Api api = server.api();
        if (round == 0) {
          lead = lead(api);
          String row = "{\"Last_Name\":\"" + "L".repeat(80) + "\"}";
          String rows = String.join(",", java.util.Collections.nCopies(ROWS, row));
          for (int i = 0; i < ROWS; i++) {
            api.post("/crm/v8/Leads", "{\"data\":[" + rows + "]}").hasStatus(201);
          }
          api.post(BACKUP, "").hasStatus(200);
        }
        server.until(
            "begun", () -> !api.get(BACKUP).at("/backup/status").asString().equals("SCHEDULED"));
        if (api.get(BACKUP).at("/backup/status").asString().equals("COMPLETED")) {
          api.post(BACKUP, "").hasStatus(200); // the next kill may come in time
        }
        Thread.sleep(random.nextInt(1_500)); // the moment is what is random here
        server.kill();
      }
    }
    Path files = Files.createDirectory(directory.resolve("files"));
    try (var server = ServerProcess.serve(data)) {
      Api api = server.api();
      server.until(
          "done", () -> api.get(BACKUP).at("/backup/status").asString().equals("COMPLETED"));
      JsonNode urls = api.get(BACKUP + "/urls").hasStatus(200).at("/urls");
      for (String kind : List.of("data_links", "attachment_links")) {
        for (JsonNode url : urls.path(kind)) {
          String path = url.asString().replaceFirst("https?://[^/]+", "");
          Files.write(
              files.resolve(path.substring(path.lastIndexOf('/') + 1)), api.download(path).body());
        }
      }
      server.stop();
    }
    Path other = PreparedData.copyTo(directory, "other");
    killRestores(other, files, random);
    succeeds(run(other, "restore", files.toString(), "--org", "1000001"));
    try (var server = ServerProcess.serve(other)) {
      isThere(server.api(), lead);
      assertThat(server.api().get("/crm/v8/Leads/actions/count").at("/count").asInt())
          .isEqualTo(ROWS * ROWS + 1);
      server.stop();
    }
  }
}
