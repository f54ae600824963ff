package io.clientele.imports;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.backup.BackupSizes;
import io.clientele.backup.BackupWriter;
import io.clientele.configuration.Configuration;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An org is moved in from a backup in the product's form. */
class BackupImportTest {
  private static final String ANN = "5725767000000411001";
  private static final String GONE = "5725767000000411002";
  private static final ImportOptions SKIPPING =
      new ImportOptions(Set.of(), Optional.empty(), ZoneId.of("Asia/Kolkata"), true, false, 10);
  private static final Map<String, String> DATA =
      Map.of(
          "Users_001.csv",
          """
          Record Id,First Name,Last Name,Email,Role,Profile
          zcrm_%1$s,Ann,Lee,%3$s,CEO,Administrator
          """,
          "Leads_001.csv",
          """
          Record Id,Lead Owner.id,Lead Owner,Company,First Name,Last Name,Email,Email Opt Out,Annual Revenue,Created By.id,Created By,Created Time,Modified By.id,Modified By,Modified Time,Tag,Description,Old Field
          zcrm_5725767000000500001,zcrm_%1$s,Ann Lee,"Acme, Inc.",Peter,Pan,pan@example.com,true,"1,200.50",zcrm_%2$s,Old Hand,2020-02-03 04:05:06,zcrm_%1$s,Ann Lee,2021-02-03 04:05:06,"Hot,Cold","two
          lines",x
          zcrm_5725767000000500002,zcrm_%1$s,Ann Lee,B,,Bell,no address,false,many,zcrm_%1$s,Ann Lee,2020-02-03 04:05:06,zcrm_%1$s,Ann Lee,2020-02-03 04:05:06,,,
          ,zcrm_%1$s,Ann Lee,C,,Nobody,,false,,zcrm_%1$s,Ann Lee,2020-02-03 04:05:06,zcrm_%1$s,Ann Lee,2020-02-03 04:05:06,,,
          zcrm_5725767000000500003,too,short
          """,
          "Leads_002.csv",
          """
          Record Id,Last Name
          zcrm_5725767000000500004,Second
          """,
          "Accounts_001.csv",
          """
          Record Id,Account Owner.id,Account Owner,Account Name,Parent Account.id,Parent Account
          zcrm_5725767000000600001,zcrm_%1$s,Ann Lee,Upper,zcrm_5725767000000600002,Lower
          zcrm_5725767000000600002,zcrm_%1$s,Ann Lee,Lower,zcrm_5725767000000600001,Upper
          zcrm_5725767000000600003,zcrm_%1$s,Ann Lee,Lost,zcrm_5725767000000699999,Gone
          """,
          "Tasks_001.csv",
          """
          Record Id,Task Owner.id,Task Owner,Subject,Due Date,Related To.id,Related To,Status
          zcrm_5725767000000700001,zcrm_%1$s,Ann Lee,Call,2030-01-31,zcrm_5725767000000600001,Upper,Not Started
          """,
          "Notes_001.csv",
          """
          Record Id,Note Owner.id,Note Owner,Note Title,Note Content,Parent ID.id,Parent ID,Created Time
          zcrm_5725767000000800001,zcrm_%1$s,Ann Lee,T,of a lead,zcrm_5725767000000500001,Peter Pan,2020-02-03 04:05:06
          """,
          "Attachments_001.csv",
          """
          Record Id,Attachment Owner.id,Attachment Owner,File Name,Size,Parent ID.id,Parent ID
          zcrm_5725767000000900001,zcrm_%1$s,Ann Lee,map.txt,4,zcrm_5725767000000500001,Peter Pan
          zcrm_5725767000000900002,zcrm_%1$s,Ann Lee,lost.txt,4,zcrm_5725767000000500001,Peter Pan
          zcrm_5725767000000900003,zcrm_%1$s,Ann Lee,orphan.txt,4,zcrm_5725767000000599999,Nobody
          """);

  @TempDir Path directory;

