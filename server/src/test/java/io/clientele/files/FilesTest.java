package io.clientele.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Proves({"POST /crm/{version}/files", "GET /crm/{version}/files"})
class FilesTest {
  private static final String FILES = "/crm/v8/files";
  private static final int MEGABYTE = 1 << 20;

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void aFileComesBackByteForByte() {
    byte[] content = new byte[3 * MEGABYTE + 17];
    new Random(1).nextBytes(content);
    Answer answer = api.upload(FILES, Form.file("a b.bin", content)).hasStatus(200);
    assertThat(answer.at("/data/0/code").asString()).isEqualTo("SUCCESS");
    assertThat(answer.at("/data/0/status").asString()).isEqualTo("success");
    assertThat(answer.at("/data/0/message").asString()).isEqualTo("a b.bin uploaded successfully");
    assertThat(answer.at("/data/0/details/name").asString()).isEqualTo("a b.bin");
    var download = api.download(FILES + "?id=" + answer.savedId(0));
    assertThat(download.statusCode()).isEqualTo(200);
    assertThat(download.body()).isEqualTo(content);
    assertThat(download.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename*=UTF-8''a%20b.bin");
    assertThat(download.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(download.headers().firstValue("Content-Length"))
        .hasValue(Integer.toString(content.length));
    assertThat(download.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void tenFilesInOrderAndNoMore() {
    var ten = new Form();
    IntStream.range(0, 10).forEach(i -> ten.add("file", i + ".txt", ("text " + i).getBytes(UTF_8)));
    Answer answer = api.upload(FILES, ten).hasStatus(200);
    for (int i = 0; i < 10; i++) {
      var file = api.download(FILES + "?id=" + answer.savedId(i));
      assertThat(new String(file.body(), UTF_8)).isEqualTo("text " + i);
      assertThat(file.headers().firstValue("Content-Type")).hasValue("text/plain");
    }
    ten.add("file", "11.txt", new byte[] {1});
    api.upload(FILES, ten)
        .isError(
            400,
            "INVALID_REQUEST",
            "unable to process your request. please verify whether you have entered proper method"
                + " name, parameter and parameter values.",
            "{}");
  }

  @Test
  void fileOfTwentyMegabytesIsTheLargest() {
    byte[] largest = new byte[20 * MEGABYTE];
    String id = api.upload(FILES, Form.file("l", largest)).hasStatus(200).savedId(0);
    assertThat(api.download(FILES + "?id=" + id).body()).hasSize(largest.length);
    api.upload(FILES, Form.file("l", new byte[20 * MEGABYTE + 1]))
        .isError(
            415,
            "FILE_SIZE_MORE_THAN_ALLOWED_SIZE",
            "Please check if the size of the file is in the correct range",
            "{}");
    api.upload(FILES, Form.file("l", new byte[60 * MEGABYTE]))
        .hasStatus(415)
        .hasCode("", "FILE_SIZE_MORE_THAN_ALLOWED_SIZE");
  }

  @Test
  void withoutAFileOrWithABrokenForm() {
    for (Form form :
        List.of(
            new Form(),
            new Form().add("file", "no file"),
            new Form().add("other", "o.txt", new byte[] {1}),
            Form.file("empty.txt", ""),
            new Form().text("no part at all"),
            new Form()
                .text(
                    "------------6f2c1d9e\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nno end"),
            new Form().text("------------6f2c1d9e\r\n" + "X: y\r\n".repeat(20_000)))) {
      isBadUpload(api.upload(FILES, form));
    }
    isBadUpload(api.post(FILES, "{}"));
    isBadUpload(api.post(FILES, ""));
    isBadUpload(api.post(FILES, "x", "Content-Type", "multipart/form-data"));
    isBadUpload(
        api.post(FILES, "x", "Content-Type", "multipart/form-data; boundary=" + "b".repeat(7_000)));
    api.upload(FILES + "?type=other", Form.file("a", "b"))
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
    api.upload(FILES + "?type=inline", Form.file("a.png", "b")).hasStatus(200);
  }

  private static void isBadUpload(Answer answer) {
    answer.isError(
        400,
        "failure_in_attachment_handling",
        "Problem in uploading attachment. kindly upload the file properly",
        "{}");
  }

  @Test
  void namesAreKeptButForPaths() {
    String[][] names = {
      {"Prüfung – 日本.txt", "Prüfung – 日本.txt"},
      {"C:\\\\dir\\\\x.txt", "x.txt"},
      {"../../etc/passwd", "passwd"},
      {"a: b, 'c'; d.txt", "a: b, 'c'; d.txt"},
      {"n".repeat(300) + ".txt", "n".repeat(246) + ".txt"},
    };
    for (String[] name : names) {
      Answer answer = api.upload(FILES, Form.file(name[0], "x")).hasStatus(200);
      assertThat(answer.at("/data/0/details/name").asString()).isEqualTo(name[1]);
      String header =
          api.download(FILES + "?id=" + answer.savedId(0))
              .headers()
              .firstValue("Content-Disposition")
              .orElseThrow();
      assertThat(header).startsWith("attachment; filename*=UTF-8''").doesNotContain(": ");
      assertThat(java.net.URLDecoder.decode(header.substring(29).replace("+", "%2B"), UTF_8))
          .isEqualTo(name[1]);
    }
  }

  @Test
  void whatABrowserCouldRunIsSentAsBytes() {
    for (String name : List.of("x.html", "x.svg", "x.json", "x.xml")) {
      String id = api.upload(FILES, Form.file(name, "<script>")).savedId(0);
      assertThat(api.download(FILES + "?id=" + id).headers().firstValue("Content-Type"))
          .hasValue("application/octet-stream");
    }
  }

  @Test
  void nobodyElseReadsWhatIsNotUsedYet() {
    String id = api.upload(FILES, Form.file("secret.txt", "s")).savedId(0);
    long other = TestUsers.standard(org, "other@example.com");
    org.api(other, TestOrg.ALL_SCOPES).get(FILES + "?id=" + id).hasStatus(204).hasNoBody();
    TestOrg.create().api().get(FILES + "?id=" + id).hasStatus(204).hasNoBody();
    api.get(FILES + "?id=").hasStatus(204).hasNoBody();
    api.get(FILES + "?id=unknown%00").hasStatus(204).hasNoBody();
    api.get(FILES + "?id=" + "9".repeat(300)).hasStatus(204);
    api.get(FILES)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"id\"}");
  }

  @Test
  void scopesAreNeeded() {
    Api reader = org.api(org.adminId(), "ZohoCRM.Files.READ");
    reader.upload(FILES, Form.file("a", "b")).hasStatus(401).hasCode("", "OAUTH_SCOPE_MISMATCH");
    Api creator = org.api(org.adminId(), "ZohoCRM.files.CREATE");
    String id = creator.upload(FILES, Form.file("a", "b")).savedId(0);
    creator.get(FILES + "?id=" + id).hasStatus(401).hasCode("", "OAUTH_SCOPE_MISMATCH");
    assertThat(reader.download(FILES + "?id=" + id).body()).isEqualTo("b".getBytes(UTF_8));
  }
}
