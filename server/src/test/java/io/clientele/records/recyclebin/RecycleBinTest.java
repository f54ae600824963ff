package io.clientele.records.recyclebin;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** References: Recycle Bin Records, Delete Recycle Bin Records, Restore Recycle Bin Records. */
@Proves({
  "GET /crm/{version}/settings/recycle_bin",
  "GET /crm/{version}/settings/recycle_bin/{record}",
  "GET /crm/{version}/settings/recycle_bin/actions/count",
  "DELETE /crm/{version}/settings/recycle_bin",
  "DELETE /crm/{version}/settings/recycle_bin/{record}",
  "POST /crm/{version}/settings/recycle_bin/actions/empty",
  "POST /crm/{version}/settings/recycle_bin/actions/restore",
  "POST /crm/{version}/settings/recycle_bin/{record}/actions/restore"
})
class RecycleBinTest {
  private static final String BIN = "/crm/v8/settings/recycle_bin";
  private static final String INVALID = "the id given seems to be invalid";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void whatWasDeletedIsInTheBin() {
    String lead = deleted("Leads", "'Last_Name':'Doe','First_Name':'John'");
    String deal = deleted("Accounts", "'Account_Name':'Acme'");
    create("Leads", "'Last_Name':'Alive'");
    Answer list = api.get(BIN).hasStatus(200);
    assertThat(ids(list)).containsExactly(deal, lead);
    assertThat(list.at("/recycle_bin/1/display_name").asString()).isEqualTo("John Doe");
    assertThat(list.at("/recycle_bin/1/owner/id").asLong()).isEqualTo(org.adminId());
    assertThat(list.at("/recycle_bin/1/deleted_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(list.at("/recycle_bin/1/module/api_name").asString()).isEqualTo("Leads");
    assertThat(list.at("/recycle_bin/1/module/id").asLong())
        .isEqualTo(org.metadata().get("Leads").id());
    assertThat(list.at("/recycle_bin/1/deleted_time").asString()).endsWith("+05:30");
    assertThat(list.at("/info").toString())
        .isEqualTo("{\"per_page\":200,\"count\":2,\"page\":1,\"more_records\":false}");
    assertThat(ids(api.get(BIN + "/" + lead))).containsExactly(lead);
    assertThat(api.get(BIN + "/" + lead).json().propertyNames()).containsExactly("recycle_bin");
    assertThat(api.get(BIN + "/actions/count").at("/count").asInt()).isEqualTo(2);
    api.get(BIN + "/17").hasStatus(204);
    api.get(BIN + "/x").hasStatus(204);
  }

  @Test
  void listsAreSortedPagedAndFiltered() {
    String b = deleted("Leads", "'Last_Name':'Beta'");
    String a = deleted("Leads", "'Last_Name':'alpha'");
    String c = deleted("Accounts", "'Account_Name':'Gamma'");
    assertThat(ids(api.get(BIN + "?sort_by=display_name&sort_order=asc"))).containsExactly(a, b, c);
    assertThat(ids(api.get(BIN + "?sort_order=asc"))).containsExactly(b, a, c);
    assertThat(ids(api.get(BIN + "?sort_by=deleted_by"))).hasSize(3);
    Answer page = api.get(BIN + "?sort_by=display_name&sort_order=asc&per_page=2");
    assertThat(ids(page)).containsExactly(a, b);
    assertThat(page.at("/info/more_records").asBoolean()).isTrue();
    assertThat(ids(api.get(BIN + "?sort_by=display_name&sort_order=asc&per_page=2&page=2")))
        .containsExactly(c);
    assertThat(ids(api.get(BIN + "?ids=" + a + "," + c + ",5"))).containsExactlyInAnyOrder(a, c);
    fits(one("display_name", "contains", "'ALPH'"), a);
    fits(one("display_name", "not_contains", "'a'"));
    fits(one("display_name", "equal", "'beta'"), b);
    fits(one("display_name", "not_equal", "'beta'"), a, c);
    fits(one("display_name", "starts_with", "'g'"), c);
    fits(one("display_name", "ends_with", "'ta'"), b);
    fits(one("module", "equal", "'Leads'"), a, b);
    fits(one("module", "not_equal", "'Leads'"), c);
    fits(one("deleted_by", "equal", "'Patricia Boyle'"), a, b, c);
    fits(one("deleted_by", "not_contains", "'boyle'"));
    fits(one("deleted_by", "equal", "[{'id':'" + org.adminId() + "','name':'x'}]"), a, b, c);
    fits(one("deleted_time", "greater_than", "'2022-12-01T01:00:00+05:30'"), a, b, c);
    fits(one("deleted_time", "less_than", "'2022-12-01T01:00:00+05:30'"));
    fits(
        "{'group_operator':'AND','group':["
            + one("display_name", "contains", "'a'")
            + ","
            + one("module", "equal", "'Accounts'")
            + "]}",
        c);
  }

  @Test
  void wrongFiltersAreRefused() {
    deleted("Leads", "'Last_Name':'Beta'");
    wrong(
        "{'group_operator':'OR','group':[]}",
        "group_operator",
        "$.group_operator",
        "The given group operator not supported. Only 'AND' operator is supported");
    wrong(
        one("owner", "equal", "'x'"),
        "api_name",
        "$.field.api_name",
        "The given api_name seems to be invalid");
    wrong(
        one("module", "contains", "'x'"),
        "comparator",
        "$.comparator",
        "Please provide a valid comparator");
    wrong(one("module", "equal", "'Nothing'"), "value", "$.value", "invalid data");
    wrong(one("deleted_time", "equal", "'soon'"), "value", "$.value", "invalid data");
    for (String filters :
        List.of(
            "{'group':5}",
            "{'group':[]}",
            "{'group':[1]}",
            "[]",
            "x",
            one("display_name", "equal", "{}"),
            one("deleted_by", "equal", "[1]"))) {
      api.get(BIN + "?filters=" + Api.encode(json(filters))).hasStatus(400);
    }
    api.get(BIN + "?sort_by=owner").hasStatus(400);
    api.get(BIN + "?ids=x").hasStatus(400);
  }

  @Test
  void recordsComeBackWithWhatWentAlong() {
    String product = create("Products", "'Product_Name':'P'");
    String quote =
        create(
            "Quotes",
            "'Subject':'Q','Quoted_Items':[{'Product_Name':{'id':'"
                + product
                + "'},'Quantity':2},{'Product_Name':{'id':'"
                + product
                + "'},'Quantity':3}],'Tag':[{'name':'T'}]");
    Answer before = api.get("/crm/v8/Quotes/" + quote);
    String dropped = before.at("/data/0/Quoted_Items/0/id").asString();
    api.put(
            "/crm/v8/Quotes/" + quote,
            json("{'data':[{'Quoted_Items':[{'id':'" + dropped + "','_delete':null}]}]}"))
        .hasStatus(200);
    before = api.get("/crm/v8/Quotes/" + quote);
    api.delete("/crm/v8/Quotes/" + quote).hasStatus(200);
    assertThat(ids(api.get(BIN))).containsExactly(quote);
    Answer answer = restore("'ids':['" + quote + "','5']").hasStatus(207);
    assertThat(answer.at("/recycle_bin/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + quote
                + "\"},\"message\":\"record restored\",\"status\":\"success\"}");
    answer.itemIsError("recycle_bin", 1, "INVALID_DATA", INVALID, "{\"id\":\"5\"}");
    Answer after = api.get("/crm/v8/Quotes/" + quote).hasStatus(200);
    for (String key :
        List.of("Subject", "Quoted_Items", "Tag", "Created_Time", "Owner", "Layout")) {
      assertThat(after.at("/data/0/" + key)).isEqualTo(before.at("/data/0/" + key));
    }
    assertThat(after.at("/data/0/Quoted_Items").size()).isEqualTo(1);
    api.get(BIN).hasStatus(204);
    api.post(BIN + "/" + quote + "/actions/restore", "")
        .itemIsError("recycle_bin", 0, "INVALID_DATA", INVALID, "{\"id\":\"" + quote + "\"}");
  }

  @Test
  void notesFilesAndLinksComeBackAndAllIsFoundAgain() {
    String campaign = create("Campaigns", "'Campaign_Name':'Fair'");
    String lead = create("Leads", "'Last_Name':'Quartermaine','Email':'q@example.com'");
    String path = "/crm/v8/Leads/" + lead;
    String note =
        api.post(path + "/Notes", json("{'data':[{'Note_Content':'zeppelins'}]}")).savedId(0);
    String ofLead = api.upload(path + "/Attachments", Form.file("a.txt", "of lead")).savedId(0);
    String notePath = "/crm/v8/Notes/" + note + "/Attachments";
    String ofNote = api.upload(notePath, Form.file("b.txt", "of note")).savedId(0);
    api.put(path + "/Campaigns/" + campaign, json("{'data':[{'Member_Status':'Invited'}]}"))
        .hasStatus(200);
    for (boolean there : new boolean[] {true, false, true}) {
      for (String search :
          List.of(
              "Leads/search?word=quarterm",
              "Leads/search?email=q@example.com",
              "Notes/search?word=zeppelins")) {
        api.get("/crm/v8/" + search + "&fields=id").hasStatus(there ? 200 : 204);
      }
      api.get("/crm/v8/Campaigns/" + campaign + "/Leads?fields=id").hasStatus(there ? 200 : 204);
      if (there) {
        assertThat(api.get(path + "/Notes?fields=Note_Content").ids()).containsExactly(note);
        assertThat(api.download(path + "/Attachments/" + ofLead).body())
            .asString()
            .isEqualTo("of lead");
        assertThat(api.download(notePath + "/" + ofNote).body()).asString().isEqualTo("of note");
        Answer links = api.get(path + "/Campaigns?fields=Campaign_Name,Member_Status");
        assertThat(links.ids()).containsExactly(campaign);
        assertThat(links.at("/data/0/Member_Status").asString()).isEqualTo("Invited");
        api.delete(path).hasStatus(200);
      } else {
        restore("'ids':['" + lead + "']").hasStatus(200);
      }
    }
  }

  @Test
  void lookupsToARestoredRecordFindItAgain() {
    String account = create("Accounts", "'Account_Name':'Acme'");
    String contact = create("Contacts", "'Last_Name':'C','Account_Name':{'id':'" + account + "'}");
    api.delete("/crm/v8/Contacts/" + contact).hasStatus(200);
    api.delete("/crm/v8/Accounts/" + account).hasStatus(200);
    Answer one = api.post(BIN + "/" + contact + "/actions/restore", "").hasStatus(200);
    assertThat(one.at("/recycle_bin/0/message").asString()).isEqualTo("Restored");
    assertThat(api.get("/crm/v8/Contacts/" + contact).at("/data/0/Account_Name").isNull()).isTrue();
    restore("'ids':['" + account + "']").hasStatus(200);
    assertThat(api.get("/crm/v8/Contacts/" + contact).at("/data/0/Account_Name/id").asString())
        .isEqualTo(account);
  }

  @Test
  void aUniqueValueThatIsTakenKeepsARecordInTheBin() {
    field("'field_label':'Code','data_type':'text','length':20,'unique':{'casesensitive':false}");
    String first = deleted("Leads", "'Last_Name':'A','Code':'x1'");
    String second = create("Leads", "'Last_Name':'B','Code':'X1'");
    restore("'ids':['" + first + "']")
        .hasStatus(400)
        .itemIsError(
            "recycle_bin",
            0,
            "DUPLICATE_DATA",
            "duplicate data",
            "{\"api_name\":\"Code\",\"id\":\"" + first + "\"}");
    assertThat(ids(api.get(BIN))).containsExactly(first);
    api.put("/crm/v8/Leads/" + second, json("{'data':[{'Code':'x2'}]}")).hasStatus(200);
    restore("'ids':['" + first + "']").hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + first).at("/data/0/Code").asString()).isEqualTo("x1");
  }

  @Test
  void fieldsThatCameAndWentMeanwhile() {
    String gone = field("'field_label':'Gone','data_type':'text','length':20");
    String lead = deleted("Leads", "'Last_Name':'A','Gone':'x','City':'Oslo'");
    api.delete("/crm/v8/settings/fields/" + gone + "?module=Leads").hasStatus(200);
    field("'field_label':'Yes','data_type':'boolean'");
    field("'field_label':'Gone','data_type':'integer','length':5");
    restore("'ids':['" + lead + "']")
        .hasStatus(400)
        .itemIsError(
            "recycle_bin",
            0,
            "INVALID_DATA",
            "the values of the record no longer fit its fields",
            "{\"id\":\"" + lead + "\"}");
    String other =
        api.get("/crm/v8/settings/fields?module=Leads")
            .json()
            .path("fields")
            .valueStream()
            .filter(one -> one.path("api_name").asString().equals("Gone"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    api.delete("/crm/v8/settings/fields/" + other + "?module=Leads").hasStatus(200);
    restore("'ids':['" + lead + "']").hasStatus(200);
    Answer back = api.get("/crm/v8/Leads/" + lead);
    assertThat(back.at("/data/0/City").asString()).isEqualTo("Oslo");
    assertThat(back.at("/data/0/Yes").asBoolean(true)).isFalse();
  }

  @Test
  void recordsAreDeletedForGood() {
    String first = deleted("Leads", "'Last_Name':'A'");
    String second = deleted("Leads", "'Last_Name':'B'");
    String third = deleted("Accounts", "'Account_Name':'C'");
    Answer one = api.delete(BIN + "/" + first).hasStatus(200);
    assertThat(one.at("/recycle_bin/0/message").asString()).isEqualTo("Deleted permanently");
    Answer two = api.delete(BIN + "?ids=" + second + "," + first).hasStatus(207);
    assertThat(two.at("/recycle_bin/0/message").asString()).isEqualTo("record deleted");
    two.itemIsError("recycle_bin", 1, "INVALID_DATA", INVALID, "{\"id\":\"" + first + "\"}");
    restore("'ids':['" + first + "']").hasStatus(400);
    Answer later =
        api.delete(BIN + "?filters=" + Api.encode(json(one("module", "equal", "'Accounts'"))))
            .hasStatus(202);
    assertThat(later.at("/recycle_bin/0").toString())
        .isEqualTo(
            "{\"code\":\"SCHEDULED\",\"details\":{},\"message\":"
                + "\"Bulk deletion of records based on filters has been scheduled\","
                + "\"status\":\"success\"}");
    assertThat(ids(api.get(BIN))).containsExactly(third);
    runJobs();
    api.get(BIN).hasStatus(204);
    api.delete(BIN)
        .isError(
            400,
            "EXPECTED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_names\":[\"filters\",\"ids\"]}");
    api.delete(BIN + "?ids=x").hasStatus(400);
    api.delete(BIN + "/x").hasStatus(400);
    api.delete(BIN + "/" + third).hasStatus(400);
  }

  @Test
  void muchIsDoneByAJob() {
    for (int i = 0; i < 11; i++) {
      String rows =
          IntStream.range(0, 100)
              .mapToObj(n -> "{'Last_Name':'L'}")
              .collect(Collectors.joining(","));
      List<String> ids =
          api.post("/crm/v8/Leads", json("{'data':[" + rows + "]}"))
              .json()
              .path("data")
              .valueStream()
              .map(row -> row.at("/details/id").asString())
              .toList();
      api.delete("/crm/v8/Leads?ids=" + String.join(",", ids)).hasStatus(200);
    }
    assertThat(api.get(BIN + "/actions/count").at("/count").asInt()).isEqualTo(1100);
    Answer all = restore("'restore_all_records':true").hasStatus(202);
    assertThat(all.at("/recycle_bin/0/code").asString()).isEqualTo("SCHEDULED");
    runJobs();
    assertThat(api.get(BIN + "/actions/count").at("/count").asInt()).isZero();
    List<String> some = api.get("/crm/v8/Leads?fields=id&per_page=100").hasStatus(200).ids();
    api.delete("/crm/v8/Leads?ids=" + String.join(",", some)).hasStatus(200);
    Answer filtered = restore("'filters':" + one("module", "equal", "'Leads'")).hasStatus(202);
    assertThat(filtered.at("/recycle_bin/0/message").asString())
        .isEqualTo("Bulk restoration of records based on filters has been scheduled");
    runJobs();
    api.get("/crm/v8/Leads/" + some.getFirst()).hasStatus(200);
    api.get(BIN).hasStatus(204);
  }

  @Test
  void theBinIsEmptied() {
    deleted("Leads", "'Last_Name':'A'");
    Api other = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    other.post(BIN + "/actions/empty", "").hasStatus(400).hasCode("", "AUTHORIZATION_FAILED");
    assertThat(api.post(BIN + "/actions/empty", "").hasStatus(200).text())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{},\"message\":\"recyclebin is cleared\","
                + "\"status\":\"success\"}");
    api.get(BIN).hasStatus(204);
  }

  @Test
  void usersSeeWhatTheyOwnedOrDeleted() {
    TestUsers.open(org, "Leads");
    long user = TestUsers.standard(org, "s@example.com");
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    String foreign = deleted("Leads", "'Last_Name':'A'");
    String owned = deleted("Leads", "'Last_Name':'B','Owner':{'id':'" + user + "'}");
    String mine = create("Leads", "'Last_Name':'C'");
    other.delete("/crm/v8/Leads/" + mine).hasStatus(200);
    assertThat(ids(other.get(BIN))).containsExactlyInAnyOrder(owned, mine);
    other.get(BIN + "/" + foreign).hasStatus(204);
    other.delete(BIN + "/" + foreign).hasStatus(400);
    other.post(BIN + "/" + foreign + "/actions/restore", "").hasStatus(400);
    other.post(BIN + "/" + owned + "/actions/restore", "").hasStatus(200);
    assertThat(ids(api.get(BIN))).containsExactlyInAnyOrder(foreign, mine);
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Leads");
    other.get(BIN).hasStatus(204);
    org.api(user, "ZohoCRM.settings.recycle_bin.READ").delete(BIN + "/" + mine).hasStatus(401);
  }

  @Test
  void afterSixtyDaysTheyAreGone() {
    var clock = new TestClock();
    try (TestServer server = TestServer.withClock(clock)) {
      TestOrg own = TestOrg.createOn(server);
      Api client = own.api();
      String lead = client.post("/crm/v8/Leads", json("{'data':[{'Last_Name':'A'}]}")).savedId(0);
      client.delete("/crm/v8/Leads/" + lead).hasStatus(200);
      clock.advance(Duration.ofDays(59));
      client = own.api();
      server.installation().binUpkeep().trim(own.org(), 1000);
      assertThat(ids(client.get(BIN))).containsExactly(lead);
      clock.advance(Duration.ofDays(2));
      client = own.api();
      client.get(BIN).hasStatus(204);
      while (server.installation().binUpkeep().trim(own.org(), 1000) > 0) {
        Thread.yield();
      }
      client.post(BIN + "/" + lead + "/actions/restore", "").hasStatus(400);
    }
  }

  @Test
  void whatIsWrongWithARestore() {
    restore("")
        .isError(
            400,
            "EXPECTED_FIELD_MISSING",
            "Specify at least one field.",
            "{\"expected_fields\":[{\"api_name\":\"ids\",\"json_path\":\"$.ids\"},"
                + "{\"api_name\":\"filters\",\"json_path\":\"$.filters\"},"
                + "{\"api_name\":\"restore_all_records\",\"json_path\":\"$.restore_all_records\"}]}");
    restore("'ids':['1'],'restore_all_records':true")
        .hasStatus(400)
        .hasCode("", "AMBIGUITY_DURING_PROCESSING");
    restore("'ids':'1'").hasStatus(400).hasCode("", "INVALID_DATA");
    restore("'ids':[]").hasStatus(400).hasCode("", "INVALID_DATA");
    restore("'ids':['x']").hasStatus(400).hasCode("", "INVALID_DATA");
    restore("'filters':5").hasStatus(400).hasCode("", "INVALID_DATA");
    restore("'restore_all_records':5").hasStatus(400).hasCode("", "INVALID_DATA");
    restore("'filters':{'field':{'api_name':'module'},'comparator':'like','value':'x'}")
        .isError(
            400,
            "INVALID_DATA",
            "Please provide a valid comparator",
            "{\"api_name\":\"comparator\",\"json_path\":\"$.filters.comparator\"}");
  }

  private Answer restore(String keys) {
    return api.post(BIN + "/actions/restore", json("{" + keys + "}"));
  }

  private void fits(String filters, String... ids) {
    Answer answer = api.get(BIN + "?filters=" + Api.encode(json(filters)));
    if (ids.length == 0) {
      answer.hasStatus(204);
    } else {
      assertThat(ids(answer)).containsExactlyInAnyOrder(ids);
    }
  }

  private void wrong(String filters, String name, String path, String message) {
    api.get(BIN + "?filters=" + Api.encode(json(filters)))
        .isError(
            400,
            "INVALID_DATA",
            message,
            "{\"api_name\":\""
                + name
                + "\",\"json_path\":\""
                + path
                + "\",\"param_name\":\"filters\"}");
  }

  private static String one(String field, String comparator, String value) {
    return "{'field':{'api_name':'"
        + field
        + "'},'comparator':'"
        + comparator
        + "','value':"
        + value
        + "}";
  }

  private static List<String> ids(Answer answer) {
    return answer
        .hasStatus(200)
        .json()
        .path("recycle_bin")
        .valueStream()
        .map(row -> row.path("id").asString())
        .toList();
  }

  private String field(String keys) {
    return api.post("/crm/v8/settings/fields?module=Leads", json("{'fields':[{" + keys + "}]}"))
        .hasStatus(201)
        .at("/fields/0/details/id")
        .asString();
  }

  private String create(String module, String keys) {
    return api.post("/crm/v8/" + module, json("{'data':[{" + keys + "}]}"))
        .hasStatus(201)
        .savedId(0);
  }

  private String deleted(String module, String keys) {
    String id = create(module, keys);
    api.delete("/crm/v8/" + module + "/" + id).hasStatus(200);
    return id;
  }

  private void runJobs() {
    org.server().installation().jobs().runDue(org.orgId());
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
