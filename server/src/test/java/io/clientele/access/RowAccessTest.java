package io.clientele.access;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.OrgPeople;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which records a user sees and may change, by role, data sharing and shares. */
class RowAccessTest {
  private final TestOrg org = TestOrg.create();
  private final OrgPeople people = new OrgPeople(org);
  private final Api admin = org.api();
  private long boss;
  private long rep;
  private long other;

  @BeforeEach
  void roles() {
    boss = TestUsers.standard(org, "boss@example.com");
    rep = TestUsers.standard(org, "rep@example.com");
    other = TestUsers.standard(org, "other@example.com");
    long manager = people.role("Manager");
    long sales = people.addRole("Sales", manager, false);
    long support = people.addRole("Support", manager, true);
    give(rep, sales);
    give(other, support);
  }

  @Test
  void ownersAndThoseAboveThemSeeARecord() {
    String lead = create(rep, "Leads", "'Last_Name':'Doe'");
    as(rep).get("/crm/v8/Leads/" + lead).hasStatus(200);
    as(boss).get("/crm/v8/Leads/" + lead).hasStatus(200);
    admin.get("/crm/v8/Leads/" + lead).hasStatus(200);
    as(other).get("/crm/v8/Leads/" + lead).hasStatus(204);
    as(other).get("/crm/v8/Leads?fields=Last_Name").hasStatus(204);
    as(other).get("/crm/v8/Leads/search?word=Doe").hasStatus(204);
    assertThat(as(other).get("/crm/v8/Leads/actions/count").at("/count").asInt()).isZero();
    as(other)
        .put("/crm/v8/Leads/" + lead, quoted("{'data':[{'Company':'X'}]}"))
        .hasCode("", "INVALID_DATA");
    as(other).delete("/crm/v8/Leads?ids=" + lead).hasCode("/data/0", "INVALID_DATA");
    as(boss).put("/crm/v8/Leads/" + lead, quoted("{'data':[{'Company':'X'}]}")).hasStatus(200);
  }

  /** Lists are put together of the columns they read, however few or many owners there are. */
  @Test
  void listsShowEveryFieldAsTheAdministratorSeesIt() {
    org.change(sql("update " + org.org().table("crm_user") + " set time_zone = 'UTC'"));
    String account = create(rep, "Accounts", "'Account_Name':'Acme'");
    String contact =
        create(rep, "Contacts", "'Last_Name':'Doe','Account_Name':{'id':'" + account + "'}");
    create(rep, "Leads", "'Last_Name':'Roe','Annual_Revenue':12.5,'Email':'roe@example.com'");
    create(
        rep,
        "Deals",
        "'Deal_Name':'Big','Stage':'Qualification','Contact_Name':{'id':'" + contact + "'}");
    create(rep, "Tasks", "'Subject':'Call','$se_module':'Accounts','What_Id':'" + account + "'");
    listsLikeTheAdministrators();
    TestUsers.crowd(org, 120);
    listsLikeTheAdministrators();
  }

  private void listsLikeTheAdministrators() {
    int withRows = 0;
    for (Module module : org.metadata().modules()) {
      if (!ShareType.applies(module)) {
        continue;
      }
      var names = new ArrayList<>(module.fields().stream().map(Field::apiName).toList());
      names.addAll(List.of("$editable", "$sharing_permission", "$se_module"));
      for (int from = 0; from < names.size(); from += 45) {
        List<String> some = names.subList(from, Math.min(from + 45, names.size()));
        String path = "/crm/v8/" + module.apiName() + "?fields=" + String.join(",", some);
        Answer answer = as(rep).get(path);
        Answer expected = admin.get(path);
        assertThat(answer.status()).as(path).isEqualTo(expected.status());
        assertThat(answer.json().path("data")).as(path).isEqualTo(expected.json().path("data"));
        withRows += answer.status() == 200 ? 1 : 0;
      }
    }
    assertThat(withRows).isGreaterThan(5);
  }

  @Test
  void peersSeeEachOthersRecordsWhenTheRoleSharesWithThem() {
    long second = TestUsers.standard(org, "second@example.com");
    give(second, people.role("Support"));
    String lead = create(other, "Leads", "'Last_Name':'Doe'");
    as(second).get("/crm/v8/Leads/" + lead).hasStatus(200);
    as(rep).get("/crm/v8/Leads/" + lead).hasStatus(204);
  }

