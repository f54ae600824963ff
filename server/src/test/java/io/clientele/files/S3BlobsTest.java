package io.clientele.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a bucket. */
class S3BlobsTest {
  @TempDir Path directory;

  private S3Blobs blobs(S3StandIn s3, String bucket) {
    return new S3Blobs(
        new S3Blobs.Bucket(
            bucket,
            "crm/",
            Optional.of(URI.create(s3.url())),
            "eu-central-1",
            Optional.of(S3StandIn.ACCESS_KEY),
            Optional.of("secret")),
        directory);
  }

  @Test
  void filesLieInTheBucketUntilTheyAreTrimmed() throws IOException {
    var clock = new TestClock();
    try (var s3 = S3StandIn.start("files");
        var server = TestServer.withFiles(blobs(s3, "files"), clock)) {
      TestOrg org = TestOrg.createOn(server);
      Api api = org.api();
      byte[] content = new byte[3_000_000];
      new java.util.Random(7).nextBytes(content);
      String id = api.upload("/crm/v8/files", Form.file("a.bin", content)).savedId(0);
      assertThat(s3.keys()).hasSize(1);
      assertThat(s3.keys().iterator().next()).startsWith("crm/" + org.orgId() + "/");
      var download = api.download("/crm/v8/files?id=" + id);
      assertThat(download.body()).isEqualTo(content);
      assertThat(download.headers().firstValue("Content-Length")).hasValue("3000000");
      try (var staged = Files.list(directory)) {
        assertThat(staged).isEmpty();
      }
      clock.advance(FileTrimming.UNUSED.plusHours(1));
      server.installation().fileTrimming().trim(org.org(), 100);
      clock.advance(FileTrimming.GRACE.plusHours(1));
      server.installation().fileTrimming().trim(org.org(), 100);
      assertThat(s3.keys()).isEmpty();
    }
  }

  @Test
  void whatTheStoreRefusesIsAFailureOfTheServer() throws IOException {
    try (var s3 = S3StandIn.start("files");
        var server = TestServer.withFiles(blobs(s3, "other"))) {
      Api api = TestOrg.createOn(server).api();
      api.upload("/crm/v8/files", Form.file("a", "b"))
          .isError(500, "INTERNAL_ERROR", "Internal Server Error", "{}");
      assertThatThrownBy(() -> blobs(s3, "files").open("none"))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  /** A content that ends too early ends the connection; a client does not take it for whole. */
  @Test
  void aDownloadThatBreaksOffIsNoDownload() throws IOException {
    try (var s3 = S3StandIn.start("files");
        var server = TestServer.withFiles(blobs(s3, "files"))) {
      Api api = TestOrg.createOn(server).api();
      String id = api.upload("/crm/v8/files", Form.file("a", "x".repeat(500_000))).savedId(0);
      s3.cut(s3.keys().iterator().next(), "x".repeat(1_000).getBytes(UTF_8));
      assertThatThrownBy(() -> api.download("/crm/v8/files?id=" + id))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(api.upload("/crm/v8/files", Form.file("b", "b")).status()).isEqualTo(200);
    }
  }
}
