package io.clientele.files;

import static io.clientele.db.Sql.sql;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.records.recyclebin.BinUpkeep;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  @Test
  void filesThatAMergeDropsGoAndTheOthersStay() throws IOException {
    api.post(
            "/crm/v8/settings/fields?module=Leads",
            """
            {"fields":[{"field_label":"Papers","data_type":"fileupload","length":5}]}""")
        .hasStatus(201);
    String master = leadWithPapers("m1", "m2");
    String child = leadWithPapers("c1", "c2");
    String path = "/crm/v8/Leads/" + master;
    api.upload(path + "/photo", Form.file("a", TestImages.of("png", 1, 1))).hasStatus(200);
    byte[] photo = TestImages.of("png", 2, 2);
    api.upload("/crm/v8/Leads/" + child + "/photo", Form.file("b", photo)).hasStatus(200);
    assertThat(count("file")).isEqualTo(6);
    String papers = "{\"api_name\":\"Papers\",\"_data\":[{\"id\":\"%s\"}]}";
    String body =
        "{\"merge\":[{\"master_record_fields\":[%s],\"data\":[{\"id\":\"%s\",\"_fields\":[%s,{\"api_name\":\"Record_Image\"}]}]}]}"
            .formatted(
                papers.formatted(paper(master, 1)), child, papers.formatted(paper(child, 0)));
    api.post(path + "/actions/merge", body).hasStatus(201);
    trimContents();
    assertThat(count("file")).isEqualTo(4); // m2, c1, the child's photo; c2 in the bin
    assertThat(count("blob")).isEqualTo(4);
    assertThat(stored()).hasSize(4);
    assertThat(papers(master)).containsExactly("m2", "c1");
    fresh().post("/crm/v8/settings/recycle_bin/" + child + "/actions/restore", "").hasStatus(200);
    assertThat(papers(child)).containsExactly("c2");
    fresh().get("/crm/v8/Leads/" + child + "/photo").hasStatus(204);
    fresh().delete("/crm/v8/Leads/" + child).hasStatus(200);
    fresh().delete("/crm/v8/settings/recycle_bin/" + child).hasStatus(200);
    trimContents();
    assertThat(count("file")).isEqualTo(3);
    assertThat(stored()).hasSize(3);
    assertThat(papers(master)).containsExactly("m2", "c1");
    assertThat(fresh().download(path + "/photo").body()).isEqualTo(photo);
  }

  private String leadWithPapers(String... names) {
    String papers =
        Stream.of(names)
            .map(name -> api.upload("/crm/v8/files", Form.file(name, name)).savedId(0))
            .map(id -> "{\"File_Id__s\":\"" + id + "\"}")
            .collect(Collectors.joining(","));
    String row = "{\"data\":[{\"Last_Name\":\"L\",\"Papers\":[" + papers + "]}]}";
    return api.post("/crm/v8/Leads", row).hasStatus(201).savedId(0);
  }

  private String paper(String lead, int index) {
    return fresh().get("/crm/v8/Leads/" + lead).at("/data/0/Papers/" + index + "/id").asString();
  }

  /** What the lead's files hold, each downloaded. */
  private List<String> papers(String lead) {
    String path = "/crm/v8/Leads/" + lead;
    String download = path + "/actions/download_fields_attachment?fields_attachment_id=";
    return fresh()
        .get(path)
        .at("/data/0/Papers")
        .valueStream()
        .map(file -> fresh().download(download + file.path("id").asString()).body())
        .map(content -> new String(content, UTF_8))
        .toList();
  }

  @Test
  void filesOfAConvertedLeadAreTheContacts() throws IOException {
    String lead = lead();
    String file =
        api.upload("/crm/v8/Leads/" + lead + "/Attachments", Form.file("a", "x")).savedId(0);
    String contact =
        api.post("/crm/v8/Leads/" + lead + "/actions/convert", "{\"data\":[{}]}")
            .hasStatus(200)
            .at("/data/0/details/Contacts/id")
            .asString();
    api.delete("/crm/v8/Leads?ids=" + lead).hasStatus(200);
    api.delete("/crm/v8/settings/recycle_bin/" + lead).hasStatus(200);
    trimContents();
    assertThat(count("file")).isEqualTo(1);
    assertThat(fresh().download("/crm/v8/Contacts/" + contact + "/Attachments/" + file).body())
        .isEqualTo("x".getBytes(UTF_8));
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
