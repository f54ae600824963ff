package io.clientele.access;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attempts to reach what one may not see: each leads nowhere, and tells nothing on the way. */
class AccessAttemptsTest {
  private static final String SECRET = "Zanzibar";

  private final TestOrg org = TestOrg.create();
  private final Api admin = org.api();
  private final long rep = TestUsers.standard(org, "rep@example.com");
  private final long other = TestUsers.standard(org, "other@example.com");
  private final Api owner = as(rep);
  private final Api stranger = as(other);
  private String lead = "";
  private String account = "";

  @BeforeEach
  void records() {
    lead = create(owner, "Leads", "'Last_Name':'" + SECRET + "','Company':'" + SECRET + " Ltd'");
    account = create(owner, "Accounts", "'Account_Name':'" + SECRET + "'");
  }

  @Test
  void idsOfAnotherOrgAreUnknownOnEveryPath() {
    Api foreign = TestOrg.create().api();
    String mine = create(foreign, "Accounts", "'Account_Name':'Mine'");
    everyPath(foreign, "Leads", lead, mine);
    everyPath(foreign, "Accounts", account, mine);
    assertThat(admin.get("/crm/v8/Leads/" + lead).at("/data/0/Company").asString())
        .isEqualTo(SECRET + " Ltd");
  }

  @Test
  void idsThatOneMayNotSeeAreUnknownOnEveryPath() {
    String mine = create(stranger, "Accounts", "'Account_Name':'Mine'");
    everyPath(stranger, "Leads", lead, mine);
    everyPath(stranger, "Accounts", account, mine);
    assertThat(admin.get("/crm/v8/Leads/" + lead).at("/data/0/Company").asString())
        .isEqualTo(SECRET + " Ltd");
    admin.get("/crm/v8/Leads/" + lead + "/Notes?fields=id").hasStatus(204);
    assertThat(admin.get("/crm/v8/Leads/" + lead + "/Attachments?fields=id").ids()).isEmpty();
  }

  /** Nothing is shown and nothing changes, whatever the path. */
  private void everyPath(Api who, String module, String id, String mine) {
    String path = "/crm/v8/" + module + "/" + id;
    nothing(who.get(path));
    nothing(who.get("/crm/v8/" + module + "?fields=Owner&ids=" + id));
    nothing(who.get(path + "/__timeline"));
    nothing(who.get(path + "/Notes?fields=id"));
    nothing(who.get(path + "/Tasks?fields=id"));
    nothing(who.get(path + "/Attachments?fields=id"));
    nothing(who.get(path + "/photo"));
    nothing(who.get(path + "/actions/fetch_full_data?fields=Description"));
    nothing(who.get(path + "/actions/download_fields_attachment?fields_attachment_id=1"));
    nothing(who.get(path + "/Locking_Information__s?fields=id"));
    nothing(who.get(path + "/actions/merge"));
    nothing(who.get("/crm/v8/" + module + "/search?criteria=(id:equals:" + id + ")"));
    refused(who.put(path, data("'Description':'x'")));
    refused(who.put("/crm/v8/" + module, data("'id':'" + id + "','Description':'x'")));
    refused(who.post("/crm/v8/" + module + "/upsert", data("'id':'" + id + "'")));
    refused(who.post(path + "/actions/clone", ""));
    refused(who.post(path + "/Notes", data("'Note_Content':'x'")));
    refused(
        who.post(
            "/crm/v8/Notes",
            data(
                "'Note_Content':'x','Parent_Id':{'id':'"
                    + id
                    + "','module':{'api_name':'"
                    + module
                    + "'}}")));
    refused(who.upload(path + "/Attachments", Form.file("a.txt", "a")));
    refused(who.upload(path + "/photo", Form.file("a.png", TestImages.of("png", 1, 1))));
    refused(who.delete(path + "/photo"));
    refused(who.post(path + "/actions/add_tags", quoted("{'tags':[{'name':'t'}]}")));
    refused(who.post(path + "/actions/remove_tags", quoted("{'tags':[{'name':'t'}]}")));
    refused(who.post(path + "/actions/change_owner", quoted("{'owner':{'id':'" + other + "'}}")));
    refused(who.post(path + "/Locking_Information__s", data("'Locked_Reason__s':'r'")));
    refused(
        who.post(path + "/actions/merge", quoted("{'merge':[{'data':[{'id':'" + mine + "'}]}]}")));
    refused(
        who.post(
            "/crm/v8/Accounts/" + mine + "/actions/merge",
            quoted("{'merge':[{'data':[{'id':'" + id + "'}]}]}")));
    refused(
        who.post(
            path + "/actions/get_related_records_count",
            quoted("{'get_related_records_count':[{'related_list':{'api_name':'Notes'}}]}")));
    refused(who.put(path + "/Products", data("'id':'" + mine + "'")));
    refused(who.delete(path + "/Products/" + mine));
    refused(who.post("/crm/v8/settings/recycle_bin/" + id + "/actions/restore", ""));
    refused(
        who.post("/crm/v8/Contacts", data("'Last_Name':'C','Account_Name':{'id':'" + id + "'}")));
    refused(
        who.post(
            "/crm/v8/Tasks",
            data(
                "'Subject':'T','What_Id':{'id':'"
                    + id
                    + "'},'$se_module':'"
                    + (module.equals("Leads") ? "Deals" : module)
                    + "'")));
    if (module.equals("Leads")) {
      nothing(who.get(path + "/__conversion_options"));
      refused(who.post(path + "/actions/convert", data("'overwrite':true")));
    }
    refused(who.delete("/crm/v8/" + module + "?ids=" + id));
    refused(who.delete(path));
  }

