package io.clientele.records.changeowner;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** Reference: Change Owner. */
@Proves({
  "POST /crm/{version}/{module}/actions/change_owner",
  "POST /crm/{version}/{module}/{id}/actions/change_owner"
})
class ChangeOwnerTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final long user = TestUsers.standard(org, "new@example.com");

  @Test
  void recordsGetAnotherOwner() {
    String first = create("Leads", "'Last_Name':'A'");
    String second = create("Leads", "'Last_Name':'B'");
    Answer answer =
        many("Leads", "'ids':['" + first + "','" + second + "'],'notify':true").hasStatus(200);
    assertThat(answer.at("/data/1").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + second
                + "\"},\"message\":\"owner is successfully updated\",\"status\":\"success\"}");
    assertThat(owner("Leads", first)).isEqualTo(user);
    assertThat(owner("Leads", second)).isEqualTo(user);
    api.post("/crm/v8/Leads/" + first + "/actions/change_owner?owner_id=" + org.adminId(), "")
        .hasStatus(200);
    assertThat(owner("Leads", first)).isEqualTo(org.adminId());
  }

  @Test
  void whatIsRelatedGoesAlong() {
    String account = create("Accounts", "'Account_Name':'A'");
    String contact = create("Contacts", "'Last_Name':'C','Account_Name':{'id':'" + account + "'}");
    String task =
        create("Tasks", "'Subject':'T','What_Id':{'id':'" + account + "'},'$se_module':'Accounts'");
    String other =
        create("Tasks", "'Subject':'O','What_Id':{'id':'" + account + "'},'$se_module':'Accounts'");
    String stranger = create("Contacts", "'Last_Name':'S'");
    one("Accounts", account, "'related_modules':[{'api_name':'Contacts'},{'id':'" + task + "'}]")
        .hasStatus(200);
    assertThat(owner("Accounts", account)).isEqualTo(user);
    assertThat(owner("Contacts", contact)).isEqualTo(user);
    assertThat(owner("Tasks", task)).isEqualTo(user);
    assertThat(owner("Tasks", other)).isEqualTo(org.adminId());
    assertThat(owner("Contacts", stranger)).isEqualTo(org.adminId());
  }

  @Test
  void lockedRecordsKeepTheirOwner() {
    api.post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            json(
                "'record_locking_configurations':[{'lock_type':'manual',"
                    + "'restricted_actions':['change_owner']}]"))
        .hasStatus(201);
    String locked = create("Leads", "'Last_Name':'A'");
    String free = create("Leads", "'Last_Name':'B'");
    api.post(
            "/crm/v8/Leads/" + locked + "/Locking_Information__s",
            json("'data':[{'Locked_Reason__s':'r'}]"))
        .hasStatus(201);
    String message = "Sorry, you cannot perform this operation as the record is locked.";
    String details = "{\"action\":\"record_locking\",\"id\":\"" + locked + "\"}";
    one("Leads", locked, "").isError(400, "RECORD_LOCKED", message, details);
    many("Leads", "'ids':['" + locked + "','" + free + "']")
        .hasStatus(202)
        .rowIsError(0, "RECORD_LOCKED", message, details);
    many("Leads", "'ids':['" + locked + "']")
        .hasStatus(400)
        .rowIsError(0, "RECORD_LOCKED", message, details);
    assertThat(owner("Leads", locked)).isEqualTo(org.adminId());
    assertThat(owner("Leads", free)).isEqualTo(user);
  }

  @Test
  void whatIsWrongWithTheOwner() {
    String lead = create("Leads", "'Last_Name':'A'");
    String path = "/crm/v8/Leads/" + lead + "/actions/change_owner";
    api.post(path, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"owner\",\"json_path\":\"$.owner\"}");
    api.post(path, json("'owner':{}"))
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"id\",\"json_path\":\"$.owner.id\"}");
    api.post(path, json("'owner':{'id':'7'}"))
        .isError(
            400,
            "INVALID_DATA",
            "Invalid data provided",
            "{\"api_name\":\"owner\",\"json_path\":\"$.owner.id\"}");
    unfit(
        path,
        "inactive",
        400,
        "The user to whom you are trying to transfer the records is not active.");
    unfit(
        path,
        "deleted",
        403,
        "The user to whom you are trying to transfer the records has closed their account.");
    one("Leads", lead, "'notify':'yes'").hasStatus(400).hasCode("", "INVALID_DATA");
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Leads");
    one("Leads", lead, "")
        .isError(
            403,
            "CANNOT_ASSIGN",
            "The user you are trying to assign does not have permission for this module.",
            "{\"permissions\":[\"Crm_Implied_View_Leads\"]}");
    assertThat(owner("Leads", lead)).isEqualTo(org.adminId());
  }

  private void unfit(String path, String status, int http, String message) {
    long other = TestUsers.create(org, status + "@example.com", "Standard", status, true);
    api.post(path, json("'owner':{'id':'" + other + "'}"))
        .isError(
            http,
            "INVALID_DATA",
            message,
            "{\"api_name\":\"id\",\"json_path\":\"$.owner.id\",\"owner_status\":\""
                + status
                + "\"}");
  }

  @Test
  void whatIsWrongWithTheRecords() {
    for (String id : new String[] {"1", "x"}) {
      one("Leads", id, "")
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"resource_path_index\":1}");
    }
    many("Leads", "'ids':[]")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"ids\",\"json_path\":\"$.ids\"}");
    many("Leads", "'ids':['1','x']")
        .hasStatus(400)
        .keyIsError(
            "data",
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"long\",\"api_name\":\"ids\",\"json_path\":\"$.ids[1]\"}");
    many("Leads", "'ids':['1']")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"id\":\"1\",\"api_name\":\"ids\",\"json_path\":\"$.ids[0]\"}");
    many("Notes", "'ids':['1']")
        .isError(
            400,
            "NOT_SUPPORTED",
            "The requested operation is not supported",
            "{\"resource_path_index\":0}");
    api.post("/crm/v2/Leads/actions/change_owner", "{}")
        .isError(
            400,
            "API_NOT_SUPPORTED",
            "Change Owner is not supported in this API version",
            "{\"supported_version\":3}");
  }

  @Test
  void whatIsWrongWithRelatedModules() {
    String lead = create("Leads", "'Last_Name':'A'");
    one("Leads", lead, "'related_modules':[{}]")
        .hasStatus(400)
        .hasCode("", "EXPECTED_FIELD_MISSING");
    one("Leads", lead, "'related_modules':[{'api_name':'Notes'}]")
        .hasStatus(400)
        .hasCode("", "NOT_SUPPORTED");
    one("Leads", lead, "'related_modules':[{'api_name':'Contacts'}]")
        .hasStatus(400)
        .hasCode("", "NOT_SUPPORTED");
    String calls = Long.toString(org.metadata().get("Calls").id());
    one("Leads", lead, "'related_modules':[{'api_name':'Tasks','id':'" + calls + "'}]")
        .hasStatus(400)
        .hasCode("", "AMBIGUITY_DURING_PROCESSING");
    one("Leads", lead, "'related_modules':{}").hasStatus(400).hasCode("", "INVALID_DATA");
    one("Leads", lead, "'related_modules':[{'id':'x'}]").hasStatus(400).hasCode("", "INVALID_DATA");
    one("Leads", lead, "'related_modules':[{'api_name':'Nothing','id':'" + calls + "'}]")
        .hasStatus(200);
  }

  @Test
  void whoMay() {
    String lead = create("Leads", "'Last_Name':'A'");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Change_Owner_Leads");
    org.api(user, TestOrg.ALL_SCOPES)
        .post("/crm/v8/Leads/" + lead + "/actions/change_owner", body(""))
        .isError(
            403,
            "NO_PERMISSION",
            "You do not have permission to perform this operation",
            "{\"permissions\":[\"Crm_Implied_Change_Owner_Leads\"]}");
    org.api(org.adminId(), "ZohoCRM.modules.ALL")
        .post("/crm/v8/Leads/" + lead + "/actions/change_owner", body(""))
        .hasStatus(401);
  }

  private Answer many(String module, String keys) {
    return api.post("/crm/v8/" + module + "/actions/change_owner", body(keys));
  }

  private Answer one(String module, String id, String keys) {
    return api.post("/crm/v8/" + module + "/" + id + "/actions/change_owner", body(keys));
  }

  private String body(String keys) {
    return json("'owner':{'id':'" + user + "'}" + (keys.isEmpty() ? "" : "," + keys));
  }

  private static String json(String keys) {
    return ("{" + keys + "}").replace('\'', '"');
  }

  private String create(String module, String keys) {
    return api.post("/crm/v8/" + module, json("'data':[{" + keys + "}]")).hasStatus(201).savedId(0);
  }

  private long owner(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).at("/data/0/Owner/id").asLong();
  }
}
