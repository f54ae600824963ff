package io.clientele.files;

import static io.clientele.db.Sql.sql;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.records.recyclebin.BinUpkeep;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the store and in the tables, and that both go together. */
class FileStoreTest {
  @TempDir static Path directory;

  private final TestClock clock = new TestClock();
  private final TestServer server = TestServer.withFiles(new LocalBlobs(directory), clock);
  private final TestOrg org = TestOrg.createOn(server);
  private final Api api = org.api();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void oneContentLiesOnceHoweverOftenItIsUploaded() throws IOException {
    List<String> ids =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(i -> api.upload("/crm/v8/files", Form.file(i + ".txt", "same")).savedId(0))
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(count("file")).isEqualTo(12);
    assertThat(count("blob")).isEqualTo(1);
    assertThat(stored()).hasSize(1);
    assertThat(staged()).isEmpty();
    ids.forEach(
        id ->
            assertThat(api.download("/crm/v8/files?id=" + id).body())
                .isEqualTo("same".getBytes(UTF_8)));
  }

  @Test
  void whatWasNeverUsedGoesAfterADay() throws IOException {
    String id = api.upload("/crm/v8/files", Form.file("a", "a")).savedId(0);
    clock.advance(FileTrimming.UNUSED.minusMinutes(1));
    trim();
    assertThat(fresh().download("/crm/v8/files?id=" + id).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(2));
    trim();
    assertThat(count("file")).isZero();
    trimContents();
    assertThat(count("blob")).isZero();
    assertThat(stored()).isEmpty();
    fresh().get("/crm/v8/files?id=" + id).hasStatus(204);
  }

  @Test
  void nothingIsLeftOfDeletedAttachments() throws IOException {
    String lead = lead();
    String path = "/crm/v8/Leads/" + lead + "/Attachments";
    String first = api.upload(path, Form.file("a", "shared")).savedId(0);
    String second = api.upload(path, Form.file("b", "shared")).savedId(0);
    api.delete(path + "/" + first).hasStatus(200);
    trimContents();
    assertThat(fresh().download(path + "/" + second).body()).isEqualTo("shared".getBytes(UTF_8));
    fresh().delete(path + "/" + second).hasStatus(200);
    trimContents();
    assertThat(count("file")).isZero();
    assertThat(count("blob")).isZero();
    assertThat(stored()).isEmpty();
  }

  @Test
  void filesOfADeletedRecordStayUntilItIsGoneForGood() throws IOException {
    String lead = lead();
    api.upload("/crm/v8/Leads/" + lead + "/Attachments", Form.file("a", "x")).hasStatus(200);
    api.delete("/crm/v8/Leads?ids=" + lead).hasStatus(200);
    clock.advance(Duration.ofDays(30));
    trimContents();
    assertThat(stored()).hasSize(1);
    clock.advance(Duration.ofDays(31));
    new BinUpkeep(server.installation().database(), clock).trim(org.org(), 100);
    trimContents();
    assertThat(count("file")).isZero();
    assertThat(stored()).isEmpty();
  }

  /** An upload that keeps a content while it is trimmed away has it in the end. */
  @Test
  void anUploadBesideTheTrimmingKeepsItsContent() throws IOException {
    for (int round = 0; round < 5; round++) {
      String content = "round " + round;
      fresh().upload("/crm/v8/files", Form.file("old", content)).hasStatus(200);
      clock.advance(Duration.ofDays(2));
      trim();
      clock.advance(Duration.ofHours(2));
      Api uploader = fresh();
      Thread trimming = Thread.ofVirtual().start(this::trim);
      String id = uploader.upload("/crm/v8/files", Form.file("new", content)).savedId(0);
      join(trimming);
      assertThat(uploader.download("/crm/v8/files?id=" + id).body())
          .isEqualTo(content.getBytes(UTF_8));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatAKilledServerLeftIsSwept() throws IOException {
    Path staging = Files.createDirectories(directory.resolve("uploads"));
    Path left = Files.writeString(staging.resolve("left"), "half");
    Path underWay = Files.writeString(staging.resolve("under way"), "half");
    Files.setLastModifiedTime(left, FileTime.from(clock.instant().minus(Duration.ofHours(2))));
    Files.setLastModifiedTime(underWay, FileTime.from(clock.instant()));
    try (var other = TestServer.withFiles(new LocalBlobs(directory), clock)) {
      other.installation().fileTrimming().sweep();
    }
    assertThat(left).doesNotExist();
    assertThat(underWay).exists();
    Files.delete(underWay);
  }

  @Test
  void anotherServerOnTheSameStoreHasTheFiles() {
    String id = api.upload("/crm/v8/files", Form.file("a", "kept")).savedId(0);
    String token = org.token(org.adminId(), TestOrg.ALL_SCOPES);
    try (var other = TestServer.withFiles(new LocalBlobs(directory), clock)) {
      assertThat(new Api(other.url(), token).download("/crm/v8/files?id=" + id).body())
          .isEqualTo("kept".getBytes(UTF_8));
    }
  }

  @Test
  void refusedUploadsLeaveNothingStaged() throws IOException {
    api.upload("/crm/v8/files", Form.file("large", new byte[(20 << 20) + 1])).hasStatus(415);
    api.upload("/crm/v8/files", new Form().text("broken")).hasStatus(400);
    assertThat(staged()).isEmpty();
    assertThat(stored()).isEmpty();
  }

  private String lead() {
    return api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
  }

  /** Tokens end when the clock moves on. */
  private Api fresh() {
    return org.api();
  }

  private void trim() {
    while (server.installation().fileTrimming().trim(org.org(), 2) > 0) {
      Thread.yield();
    }
  }

  private void trimContents() {
    trim();
    clock.advance(FileTrimming.GRACE.plusMinutes(1));
    trim();
  }

  private long count(String table) {
    return server
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                        sql("select count(*) from " + org.org().table(table)),
                        row -> row.getLong(1))
                    .getFirst());
  }

  private List<Path> stored() throws IOException {
    Path mine = directory.resolve(Long.toString(org.orgId()));
    if (!Files.exists(mine)) {
      return List.of();
    }
    try (var paths = Files.walk(mine)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private List<Path> staged() throws IOException {
    try (var paths = Files.list(directory.resolve("uploads"))) {
      return paths.toList();
    }
  }
}