  private static void nothing(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isIn(204, 400, 403, 404);
    assertThat(answer.text()).doesNotContain(SECRET);
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isIn(202, 400, 403, 404);
    assertThat(answer.text()).doesNotContain(SECRET).doesNotContain("SUCCESS");
  }

  @Test
  void tokensOfUsersWhoMayNoLongerWorkAreRefused() {
    owner.get("/crm/v8/Leads/" + lead).hasStatus(200);
    org.change(
        sql(
            "update " + org.org().table("crm_user") + " set status = 'disabled' where id = ?",
            rep));
    owner.get("/crm/v8/Leads/" + lead).hasStatus(401);
    owner.put("/crm/v8/Leads/" + lead, data("'Company':'x'")).hasStatus(401);
  }

  @Test
  void pageTokensAreTheirUsersOwn() {
    create(owner, "Leads", "'Last_Name':'Second'");
    create(stranger, "Leads", "'Last_Name':'Third'");
    String path = "/crm/v8/Leads?fields=Last_Name&per_page=1";
    String token = owner.get(path).at("/info/next_page_token").asString();
    owner.get(path + "&page_token=" + token).hasStatus(200);
    stranger.get(path + "&page_token=" + token).hasStatus(400).hasCode("", "INVALID_DATA");
  }

  @Test
  void aLookupShowsTheNameOfARecordThatIsNotOpen() {
    String contact =
        create(owner, "Contacts", "'Last_Name':'C','Account_Name':{'id':'" + account + "'}");
    setting("data_sharing", "Contacts", "{'share_type':'public'}");
    Answer read = stranger.get("/crm/v8/Contacts/" + contact).hasStatus(200);
    assertThat(read.at("/data/0/Account_Name/name").asString()).isEqualTo(SECRET);
    stranger.get("/crm/v8/Accounts/" + account).hasStatus(204);
    stranger
        .put(
            "/crm/v8/Contacts/" + contact,
            data("'Account_Name':{'id':'" + account + "'},'Title':'x'"))
        .hasStatus(400);
    stranger.put("/crm/v8/Contacts/" + contact, data("'Title':'x'")).hasStatus(200);
  }

