package io.clientele.records.mass;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** References: Mass Update Records, Mass Update Status. */
@Proves({
  "POST /crm/{version}/{module}/actions/mass_update",
  "GET /crm/{version}/{module}/actions/mass_update"
})
class MassUpdateTest {
  private static final String LEADS = "/crm/v8/Leads/actions/mass_update";

  private final MassOrg org = new MassOrg();
  private final Api api = org.api();

  @Test
  void recordsAreUpdatedByTheirIds() {
    String first = org.lead("'City':'Oslo'");
    String second = org.lead("");
    Answer answer =
        api.post(LEADS, json("'data':[{'City':'Rome'}],'ids':['" + first + "','" + second + "']"))
            .hasStatus(200);
    assertThat(answer.at("/data/0/message").asString()).isEqualTo("record updated");
    assertThat(answer.savedId(0)).isEqualTo(first);
    assertThat(answer.at("/data/1/details/Modified_By/id").asString())
        .isEqualTo("" + org.org().adminId());
    assertThat(org.value(first, "City")).isEqualTo("Rome");
    assertThat(org.value(second, "City")).isEqualTo("Rome");
  }

  @Test
  void recordsThatFailLeaveTheOthers() {
    org.lockLeads("");
    String first = org.lead("");
    String locked = org.lead("");
    org.lock(locked);
    Answer answer =
        api.post(
                LEADS,
                json("'data':[{'City':'Rome'}],'ids':['" + first + "','1','" + locked + "']"))
            .hasStatus(207);
    answer.rowIsError(1, "INVALID_DATA", "the id given seems to be invalid", "{\"id\":\"1\"}");
    answer.rowIsError(
        2,
        "RECORD_LOCKED",
        "Sorry, you cannot perform this operation as the record is locked.",
        "{\"action\":\"record_locking\",\"id\":\"" + locked + "\"}");
    assertThat(org.value(first, "City")).isEqualTo("Rome");
    assertThat(org.value(locked, "City")).isEmpty();
  }

  @Test
  void valuesOfMultiSelectFieldsJoinThoseThatAreThere() {
    api.post(
            "/crm/v8/settings/fields?module=Leads",
            json(
                "'fields':[{'field_label':'Tongues','data_type':'multiselectpicklist',"
                    + "'pick_list_values':[{'display_value':'a','actual_value':'a'},"
                    + "{'display_value':'b','actual_value':'b'},{'display_value':'c','actual_value':'c'}]}]"))
        .hasStatus(201);
    String some = org.lead("'Tongues':['b','a']");
    String none = org.lead("");
    String ids = "'ids':['" + some + "','" + none + "']";
    api.post(LEADS, json("'data':[{'Tongues':['c','b']}]," + ids)).hasStatus(200);
    assertThat(org.record(some).path("Tongues").toString()).isEqualTo("[\"b\",\"a\",\"c\"]");
    assertThat(org.record(none).path("Tongues").toString()).isEqualTo("[\"c\",\"b\"]");
    api.post(LEADS, json("'over_write':true,'data':[{'Tongues':['c']}]," + ids)).hasStatus(200);
    assertThat(org.record(some).path("Tongues").toString()).isEqualTo("[\"c\"]");
  }

  @Test
  void recordsOfAViewAreUpdatedByAJob() {
    org.lockLeads("");
    String view = org.cityView("Oslo");
    String first = org.lead("'City':'Oslo'");
    String second = org.lead("'City':'Oslo'");
    String locked = org.lead("'City':'Oslo'");
    org.lock(locked);
    String other = org.lead("'City':'Bergen'");
    Answer answer =
        api.post(LEADS, json("'data':[{'City':'Rome'}],'cvid':'" + view + "'")).hasStatus(200);
    assertThat(answer.at("/data/0/message").asString())
        .isEqualTo("mass update scheduled successfully");
    String job = answer.at("/data/0/details/job_id").asString();
    status(job, "SCHEDULED", 0, 0, 3, 3);
    api.post(LEADS, json("'data':[{'City':'Paris'}],'cvid':'" + view + "'"))
        .isError(
            400,
            "ALREADY_SCHEDULED",
            "Already a Mass Action scheduler is running for the given cvid",
            "{\"api_name\":\"cvid\"}");
    String late = org.lead("'City':'Oslo'");
    org.runJobs();
    status(job, "COMPLETED", 1, 2, 0, 3);
    assertThat(org.value(first, "City")).isEqualTo("Rome");
    assertThat(org.value(second, "City")).isEqualTo("Rome");
    assertThat(org.value(locked, "City")).isEqualTo("Oslo");
    assertThat(org.value(other, "City")).isEqualTo("Bergen");
    assertThat(org.value(late, "City")).isEqualTo("Oslo");
    api.get("/crm/v8/Contacts/actions/mass_update?job_id=" + job)
        .isError(
            400,
            "INVALID_DATA",
            "The jobid given seems to be invalid",
            "{\"param_name\":\"job_id\"}");
  }

