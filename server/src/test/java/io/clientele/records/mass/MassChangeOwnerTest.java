package io.clientele.records.mass;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** References: Mass Change Owner, Mass Change Owner Status. */
@Proves({
  "POST /crm/{version}/{module}/actions/mass_change_owner",
  "GET /crm/{version}/{module}/actions/mass_change_owner"
})
class MassChangeOwnerTest {
  private static final String LEADS = "/crm/v8/Leads/actions/mass_change_owner";

  private final MassOrg org = new MassOrg();
  private final Api api = org.api();

  @Test
  void theRecordsOfAViewThatFitGetTheOwner() {
    org.lockLeads(",'restricted_actions':['change_owner']");
    long user = TestUsers.standard(org.org(), "new@example.com");
    String view = org.cityView("Oslo");
    String first = org.lead("'City':'Oslo','Company':'A'");
    String locked = org.lead("'City':'Oslo','Company':'A'");
    String unfit = org.lead("'City':'Oslo','Company':'B'");
    org.lock(locked);
    Answer answer =
        post(
                view,
                user,
                ",'criteria':{'field':{'api_name':'Company'},'comparator':'equal','value':'A'}")
            .hasStatus(202);
    assertThat(answer.at("/data/0/code").asString()).isEqualTo("SCHEDULED");
    assertThat(answer.at("/data/0/message").asString())
        .isEqualTo("change owner is successfully scheduled");
    String job = answer.at("/data/0/details/job_id").asString();
    org.runJobs();
    assertThat(api.get(LEADS + "?job_id=" + job).hasStatus(200).at("/data/0").toString())
        .isEqualTo(
            "{\"Status\":\"COMPLETED\",\"Failed_Count\":1,\"Updated_Count\":1,"
                + "\"Not_Updated_Count\":0,\"Total_Count\":2}");
    assertThat(org.record(first).at("/Owner/id").asString()).isEqualTo("" + user);
    assertThat(org.record(locked).at("/Owner/id").asString()).isEqualTo("" + org.org().adminId());
    assertThat(org.record(unfit).at("/Owner/id").asString()).isEqualTo("" + org.org().adminId());
    api.get("/crm/v8/Deals/actions/mass_change_owner?job_id=" + job)
        .isError(404, "NOT_FOUND", "The specified job does not belong to this module", "{}");
  }

  @Test
  void whatIsWrong() {
    String view = org.cityView("Oslo");
    long user = TestUsers.standard(org.org(), "new@example.com");
    org.lead("'City':'Oslo'");
    api.post(LEADS, MassOrg.json("'owner':{'id':'" + user + "'}"))
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"cvid\",\"json_path\":\"$.cvid\"}");
    api.post(LEADS, MassOrg.json("'cvid':'" + view + "'"))
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"owner\",\"json_path\":\"$.owner\"}");
    api.post(LEADS, MassOrg.json("'owner':5,'cvid':'" + view + "'")).hasStatus(400);
    api.post(LEADS, MassOrg.json("'owner':{},'cvid':'" + view + "'")).hasStatus(400);
    owner(view, 5, "not_crm_user");
    owner(view, other("inactive"), "inactive");
    owner(view, other("deleted"), "deleted");
    post("7", user, "").hasStatus(400).hasCode("", "INVALID_DATA");
    post(view, user, ",'criteria':{}").hasStatus(400).hasCode("", "EXPECTED_FIELD_MISSING");
    post(view, user, ",'criteria':1").hasStatus(400).hasCode("", "INVALID_DATA");
    post(view, user, ",'criteria':{'field':{'api_name':'City'},'comparator':'equal'}")
        .hasStatus(400)
        .hasCode("", "DEPENDENT_FIELD_MISSING");
    post(
            view,
            user,
            ",'criteria':{'field':{'api_name':'No_of_Employees'},'comparator':'equal','value':'x'}")
        .hasStatus(400);
    String one = "{'field':{'api_name':'City'},'comparator':'equal','value':'x'}";
    post(
            view,
            user,
            ",'criteria':{'group_operator':'and','group':["
                + String.join(",", java.util.Collections.nCopies(25, one))
                + "]}")
        .isError(
            400,
            "COMBINED_CRITERIA_LIMIT_EXCEEDED",
            "Given CVID has more than 25 criteria, so change owner not done.",
            "{\"limit\":25}");
    post(view, user, ",'territory':{'id':'1'}").hasStatus(400);
    api.get(LEADS)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "Required parameter is missing",
            "{\"param_name\":\"job_id\"}");
    api.get(LEADS + "?job_id=5").hasStatus(204);
    TestUsers.refuse(org.org(), "Standard", "Crm_Implied_Mass_Transfer_Leads");
    org.org()
        .api(user, TestOrg.ALL_SCOPES)
        .post(LEADS, "{}")
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Mass_Transfer_Leads\"]}");
    TestUsers.refuse(org.org(), "Standard", "Crm_Implied_View_Leads");
    post(view, user, "").hasStatus(403).hasCode("", "CANNOT_ASSIGN");
  }

  private long other(String status) {
    return TestUsers.create(org.org(), status + "@example.com", "Standard", status, true);
  }

  private void owner(String view, long user, String status) {
    post(view, user, "")
        .isError(
            400,
            "INVALID_DATA",
            "Invalid data provided",
            "{\"api_name\":\"owner\",\"json_path\":\"$.owner.id\",\"owner_status\":\""
                + status
                + "\"}");
  }

  private Answer post(String view, long owner, String more) {
    return api.post(
        LEADS, MassOrg.json("'cvid':'" + view + "','owner':{'id':'" + owner + "'}" + more));
  }
}