  @Test
  void hiddenFieldsAreNoConditionsAndNoOrder() {
    hide("Leads", "Company", "hidden");
    String criteria = Api.encode("(Company:starts_with:" + SECRET + ")");
    owner.get("/crm/v8/Leads/search?criteria=" + criteria).hasStatus(400);
    owner.get("/crm/v8/Leads/actions/count?criteria=" + criteria).hasStatus(400);
    assertThat(owner.get("/crm/v8/Leads/actions/count?word=Ltd").at("/count").asInt()).isZero();
    owner.get("/crm/v8/Leads/search?word=Ltd").hasStatus(204);
    assertThat(owner.get("/crm/v8/Leads?fields=Company,Last_Name").text()).doesNotContain("Ltd");
    owner
        .get("/crm/v8/Leads/search?word=" + SECRET + "&sort_by=Company&fields=Last_Name")
        .hasStatus(400);
    String company = "{'field':{'api_name':'Company'},'comparator':'contains','value':'L'}";
    view(owner, "'criteria':" + company).hasStatus(400);
    view(owner, "'fields':[{'api_name':'Company'}]").hasStatus(400);
    view(owner, "'sort_by':{'api_name':'Company'},'sort_order':'asc'").hasStatus(400);
    String own = view(owner, "").hasStatus(201).at("/custom_views/0/details/id").asString();
    owner
        .put(
            "/crm/v8/settings/custom_views/" + own + "/actions/change_sort?module=Leads",
            quoted("{'custom_views':[{'sort_by':{'api_name':'Company'},'sort_order':'asc'}]}"))
        .hasStatus(400);
  }

  private static Answer view(Api who, String more) {
    String fields = more.contains("'fields'") ? "" : "'fields':[{'api_name':'Last_Name'}],";
    String name = "'name':'V','access_type':'only_to_me'";
    return who.post(
        "/crm/v8/settings/custom_views?module=Leads",
        quoted("{'custom_views':[{" + fields + name + (more.isEmpty() ? "" : "," + more) + "}]}"));
  }

  @Test
  void aPublicViewMaySelectByWhatIsHidden() {
    hide("Leads", "Company", "hidden");
    String criteria = "{'field':{'api_name':'Company'},'comparator':'contains','value':'Ltd'}";
    String id =
        admin
            .post(
                "/crm/v8/settings/custom_views?module=Leads",
                quoted(
                    "{'custom_views':[{'name':'V','access_type':'public',"
                        + "'fields':[{'api_name':'Last_Name'},{'api_name':'Company'}],'criteria':"
                        + criteria
                        + "}]}"))
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    Answer list = owner.get("/crm/v8/Leads?fields=Last_Name,Company&cvid=" + id).hasStatus(200);
    assertThat(list.ids()).containsExactly(lead);
    assertThat(list.text()).doesNotContain("Ltd");
  }

  @Test
  void filesAreReachedOnlyThroughTheirRecord() {
    String path = "/crm/v8/Leads/" + lead + "/Attachments";
    String attachment = owner.upload(path, Form.file("a.txt", SECRET)).savedId(0);
    String file = owner.get(path + "?fields=$file_id").at("/data/0/$file_id").asString();
    owner.get("/crm/v8/files?id=" + file).hasStatus(200);
    nothing(stranger.get("/crm/v8/files?id=" + file));
    nothing(stranger.get(path + "/" + attachment));
    String mine = create(stranger, "Leads", "'Last_Name':'Mine'");
    nothing(stranger.get("/crm/v8/Leads/" + mine + "/Attachments/" + attachment));
    refused(stranger.delete("/crm/v8/Leads/" + mine + "/Attachments/" + attachment));
    nothing(stranger.get("/crm/v8/Attachments/" + attachment));
    nothing(stranger.get("/crm/v8/Attachments?fields=id"));
    owner.get(path + "/" + attachment).hasStatus(200);
    String uploaded =
        owner
            .upload("/crm/v8/files", Form.file("b.txt", SECRET))
            .at("/data/0/details/id")
            .asString();
    nothing(stranger.get("/crm/v8/files?id=" + uploaded));
  }

