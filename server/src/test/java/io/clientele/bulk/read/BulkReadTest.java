package io.clientele.bulk.read;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads of whole modules. References: Create Bulk Read job and the pages beside it. */
@Proves({
  "POST /crm/bulk/{version}/read",
  "GET /crm/bulk/{version}/read/{job_id}",
  "GET /crm/bulk/{version}/read/{job_id}/result"
})
class BulkReadTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final Reads reads = new Reads(org, api);

  @Test
  void aFileHasWhatRecordsShow() {
    String account =
        create("Accounts", "{\"Account_Name\":\"Acme, \\\"Inc\\\"\",\"Phone\":\"555\"}");
    String contact =
        create(
            "Contacts",
            "{\"Last_Name\":\"Boyle\\nPatricia\",\"Account_Name\":{\"id\":\"%s\"},\"Email\":\"p@example.com\",\"Email_Opt_Out\":true,\"Date_of_Birth\":\"1990-02-28\",\"Tag\":[{\"name\":\"Hot\"},{\"name\":\"New\"}]}"
                .formatted(account));
    String bare = create("Contacts", "{\"Last_Name\":\"Ünal\"}");
    List<NamedCsvRecord> rows =
        reads.rows(
            """
            {"module":{"api_name":"Contacts"},"fields":["Last_Name","Owner","Owner.last_name",
             "Account_Name","Account_Name.Account_Name","Account_Name.Phone","Email_Opt_Out",
             "Date_of_Birth","Tag","Created_Time","Account_Name.Created_Time"]}""");
    assertThat(rows).hasSize(2);
    NamedCsvRecord first = rows.getFirst();
    JsonNode shown = api.get("/crm/v8/Contacts/" + contact).at("/data/0");
    assertThat(first.getHeader())
        .startsWith("Id", "Last_Name", "Owner", "Owner.last_name", "Account_Name");
    assertThat(first.getField("Id")).isEqualTo(contact);
    assertThat(first.getField("Last_Name")).isEqualTo(shown.path("Last_Name").asString());
    assertThat(first.getField("Owner")).isEqualTo(shown.at("/Owner/id").asString());
    assertThat(first.getField("Owner.last_name")).isEqualTo("Boyle");
    assertThat(first.getField("Account_Name")).isEqualTo(account);
    assertThat(first.getField("Account_Name.Account_Name")).isEqualTo("Acme, \"Inc\"");
    assertThat(first.getField("Account_Name.Phone")).isEqualTo("555");
    assertThat(first.getField("Email_Opt_Out")).isEqualTo("true");
    assertThat(first.getField("Date_of_Birth")).isEqualTo("1990-02-28");
    assertThat(first.getField("Tag")).isEqualTo("Hot;New");
    assertThat(first.getField("Created_Time")).isEqualTo(shown.path("Created_Time").asString());
    assertThat(first.getField("Account_Name.Created_Time")).endsWith("+05:30");
    NamedCsvRecord second = rows.get(1);
    assertThat(second.getField("Id")).isEqualTo(bare);
    assertThat(second.getField("Last_Name")).isEqualTo("Ünal");
    assertThat(second.getField("Account_Name.Account_Name")).isEmpty();
    assertThat(second.getField("Email_Opt_Out")).isEqualTo("false");
  }

  @Test
  void everyFieldIsThereWhenNoneIsNamed() {
    String lead =
        create(
            "Leads",
            """
            {"Last_Name":"Doe","Company":"Acme","Annual_Revenue":1234.5,"No_of_Employees":7}""");
    JsonNode shown = api.get("/crm/v8/Leads/" + lead).at("/data/0");
    for (String module : List.of("Leads", "Deals", "Events", "Calls", "Quotes", "Products")) {
      List<NamedCsvRecord> rows = reads.rows("{\"module\":{\"api_name\":\"" + module + "\"}}");
      assertThat(rows).hasSize(module.equals("Leads") ? 1 : 0);
    }
    NamedCsvRecord row = reads.rows("{\"module\":\"Leads\"}").getFirst();
    assertThat(row.getField("Annual_Revenue")).isEqualTo(shown.path("Annual_Revenue").asString());
    for (String name : row.getHeader()) {
      JsonNode value = shown.path(name.equals("Id") ? "id" : name);
      String text = row.getField(name);
      switch (value.getNodeType()) {
        case OBJECT -> assertThat(text).as(name).isEqualTo(value.path("id").asString());
        case NULL, MISSING -> assertThat(text).as(name).isIn("", "false");
        case ARRAY -> assertThat(text.isEmpty()).as(name).isEqualTo(value.isEmpty());
        case STRING, NUMBER, BOOLEAN, BINARY, POJO ->
            assertThat(text).as(name).isEqualTo(value.asString());
      }
    }
  }

  @Test
  void aReadTellsWhereItStands() {
    create("Leads", "{\"Last_Name\":\"Doe\"}");
    var made =
        api.post(
                Reads.READ,
                """
                {"query":{"module":{"api_name":"Leads"},"fields":["Last_Name"],
                 "criteria":{"field":{"api_name":"Last_Name"},"comparator":"equal","value":"Doe"}}}""")
            .hasStatus(201);
    JsonNode details = made.at("/data/0/details");
    assertThat(made.at("/data/0/code").asString()).isEqualTo("ADDED_SUCCESSFULLY");
    assertThat(made.at("/data/0/message").asString()).isEqualTo("Added successfully.");
    assertThat(made.at("/info").isObject()).isTrue();
    assertThat(details.path("operation").asString()).isEqualTo("read");
    assertThat(details.path("state").asString()).isEqualTo("ADDED");
    assertThat(details.at("/created_by/name").asString()).isEqualTo("Patricia Boyle");
    String id = details.path("id").asString();
    JsonNode added = reads.details(id);
    assertThat(added.path("state").asString()).isEqualTo("ADDED");
    assertThat(added.has("result")).isFalse();
    assertThat(added.path("created_time")).isEqualTo(details.path("created_time"));
    notThere(id);
    reads.run();
    JsonNode done = reads.details(id);
    assertThat(done.path("state").asString()).isEqualTo("COMPLETED");
    String url = done.at("/result/download_url").asString();
    assertThat(url).isEqualTo("/crm/bulk/v8/read/" + id + "/result");
    assertThat(done.path("result").toString())
        .isEqualTo(
            "{\"page\":1,\"per_page\":200000,\"count\":1,\"download_url\":\""
                + url
                + "\",\"more_records\":false}");
    assertThat(done.at("/query/module/id").asString())
        .isEqualTo(Long.toString(org.metadata().get("Leads").id()));
    assertThat(done.at("/query/criteria/field/id").asString()).isNotEmpty();
    assertThat(done.at("/query/page").asInt()).isEqualTo(1);
    assertThat(done.path("file_type").asString()).isEqualTo("csv");
    Api other = org.api(TestUsers.standard(org, "o@example.com"), TestOrg.ALL_SCOPES);
    for (Api stranger : List.of(other, TestOrg.create().api())) {
      for (String path : List.of("", "/result")) {
        stranger
            .get(Reads.READ + "/" + id + path)
            .isError(
                404,
                "RESOURCE_NOT_FOUND",
                "The requested resource doesn't exist.",
                "{\"resource\":\"" + id + "\"}");
      }
    }
  }

  @Test
  void criteriaChoose() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\",\"Phone\":\"555\"}");
    String in =
        create(
            "Contacts",
            "{\"Last_Name\":\"In\",\"Department\":\"Sales\",\"Account_Name\":{\"id\":\"%s\"}}"
                .formatted(account));
    String out = create("Contacts", "{\"Last_Name\":\"Out\",\"Date_of_Birth\":\"2000-01-01\"}");
    chooses(one("Last_Name", "equal", "\"In\""), in);
    chooses(one("Last_Name", "not_equal", "\"In\""), out);
    chooses(one("Last_Name", "in", "[\"In\",\"Else\"]"), in);
    chooses(one("Last_Name", "not_in", "[\"In\",\"Else\"]"), out);
    chooses(one("Last_Name", "contains", "\"u\""), out);
    chooses(one("Last_Name", "not_contains", "\"u\""), in);
    chooses(one("Last_Name", "starts_with", "\"i\""), in);
    chooses(one("Last_Name", "ends_with", "\"t\""), out);
    chooses(one("Department", "equal", "\"${EMPTY}\""), out);
    chooses(one("Date_of_Birth", "between", "[\"1999-12-31\",\"2000-01-01\"]"), out);
    chooses(one("Date_of_Birth", "greater_than", "\"2000-01-01\""));
    chooses(one("Created_Time", "greater_than", "\"2020-01-01T00:00:00+0530\""), in, out);
    chooses(one("Created_Time", "less_equal", "\"2020-01-01T00:00:00Z\""));
    chooses(one("Account_Name", "equal", "\"" + account + "\""), in);
    chooses(one("Account_Name", "not_in", "[\"" + account + "\"]"), out);
    chooses(one("Account_Name.Phone", "equal", "\"555\""), in);
    chooses(one("Owner.last_name", "equal", "\"Boyle\""), in, out);
    chooses(one("Owner", "equal", "\"" + org.adminId() + "\""), in, out);
    chooses(one("id", "less_equal", "\"" + in + "\""), in);
    chooses(one("Email_Opt_Out", "equal", "false"), in, out);
    String group =
        "{\"group_operator\":\"or\",\"group\":[%s,{\"group_operator\":\"AND\",\"group\":[%s,%s]}]}";
    chooses(
        group.formatted(
            one("Last_Name", "equal", "\"In\""),
            one("Last_Name", "equal", "\"Out\""),
            one("Date_of_Birth", "equal", "\"2000-01-02\"")),
        in);
  }

  @Test
  void aViewChooses() {
    String mine = create("Leads", "{\"Last_Name\":\"Mine\",\"Company\":\"Acme\"}");
    create("Leads", "{\"Last_Name\":\"Other\",\"Company\":\"Else\"}");
    String view =
        api.post(
                "/crm/v8/settings/custom_views?module=Leads",
                """
                {"custom_views":[{"name":"Acme","access_type":"public","fields":[{"api_name":"Last_Name"}],
                 "criteria":{"field":{"api_name":"Company"},"comparator":"equal","value":"Acme"}}]}""")
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    String query =
        "{\"module\":{\"api_name\":\"Leads\"},\"cvid\":\"" + view + "\",\"fields\":[\"Last_Name\"]";
    assertThat(ids(reads.rows(query + "}"))).containsExactly(mine);
    assertThat(reads.rows(query + ",\"criteria\":" + one("Last_Name", "equal", "\"Other\"") + "}"))
        .isEmpty();
  }

  @Test
  void rowsAndFieldsAreThoseTheUserSees() {
    String lead = create("Leads", "{\"Last_Name\":\"Hidden\",\"Company\":\"Acme\"}");
    Api user = org.api(TestUsers.standard(org, "u@example.com"), TestOrg.ALL_SCOPES);
    TestUsers.allow(org, "Standard", "Crm_Implied_Export_Leads");
    var own = new Reads(org, user);
    String query = "{\"module\":{\"api_name\":\"Leads\"},\"fields\":[\"Company\"]}";
    assertThat(own.rows(query)).isEmpty();
    TestUsers.open(org, "Leads");
    assertThat(ids(own.rows(query))).containsExactly(lead);
    hide("Phone");
    NamedCsvRecord all = own.rows("{\"module\":{\"api_name\":\"Leads\"}}").getFirst();
    assertThat(all.getHeader()).contains("Company").doesNotContain("Phone");
    user.post(
            Reads.READ, "{\"query\":{\"module\":{\"api_name\":\"Leads\"},\"fields\":[\"Phone\"]}}")
        .hasStatus(400)
        .hasCode("", "FIELD_NOT_AVAILABLE");
    String later = own.create("{\"query\":" + query + "}");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Export_Leads");
    own.run();
    JsonNode failed = own.details(later);
    assertThat(failed.path("state").asString()).isEqualTo("FAILURE");
    assertThat(failed.at("/result/error_message/code").asString()).isEqualTo("NO_PERMISSION");
    user.post(Reads.READ, "{\"query\":" + query + "}")
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Export_Leads\"]}");
  }

  @Test
  void recordsComeInPages() {
    var clock = new TestClock();
    try (var server = TestServer.withClock(clock)) {
      TestOrg large = TestOrg.createOn(server);
      var installation = server.installation();
      installation
          .jobs()
          .handle(
              BulkReadJob.KIND,
              new BulkReadJob(
                  installation.database(),
                  installation.metadata(),
                  installation.tables(),
                  installation.access(),
                  installation.files(),
                  installation.jobs(),
                  clock,
                  12_000));
      Api admin = large.api();
      admin
          .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"First\",\"Company\":\"C\"}]}")
          .hasStatus(201);
      fill(large, 30_000);
      var paged = new Reads(large, admin);
      String query =
          "{\"module\":{\"api_name\":\"Leads\"},\"fields\":[\"Last_Name\"],\"criteria\":"
              + one("Owner", "EQUAL", "{\"name\":\"Me\",\"id\":\"" + large.adminId() + "\"}");
      String first = paged.create("{\"query\":" + query + "}}");
      paged.run();
      JsonNode result = paged.details(first).path("result");
      assertThat(result.path("count").asInt()).isEqualTo(12_000);
      assertThat(result.path("more_records").asBoolean()).isTrue();
      List<String> all = new ArrayList<>(ids(paged.rowsOf(first)));
      String token = result.path("next_page_token").asString();
      String second = paged.create("{\"query\":{\"page_token\":\"" + token + "\"}}");
      String third = paged.create("{\"query\":" + query + ",\"page\":3}}");
      paged.run();
      JsonNode next = paged.details(second);
      assertThat(next.at("/result/page").asInt()).isEqualTo(2);
      assertThat(next.at("/query/fields/0").asString()).isEqualTo("Last_Name");
      all.addAll(ids(paged.rowsOf(second)));
      JsonNode last = paged.details(third).path("result");
      assertThat(last.path("count").asInt()).isEqualTo(6_001);
      assertThat(last.path("more_records").asBoolean()).isFalse();
      assertThat(last.has("next_page_token")).isFalse();
      all.addAll(ids(paged.rowsOf(third)));
      assertThat(all).hasSize(30_001).doesNotHaveDuplicates().isSorted();
      wrongTokens(large, admin, token);
      clock.advance(Duration.ofHours(25));
      Api later = large.api();
      later
          .post(Reads.READ, "{\"query\":{\"page_token\":\"" + token + "\"}}")
          .hasStatus(400)
          .hasCode("", "EXPIRED_VALUE");
      later.get(Reads.READ + "/" + first + "/result").hasStatus(404);
      later.get(Reads.READ + "/" + first).hasStatus(200);
      assertThat(installation.bulkReadUpkeep().trim(large.org(), 2)).isEqualTo(2);
      assertThat(installation.bulkReadUpkeep().trim(large.org(), 2)).isEqualTo(1);
      assertThat(installation.bulkReadUpkeep().trim(large.org(), 2)).isZero();
    }
  }

  private static void wrongTokens(TestOrg large, Api admin, String token) {
    String query = "{\"query\":{\"page_token\":\"" + token + "\"";
    admin
        .post(Reads.READ, query + ",\"fields\":[\"Company\"]}}")
        .hasStatus(400)
        .hasCode("", "TOKEN_BOUND_DATA_MISMATCH");
    admin.post(Reads.READ, query + ",\"module\":{\"api_name\":\"Leads\"}}}").hasStatus(201);
    String criteria = one("Owner", "EQUAL", "\"" + large.adminId() + "\"");
    admin.post(Reads.READ, query + ",\"criteria\":" + criteria + "}}").hasStatus(201);
    admin
        .post(Reads.READ, query + ",\"criteria\":" + one("Company", "equal", "\"C\"") + "}}")
        .hasStatus(400)
        .hasCode("", "TOKEN_BOUND_DATA_MISMATCH");
    admin
        .post(Reads.READ, "{\"query\":{\"page_token\":\"abc\"}}")
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
    large
        .api(TestUsers.standard(large, "x@example.com"), TestOrg.ALL_SCOPES)
        .post(Reads.READ, query + "}}")
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
  }

  @Test
  void meetingsAreACalendar() {
    create(
        "Events",
        """
        {"Event_Title":"Talk; with a title, that is so long that it does not fit in one line alone ü",
         "Start_DateTime":"2026-03-01T10:00:00+05:30","End_DateTime":"2026-03-01T11:00:00+05:30",
         "Venue":"Room\\n1"}""");
    String id =
        reads.create("{\"query\":{\"module\":{\"api_name\":\"Events\"}},\"file_type\":\"ics\"}");
    reads.run();
    assertThat(reads.details(id).path("file_type").asString()).isEqualTo("ics");
    assertThat(reads.details(id).at("/result/per_page").asInt()).isEqualTo(20_000);
    String calendar = reads.file(id, id + ".ics");
    assertThat(calendar.lines()).allMatch(line -> line.length() <= 75);
    assertThat(calendar.replace("\r\n ", "").lines())
        .contains(
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "SUMMARY:Talk\\; with a title\\, that is so long that it does not fit in one line alone ü",
            "DTSTART:20260301T043000Z",
            "DTEND:20260301T053000Z",
            "LOCATION:Room\\n1",
            "END:VEVENT",
            "END:VCALENDAR");
  }

  /** Hides a field of leads from the users of the profile Standard. */
  private void hide(String field) {
    long profile =
        org.metadata().settings("profile").stream()
            .filter(setting -> setting.apiName().equals("Standard"))
            .findFirst()
            .orElseThrow()
            .id();
    org.change(
        sql(
            "update "
                + org.org().table("setting")
                + " set body = body || jsonb_build_object('profile_permissions',"
                + " jsonb_build_object(?::text, 'hidden')) where noun = 'field'"
                + " and parent_id = ? and api_name = ?",
            Long.toString(profile),
            org.metadata().get("Leads").id(),
            field));
  }

  private void notThere(String id) {
    api.get(Reads.READ + "/" + id + "/result").hasStatus(404).hasCode("", "RESOURCE_NOT_FOUND");
    api.get(Reads.READ + "/1").hasStatus(404).hasCode("", "RESOURCE_NOT_FOUND");
    api.get(Reads.READ + "/x/result").hasStatus(404).hasCode("", "RESOURCE_NOT_FOUND");
  }

  /** Copies of the one lead that is there, which no operation would make so fast. */
  private static void fill(TestOrg org, int rows) {
    String table = org.org().table("leads");
    org.server()
        .installation()
        .database()
        .change(
            tx ->
                tx.update(
                    sql(
                        "insert into "
                            + table
                            + " (id, last_name, owner, created_by, modified_by, created_time,"
                            + " modified_time, converted__s) select t.id + n, 'Lead ' || n, t.owner,"
                            + " t.created_by, t.modified_by, t.created_time, t.modified_time, false"
                            + " from "
                            + table
                            + " t, generate_series(1000, ?) n",
                        rows + 999)));
  }

  private void chooses(String criteria, String... ids) {
    assertThat(
            ids(
                reads.rows(
                    "{\"module\":{\"api_name\":\"Contacts\"},\"fields\":[\"id\"],\"criteria\":"
                        + criteria
                        + "}")))
        .as(criteria)
        .containsExactly(ids);
  }

  static String one(String field, String comparator, String value) {
    return "{\"field\":{\"api_name\":\"%s\"},\"comparator\":\"%s\",\"value\":%s}"
        .formatted(field, comparator, value);
  }

  private static List<String> ids(List<NamedCsvRecord> rows) {
    return rows.stream().map(row -> row.getField("Id")).toList();
  }

  private String create(String module, String record) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + record + "]}").hasStatus(201).savedId(0);
  }
}