  @Test
  void publicModulesAreOpenAsFarAsTheySay() {
    String lead = create(rep, "Leads", "'Last_Name':'Doe'");
    setting("data_sharing", "Leads", "{'share_type':'public_read_only'}");
    as(other).get("/crm/v8/Leads/" + lead).hasStatus(200);
    as(other)
        .put("/crm/v8/Leads/" + lead, quoted("{'data':[{'Company':'X'}]}"))
        .hasCode("", "INVALID_DATA");
    String product = create(rep, "Products", "'Product_Name':'Pen'");
    as(other).get("/crm/v8/Products/" + product).hasStatus(200);
    as(other).delete("/crm/v8/Products?ids=" + product).hasCode("/data/0", "INVALID_DATA");
  }

  @Test
  void rulesShareRecordsOfRolesAndOfCriteria() {
    TestUsers.crowd(org, 120);
    String byRep = create(rep, "Leads", "'Last_Name':'Doe','City':'Chennai'");
    String byBoss = create(boss, "Leads", "'Last_Name':'Roe','City':'Pune'");
    setting(
        "sharing_rule",
        "Leads",
        "{'name':'Sales to Support','permission_type':'read_only','superiors_allowed':false,"
            + "'shared_from':{'type':'roles','resource':{'id':'"
            + people.role("Sales")
            + "'}},'shared_to':{'type':'roles','resource':{'id':'"
            + people.role("Support")
            + "'}}}");
    as(other).get("/crm/v8/Leads/" + byRep).hasStatus(200);
    as(other).get("/crm/v8/Leads/" + byBoss).hasStatus(204);
    setting(
        "sharing_rule",
        "Leads",
        "{'name':'Pune','permission_type':'read_write','superiors_allowed':false,"
            + "'criteria':{'field':{'api_name':'City'},'comparator':'equal','value':'Pune'},"
            + "'shared_to':{'type':'roles','resource':{'id':'"
            + people.role("Support")
            + "'}}}");
    as(other).put("/crm/v8/Leads/" + byBoss, quoted("{'data':[{'Company':'X'}]}")).hasStatus(200);
    as(other)
        .put("/crm/v8/Leads/" + byRep, quoted("{'data':[{'Company':'X'}]}"))
        .hasCode("", "INVALID_DATA");
    as(other).delete("/crm/v8/Leads?ids=" + byBoss).hasCode("/data/0", "INVALID_DATA");
    as(rep).get("/crm/v8/Leads/" + byBoss).hasStatus(204);
  }

  @Test
  void labelsStandForCriteriaOnceAllRecordsHaveThem() {
    TestUsers.crowd(org, 120);
    String before = create(rep, "Leads", "'Last_Name':'Doe','City':'Pune'");
    String elsewhere = create(rep, "Leads", "'Last_Name':'Doe','City':'Agra'");
    setting(
        "sharing_rule",
        "Leads",
        "{'name':'Pune','permission_type':'read_write','criteria':{'field':{'api_name':'City'},"
            + "'comparator':'equal','value':'Pune'},'shared_to':{'type':'users','resource':{'id':'"
            + other
            + "'}}}");
    people.label("Leads");
    Setting rule = org.metadata().settings("sharing_rule").getFirst();
    assertThat(rule.body().at("/label/complete").asBoolean()).isTrue();
    as(other).get("/crm/v8/Leads/" + before).hasStatus(200);
    as(other).get("/crm/v8/Leads/" + elsewhere).hasStatus(204);
    String after = create(rep, "Leads", "'Last_Name':'Doe','City':'Pune'");
    assertThat(as(other).get("/crm/v8/Leads?fields=id").ids()).containsExactly(after, before);
    assertThat(as(other).get("/crm/v8/Leads/actions/count").at("/count").asInt()).isEqualTo(2);
    as(rep).put("/crm/v8/Leads/" + elsewhere, quoted("{'data':[{'City':'Pune'}]}")).hasStatus(200);
    as(rep).put("/crm/v8/Leads/" + after, quoted("{'data':[{'City':'Agra'}]}")).hasStatus(200);
    assertThat(as(other).get("/crm/v8/Leads?fields=id").ids()).containsExactly(elsewhere, before);
    as(rep).delete("/crm/v8/Leads?ids=" + before).hasStatus(200);
    as(rep).post("/crm/v8/settings/recycle_bin/" + before + "/actions/restore", "").hasStatus(200);
    as(other).get("/crm/v8/Leads/" + before).hasStatus(200);
    assertThat(as(other).get("/crm/v8/Leads?fields=id").ids()).containsExactly(elsewhere, before);
    org.change(
        sql(
            "update "
                + org.org().table("setting")
                + " set body = jsonb_set(body, '{criteria,value}', '\"Agra\"') where id = ?",
            rule.id()));
    assertThat(as(other).get("/crm/v8/Leads?fields=id").ids()).containsExactly(after);
    people.label("Leads");
    assertThat(as(other).get("/crm/v8/Leads?fields=id").ids()).containsExactly(after);
  }

