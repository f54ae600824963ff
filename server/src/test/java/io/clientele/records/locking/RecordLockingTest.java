package io.clientele.records.locking;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** Locked records. References: Record Locking Information, Lock Records, Unlock Records. */
@Proves({
  "GET /crm/{version}/{module}/{id}/Locking_Information__s",
  "GET /crm/{version}/{module}/{id}/Locking_Information__s/{lock}",
  "POST /crm/{version}/{module}/{id}/Locking_Information__s",
  "PUT /crm/{version}/{module}/{id}/Locking_Information__s/{lock}",
  "DELETE /crm/{version}/{module}/{id}/Locking_Information__s/{lock}"
})
class RecordLockingTest {
  private static final String REASON = "{\"data\":[{\"Locked_Reason__s\":\"in progress\"}]}";
  private static final String MESSAGE =
      "Sorry, you cannot perform this operation as the record is locked.";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void aLockedRecordCannotBeUpdatedUntilItIsUnlocked() {
    configure("Leads", "'lock_type':'manual'");
    String lead = create("Leads", "'Last_Name':'Frey'");
    String lock = lock("Leads", lead);
    isLocked(
        api.put("/crm/v8/Leads/" + lead, data("'City':'Pune'")).hasStatus(400),
        "{\"action\":\"record_locking\",\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}");
    assertThat(lead(lead, "City").isNull()).isTrue();
    assertThat(lead(lead, "Locked__s").asBoolean()).isTrue();
    assertThat(lead(lead, "$locked_for_me").asBoolean()).isTrue();
    assertThat(lead(lead, "$editable").asBoolean()).isFalse();
    assertThat(
            api.get("/crm/v8/Leads?fields=$locked_for_me,$editable&ids=" + lead)
                .at("/data/0/$locked_for_me")
                .asBoolean())
        .isTrue();

    Answer unlocked = api.delete(path("Leads", lead) + "/" + lock).hasStatus(200);
    assertThat(unlocked.at("/data/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + lock
                + "\"},\"message\":\"relation removed\",\"status\":\"success\"}");
    assertThat(lead(lead, "Locked__s").asBoolean()).isFalse();
    assertThat(lead(lead, "$editable").asBoolean()).isTrue();
    api.put("/crm/v8/Leads/" + lead, data("'City':'Pune'")).hasStatus(200);
    api.get(path("Leads", lead)).hasStatus(204);
  }

  @Test
  void aLockTellsWhoAndWhy() {
    String configuration = configure("Leads", "'lock_type':'both'," + rule("City", "Oslo", false));
    String lead = create("Leads", "'Last_Name':'Frey','First_Name':'Theola'");
    String lock = lock("Leads", lead);
    Answer list = api.get(path("Leads", lead)).hasStatus(200);
    assertThat(list.at("/data/0/Locked_By__s/id").asString()).isEqualTo("" + org.adminId());
    assertThat(list.at("/data/0/Locked_For__s/name").asString()).isEqualTo("Theola Frey");
    assertThat(list.at("/data/0/Locked_For__s/id").asString()).isEqualTo(lead);
    assertThat(list.at("/data/0/Locked_For__s/module/api_name").asString()).isEqualTo("Leads");
    assertThat(list.at("/data/0/Locked_Reason__s").asString()).isEqualTo("in progress");
    assertThat(list.at("/data/0/Lock_Source__s").asString()).isEqualTo("Manual");
    assertThat(list.at("/data/0/Record_Locking_Configuration_Id__s").asString())
        .isEqualTo(configuration);
    assertThat(list.at("/data/0/Record_Locking_Rule_Id__s").isNull()).isTrue();
    assertThat(list.at("/data/0/Locked_Time__s").asString()).contains("T");
    assertThat(list.at("/info/count").asInt()).isEqualTo(1);
    assertThat(
            api.get(path("Leads", lead) + "?fields=Locked_Reason__s").at("/data/0").propertyNames())
        .containsExactlyInAnyOrder("Locked_Reason__s", "id");

    api.put(path("Leads", lead) + "/" + lock, REASON.replace("in progress", "done soon"))
        .hasStatus(200);
    assertThat(api.get(path("Leads", lead) + "/" + lock).at("/data/0/Locked_Reason__s").asString())
        .isEqualTo("done soon");
    api.post(path("Leads", lead), REASON)
        .isError(403, "NOT_ALLOWED", "record is already locked", "{\"resource_path_index\":1}");
  }

  @Test
  void configurationsSayWhatLocksStop() {
    configure(
        "Leads",
        "'lock_type':'manual','restricted_actions':['delete','tags'],"
            + "'excluded_fields':[{'api_name':'City'}]");
    String lead = create("Leads", "'Last_Name':'Frey'");
    lock("Leads", lead);
    api.put("/crm/v8/Leads", data("'id':'" + lead + "','City':'Pune'")).hasStatus(200);
    isLocked(
        api.put("/crm/v8/Leads", data("'id':'" + lead + "','City':'X','Company':'Y'"))
            .hasStatus(400),
        "{\"action\":\"record_locking\",\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}");
    String details = "{\"action\":\"record_locking\",\"id\":\"" + lead + "\"}";
    isLocked(api.delete("/crm/v8/Leads/" + lead).hasStatus(400), details);
    isLocked(api.delete("/crm/v8/Leads?ids=" + lead).hasStatus(400), details);
    isLocked(
        api.post(
                "/crm/v8/Leads/actions/add_tags",
                "{\"tags\":[{\"name\":\"A\"}],\"ids\":[\"" + lead + "\"]}")
            .hasStatus(400),
        details);
    String other = create("Leads", "'Last_Name':'Free'");
    Answer mixed =
        api.post(
                "/crm/v8/Leads/actions/add_tags",
                "{\"tags\":[{\"name\":\"A\"}],\"ids\":[\"" + lead + "\",\"" + other + "\"]}")
            .hasStatus(207);
    assertThat(mixed.at("/locked_count").asString()).isEqualTo("1");
    assertThat(lead(lead, "City").asString()).isEqualTo("Pune");
    assertThat(lead(lead, "Tag").isEmpty()).isTrue();
  }

  @Test
  void withoutRestrictionLockedRecordsCanBeDeletedAndTheirLocksGoAlong() {
    configure("Leads", "'lock_type':'manual'");
    String lead = create("Leads", "'Last_Name':'Frey'");
    lock("Leads", lead);
    api.post("/crm/v8/Leads/" + lead + "/actions/add_tags", "{\"tags\":[{\"name\":\"A\"}]}")
        .hasStatus(200);
    api.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    api.get(path("Leads", lead))
        .isError(
            400,
            "INVALID_DATA",
            "the related id given seems to be invalid",
            "{\"resource_path_index\":1}");
  }

  @Test
  void lockedLeadsAreConvertedOnlyWhereThatIsNotRestricted() {
    configure("Leads", "'lock_type':'manual','restricted_actions':['convert']");
    configure("Quotes", "'lock_type':'manual'");
    String lead = create("Leads", "'Last_Name':'Frey','Company':'F'");
    lock("Leads", lead);
    api.post("/crm/v8/Leads/" + lead + "/actions/convert", data("")).hasStatus(400);
    assertThat(lead(lead, "Converted__s").asBoolean()).isFalse();
    String product = create("Products", "'Product_Name':'P'");
    String quote =
        create(
            "Quotes",
            "'Subject':'Q','Quoted_Items':[{'Product_Name':{'id':'"
                + product
                + "'},'Quantity':2}]");
    lock("Quotes", quote);
    String line = api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items/0/id").asString();
    isLocked(
        api.put("/crm/v8/Quoted_Items", data("'id':'" + line + "','Quantity':4")).hasStatus(400),
        "{\"action\":\"record_locking\",\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}");
    isLocked(
        api.delete("/crm/v8/Quoted_Items?ids=" + line).hasStatus(400),
        "{\"action\":\"record_locking\",\"id\":\"" + line + "\"}");
    api.post(
            "/crm/v8/Quotes/" + quote + "/actions/convert",
            data("'convert_to':[{'module':{'api_name':'Sales_Orders'}}]"))
        .hasStatus(200);
  }

  @Test
  void excludedProfilesAreNotStopped() {
    TestUsers.open(org, "Leads");
    String profile =
        Long.toString(
            org.metadata().settings("profile").stream()
                .filter(setting -> setting.apiName().equals("Administrator"))
                .findFirst()
                .orElseThrow()
                .id());
    configure(
        "Leads",
        "'lock_type':'manual','locked_for':'all_profiles_except_excluded_profiles',"
            + "'lock_excluded_profiles':[{'id':'"
            + profile
            + "'}]");
    String lead = create("Leads", "'Last_Name':'Frey'");
    String lock = lock("Leads", lead);
    assertThat(lead(lead, "Locked__s").asBoolean()).isTrue();
    assertThat(lead(lead, "$locked_for_me").asBoolean()).isFalse();
    assertThat(lead(lead, "$editable").asBoolean()).isTrue();
    api.put("/crm/v8/Leads/" + lead, data("'City':'Pune'")).hasStatus(200);

    Api other = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    assertThat(other.get("/crm/v8/Leads/" + lead).at("/data/0/$locked_for_me").asBoolean())
        .isTrue();
    other.put("/crm/v8/Leads/" + lead, data("'City':'X'")).hasStatus(400);
    String words = "You do not have permission to lock or unlock this record";
    other
        .post(path("Leads", lead), REASON)
        .isError(403, "NO_PERMISSION", words, "{\"resource_path_index\":1}");
    other
        .delete(path("Leads", lead) + "/" + lock)
        .isError(403, "NO_PERMISSION", words, "{\"resource_path_index\":1}");
    other
        .put(path("Leads", lead) + "/" + lock, REASON)
        .isError(403, "NO_PERMISSION", words, "{\"resource_path_index\":1}");
  }

  @Test
  void rulesLockRecordsWhenTheyAreWritten() {
    String configuration =
        configure(
            "Leads",
            "'lock_type':'automatic','excluded_fields':[{'api_name':'City'}],"
                + rule("City", "Oslo", false));
    String lead = create("Leads", "'Last_Name':'Frey','City':'Oslo'");
    assertThat(lead(lead, "Locked__s").asBoolean()).isTrue();
    Answer lock = api.get(path("Leads", lead)).hasStatus(200);
    assertThat(lock.at("/data/0/Lock_Source__s").asString()).isEqualTo("Automatic");
    assertThat(lock.at("/data/0/Locked_By__s").isNull()).isTrue();
    assertThat(lock.at("/data/0/Locked_Reason__s").isNull()).isTrue();
    assertThat(lock.at("/data/0/$editable").asBoolean()).isFalse();
    assertThat(lock.at("/data/0/Record_Locking_Rule_Id__s").asString())
        .isEqualTo(
            api.get("/crm/v8/settings/record_locking_configurations?module=Leads")
                .at("/record_locking_configurations/0/locking_rules/0/id")
                .asString());
    assertThat(lock.at("/data/0/Record_Locking_Configuration_Id__s").asString())
        .isEqualTo(configuration);
    api.put("/crm/v8/Leads/" + lead, data("'Company':'X'")).hasStatus(400);
    String id = lock.at("/data/0/id").asString();
    api.delete(path("Leads", lead) + "/" + id)
        .isError(
            403,
            "NOT_ALLOWED",
            "Automatically locked records can not be unlocked manually",
            "{\"resource_path_index\":1}");
    api.put(path("Leads", lead) + "/" + id, REASON)
        .isError(
            403,
            "NOT_ALLOWED",
            "record cannot be locked, only automatic locking is configured",
            "{\"resource_path_index\":1}");
    String free = create("Leads", "'Last_Name':'Free'");
    api.post(path("Leads", free), REASON)
        .isError(
            403,
            "NOT_ALLOWED",
            "record cannot be locked, only automatic locking is configured",
            "{\"resource_path_index\":1}");
    api.put("/crm/v8/Leads/" + lead, data("'City':'Rome'")).hasStatus(200);
    assertThat(lead(lead, "Locked__s").asBoolean()).isFalse();
    api.put("/crm/v8/Leads/" + free, data("'City':'oslo'")).hasStatus(200);
    assertThat(lead(free, "Locked__s").asBoolean()).isTrue();
  }

  @Test
  void aChangedConfigurationReachesRecordsThatAreThere() {
    String lead = create("Leads", "'Last_Name':'Frey','City':'Oslo'");
    String other = create("Leads", "'Last_Name':'Free'");
    String configuration = configure("Leads", "'lock_type':'both'," + rule("City", "Oslo", true));
    org.server().installation().jobs().runDue(org.orgId());
    assertThat(lead(lead, "Locked__s").asBoolean()).isTrue();
    String manual = lock("Leads", other);
    String url = "/crm/v8/settings/record_locking_configurations/" + configuration;
    api.put(
            url + "?module=Leads",
            "{\"record_locking_configurations\":[{\"lock_type\":\"manual\"}]}")
        .hasStatus(200);
    org.server().installation().jobs().runDue(org.orgId());
    assertThat(lead(lead, "Locked__s").asBoolean()).isFalse();
    assertThat(lead(other, "Locked__s").asBoolean()).isTrue();
    api.delete(url + "?module=Leads").hasStatus(200);
    org.server().installation().jobs().runDue(org.orgId());
    assertThat(lead(other, "Locked__s").asBoolean()).isFalse();
    api.get(path("Leads", other) + "/" + manual)
        .isError(
            400,
            "NOT_ALLOWED",
            "Required Record Locking Configuration is not present",
            "{\"resource_path_index\":2}");
  }

  @Test
  void whatIsWrong() {
    String lead = create("Leads", "'Last_Name':'Frey'");
    api.post(path("Leads", lead), REASON)
        .isError(
            400,
            "NOT_ALLOWED",
            "Required Record Locking Configuration is not present",
            "{\"resource_path_index\":2}");
    api.get("/crm/v8/Nonsense/1/Locking_Information__s")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"resource_path_index\":0}");
    api.get(path("Notes", "1")).isError(400, "INVALID_DATA", "relation not found", "{}");
    configure("Leads", "'lock_type':'manual'");
    for (String id : new String[] {"1", "x", "99999999999999999999"}) {
      api.get(path("Leads", id))
          .isError(
              400,
              "INVALID_DATA",
              "the related id given seems to be invalid",
              "{\"resource_path_index\":1}");
    }
    api.post(path("Leads", lead), "{\"data\":[{}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Locked_Reason__s\",\"json_path\":\"$.data[0].Locked_Reason__s\"}");
    api.post(path("Leads", lead), "{\"data\":[{\"Locked_Reason__s\":7}]}").hasStatus(400);
    api.post(path("Leads", lead), "{\"data\":[1]}").hasStatus(400);
    api.post(path("Leads", lead), "{\"data\":[{},{}]}").hasStatus(400);
    api.post(path("Leads", lead), "{}").hasStatus(400);
    lock("Leads", lead);
    for (String id : new String[] {"1", "x"}) {
      api.delete(path("Leads", lead) + "/" + id)
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"resource_path_index\":3}");
    }
    api.delete("/crm/v8/Locking_Information__s?ids=1")
        .isError(
            400,
            "INVALID_MODULE",
            "The given module is not supported in API",
            "{\"resource_path_index\":0}");
    org.api(org.adminId(), "ZohoCRM.modules.leads.READ")
        .post(path("Leads", lead), REASON)
        .hasStatus(401);
  }

  private String configure(String module, String keys) {
    return api.post(
            "/crm/v8/settings/record_locking_configurations?module=" + module,
            ("{'record_locking_configurations':[{" + keys + "}]}").replace('\'', '"'))
        .hasStatus(201)
        .at("/record_locking_configurations/0/details/id")
        .asString();
  }

  private static String rule(String field, String value, boolean existing) {
    return "'locking_rules':[{'name':'R','lock_existing_records':"
        + existing
        + ",'criteria':{'comparator':'equal','field':{'api_name':'"
        + field
        + "'},'value':'"
        + value
        + "'}}]";
  }

  private String lock(String module, String id) {
    Answer answer = api.post(path(module, id), REASON).hasStatus(201);
    assertThat(answer.at("/data/0/message").asString()).isEqualTo("record added");
    return answer.savedId(0);
  }

  private static void isLocked(Answer answer, String details) {
    answer.rowIsError(0, "RECORD_LOCKED", MESSAGE, details);
  }

  private static String path(String module, String id) {
    return "/crm/v8/" + module + "/" + id + "/Locking_Information__s";
  }

  private static String data(String keys) {
    return ("{'data':[{" + keys + "}]}").replace('\'', '"');
  }

  private String create(String module, String keys) {
    return api.post("/crm/v8/" + module, data(keys)).hasStatus(201).savedId(0);
  }

  private tools.jackson.databind.JsonNode lead(String id, String key) {
    return api.get("/crm/v8/Leads/" + id).at("/data/0").path(key);
  }
}