  private Path zip(String name, Map<String, String> entries) {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** The backup of an org in which Ann has the address. */
  private List<Path> backup(String email) {
    var data = new TreeMap<String, String>();
    DATA.forEach(
        (name, text) -> data.put("Data/" + name, "\ufeff" + text.formatted(ANN, GONE, email)));
    return List.of(
        zip("Data_001.zip", data),
        zip(
            "Attachments_001.zip",
            Map.of(
                "5725767000000900001_map.txt", "here", "5725767000000900003_orphan.txt", "none")));
  }

  private ImportReport run(TestOrg org, List<Path> paths, ImportOptions options) {
    try (var source = new BackupSource(paths, false)) {
      return Imports.into(org).with(options).of(source).run();
    }
  }

  @Test
  void recordsAreThereWithTheirIdsOwnersAndTimes() throws IOException {
    TestOrg org = TestOrg.create();
    long ann = TestUsers.standard(org, "ann@example.com");
    ImportReport report = run(org, backup(org.orgId() + "-ann@example.com"), SKIPPING);
    Api api = org.api();
    JsonNode pan = api.get("/crm/v8/Leads/5725767000000500001").hasStatus(200).at("/data/0");
    assertThat(pan.path("Company").asString()).isEqualTo("Acme, Inc.");
    assertThat(pan.path("Annual_Revenue").asDouble()).isEqualTo(1200.5);
    assertThat(pan.path("Email_Opt_Out").asBoolean()).isTrue();
    assertThat(pan.path("Description").asString()).isEqualTo("two\nlines");
    assertThat(pan.path("Owner").path("id").asLong()).isEqualTo(ann);
    assertThat(pan.path("Created_By").path("name").asString()).isEqualTo("Old Hand");
    assertThat(pan.path("Modified_By").path("id").asLong()).isEqualTo(ann);
    assertThat(pan.path("Created_Time").asString()).isEqualTo("2020-02-03T04:05:06+05:30");
    assertThat(pan.path("Modified_Time").asString()).isEqualTo("2021-02-03T04:05:06+05:30");
    assertThat(pan.path("Tag").valueStream().map(tag -> tag.path("name").asString()))
        .containsExactly("Hot", "Cold");
    assertThat(pan.path("Layout").path("name").asString()).isEqualTo("Standard");
    api.get("/crm/v8/Leads/5725767000000500004").hasStatus(200);
    assertThat(
            api.get("/crm/v8/Accounts/5725767000000600001")
                .at("/data/0/Parent_Account/name")
                .asString())
        .isEqualTo("Lower");
    assertThat(api.get("/crm/v8/Tasks/5725767000000700001").at("/data/0/What_Id/name").asString())
        .isEqualTo("Upper");
    assertThat(api.get("/crm/v8/Leads/5725767000000500001/Notes?fields=Note_Content").ids())
        .containsExactly("5725767000000800001");
    String attachments = "/crm/v8/Leads/5725767000000500001/Attachments";
    assertThat(api.get(attachments + "?fields=File_Name").ids())
        .containsExactly("5725767000000900001");
    assertThat(api.download(attachments + "/5725767000000900001").body())
        .asString()
        .isEqualTo("here");
    Path file = directory.resolve("report.csv");
    report.write(file);
    assertThat(Files.readString(file))
        .contains(
            "Leads,,,,\"5 read, 3 imported, 0 there already, 2 not taken, 2 values not taken\"")
        .contains("Leads,row 3 of file 1,,,it has no id")
        .contains("Leads,row 4 of file 1,,,\"it has 3 cells, the headings are 18\"")
        .contains("Leads,5725767000000500002,Annual_Revenue,many,")
        .contains("Leads,5725767000000500002,Email,no address,")
        .contains("Leads,,Old Field,,there is no such field here")
        .contains("links Accounts,5725767000000600003,Parent_Account,5725767000000699999,")
        .contains("lost.txt: its file is not there")
        .contains("Attachments,5725767000000900003,,,its record was not imported");
  }

  @Test
  void newRecordsComeAfterTheLoadedOnes() {
    TestOrg org = TestOrg.create();
    run(org, backup("x@example.com"), SKIPPING);
    String id = org.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"N\"}]}").savedId(0);
    assertThat(Long.parseLong(id)).isGreaterThan(5725767000000900003L);
    assertThat(org.api().get("/crm/v8/Leads?fields=id&sort_by=id&sort_order=desc").ids())
        .startsWith(id, "5725767000000500004");
  }