  @Test
  void criteriaAboutTheTimeAreTriedEachTime() {
    String lead = create(rep, "Leads", "'Last_Name':'Doe'");
    setting(
        "sharing_rule",
        "Leads",
        "{'name':'Today','criteria':{'field':{'api_name':'Created_Time'},'comparator':'equal',"
            + "'value':'${TODAY}'},'shared_to':{'type':'users','resource':{'id':'"
            + other
            + "'}}}");
    people.label("Leads");
    assertThat(org.metadata().settings("sharing_rule").getFirst().body().has("label")).isFalse();
    as(other).get("/crm/v8/Leads/" + lead).hasStatus(200);
  }

  @Test
  void sharesOpenARecordAndWhatLooksItUp() {
    TestUsers.crowd(org, 120);
    String account = create(rep, "Accounts", "'Account_Name':'Acme'");
    String contact =
        create(rep, "Contacts", "'Last_Name':'Doe','Account_Name':{'id':'" + account + "'}");
    String note = create(rep, "Accounts/" + account + "/Notes", "'Note_Content':'Hi'");
    as(other).get("/crm/v8/Notes/" + note).hasStatus(204);
    share(account, "Accounts", other, "read_only", false);
    as(other).get("/crm/v8/Accounts/" + account).hasStatus(200);
    as(other).get("/crm/v8/Notes/" + note).hasStatus(200);
    as(other).get("/crm/v8/Contacts/" + contact).hasStatus(204);
    share(account, "Accounts", other, "read_only", true);
    as(other).get("/crm/v8/Contacts/" + contact).hasStatus(200);
    as(other).delete("/crm/v8/Contacts?ids=" + contact).hasCode("/data/0", "INVALID_DATA");
    share(account, "Accounts", other, "full_access", true);
    as(other).delete("/crm/v8/Contacts?ids=" + contact).hasStatus(200);
  }