  @Test
  void aHiddenPhotoIsNotShownAndAReadOnlyOneStays() {
    String photo = "/crm/v8/Leads/" + lead + "/photo";
    owner.upload(photo, Form.file("a.png", TestImages.of("png", 1, 1))).hasStatus(200);
    hide("Leads", "Record_Image", "read_only");
    owner.get(photo).hasStatus(200);
    refused(owner.upload(photo, Form.file("b.png", TestImages.of("png", 2, 2))));
    refused(owner.delete(photo));
    hide("Leads", "Record_Image", "hidden");
    nothing(owner.get(photo));
    admin.get(photo).hasStatus(200);
  }

  @Test
  void anIdempotencyKeyOfAnotherUserGivesNothingAway() {
    String body = data("'Last_Name':'Again'");
    Answer first = owner.post("/crm/v8/Leads", body, "Idempotency-Key", "k").hasStatus(201);
    Answer second = stranger.post("/crm/v8/Leads", body, "Idempotency-Key", "k").hasStatus(201);
    assertThat(second.savedId(0)).isNotEqualTo(first.savedId(0));
    assertThat(second.at("/data/0/details/Created_By/id").asLong()).isEqualTo(other);
  }

  @Test
  void externalIdsOfInvisibleRecordsAreUnknown() {
    admin
        .post(
            "/crm/v8/settings/fields?module=Leads",
            quoted(
                "{'fields':[{'field_label':'Code','data_type':'text',"
                    + "'external':{'type':'org','show':true}}]}"))
        .hasStatus(201);
    owner.put("/crm/v8/Leads/" + lead, data("'Code':'x1'")).hasStatus(200);
    String header = "Leads.Code";
    owner.get("/crm/v8/Leads/x1", "X-EXTERNAL", header).hasStatus(200);
    nothing(stranger.get("/crm/v8/Leads/x1", "X-EXTERNAL", header));
    refused(stranger.put("/crm/v8/Leads/x1", data("'Company':'x'"), "X-EXTERNAL", header));
    refused(stranger.delete("/crm/v8/Leads/x1", "X-EXTERNAL", header));
    hide("Leads", "Code", "hidden");
    nothing(owner.get("/crm/v8/Leads/x1", "X-EXTERNAL", header));
  }

  @Test
  void anUpsertDoesNotFindAnInvisibleDuplicate() {
    owner.put("/crm/v8/Leads/" + lead, data("'Email':'e@example.com'")).hasStatus(200);
    Answer upsert =
        stranger
            .post(
                "/crm/v8/Leads/upsert",
                quoted(
                    "{'data':[{'Last_Name':'N','Email':'e@example.com','Company':'Mine'}],"
                        + "'duplicate_check_fields':['Email']}"))
            .hasStatus(200);
    assertThat(upsert.at("/data/0/action").asString()).isEqualTo("insert");
    assertThat(upsert.savedId(0)).isNotEqualTo(lead);
    assertThat(admin.get("/crm/v8/Leads/" + lead).at("/data/0/Company").asString())
        .isEqualTo(SECRET + " Ltd");
  }

  @Test
  void aUniqueValueOfAnInvisibleRecordIsRefusedWithoutTellingMore() {
    admin
        .post(
            "/crm/v8/settings/fields?module=Leads",
            quoted(
                "{'fields':[{'field_label':'Badge','data_type':'text',"
                    + "'unique':{'casesensitive':false}}]}"))
        .hasStatus(201);
    owner.put("/crm/v8/Leads/" + lead, data("'Badge':'b1'")).hasStatus(200);
    Answer answer = stranger.post("/crm/v8/Leads", data("'Last_Name':'N','Badge':'b1'"));
    answer.hasStatus(400).hasCode("/data/0", "DUPLICATE_DATA");
    assertThat(answer.text()).doesNotContain(SECRET);
  }