  @Test
  void oneStandsForAllUsersWhoAreUnknown() {
    TestOrg org = TestOrg.create();
    run(
        org,
        backup("nobody@example.com"),
        new ImportOptions(
            Set.of("Leads"), Optional.of(org.adminId()), ZoneId.of("UTC"), true, false, 1));
    JsonNode pan = org.api().get("/crm/v8/Leads/5725767000000500001").at("/data/0");
    assertThat(pan.path("Owner").path("id").asLong()).isEqualTo(org.adminId());
    assertThat(pan.path("Created_By").path("id").asLong()).isEqualTo(org.adminId());
    assertThat(org.api().get("/crm/v8/users?type=AllUsers").at("/users")).hasSize(1);
    org.api().get("/crm/v8/Accounts/5725767000000600001").hasStatus(204);
  }

  @Test
  void whatWasKilledGoesOnWhereItWas() {
    TestOrg org = TestOrg.create();
    var imports =
        Imports.into(org)
            .with(new ImportOptions(Set.of(), Optional.empty(), ZoneId.of("UTC"), true, false, 1));
    int kills = 0;
    ImportReport report = null;
    while (report == null) {
      imports.killAfter(1);
      try (var source = new BackupSource(backup("x@example.com"), false)) {
        report = imports.of(source).run();
      } catch (Imports.Killed e) {
        assertThat(++kills).isLessThan(50);
      }
    }
    assertThat(kills).isGreaterThan(3);
    assertThat(report.lines())
        .contains(
            new ImportReport.Line("Leads", 5, 3, 0, 2, 2),
            new ImportReport.Line("Accounts", 3, 3, 0, 0, 0),
            new ImportReport.Line("Attachments", 3, 1, 0, 2, 0));
    assertThat(org.api().get("/crm/v8/Leads/actions/count").at("/count").asInt()).isEqualTo(3);
  }