  @Test
  void aJobThatCanChangeNothingHasFailed() {
    org.lockLeads("");
    String view = org.cityView("Oslo");
    String locked = org.lead("'City':'Oslo'");
    String gone = org.lead("'City':'Oslo'");
    org.lock(locked);
    String job =
        api.post(LEADS, json("'data':[{'City':'Rome'}],'cvid':'" + view + "'"))
            .hasStatus(200)
            .at("/data/0/details/job_id")
            .asString();
    api.delete("/crm/v8/Leads/" + gone).hasStatus(200);
    org.runJobs();
    status(job, "FAILED", 2, 0, 0, 2);
  }

  @Test
  void aPermissionThatIsGoneMeanwhileStopsTheJob() {
    String view = org.cityView("Oslo");
    String lead = org.lead("'City':'Oslo'");
    String job =
        api.post(LEADS, json("'data':[{'City':'Rome'}],'cvid':'" + view + "'"))
            .at("/data/0/details/job_id")
            .asString();
    TestUsers.refuse(org.org(), "Administrator", "Crm_Implied_Edit_Leads");
    org.runJobs();
    status(job, "FAILED", 1, 0, 0, 1);
    assertThat(org.value(lead, "City")).isEqualTo("Oslo");
  }

  @Test
  void whatIsWrongWithTheFields() {
    String lead = org.lead("");
    String ids = ",'ids':['" + lead + "']";
    row(post("'data':[{}]" + ids), "No field found", "{}");
    row(
        post("'data':[{'City':'a','Company':'b'}]" + ids),
        "Max field limit exceeded",
        "{\"limit\":1}");
    for (String field : new String[] {"Email", "Layout", "Nothing", "Last_Name", "Created_Time"}) {
      row(
          post("'data':[{'" + field + "':'x'}]" + ids),
          "This field cannot be updated in the Mass Update",
          "{\"api_name\":\"" + field + "\",\"json_path\":\"$.data[0]." + field + "\"}");
    }
    post(ids.substring(1))
        .hasStatus(400)
        .rowIsError(0, "MANDATORY_NOT_FOUND", "required field not found", "{}");
    post("'data':[{'No_of_Employees':'many'}]" + ids)
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
    post("'data':[{'No_of_Employees':'many'}],'cvid':'" + org.cityView("Oslo") + "'")
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
    post("'data':[1]" + ids).hasStatus(400);
    post("'data':5" + ids).hasStatus(400);
    assertThat(org.value(lead, "City")).isEmpty();
  }

  @Test
  void dealsHaveThreeFields() {
    String deal =
        api.post(
                "/crm/v8/Deals",
                json(
                    "'data':[{'Deal_Name':'D','Stage':'Qualification','Pipeline':'Standard (Standard)'}]"))
            .hasStatus(201)
            .savedId(0);
    String layout = api.get("/crm/v8/Deals/" + deal).at("/data/0/Layout/id").asString();
    api.post(
            "/crm/v8/Deals/actions/mass_update",
            json(
                "'data':[{'Stage':'Closed Won','Pipeline':'Standard (Standard)','Layout':{'id':'"
                    + layout
                    + "'}}],'ids':['"
                    + deal
                    + "']"))
        .hasStatus(200);
    Answer now = api.get("/crm/v8/Deals/" + deal);
    assertThat(now.at("/data/0/Stage").asString()).isEqualTo("Closed Won");
    assertThat(now.at("/data/0/Probability").asInt()).isEqualTo(100);
  }

