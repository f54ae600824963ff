package io.clientele.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Backups that clients ask for. References: Schedule Data Backup and the pages beside it. */
@Proves({
  "POST /crm/bulk/{version}/backup",
  "GET /crm/bulk/{version}/backup",
  "GET /crm/bulk/{version}/backup/history",
  "GET /crm/bulk/{version}/backup/urls",
  "PUT /crm/bulk/{version}/backup/{id}/actions/cancel",
  "GET /v2/crm/{org}/backup/{job}/{file}"
})
class BackupTest {
  private static final String BACKUP = "/crm/bulk/v8/backup";
  private static final String WEEKLY = rule("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU");
  private static final String SCOPES = TestOrg.ALL_SCOPES + ",ZohoFiles.files.ALL";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api(org.adminId(), SCOPES);

  private static String rule(String rule) {
    return "{\"backup\":{\"rrule\":\"" + rule + "\"}}";
  }

  private static void run(TestOrg org) {
    org.server().installation().jobs().runDue(org.orgId());
  }

  private static String scheduled(Api api, String body) {
    Answer answer = api.post(BACKUP, body).hasStatus(200);
    assertThat(answer.at("/backup/message").asString()).isEqualTo("Backup scheduled successfully.");
    assertThat(answer.at("/backup/code").asString()).isEqualTo("SUCCESS");
    return answer.at("/backup/details/id").asString();
  }

  private static String path(JsonNode url) {
    return url.asString().replaceFirst("https?://[^/]+", "");
  }

  private static Map<String, String> entries(byte[] zip) {
    Map<String, String> entries = new HashMap<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return entries;
  }