  @Test
  void whatHasNoPlaceStopsTheImportBeforeItBegins() {
    TestOrg org = TestOrg.create();
    List<Path> folder = List.of(directory);
    zip(
        "Data_001.zip",
        Map.of("Ghosts_001.csv", "Record Id\n", "Leads_001.csv", "Record Id,Odd,Empty\n,x,\n"));
    ImportOptions strict = Imports.options(Set.of());
    assertThatThrownBy(() -> run(org, folder, strict))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            "There is no place here for Ghosts, Leads.Odd. Make the modules and fields"
                + " ('clientele apply'), or say --make-fields or --skip-unknown.");
    assertThatThrownBy(() -> run(org, folder, Imports.options(Set.of("Cows"))))
        .hasMessageContaining("no module 'Cows'");
    try (var source = new BackupSource(folder, false)) {
      assertThat(Imports.into(org).of(source).plan())
          .containsExactly(
              "! Ghosts, 0 records: there is no such module here",
              "+ Leads, 1 records",
              "  ! column 'Odd' has no field here");
    }
  }

  @Test
  void modulesAndFieldsAreMadeByWhatIsInTheColumns() {
    TestOrg org = TestOrg.create();
    Path data =
        zip(
            "Data_001.zip",
            Map.of(
                "Data/Users_001.csv",
                "Record Id,Email,Last Name\nzcrm_5725767000000411001,ann@example.org,Lee\n",
                "Data/Leads_001.csv",
                """
                Record Id,Last Name,Boat.id,Boat,Guide.id,Guide,Shoe size,Paid?,Since,Rate (EUR),Story
                zcrm_5725767000000500001,Pan,zcrm_5725767000000600001,Jolly,zcrm_5725767000000411001,Lee,42,true,2020-01-31,1.25,told
                zcrm_5725767000000500002,Bell,,,,,,false,,3,
                """,
                "Data/Boats_C_001.csv",
                "Record Id,Boat Owner.id,Boat Owner,Boat Name,Masts\n"
                    + "zcrm_5725767000000600001,zcrm_5725767000000411001,Lee,Jolly,3\n"));
    try (var source = new BackupSource(List.of(data), true)) {
      Imports.into(org).of(source).run();
    }
    JsonNode pan = org.api().get("/crm/v8/Leads/5725767000000500001").at("/data/0");
    assertThat(pan.path("Boat").path("name").asString()).isEqualTo("Jolly");
    assertThat(pan.path("Guide").path("email").asString()).isEqualTo("ann@example.org");
    assertThat(pan.path("Shoe_size").asInt()).isEqualTo(42);
    assertThat(pan.path("Paid").asBoolean()).isTrue();
    assertThat(pan.path("Since").asString()).isEqualTo("2020-01-31");
    assertThat(pan.path("Rate_EUR").asDouble()).isEqualTo(1.25);
    assertThat(pan.path("Story").asString()).isEqualTo("told");
    JsonNode boat = org.api().get("/crm/v8/Boats/5725767000000600001").at("/data/0");
    assertThat(boat.path("Name").asString()).isEqualTo("Jolly");
    assertThat(boat.path("Masts").asInt()).isEqualTo(3);
  }

  @Test
  void anOrgWithRecordsIsLeftAlone() {
    TestOrg org = TestOrg.create();
    org.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"N\"}]}").hasStatus(201);
    assertThatThrownBy(() -> run(org, backup("x@example.com"), SKIPPING))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("has records already");
    var adding = new ImportOptions(Set.of(), Optional.empty(), ZoneId.of("UTC"), true, true, 10);
    assertThat(run(org, backup("x@example.com"), adding).lines()).isNotEmpty();
  }

  /** In the cells of a backup, such a character parts files. */
  @Test
  void aFileWithASemicolonInItsNameComesBack() {
    TestOrg org = TestOrg.create();
    String lead = org.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
    String photo = "/crm/v8/Leads/" + lead + "/photo";
    org.api().upload(photo, Form.file("a;b.png", TestImages.of("png", 4, 4))).hasStatus(200);
    var installation = org.server().installation();
    new BackupWriter(
            installation.database(),
            installation.tables(),
            installation.files(),
            new Configuration(installation.changes(), installation.jobs()),
            installation.clock(),
            BackupSizes.STANDARD)
        .write(org.orgId(), (name, content) -> Files.copy(content, directory.resolve(name)));
    TestOrg target = TestOrg.create();
    run(target, List.of(directory), ADDING);
    assertThat(target.api().download(photo).body()).isEqualTo(org.api().download(photo).body());
  }

  private static final ImportOptions ADDING =
      new ImportOptions(Set.of(), Optional.empty(), ZoneId.of("UTC"), true, true, 10);

  /** The first orgs of all installations have the same number, and so the same ids. */
  @Test
  void anotherRecordWithTheSameIdIsToldOf() throws IOException {
    TestOrg org = TestOrg.create();
    String form = "Record Id,Last Name,Created Time,Record Image\n%s,%s,%s,%s\n";
    String id = "5725767000000500001";
    Path mine =
        zip(
            "mine.zip",
            Map.of("Leads_001.csv", form.formatted(id, "Mine", "2020-02-03 04:05:06", "")));
    run(org, List.of(mine), ADDING);
    Path theirs =
        zip(
            "theirs.zip",
            Map.of(
                "Leads_001.csv",
                form.formatted(id, "Theirs", "2021-02-03 04:05:06", "7_photo.png"),
                "Attachments/7_photo.png",
                "png"));
    ImportReport report = run(org, List.of(theirs), ADDING);
    assertThat(report.lines()).contains(new ImportReport.Line("Leads", 1, 0, 0, 1, 0));
    Path file = directory.resolve("report.csv");
    report.write(file);
    assertThat(Files.readString(file))
        .contains("Leads," + id + ",,,another record here has its id")
        .contains("its record was not imported");
    JsonNode lead = org.api().get("/crm/v8/Leads/" + id).at("/data/0");
    assertThat(lead.path("Last_Name").asString()).isEqualTo("Mine");
    assertThat(lead.path("Record_Image").isNull()).isTrue();
    Path again =
        zip(
            "again.zip",
            Map.of("Leads_001.csv", form.formatted(id, "Mine", "2020-02-03 04:05:06", "")));
    assertThat(run(org, List.of(again), ADDING).lines())
        .contains(new ImportReport.Line("Leads", 1, 0, 1, 0, 0));
  }

  @Test
  void filesDoNotDoubleWhenABackupHasMoved() {
    TestOrg org = TestOrg.create();
    Map<String, String> entries =
        Map.of(
            "Leads_001.csv",
            "Record Id,Last Name,Record Image\n5725767000000500001,L,7_photo.png; 8_lost.png\n",
            "Attachments/7_photo.png",
            "png");
    ImportReport first = run(org, List.of(zip("one.zip", entries)), SKIPPING);
    assertThat(first.lines()).contains(new ImportReport.Line("Leads.Record_Image", 2, 1, 0, 1, 0));
    ImportReport second = run(org, List.of(zip("other.zip", entries)), ADDING);
    assertThat(second.lines()).contains(new ImportReport.Line("Leads.Record_Image", 2, 0, 2, 0, 0));
    List<Long> files =
        org.server()
            .installation()
            .database()
            .read(
                tx ->
                    tx.list(
                        sql("select count(*) from " + org.org().table("file")),
                        row -> row.getLong(1)));
    assertThat(files).containsExactly(1L);
  }

  @Test
  void usersWhoseNamesDifferDiffer() {
    TestOrg org = TestOrg.create();
    Path file =
        zip(
            "names.zip",
            Map.of(
                "Leads_001.csv",
                "Record Id,Last Name,Lead Owner\n5725767000000500001,A,Jan Müller\n5725767000000500002,B,Jan Möller\n5725767000000500003,C,王伟\n5725767000000500004,D,李娜\n"));
    run(org, List.of(file), SKIPPING);
    assertThat(
            org.api()
                .get("/crm/v8/Leads?fields=Owner")
                .at("/data")
                .valueStream()
                .map(lead -> lead.at("/Owner/name").asString()))
        .containsExactlyInAnyOrder("Jan Müller", "Jan Möller", "王伟", "李娜");
  }

  @Test
  void whoHasAnAddressNowGoesBeforeWhoHadIt() {
    TestOrg org = TestOrg.create();
    long gone = TestUsers.create(org, "ann@example.com", "Standard", "deleted", true);
    org.change(sql("delete from clientele.account_user where user_id = ?", gone));
    long ann = TestUsers.standard(org, "ann@example.com");
    run(org, backup(org.orgId() + "-ann@example.com"), SKIPPING);
    JsonNode pan = org.api().get("/crm/v8/Leads/5725767000000500001").at("/data/0");
    assertThat(pan.path("Owner").path("id").asLong()).isEqualTo(ann);
  }

  /** A file that has the name of another record's is not taken for it. */
  @Test
  void filesAreNotTakenByTheirEndsAlone() {
    TestOrg org = TestOrg.create();
    Map<String, String> entries =
        Map.of(
            "Leads_001.csv",
            "Record Id,Last Name\n5725767000000500001,L\n",
            "Attachments_001.csv",
            "Record Id,File Name,Parent ID.id,Parent ID\n5725767000000900001,a.txt,5725767000000500001,L\n5725767000000900002,b.txt,5725767000000500001,L\n",
            "Attachments/5725767000000500001_data.txt",
            "no",
            "Attachments/5725767000000599999/b.txt",
            "no");
    assertThat(run(org, List.of(zip("ends.zip", entries)), SKIPPING).lines())
        .contains(new ImportReport.Line("Attachments", 2, 0, 0, 2, 0));
  }

  @Test
  void filesThatAreNoBackupAreRefused() throws IOException {
    Path text = Files.writeString(directory.resolve("data.zip"), "no zip");
    assertThatThrownBy(() -> new BackupSource(List.of(text), false))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("data.zip is not a zip file");
    assertThatThrownBy(() -> new BackupSource(List.of(directory.resolve("none.zip")), false))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("There is no file");
    Path empty = zip("empty.zip", Map.of("readme.txt", "hello"));
    assertThatThrownBy(() -> new BackupSource(List.of(empty), false))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("no CSV files");
    Path broken = zip("broken.zip", Map.of("Leads_001.csv", "Record Id,Last Name\n1,\"open"));
    TestOrg org = TestOrg.create();
    assertThatThrownBy(() -> run(org, List.of(broken), SKIPPING))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("Leads_001.csv is no CSV file");
  }
}