  @Test
  void pagesHoldAllThatIsOpenForWhateverReasonInOrder() {
    TestUsers.crowd(org, 120);
    setting(
        "sharing_rule",
        "Leads",
        "{'name':'Pune','criteria':{'field':{'api_name':'City'},'comparator':'equal',"
            + "'value':'Pune'},'shared_to':{'type':'users','resource':{'id':'"
            + other
            + "'}}}");
    people.label("Leads");
    var open = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      open.add(create(other, "Leads", "'Last_Name':'Mine'"));
      open.add(create(rep, "Leads", "'Last_Name':'Labelled','City':'Pune'"));
      open.add(create(rep, "Leads", "'Last_Name':'Shared'"));
      share(open.getLast(), "Leads", other, "read_only", false);
      open.add(create(rep, "Leads", "'Last_Name':'Both','City':'Pune'"));
      share(open.getLast(), "Leads", other, "read_only", false);
      create(rep, "Leads", "'Last_Name':'Closed'");
    }
    assertThat(pages("asc")).containsExactlyElementsOf(open);
    assertThat(pages("desc")).containsExactlyElementsOf(open.reversed());
    assertThat(as(other).get("/crm/v8/Leads?fields=id&per_page=5&page=3&sort_order=asc").ids())
        .containsExactlyElementsOf(open.subList(10, 15));
  }

  /** The ids of all pages of the leads that {@code other} sees. */
  private List<String> pages(String order) {
    var ids = new ArrayList<String>();
    String token = "";
    do {
      var page = as(other).get("/crm/v8/Leads?fields=id&per_page=3&sort_order=" + order + token);
      ids.addAll(page.ids());
      token = "&page_token=" + page.at("/info/next_page_token").asString("");
    } while (!token.endsWith("="));
    return ids;
  }

  @Test
  void deletedRecordsAreToldToThoseWhoCouldReadThem() {
    String lead = create(rep, "Leads", "'Last_Name':'Doe','City':'Pune'");
    as(rep).delete("/crm/v8/Leads?ids=" + lead).hasStatus(200);
    as(boss).get("/crm/v8/Leads/deleted").hasStatus(200);
    as(other).get("/crm/v8/Leads/deleted").hasStatus(204);
    setting(
        "sharing_rule",
        "Leads",
        "{'name':'Pune','criteria':{'field':{'api_name':'City'},'comparator':'equal',"
            + "'value':'Pune'},'shared_to':{'type':'users','resource':{'id':'"
            + other
            + "'}}}");
    as(other).get("/crm/v8/Leads/deleted").hasStatus(200);
  }

  @Test
  void hiddenFieldsAreNowhereAndReadOnlyOnesStay() {
    hide("Leads", "Company", "hidden");
    hide("Leads", "City", "read_only");
    String lead = create(boss, "Leads", "'Last_Name':'Doe','Company':'Acme','City':'Pune'");
    admin
        .put("/crm/v8/Leads/" + lead, quoted("{'data':[{'Company':'Secret','City':'Agra'}]}"))
        .hasStatus(200);
    as(boss)
        .put("/crm/v8/Leads/" + lead, quoted("{'data':[{'Company':'Mine','City':'Mine'}]}"))
        .hasStatus(200);
    assertThat(admin.get("/crm/v8/Leads/" + lead).at("/data/0/Company").asString())
        .isEqualTo("Secret");
    var seen = as(boss).get("/crm/v8/Leads/" + lead).at("/data/0");
    assertThat(seen.has("Company")).isFalse();
    assertThat(seen.path("City").asString()).isEqualTo("Agra");
    assertThat(as(boss).get("/crm/v8/Leads?fields=Company,City").at("/data/0").has("Company"))
        .isFalse();
    as(boss).get("/crm/v8/Leads/search?word=Secret").hasStatus(204);
    as(boss).get("/crm/v8/Leads/search?word=Agra").hasStatus(200);
    admin.get("/crm/v8/Leads/search?word=Secret").hasStatus(200);
    as(boss).get("/crm/v8/Leads/search?criteria=(Company:equals:Secret)").hasStatus(400);
    assertThat(as(boss).get("/crm/v8/Leads/" + lead + "/__timeline").text())
        .doesNotContain("Secret");
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private Api as(long user) {
    return org.api(user, TestOrg.ALL_SCOPES);
  }

  private String create(long user, String path, String fields) {
    return as(user)
        .post("/crm/v8/" + path, quoted("{'data':[{" + fields + "}]}"))
        .hasStatus(201)
        .at("/data/0/details/id")
        .asString();
  }

  private void setting(String noun, String module, String body) {
    people.addSetting(noun, module, quoted(body));
  }

  private void give(long user, long role) {
    org.change(
        sql("update " + org.org().table("crm_user") + " set role_id = ? where id = ?", role, user));
  }

  private void share(String record, String module, long user, String permission, boolean related) {
    org.change(
        sql(
            "insert into "
                + org.org().table("record_share")
                + " values (?, ?, 'users', ?, ?, ?, ?, now()) on conflict (record_id, grantee_id)"
                + " do update set permission = excluded.permission, related = excluded.related",
            Long.parseLong(record),
            org.metadata().get(module).id(),
            user,
            permission,
            related,
            rep));
  }

  private void hide(String module, String field, String permission) {
    long id = org.metadata().get(module).field(field).orElseThrow().id();
    admin
        .patch(
            "/crm/v8/settings/fields/" + id + "?module=" + module,
            """
            {"fields":[{"profiles":[{"id":"%d","permission_type":"%s"}]}]}"""
                .formatted(standardProfile(), permission))
        .hasStatus(200);
  }

  private long standardProfile() {
    return org.metadata().settings("profile").stream()
        .filter(one -> one.apiName().equals("Standard"))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