  @Test
  void aBackupAtOnceCanBeDownloaded() {
    String account =
        api.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Acme, Inc\"}]}").savedId(0);
    String contact =
        api.post(
                "/crm/v8/Contacts",
                "{\"data\":[{\"Last_Name\":\"Boyle\",\"Account_Name\":{\"id\":\"%s\"},\"Tag\":[{\"name\":\"Hot\"},{\"name\":\"New\"}]}]}"
                    .formatted(account))
            .savedId(0);
    String attachment =
        api.upload("/crm/v8/Contacts/" + contact + "/Attachments", Form.file("a.txt", "content"))
            .savedId(0);
    api.get(BACKUP).hasStatus(204).hasNoBody();
    api.get(BACKUP + "/urls").hasStatus(204).hasNoBody();
    api.get(BACKUP + "/history").hasStatus(204).hasNoBody();
    String id = scheduled(api, "");
    JsonNode waiting = api.get(BACKUP).hasStatus(200).at("/backup");
    assertThat(waiting.path("id").asString()).isEqualTo(id);
    assertThat(waiting.path("status").asString()).isEqualTo("SCHEDULED");
    assertThat(waiting.path("rrule").isNull()).isTrue();
    assertThat(waiting.path("scheduled_date").isNull()).isTrue();
    assertThat(waiting.path("start_date").isNull()).isTrue();
    assertThat(waiting.at("/requester/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(waiting.at("/requester/id").asString()).isEqualTo(Long.toString(org.adminId()));
    assertThat(waiting.at("/requester/zuid").isString()).isTrue();
    api.get(BACKUP + "/urls").hasStatus(204);
    run(org);
    assertThat(api.get(BACKUP).at("/backup/status").asString()).isEqualTo("COMPLETED");
    Answer urls = api.get(BACKUP + "/urls").hasStatus(200);
    assertThat(urls.at("/urls/data_links/0").asString())
        .startsWith(api.url() + "/v2/crm/" + org.orgId() + "/backup/")
        .endsWith("/Data_001.zip");
    assertThat(urls.at("/urls/data_links/1").asString()).endsWith("/Clientele_001.zip");
    assertThat(OffsetDateTime.parse(urls.at("/urls/expiry_date").asString()))
        .isAfter(OffsetDateTime.now().plusDays(6));
    Map<String, String> data = entries(api.download(path(urls.at("/urls/data_links/0"))).body());
    assertThat(data.get("Data/Contacts_001.csv"))
        .contains(
            "zcrm_%s,zcrm_%d,Patricia Boyle".formatted(contact, org.adminId()),
            ",zcrm_%s,\"Acme, Inc\",".formatted(account),
            ",Hot;New,");
    assertThat(data.get("Data/Attachments_001.csv")).contains(attachment + "_a.txt", ",Contacts,");
    assertThat(data.get("Data/Users_001.csv")).contains("Patricia Boyle");
    assertThat(data.get("Metadata/org.yaml")).contains("modules:");
    assertThat(data.get("Metadata/Fields_001.csv")).contains("Contacts,Account_Name,");
    var files = api.download(path(urls.at("/urls/attachment_links/0")));
    assertThat(files.headers().firstValue("Content-Type").orElseThrow()).contains("zip");
    assertThat(entries(files.body()))
        .containsExactlyEntriesOf(Map.of("Attachments/" + attachment + "_a.txt", "content"));
  }

  @Test
  void theHistoryTellsWhatWasDone() {
    scheduled(api, "");
    run(org);
    String weekly = scheduled(api, WEEKLY);
    Answer stopped = api.put(BACKUP + "/" + weekly + "/actions/cancel", "").hasStatus(200);
    assertThat(stopped.at("/backup/message").asString()).isEqualTo("Backup stopped successfully.");
    assertThat(api.get(BACKUP).at("/backup/status").asString()).isEqualTo("STOPPED");
    Answer history = api.get(BACKUP + "/history").hasStatus(200);
    assertThat(
            history
                .at("/history")
                .valueStream()
                .map(
                    one ->
                        one.path("action").asString("-")
                            + " "
                            + one.path("state").asString("-")
                            + " "
                            + one.path("repeat_type").asString()
                            + " "
                            + one.path("file_name").asString("-")))
        .containsExactly(
            "stopped - biweekly -",
            "scheduled - biweekly -",
            "- completed immediate Data_001.zip",
            "initiated - immediate -");
    assertThat(history.at("/history/0/done_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(history.at("/history/0/count").asInt()).isZero();
    assertThat(history.at("/info").toString())
        .isEqualTo("{\"per_page\":200,\"count\":4,\"page\":1,\"more_records\":false}");
    Answer page = api.get(BACKUP + "/history?page=2&per_page=1").hasStatus(200);
    assertThat(page.at("/history/0/action").asString()).isEqualTo("scheduled");
    assertThat(page.at("/info/more_records").asBoolean()).isTrue();
    api.get(BACKUP + "/history?per_page=x").hasStatus(400);
    run(org);
    assertThat(api.get(BACKUP + "/history").at("/info/count").asInt()).isEqualTo(4);
  }

  @Test
  void aRuleIsFollowedAndFilesExpire() {
    var clock = new TestClock();
    try (var server = TestServer.withClock(clock)) {
      TestOrg mine = TestOrg.createOn(server);
      Api admin = mine.api(mine.adminId(), SCOPES);
      String id = scheduled(admin, WEEKLY);
      JsonNode first = admin.get(BACKUP).at("/backup");
      assertThat(first.path("rrule").asString()).isEqualTo("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU");
      assertThat(first.path("scheduled_date")).isEqualTo(first.path("start_date"));
      var start = OffsetDateTime.parse(first.path("start_date").asString());
      assertThat(start.getDayOfWeek()).isEqualTo(DayOfWeek.TUESDAY);
      assertThat(start.toInstant())
          .isBetween(clock.instant(), clock.instant().plus(Duration.ofDays(8)));
      run(mine);
      assertThat(admin.get(BACKUP).at("/backup/status").asString()).isEqualTo("SCHEDULED");
      admin.get(BACKUP + "/urls").hasStatus(204);
      clock.advance(Duration.between(clock.instant(), start.toInstant()));
      run(mine);
      admin = mine.api(mine.adminId(), SCOPES);
      JsonNode second = admin.get(BACKUP).at("/backup");
      assertThat(second.path("id").asString()).isEqualTo(id);
      assertThat(second.path("status").asString()).isEqualTo("SCHEDULED");
      assertThat(second.path("start_date")).isEqualTo(first.path("start_date"));
      var next = OffsetDateTime.parse(second.path("scheduled_date").asString());
      assertThat(next).isEqualTo(start.plusDays(14));
      String file = path(admin.get(BACKUP + "/urls").hasStatus(200).at("/urls/data_links/0"));
      assertThat(admin.download(file).statusCode()).isEqualTo(200);
      clock.advance(Duration.ofDays(16));
      admin = mine.api(mine.adminId(), SCOPES);
      admin.get(BACKUP + "/urls").hasStatus(204);
      assertThat(admin.download(file).statusCode()).isEqualTo(401);
      var upkeep = server.installation().backupUpkeep();
      assertThat(upkeep.trim(mine.org(), 10)).isEqualTo(1);
      assertThat(upkeep.trim(mine.org(), 10)).isZero();
      run(mine);
      assertThat(admin.get(BACKUP).at("/backup/scheduled_date").asString())
          .startsWith(start.plusDays(28).toLocalDate().toString());
      clock.advance(Duration.ofDays(366));
      mine.api(mine.adminId(), SCOPES).get(BACKUP + "/history").hasStatus(204);
      assertThat(upkeep.trim(mine.org(), 100)).isEqualTo(4);
    }
  }

  @Test
  void daysOfRules() {
    var zone = ZoneId.of("Europe/Berlin");
    var now = OffsetDateTime.parse("2026-01-29T23:30:00+01:00").toInstant(); // a Thursday
    for (List<String> days :
        List.of(
            List.of("FREQ=WEEKLY;INTERVAL=1;BYDAY=TH", "2026-02-05", "2026-02-12"),
            List.of("FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "2026-01-30", "2026-02-20"),
            List.of("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=31", "2026-01-31", "2026-03-31"),
            List.of("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=16", "2026-02-16", "2026-04-16"),
            List.of("FREQ=MONTHLY;INTERVAL=1;BYDAY=1TH", "2026-02-05", "2026-03-05"),
            List.of("FREQ=MONTHLY;INTERVAL=1;BYDAY=-1SU", "2026-02-22", "2026-03-29"))) {
      BackupRule rule = BackupRule.parse("RRULE:" + days.get(0)).orElseThrow();
      var first = rule.first(now, zone);
      assertThat(first.atZone(zone).toLocalDateTime().toString())
          .as(days.get(0))
          .isEqualTo(days.get(1) + "T23:30");
      assertThat(rule.next(first, first, zone).atZone(zone).toLocalDateTime().toString())
          .as(days.get(0))
          .isEqualTo(days.get(2) + "T23:30");
      assertThat(rule.next(first, first.minusSeconds(1), zone)).isEqualTo(first);
    }
  }

  @Test
  void mistakesInRules() {
    for (String rule :
        List.of(
            "",
            "x",
            "RRULE:",
            "RRULE:FREQ=DAILY;INTERVAL=1;BYDAY=TU",
            "RRULE:FREQ=WEEKLY;BYDAY=TU",
            "RRULE:FREQ=WEEKLY;INTERVAL=0;BYDAY=TU",
            "RRULE:FREQ=WEEKLY;INTERVAL=53;BYDAY=TU",
            "RRULE:FREQ=WEEKLY;INTERVAL=99999999999999;BYDAY=TU",
            "RRULE:FREQ=WEEKLY;INTERVAL=1",
            "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=1TU",
            "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;BYDAY=WE",
            "RRULE:FREQ=WEEKLY;INTERVAL=1;BYMONTHDAY=3",
            "RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=TU",
            "RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=6TU",
            "RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=32",
            "RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1;COUNT=3",
            "RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1" + ";".repeat(1000))) {
      invalid(rule(rule), "{\"api_name\":\"rrule\",\"json_path\":\"$.backup.rrule\"}");
    }
    invalid(
        "{\"backup\":{\"rrule\":7}}", "{\"api_name\":\"rrule\",\"json_path\":\"$.backup.rrule\"}");
    invalid("{\"backup\":[]}", "{\"api_name\":\"backup\",\"json_path\":\"$.backup\"}");
    invalid("[]", "{\"api_name\":\"backup\",\"json_path\":\"$.backup\"}");
    api.post(BACKUP, "{\"backup\":")
        .isError(400, "REQUEST_BODY_NOT_READABLE", "the request body cannot be read", "{}");
    api.get(BACKUP).hasStatus(204);
  }

  private void invalid(String body, String details) {
    api.post(BACKUP, body)
        .hasStatus(400)
        .keyIsError(
            "backup",
            "INVALID_DATA",
            "You have specified an invalid rule or rule pattern.",
            details);
  }

  @Test
  void oneAtATime() {
    String id = scheduled(api, WEEKLY);
    String details = "{\"id\":\"" + id + "\"}";
    for (String body : List.of("", WEEKLY)) {
      api.post(BACKUP, body)
          .hasStatus(400)
          .keyIsError("backup", "BACKUP_ALREADY_SCHEDULED", "Backup is already scheduled", details);
    }
    cancel(id).hasStatus(200);
    cancel(id)
        .hasStatus(400)
        .keyIsError("backup", "ALREADY_CANCELLED", "Backup is already canceled", details);
    scheduled(api, "{\"backup\":{}}");
  }

  private Answer cancel(String id) {
    return api.put(BACKUP + "/" + id + "/actions/cancel", "");
  }

  @Test
  void whatIsUnderWayOrOverCannotBeCancelled() {
    String id = scheduled(api, "");
    var installation = org.server().installation();
    var rows = new Backup[1];
    installation
        .database()
        .change(
            tx -> {
              var backups = new BackupRows(tx, org.org(), installation.jobs());
              rows[0] = backups.latest().orElseThrow();
              backups.begin(rows[0]);
            });
    assertThat(api.get(BACKUP).at("/backup/status").asString()).isEqualTo("INPROGRESS");
    cancel(id)
        .hasStatus(400)
        .keyIsError("backup", "INPROGRESS", "Backup is in progress", "{\"id\":\"" + id + "\"}");
    run(org);
    for (String none : List.of(id, "1", "x", Long.toString(org.adminId()))) {
      cancel(none).isError(400, "RESOURCE_NOT_FOUND", "The requested resource doesn't exist", "{}");
    }
  }

  @Test
  void onlyAdministratorsWithTheScope() {
    scheduled(api, "");
    run(org);
    JsonNode urls = api.get(BACKUP + "/urls").at("/urls");
    String file = path(urls.at("/data_links/0"));
    long user = TestUsers.standard(org, "standard@example.com");
    Api standard = org.api(user, SCOPES);
    String details = "{\"permissions\":[\"profile permission\"]}";
    for (String path : List.of(BACKUP, BACKUP + "/urls", BACKUP + "/history")) {
      standard.get(path).isError(403, "NO_PERMISSION", "Permission denied to read", details);
      org.api(org.adminId(), "ZohoCRM.bulk.backup.CREATE")
          .get(path)
          .isError(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", "{}");
      org.api(org.adminId(), "ZohoCRM.bulk.backup.READ").get(path).hasStatus(200);
    }
    standard.post(BACKUP, "").isError(403, "NO_PERMISSION", "Permission denied to create", details);
    standard
        .put(BACKUP + "/1/actions/cancel", "")
        .isError(403, "NO_PERMISSION", "Permission denied to create", details);
    Api reader = org.api(org.adminId(), "ZohoCRM.bulk.backup.READ");
    assertThat(reader.post(BACKUP, "").status()).isEqualTo(401);
    assertThat(reader.put(BACKUP + "/1/actions/cancel", "").status()).isEqualTo(401);
    standard.get(file).isError(403, "FORBIDDEN", "Permission denied", "{}");
    assertThat(reader.get(file).status()).isEqualTo(401);
    assertThat(org.api(org.adminId(), "ZohoFiles.files.READ").download(file).statusCode())
        .isEqualTo(200);
    TestOrg other = TestOrg.create();
    Api foreign = other.api(other.adminId(), SCOPES);
    String job = file.split("/")[5];
    for (String wrong :
        List.of(
            file,
            file.replace("/" + org.orgId() + "/", "/" + other.orgId() + "/"),
            "/v2/crm/%d/backup/x/Data_001.zip".formatted(other.orgId()))) {
      notThere(foreign, wrong);
    }
    notThere(api, "/v2/crm/%d/backup/%s/Data_009.zip".formatted(org.orgId(), job));
    notThere(api, "/v2/crm/%d/backup/%s/..%%2Fx".formatted(org.orgId(), job));
    notThere(api, "/v2/crm/%d/backup/%s/Data_001.zip".formatted(other.orgId(), job));
    assertThat(api.post(file, "").status()).isEqualTo(400);
  }

  private static void notThere(Api api, String path) {
    api.get(path)
        .isError(
            401,
            "URL_RULE_NOT_CONFIGURED",
            "Please check if the URL trying to access is a correct one",
            "{}");
  }

  @Test
  void aBackupThatFailsTellsSoAndCanBeAskedForAgain() {
    String contact =
        api.post("/crm/v8/Contacts", "{\"data\":[{\"Last_Name\":\"Boyle\"}]}").savedId(0);
    api.upload("/crm/v8/Contacts/" + contact + "/Attachments", Form.file("a.txt", "lost"))
        .hasStatus(200);
    var installation = org.server().installation();
    String sha256 =
        installation
            .database()
            .read(
                tx ->
                    tx.list(
                            io.clientele.db.Sql.sql(
                                "select sha256 from " + org.org().table("blob")),
                            row -> row.getString(1))
                        .getFirst());
    installation.files().forget(org.org(), sha256);
    scheduled(api, "");
    run(org);
    assertThat(api.get(BACKUP).at("/backup/status").asString()).isEqualTo("FAILED");
    assertThat(api.get(BACKUP + "/history").at("/history/0/state").asString()).isEqualTo("failure");
    api.get(BACKUP + "/urls").hasStatus(204);
    scheduled(api, WEEKLY);
  }
}
