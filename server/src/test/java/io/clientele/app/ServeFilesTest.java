package io.clientele.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Repeated;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a server in a process of its own. */
class ServeFilesTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int MEGABYTES = 90;

  /** Less than a file of that size: it is held in memory neither way. */
  private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx80m");

  @TempDir Path directory;

  private final byte[] megabyte = new byte[MEGABYTE];

  @Test
  void aFileLargerThanTheHeapComesBackAfterAKill() throws Exception {
    Path data = PreparedData.copyTo(directory, "data");
    new Random(3).nextBytes(megabyte);
    String lead;
    String attachment;
    try (var server = ServerProcess.serve(SMALL_HEAP, data)) {
      Api api = server.api();
      lead = api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
      attachment =
          api.upload(
                  "/crm/v8/Leads/" + lead + "/Attachments",
                  new Form()
                      .add(
                          "file",
                          "large.bin",
                          (long) MEGABYTES * MEGABYTE,
                          () -> new Repeated(megabyte, MEGABYTES)))
              .hasStatus(200)
              .savedId(0);
      server.kill();
    }
    assertThat(Files.list(data.resolve("files/uploads"))).isEmpty();
    try (var server = ServerProcess.serve(SMALL_HEAP, data)) {
      assertWhole(server.api(), "/crm/v8/Leads/" + lead + "/Attachments/" + attachment);
      assertThat(server.stop()).isZero();
    }
  }

  private void assertWhole(Api api, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(api.url() + path))
            .header("Authorization", "Zoho-oauthtoken " + api.token())
            .build();
    try (var client = HttpClient.newHttpClient();
        InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      for (int i = 0; i < MEGABYTES; i++) {
        assertThat(body.readNBytes(MEGABYTE)).isEqualTo(megabyte);
      }
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void theStoreIsASettingOfItsOwn() throws IOException {
    Path data = PreparedData.copyTo(directory, "data");
    Path store = directory.resolve("elsewhere");
    try (var server = ServerProcess.serve(data, "--file-store", store.toString())) {
      Api api = server.api();
      String id = api.upload("/crm/v8/files", Form.file("a", "b")).savedId(0);
      assertThat(new String(api.download("/crm/v8/files?id=" + id).body())).isEqualTo("b");
      assertThat(data.resolve("files")).doesNotExist();
      assertThat(store).isNotEmptyDirectory();
      assertThat(server.stop()).isZero();
    }
    for (String[] wrong :
        new String[][] {
          {"--file-store", "s3://Not A Bucket"},
          {"--file-store", "s3://bucket", "--s3-access-key", "a"},
          {
            "--file-store",
            "s3://bucket",
            "--s3-access-key",
            "a",
            "--s3-secret-key",
            "b",
            "--s3-endpoint",
            "nowhere"
          }
        }) {
      String[] arguments =
          java.util.Arrays.copyOf(new String[] {"serve", "--port", "0"}, 3 + 2 + wrong.length);
      arguments[3] = "--data-dir";
      arguments[4] = data.toString();
      System.arraycopy(wrong, 0, arguments, 5, wrong.length);
      ServerProcess.Ended ended = ServerProcess.run(directory, arguments);
      assertThat(ended.code()).as(ended.output()).isEqualTo(1);
      assertThat(ended.output()).contains("--");
    }
  }
}
