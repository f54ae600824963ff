package io.clientele.backup;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.jobs.Jobs;
import io.clientele.org.Org;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import io.clientele.users.Users;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is backed up comes back. */
class RestoreTest {
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws Exception {
    directory = Files.createDirectory(temporary.resolve("backup"));
  }

  private static TestOrg existing(TestOrg org, Org restored) {
    return TestOrg.existing(org.server(), restored, org.adminId());
  }

  private TestOrg copyOf(TestOrg org, BackupSizes sizes) {
    Backups.write(org, sizes, directory);
    return existing(org, Backups.restore(org, Optional.empty(), directory).org());
  }

  @Test
  void everythingComesBack() throws Exception {
    long seed = System.nanoTime();
    TestOrg org = TestOrg.create();
    new FilledOrg(org, seed).fill();
    Map<String, String> before = OrgPicture.of(org);
    assertThat(before).hasSizeGreaterThan(500);
    BackupWriter.Written written = Backups.write(org, Backups.SMALL, directory);
    assertThat(written.attachments()).hasSizeGreaterThan(1);
    Restore.Restored restored = Backups.restore(org, Optional.empty(), directory);
    assertThat(restored.org().id()).isNotEqualTo(org.orgId());
    TestOrg copy = existing(org, restored.org());
    Map<String, String> after = OrgPicture.of(copy);
    assertThat(after.keySet()).as("seed " + seed).isEqualTo(before.keySet());
    before.forEach(
        (path, answer) ->
            assertThat(after.get(path)).as(path + ", seed " + seed).isEqualTo(answer));
    Path again = Files.createDirectory(temporary.resolve("again"));
    Backups.write(copy, Backups.SMALL, again);
    sameTables(directory, again);
    restoredFromTheBin(copy);
    workGoesOn(copy);
  }

  /** The copy's own backup has the same rows, byte for byte. */
  private static void sameTables(Path one, Path other) {
    try (var first = new BackupFiles(List.of(one));
        var second = new BackupFiles(List.of(other))) {
      Manifest before = first.manifest();
      Manifest after = second.manifest();
      for (int i = 0; i < before.tables().size(); i++) {
        Manifest.Table table = before.tables().get(i);
        assertThat(hashes(after.tables().get(i))).as(table.name()).isEqualTo(hashes(table));
      }
      assertThat(after.sequences()).isEqualTo(before.sequences());
    }
  }

  private static List<String> hashes(Manifest.Table table) {
    return table.parts().stream().map(part -> part.entry() + " " + part.sha256()).toList();
  }

  private static void restoredFromTheBin(TestOrg copy) {
    Api api = copy.api();
    String id = api.get("/crm/v8/settings/recycle_bin").at("/recycle_bin/0/id").asString();
    api.post(
        "/crm/v8/settings/recycle_bin/actions/restore", "{\"restore\":[{\"id\":\"" + id + "\"}]}");
    api.put("/crm/v8/settings/recycle_bin/" + id + "/actions/restore", "");
  }

  /** New ids and numbers are behind those there were. */
  private static void workGoesOn(TestOrg copy) {
    Api api = copy.api();
    String last =
        api.get("/crm/v8/Boats?fields=Number&sort_by=id&sort_order=desc")
            .at("/data/0/id")
            .asString();
    String boat = api.post("/crm/v8/Boats", "{\"data\":[{\"Name\":\"New\"}]}").savedId(0);
    assertThat(Long.parseLong(boat)).isGreaterThan(Long.parseLong(last));
    assertThat(api.get("/crm/v8/Boats/" + boat).at("/data/0/Number").asString()).isEqualTo("B'-15");
    assertThat(
            api.post("/crm/v8/Boats", "{\"data\":[{\"Name\":\"New\",\"Badge\":\"b3\"}]}")
                .at("/data/0/code")
                .asString())
        .isEqualTo("DUPLICATE_DATA");
    api.put("/crm/v8/Boats/" + last, "{\"data\":[{\"Name\":\"Other\"}]}").hasStatus(200);
  }