  @Test
  void massChangesByAViewReachOnlyOnesOwn() {
    for (String permission : List.of("Mass_Update_Leads", "Mass_Delete_Leads")) {
      allow("Crm_Implied_" + permission);
    }
    String mine = create(stranger, "Leads", "'Last_Name':'Mine','Company':'Old'");
    long view =
        org.metadata().get("Leads").customViews().stream()
            .filter(one -> one.definition().path("name").asString("").startsWith("All "))
            .findFirst()
            .orElseThrow()
            .id();
    stranger
        .post(
            "/crm/v8/Leads/actions/mass_update",
            quoted("{'data':[{'Company':'New'}],'cvid':'" + view + "'}"))
        .hasStatus(200);
    runJobs();
    assertThat(value(mine, "Company")).isEqualTo("New");
    assertThat(value(lead, "Company")).isEqualTo(SECRET + " Ltd");
    stranger
        .post("/crm/v8/Leads/actions/mass_delete", quoted("{'cvid':'" + view + "'}"))
        .hasStatus(200);
    runJobs();
    admin.get("/crm/v8/Leads/" + mine).hasStatus(204);
    admin.get("/crm/v8/Leads/" + lead).hasStatus(200);
  }

  @Test
  void massUpdatesAndMergesDoNotWriteWhatIsHidden() {
    allow("Crm_Implied_Mass_Update_Leads");
    String second = create(owner, "Leads", "'Last_Name':'Second','Company':'Kept'");
    hide("Leads", "Company", "hidden");
    owner
        .post(
            "/crm/v8/Leads/actions/mass_update",
            quoted("{'data':[{'Company':'New'}],'ids':['" + lead + "']}"))
        .hasStatus(400);
    refused(
        owner.post(
            "/crm/v8/Leads/" + lead + "/actions/merge",
            quoted(
                "{'merge':[{'data':[{'id':'"
                    + second
                    + "','_fields':[{'api_name':'Company'}]}]}]}")));
    assertThat(value(lead, "Company")).isEqualTo(SECRET + " Ltd");
    String clone =
        owner.post("/crm/v8/Leads/" + second + "/actions/clone", "").hasStatus(201).savedId(0);
    assertThat(value(clone, "Company")).isEmpty();
  }

  @Test
  void whatAnotherDeletedStaysDeleted() {
    owner.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    String bin = "/crm/v8/settings/recycle_bin";
    nothing(stranger.get(bin));
    nothing(stranger.get(bin + "/" + lead));
    refused(stranger.post(bin + "/" + lead + "/actions/restore", ""));
    refused(stranger.delete(bin + "/" + lead));
    nothing(stranger.get("/crm/v8/Leads/deleted"));
    nothing(stranger.get("/crm/v8/Leads/deleted/" + lead + "/Notes?fields=id"));
    owner.post(bin + "/" + lead + "/actions/restore", "").hasStatus(200);
    owner.get("/crm/v8/Leads/" + lead).hasStatus(200);
  }

  @Test
  void theTimelineIsSilentAboutHiddenFields() {
    owner.put("/crm/v8/Leads/" + lead, data("'Company':'Newer','City':'Pune'")).hasStatus(200);
    hide("Leads", "Company", "hidden");
    String path = "/crm/v8/Leads/" + lead + "/__timeline";
    Answer timeline = owner.get(path).hasStatus(200);
    assertThat(timeline.text()).contains("Pune").doesNotContain("Newer").doesNotContain("Ltd");
  }

  @Test
  void aFormulaIsAFieldOfItsOwn() {
    admin
        .post(
            "/crm/v8/settings/fields?module=Leads",
            quoted(
                "{'fields':[{'field_label':'Size','data_type':'formula','formula':"
                    + "{'return_type':'double','expression':'Len(${Leads.Company})'}}]}"))
        .hasStatus(201);
    hide("Leads", "Company", "hidden");
    assertThat(owner.get("/crm/v8/Leads/" + lead).at("/data/0/Size").asInt())
        .isEqualTo((SECRET + " Ltd").length());
    hide("Leads", "Size", "hidden");
    assertThat(owner.get("/crm/v8/Leads/" + lead).at("/data/0").has("Size")).isFalse();
  }

  @Test
  void leadsAreNotConvertedIntoRecordsThatOneMayNotSee() {
    String mine = create(stranger, "Leads", "'Last_Name':'Mine'");
    Answer convert =
        stranger.post(
            "/crm/v8/Leads/" + mine + "/actions/convert",
            data("'Accounts':{'id':'" + account + "'}"));
    refused(convert);
    stranger.get("/crm/v8/Leads/" + mine).hasStatus(200);
  }