  @Test
  void whatIsWrongWithTheRecords() {
    String data = "'data':[{'City':'Rome'}]";
    post(data).hasStatus(400).hasCode("", "MANDATORY_NOT_FOUND");
    post(data + ",'ids':'1'").hasStatus(400).hasCode("", "INVALID_DATA");
    post(data + ",'ids':['x']")
        .isError(
            400,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"ids\",\"json_path\":\"$.ids[0]\",\"id\":\"x\"}");
    post(data + ",'ids':['1'],'cvid':'1'")
        .hasStatus(400)
        .hasCode("", "AMBIGUITY_DURING_PROCESSING");
    post(data + ",'cvid':'17'")
        .isError(
            400,
            "INVALID_DATA",
            "the cvid given seems to be invalid",
            "{\"api_name\":\"cvid\",\"json_path\":\"$.cvid\",\"id\":\"17\"}");
    post(data + ",'cvid':'x'").hasStatus(400).hasCode("", "INVALID_DATA");
    String view = org.cityView("Nowhere");
    post(data + ",'cvid':'" + view + "'")
        .isError(400, "NO_RECORDS_FOUND", "no record found to update", "{}");
    post(data + ",'cvid':'" + view + "','territory':{'id':'5'}")
        .isError(
            400,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"id\",\"json_path\":\"$.territory.id\"}");
    post(data + ",'ids':['1'],'territory':{'id':'5'}")
        .hasStatus(400)
        .hasCode("", "DEPENDENT_FIELD_MISSING");
    post(data + ",'over_write':3,'ids':['1']").hasStatus(400);
    var many = new StringBuilder("'1'");
    for (int i = 0; i < 500; i++) {
      many.append(",'").append(i + 2).append("'");
    }
    post(data + ",'ids':[" + many + "]").hasStatus(400).hasCode("", "LIMIT_EXCEEDED");
    api.post("/crm/v8/Notes/actions/mass_update", json(data + ",'ids':['1']"))
        .isError(
            400,
            "NOT_SUPPORTED",
            "Mass update is not supported for this module",
            "{\"resource_path_index\":0}");
    api.post("/crm/v8/Nonsense/actions/mass_update", json(data))
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"resource_path_index\":0}");
    api.get(LEADS)
        .isError(
            400, "MANDATORY_NOT_FOUND", "mandatory param missing", "{\"param_name\":\"job_id\"}");
    for (String id : new String[] {"7", "x"}) {
      api.get(LEADS + "?job_id=" + id).hasStatus(400).hasCode("", "INVALID_DATA");
    }
  }

  @Test
  void whoMay() {
    String body = json("'data':[{'City':'Rome'}],'ids':['1']");
    org.org()
        .api(TestUsers.standard(org.org(), "s@example.com"), TestOrg.ALL_SCOPES)
        .post(LEADS, body)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Mass_Update_Leads\"]}");
    long admin = org.org().adminId();
    org.org().api(admin, "ZohoCRM.mass_update.contacts.UPDATE").post(LEADS, body).hasStatus(401);
    org.org().api(admin, "ZohoCRM.mass_update.leads.UPDATE").post(LEADS, body).hasStatus(400);
  }

  private Answer post(String body) {
    return api.post(LEADS, json(body));
  }

  private static void row(Answer answer, String message, String details) {
    answer.hasStatus(400).rowIsError(0, "INVALID_DATA", message, details);
  }

  private void status(String job, String word, int failed, int updated, int not, int total) {
    assertThat(api.get(LEADS + "?job_id=" + job).hasStatus(200).at("/data/0").toString())
        .isEqualTo(
            "{\"Status\":\""
                + word
                + "\",\"Failed_Count\":"
                + failed
                + ",\"Updated_Count\":"
                + updated
                + ",\"Not_Updated_Count\":"
                + not
                + ",\"Total_Count\":"
                + total
                + "}");
  }

  private static String json(String keys) {
    return ("{" + keys + "}").replace('\'', '"');
  }
}