  /** Two leads are always changed together; the ledger has a line for each change. */
  @Test
  void aBackupIsOneMomentWhileRecordsAreWritten() throws Exception {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    List<String> leads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      leads.add(
          api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\",\"Annual_Revenue\":0}]}")
              .savedId(0));
    }
    var stopped = new AtomicBoolean();
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> done = new ArrayList<>();
      for (int pair = 0; pair < 10; pair++) {
        String first = leads.get(pair);
        String second = leads.get(19 - pair);
        done.add(writers.submit(() -> write(api, first, second, stopped)));
      }
      Backups.write(org, Backups.SMALL, directory);
      stopped.set(true);
      for (Future<Integer> one : done) {
        assertThat(one.get()).isPositive();
      }
    }
    TestOrg copy = existing(org, Backups.restore(org, Optional.empty(), directory).org());
    assertThat(contradictions(copy)).isEmpty();
    List<Long> revenues =
        leads.stream()
            .map(id -> copy.api().get("/crm/v8/Leads/" + id).at("/data/0/Annual_Revenue").asLong())
            .toList();
    assertThat(revenues).isEqualTo(revenues.reversed());
  }

  private static int write(Api api, String first, String second, AtomicBoolean stopped) {
    int i = 0;
    while (!stopped.get()) {
      i++;
      api.put(
              "/crm/v8/Leads",
              "{\"data\":[{\"id\":\"%s\",\"Annual_Revenue\":%d},{\"id\":\"%s\",\"Annual_Revenue\":%d}]}"
                  .formatted(first, i, second, i))
          .hasStatus(200);
    }
    return i;
  }

  private static List<String> contradictions(TestOrg copy) {
    return copy.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                    sql(
                        "select l.id || ' ' || l.annual_revenue || ' ' || count(c.id) from %s l left join %s c on c.record_id = l.id and c.action = 'updated' group by l.id, l.annual_revenue having l.annual_revenue <> count(c.id)"
                            .formatted(
                                copy.org().table("leads"), copy.org().table("record_change"))),
                    row -> row.getString(1)));
  }

  /** Who changes a table does not wait for a backup, and neither for the other way round. */
  @Test
  void fieldsComeWhileABackupIsWritten() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"},{\"Last_Name\":\"M\"}]}")
        .hasStatus(201);
    List<String> fields = new ArrayList<>();
    Backups.writer(org, Backups.SMALL)
        .write(
            org.orgId(),
            (name, content) -> {
              if (fields.size() < 3) {
                String label = "Extra" + fields.size();
                api.post(
                        "/crm/v8/settings/fields?module=Leads",
                        "{\"fields\":[{\"field_label\":\"%s\",\"data_type\":\"text\",\"length\":9}]}"
                            .formatted(label))
                    .hasStatus(201);
                fields.add(label);
              }
              Files.copy(content, directory.resolve(name));
            });
    assertThat(fields).hasSize(3);
    TestOrg copy = existing(org, Backups.restore(org, Optional.empty(), directory).org());
    assertThat(copy.metadata().get("Leads").field("Extra0")).isEmpty();
    assertThat(copy.api().get("/crm/v8/Leads?fields=Last_Name").at("/data").size()).isEqualTo(2);
  }

  /** What is no longer used stays until the backup that has it is written. */
  @Test
  void contentsAreKeptWhileABackupIsWritten() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    String lead = api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
    String path = "/crm/v8/Leads/" + lead + "/Attachments";
    String attachment = api.upload(path, Form.file("a", "content")).savedId(0);
    var installation = org.server().installation();
    Backups.writer(org, BackupSizes.STANDARD)
        .write(
            org.orgId(),
            (name, content) -> {
              if (name.startsWith("Data")) {
                api.delete(path + "/" + attachment).hasStatus(200);
                org.change(
                    sql(
                        "update %s set check_time = now() - interval '1 day'"
                            .formatted(org.org().table("blob"))));
                assertThat(installation.fileTrimming().trim(org.org(), 10)).isZero();
              }
              Files.copy(content, directory.resolve(name));
            });
    assertThat(installation.fileTrimming().trim(org.org(), 10)).isEqualTo(1);
    TestOrg copy = existing(org, Backups.restore(org, Optional.empty(), directory).org());
    assertThat(new String(copy.api().download(path + "/" + attachment).body()))
        .isEqualTo("content");
  }

  @Test
  void anEmptyOrgBecomesIt() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").hasStatus(201);
    TestOrg empty = TestOrg.create();
    Api before = empty.api();
    before.get("/crm/v8/Leads?fields=Last_Name").hasStatus(204);
    before.get("/crm/v8/Vendors?fields=Vendor_Name").hasStatus(204);
    Backups.write(org, BackupSizes.STANDARD, directory);
    Restore.Restored restored = Backups.restore(org, Optional.of(empty.orgId()), directory);
    assertThat(restored.org().id()).isEqualTo(empty.orgId());
    assertThat(before.get("/crm/v8/Leads?fields=Last_Name").status()).isEqualTo(401);
    TestOrg copy = existing(org, restored.org());
    assertThat(copy.api().get("/crm/v8/Leads?fields=Last_Name").at("/data/0/Last_Name").asString())
        .isEqualTo("L");
    copy.api().get("/crm/v8/Vendors?fields=Vendor_Name").hasStatus(204);
    copy.api().post("/crm/v8/Deals", "{\"data\":[{\"Deal_Name\":\"D\"}]}");
    assertThat(copy.api().get("/crm/v8/org").at("/org/0/company_name").asString())
        .isEqualTo(api.get("/crm/v8/org").at("/org/0/company_name").asString());
  }

  /** What the one that gives way needs no more may be what the other one has. */
  @Test
  void contentsAreKeptWhileTheOrgGivesWay() {
    TestOrg org = TestOrg.create();
    TestOrg empty = TestOrg.create();
    var installation = org.server().installation();
    for (TestOrg one : List.of(org, empty)) {
      String lead =
          one.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
      one.api()
          .upload("/crm/v8/Leads/" + lead + "/Attachments", Form.file("a", "content"))
          .savedId(0);
    }
    Backups.write(org, BackupSizes.STANDARD, directory);
    for (String table : List.of("leads", "attachments", "file", "deleted_record")) {
      empty.change(sql("delete from " + empty.org().table(table)));
    }
    empty.change(
        sql(
            "update %s set check_time = now() - interval '1 day'"
                .formatted(empty.org().table("blob"))));
    List<Integer> trimmed = new ArrayList<>();
    Restore.Restored restored =
        Backups.restore(
            org,
            Optional.of(empty.orgId()),
            line ->
                trimmed.add(
                    CompletableFuture.supplyAsync(
                            () -> installation.fileTrimming().trim(empty.org(), 10))
                        .join()),
            directory);
    assertThat(trimmed).isNotEmpty().containsOnly(0);
    Api copy = existing(org, restored.org()).api();
    String lead = copy.get("/crm/v8/Leads?fields=Last_Name").at("/data/0/id").asString();
    String path = "/crm/v8/Leads/" + lead + "/Attachments";
    String attachment = copy.get(path + "?fields=id").at("/data/0/id").asString();
    assertThat(new String(copy.download(path + "/" + attachment).body())).isEqualTo("content");
  }

  /** Where its number is free it is the same org again. */
  @Test
  void aLostOrgComesBackUnderItsNumber() {
    TestOrg org = TestOrg.create();
    String lead = org.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
    String user = org.api().get("/crm/v8/users").at("/users/0").toString();
    Backups.write(org, BackupSizes.STANDARD, directory);
    org.api().get("/crm/v8/Vendors?fields=Vendor_Name").hasStatus(204); // its table is made
    org.api().post("/crm/bulk/v8/backup", "{\"backup\":{}}").hasStatus(200);
    assertThat(waiting(org)).hasSize(1);
    org.server().installation().orgs().drop(org.orgId());
    assertThat(waiting(org)).isEmpty();
    Restore.Restored restored = Backups.restore(org, Optional.empty(), directory);
    assertThat(restored.org().id()).isEqualTo(org.orgId());
    TestOrg copy = existing(org, restored.org());
    copy.api().get("/crm/v8/Leads/" + lead).hasStatus(200);
    copy.api().get("/crm/v8/Vendors?fields=Vendor_Name").hasStatus(204);
    copy.api().post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"V\"}]}").hasStatus(201);
    assertThat(copy.api().get("/crm/v8/users").at("/users/0").toString()).isEqualTo(user);
  }

  @Test
  void aNewOrgNeverGetsTheNumberOfADeletedOne() {
    TestOrg org = TestOrg.create();
    org.server().installation().orgs().drop(org.orgId());
    assertThat(TestOrg.create().orgId()).isGreaterThan(org.orgId());
  }

  /** The files of results are left out, those of what is still to be done are not. */
  @Test
  void anOpenBulkWriteGoesOn() throws Exception {
    TestOrg org = TestOrg.create();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("rows.csv"));
      zip.write("Last_Name\nBoyle\n".getBytes(StandardCharsets.UTF_8));
    }
    String file =
        org.api()
            .upload(
                "/crm/v8/upload",
                Form.file("rows.zip", bytes.toByteArray()),
                "feature",
                "bulk-write",
                "X-CRM-ORG",
                Long.toString(org.orgId()))
            .at("/details/file_id")
            .asString();
    org.api()
        .post(
            "/crm/bulk/v8/write",
            "{\"operation\":\"insert\",\"resource\":[{\"type\":\"data\",\"module\":{\"api_name\":\"Leads\"},\"file_id\":\"%s\"}]}"
                .formatted(file))
        .hasStatus(201);
    TestOrg copy = copyOf(org, BackupSizes.STANDARD);
    copy.server().installation().jobs().runDue(copy.orgId());
    assertThat(copy.api().get("/crm/v8/Leads?fields=Last_Name").at("/data/0/Last_Name").asString())
        .isEqualTo("Boyle");
  }

  /** As a backup of an older version has none. */
  @Test
  void wordsAreFoundOfRecordsThatHaveNone() {
    TestOrg org = TestOrg.create();
    org.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Needle\"}]}").hasStatus(201);
    org.change(sql("alter table " + org.org().table("leads") + " drop column \"$words\""));
    TestOrg copy = copyOf(org, BackupSizes.STANDARD);
    copy.server().installation().jobs().runDue(copy.orgId());
    assertThat(copy.api().get("/crm/v8/Leads/search?word=needle").ids()).hasSize(1);
  }

  @Test
  void usersAreJoinedByTheirAddresses() {
    TestOrg org = TestOrg.create();
    var installation = org.server().installation();
    long off = TestUsers.create(org, "off@example.com", "Standard", "inactive", true);
    long on = TestUsers.standard(org, "on@example.com");
    Backups.write(org, BackupSizes.STANDARD, directory);
    String address = org.orgId() + "-on@example.com";
    var accounts = installation.oauth().accounts();
    accounts.setPassword(accounts.find(address).orElseThrow(), "correct horse");
    installation
        .database()
        .change(
            tx ->
                tx.update(
                    sql(
                        "delete from clientele.account where email = ?",
                        org.orgId() + "-off@example.com")));
    Restore.Restored restored = Backups.restore(org, Optional.empty(), directory);
    long copy = restored.org().id();
    assertThat(restored.withoutPassword())
        .contains(org.orgId() + "-off@example.com")
        .doesNotContain(address);
    assertThat(accounts.verify(address, "correct horse")).isPresent();
    assertThat(
            accounts.memberships(accounts.find(address).orElseThrow()).stream()
                .map(one -> one.orgId() + " " + one.userId()))
        .containsExactlyInAnyOrder(org.orgId() + " " + on, copy + " " + on);
    assertThat(accounts.find(copy, off).orElseThrow().email())
        .isEqualTo(org.orgId() + "-off@example.com");
    assertThat(accounts.memberships(accounts.find(copy, off).orElseThrow())).isEmpty();
    String admin = accounts.find(copy, org.adminId()).orElseThrow().email();
    assertThat(restored.withoutPassword()).contains(admin);
    var now = installation.clock().instant();
    installation
        .database()
        .change(
            tx -> {
              assertThat(Users.invite(tx, restored.org(), admin, now)).isPresent();
              assertThat(Users.invite(tx, restored.org(), address, now)).isEmpty();
            });
  }

  private static List<String> waiting(TestOrg org) {
    return org.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                    sql(
                        "select task_instance from clientele.scheduled_job where task_instance like ?",
                        org.orgId() + "-%"),
                    row -> row.getString(1)));
  }

  @Test
  void jobsAndBackupsGoOn() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    String lead = api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
    String rule = "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU";
    api.post("/crm/bulk/v8/backup", "{\"backup\":{\"rrule\":\"" + rule + "\"}}").hasStatus(200);
    JsonNode scheduled = api.get("/crm/bulk/v8/backup").at("/backup");
    api.post(
            "/crm/v8/Leads/actions/mass_update",
            "{\"data\":[{\"City\":\"Ulm\"}],\"ids\":[\"" + lead + "\"],\"over_write\":true}")
        .hasStatus(200);
    long unknown = org.adminId() + 1_000_000;
    org.server()
        .installation()
        .database()
        .change(
            tx ->
                Jobs.add(
                    tx,
                    org.org(),
                    unknown,
                    "nothing_runs_it",
                    Json.MAPPER.createObjectNode(),
                    org.adminId()));
    TestOrg copy = copyOf(org, BackupSizes.STANDARD);
    assertThat(waiting(copy)).isNotEmpty().doesNotContain(copy.orgId() + "-" + unknown);
    assertThat(copy.api().get("/crm/bulk/v8/backup").at("/backup")).isEqualTo(scheduled);
    copy.server().installation().jobs().runDue(copy.orgId());
    assertThat(copy.api().get("/crm/v8/Leads/" + lead).at("/data/0/City").asString())
        .isEqualTo("Ulm");
    String waiting =
        org
            .server()
            .installation()
            .database()
            .read(
                tx ->
                    tx.list(
                        sql(
                            "select execution_time from clientele.scheduled_job where task_instance like ?",
                            copy.orgId() + "-%"),
                        row -> row.getTimestamp(1).toInstant().toString()))
            .stream()
            .collect(Collectors.joining());
    assertThat(java.time.Instant.parse(waiting))
        .isEqualTo(
            java.time.OffsetDateTime.parse(scheduled.path("scheduled_date").asString())
                .toInstant());
  }
}
