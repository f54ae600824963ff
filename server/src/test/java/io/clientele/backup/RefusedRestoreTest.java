package io.clientele.backup;

import static io.clientele.db.Sql.sql;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.backup.Manifest.Part;
import io.clientele.backup.Manifest.Sequence;
import io.clientele.backup.Manifest.Table;
import io.clientele.db.Migrations;
import io.clientele.org.Orgs;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Backups that are not whole are refused, and leave nothing. */
@Execution(ExecutionMode.SAME_THREAD)
class RefusedRestoreTest {
  @TempDir static Path temporary;
  private static final TestServer SERVER = TestServer.separate();
  private static final TestOrg ORG = TestOrg.createOn(SERVER);
  private static Path whole;

  @BeforeAll
  static void writeBackup() throws IOException {
    Api api = ORG.api();
    String lead =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"},{\"Last_Name\":\"M\"}]}")
            .savedId(0);
    api.upload("/crm/v8/Leads/" + lead + "/Attachments", Form.file("a.txt", "content"))
        .hasStatus(200);
    whole = Files.createDirectory(temporary.resolve("whole"));
    Backups.write(ORG, BackupSizes.STANDARD, whole);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static List<String> state() {
    return ORG.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                    sql(
                        "select nspname::text from pg_namespace where nspname ~ '^(org|restore)_'"
                            + " union all select 'account ' || count(*) from clientele.account_user"
                            + " where org_id not in (select id from clientele.org) order by 1"),
                    row -> row.getString(1)));
  }

  private static void refused(Path directory, String words) {
    assertThatThrownBy(() -> Backups.restore(ORG, Optional.empty(), directory))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining(words);
    assertThat(state()).noneMatch(schema -> schema.startsWith("restore_"));
  }

  private static Path manifest(UnaryOperator<Manifest> change) {
    return Backups.withManifest(whole, change);
  }

  private static Path tables(UnaryOperator<Table> change) {
    return manifest(old -> with(old, old.orgVersion(), old.tables().stream().map(change).toList()));
  }

  private static Manifest with(Manifest old, int version, List<Table> tables) {
    return new Manifest(
        old.format(),
        version,
        old.orgId(),
        old.orgName(),
        old.time(),
        tables,
        old.sequences().stream().filter(one -> isOf(one, tables)).toList(),
        old.contents());
  }

  /** A table's own numbers have its name in theirs; others belong to the org. */
  private static boolean isOf(Sequence sequence, List<Table> tables) {
    return !sequence.name().endsWith("_id_seq")
        || tables.stream().anyMatch(table -> sequence.name().startsWith(table.name() + "_id"));
  }

  private static Table leads(Table table, UnaryOperator<Part> change) {
    return table.name().equals("leads")
        ? new Table(table.name(), table.columns(), table.parts().stream().map(change).toList())
        : table;
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length / 2] ^= 1;
    return other;
  }

  @Test
  void whatWasTamperedWith() throws IOException {
    String leads = "tables/leads/001.txt";
    String zip = "Clientele_001.zip";
    refused(Backups.changed(whole, zip, leads, RefusedRestoreTest::flipped), leads);
    refused(
        Backups.changed(whole, zip, leads, bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
        "wrong size");
    refused(
        Backups.changed(whole, zip, "contents/001.txt", RefusedRestoreTest::flipped),
        "not what was written");
    for (String manifest :
        List.of(
            "{",
            "[]",
            "{}",
            "{\"format\":1}",
            "{\"format\":1,\"orgName\":\"a\",\"tables\":[null],\"sequences\":[],\"contents\":[]}",
            "{\"format\":1,\"orgName\":\"a\",\"tables\":[{\"name\":\"a\"}],\"sequences\":[],\"contents\":[]}")) {
      refused(
          Backups.changed(whole, zip, Manifest.ENTRY, bytes -> manifest.getBytes(UTF_8)),
          "The manifest of the backup is damaged");
    }
    refused(
        manifest(
            old ->
                new Manifest(
                    2, 24, 1, "a", old.time(), old.tables(), old.sequences(), old.contents())),
        "has the format 2");
    String attachment;
    try (var files = new java.util.zip.ZipFile(whole.resolve("Attachments_001.zip").toFile())) {
      attachment = files.entries().nextElement().getName();
    }
    refused(
        Backups.changed(whole, "Attachments_001.zip", attachment, RefusedRestoreTest::flipped),
        attachment);
  }

  @Test
  void whatIsNotWhole() throws IOException {
    for (String zip : List.of("Clientele_001.zip", "Attachments_001.zip")) {
      Path copy = manifest(old -> old);
      byte[] bytes = Files.readAllBytes(copy.resolve(zip));
      Files.write(copy.resolve(zip), Arrays.copyOf(bytes, bytes.length - 30));
      refused(copy, "damaged or no ZIP");
      Files.delete(copy.resolve(zip));
      refused(copy, zip.startsWith("C") ? "no whole backup" : "is missing");
    }
    Path twice = manifest(old -> old);
    Files.copy(twice.resolve("Clientele_001.zip"), twice.resolve("Clientele_009.zip"));
    refused(twice, "more than one backup");
    assertThatThrownBy(() -> new BackupFiles(List.of(whole, whole)))
        .hasMessageContaining("two files");
    assertThatThrownBy(() -> new BackupFiles(List.of(temporary.resolve("none"))))
        .hasMessageContaining("There is no file");
  }

  @Test
  void whatNoBackupSays() {
    refused(manifest(old -> with(old, old.orgVersion() + 1, old.tables())), "newer version");
    refused(manifest(old -> with(old, -3, old.tables())), "does not fit");
    refused(
        tables(
            table ->
                leads(
                    table,
                    part ->
                        new Part(
                            part.zip(),
                            part.entry(),
                            part.sha256(),
                            part.bytes(),
                            part.rows() + 1))),
        "too few or too many rows");
    refused(
        tables(
            table ->
                leads(
                    table,
                    part ->
                        new Part(part.zip(), part.entry(), part.sha256(), 1L << 50, part.rows()))),
        "wrong size");
    refused(
        tables(
            table ->
                table.name().equals("leads")
                    ? new Table("leads\" (id) from program 'x' --", table.columns(), table.parts())
                    : table),
        "does not know");
    refused(
        tables(
            table ->
                table.name().equals("leads")
                    ? new Table("leads", List.of("id", "nothing"), table.parts())
                    : table),
        "does not know");
    refused(
        manifest(
            old -> {
              List<Table> tables = new ArrayList<>(old.tables());
              tables.removeIf(table -> table.name().equals("crm_user"));
              return with(old, old.orgVersion(), tables);
            }),
        "no user");
  }

  @Test
  void entriesThatLeadOut() {
    for (String entry : List.of("../../evil.txt", "/etc/evil", "a\\..\\evil", "C:/evil")) {
      Path copy = Backups.changed(whole, "Attachments_001.zip", entry, bytes -> new byte[1]);
      assertThatThrownBy(() -> Backups.restore(ORG, Optional.empty(), copy))
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining("which no backup has");
    }
  }

  @Test
  void anOrgWithRecords() {
    TestOrg used = TestOrg.createOn(SERVER);
    String lead = used.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
    intoIsRefused(used.orgId(), "has records");
    used.api().delete("/crm/v8/Leads/" + lead).hasStatus(200);
    intoIsRefused(used.orgId(), "has records");
    assertThat(used.api().get("/crm/v8/settings/recycle_bin").status()).isEqualTo(200);
    intoIsRefused(9, "There is no org 9");
  }

  private static void intoIsRefused(long id, String words) {
    assertThatThrownBy(() -> Backups.restore(ORG, Optional.of(id), whole))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining(words);
  }

  /** What a restore that was killed left goes with the next one. */
  @Test
  void leftoversAreRemoved() {
    var installation = ORG.server().installation();
    long number = 8_000_000;
    installation.database().change(tx -> assertThat(Orgs.reserve(tx, number)).isEqualTo(number));
    installation.orgs().prepare(number, Migrations.ORG_VERSION);
    var half =
        new io.clientele.org.Org(number, "", "restore_" + number, 1, java.time.Instant.EPOCH);
    var content =
        installation
            .files()
            .keep(half, new java.io.ByteArrayInputStream(new byte[9]), "half", "text/plain");
    Restore.Restored restored = Backups.restore(ORG, Optional.empty(), whole);
    assertThat(state()).noneMatch(schema -> schema.startsWith("restore_"));
    assertThatThrownBy(() -> installation.files().open(half, content.sha256()).close())
        .isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(restored.files()).isEqualTo(1);
  }

  private static Set<String> tablesAt(int version) {
    var installation = ORG.server().installation();
    long number = installation.database().write(tx -> Orgs.reserve(tx, 0));
    installation.orgs().prepare(number, version);
    return installation
        .database()
        .write(
            tx -> {
              Set<String> tables = Catalog.of(tx, Orgs.hidden(number)).tables().keySet();
              tx.update(sql("drop schema " + Orgs.hidden(number) + " cascade"));
              return tables;
            });
  }

  /** A backup of an earlier version gets to the newest: here of the last without backups. */
  @Test
  void anOlderBackupIsMigrated() {
    int version = 22;
    Set<String> later = new HashSet<>(tablesAt(Migrations.ORG_VERSION));
    later.removeAll(tablesAt(version));
    assertThat(later).contains("backup");
    Path older =
        manifest(
            old ->
                with(
                    old,
                    version,
                    old.tables().stream().filter(table -> !later.contains(table.name())).toList()));
    Restore.Restored restored = Backups.restore(ORG, Optional.empty(), older);
    TestOrg copy = TestOrg.existing(ORG.server(), restored.org(), ORG.adminId());
    assertThat(copy.api().get("/crm/v8/Leads?fields=Last_Name").at("/data").size()).isEqualTo(2);
    copy.api().get("/crm/bulk/v8/backup").hasStatus(204);
    copy.api().post("/crm/bulk/v8/backup", "").hasStatus(200);
  }
}