  @Test
  void linesAndNotesAreReachedOnlyWithTheirRecord() {
    String product = create(admin, "Products", "'Product_Name':'Pump'");
    String quote =
        create(
            owner,
            "Quotes",
            "'Subject':'Q','Quoted_Items':[{'Quantity':1,'Description':'"
                + SECRET
                + "','Product_Name':{'id':'"
                + product
                + "'}}]");
    String line = owner.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items/0/id").asString();
    nothing(stranger.get("/crm/v8/Quoted_Items/" + line));
    nothing(stranger.get("/crm/v8/Quoted_Items?fields=Description"));
    refused(stranger.put("/crm/v8/Quoted_Items/" + line, data("'Quantity':9")));
    refused(stranger.delete("/crm/v8/Quoted_Items/" + line));
    String note =
        owner
            .post("/crm/v8/Leads/" + lead + "/Notes", data("'Note_Content':'" + SECRET + "'"))
            .savedId(0);
    nothing(stranger.get("/crm/v8/Notes/" + note));
    nothing(stranger.get("/crm/v8/Notes/search?word=" + SECRET));
    nothing(stranger.get("/crm/v8/Notes?fields=Note_Content"));
    refused(stranger.put("/crm/v8/Notes/" + note, data("'Note_Content':'x'")));
    refused(stranger.delete("/crm/v8/Notes/" + note));
  }

  @Test
  void notesOfAModuleThatTheProfileLacksAreClosedEvenToWhoMayUseNotes() {
    setting("data_sharing", "Leads", "{'share_type':'public'}");
    String note =
        owner
            .post("/crm/v8/Leads/" + lead + "/Notes", data("'Note_Content':'" + SECRET + "'"))
            .savedId(0);
    stranger.get("/crm/v8/Notes/" + note).hasStatus(200);
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Leads");
    nothing(stranger.get("/crm/v8/Notes/" + note));
    nothing(stranger.get("/crm/v8/Leads/" + lead));
  }

  private String value(String id, String field) {
    return admin.get("/crm/v8/Leads/" + id).at("/data/0/" + field).asString("");
  }

  private void runJobs() {
    org.server().installation().jobs().runDue(org.orgId());
  }

  private Api as(long user) {
    return org.api(user, TestOrg.ALL_SCOPES);
  }

  private static String create(Api who, String module, String fields) {
    return who.post("/crm/v8/" + module, data(fields)).hasStatus(201).savedId(0);
  }

  private static String data(String fields) {
    return quoted("{'data':[{" + fields + "}]}");
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private void setting(String noun, String module, String body) {
    org.change(
        sql(
            "insert into "
                + org.org().table("setting")
                + " (id, noun, parent_id, api_name, body)"
                + " values (nextval(?::regclass), ?, ?, 'attempt', ?::jsonb)",
            org.org().schema() + ".id_sequence",
            noun,
            org.metadata().get(module).id(),
            quoted(body)));
  }

  private long standardProfile() {
    return org.metadata().settings("profile").stream()
        .filter(one -> one.apiName().equals("Standard"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private void allow(String permission) {
    org.change(
        sql(
            "update "
                + org.org().table("setting")
                + " set body = replace(body::text, ?, ?)::jsonb where id = ?",
            "\"name\": \"" + permission + "\", \"enabled\": false",
            "\"name\": \"" + permission + "\", \"enabled\": true",
            standardProfile()));
  }

  /** As the operation on fields keeps it, which refuses fields such as the photo. */
  private void hide(String module, String field, String permission) {
    org.change(
        sql(
            "update "
                + org.org().table("setting")
                + " set body = body || jsonb_build_object('profile_permissions',"
                + " jsonb_build_object(?::text, ?::text)) where noun = 'field' and parent_id = ?"
                + " and api_name = ?",
            Long.toString(standardProfile()),
            permission,
            org.metadata().get(module).id(),
            field));
  }
}
