package io.clientele.records.mass;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** References: Mass Delete Records, Mass Delete Status. */
@Proves({
  "POST /crm/{version}/{module}/actions/mass_delete",
  "GET /crm/{version}/{module}/actions/mass_delete"
})
class MassDeleteTest {
  private static final String LEADS = "/crm/v8/Leads/actions/mass_delete";

  private final MassOrg org = new MassOrg();
  private final Api api = org.api();

  @Test
  void recordsAreDeletedByTheirIds() {
    org.lockLeads(",'restricted_actions':['delete']");
    String first = org.lead("");
    String locked = org.lead("");
    org.lock(locked);
    Answer answer =
        api.post(LEADS, MassOrg.json("'ids':['" + first + "','" + locked + "','3']"))
            .hasStatus(207);
    assertThat(answer.at("/data/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + first
                + "\"},\"message\":\"record is deleted\",\"status\":\"success\"}");
    answer.rowIsError(
        1, "INVALID_DATA", "Record locked or invalid permissions", "{\"id\":\"" + locked + "\"}");
    answer.rowIsError(2, "INVALID_DATA", "the id given seems to be invalid", "{\"id\":\"3\"}");
    api.get("/crm/v8/Leads/" + first).hasStatus(204);
    api.get("/crm/v8/Leads/" + locked).hasStatus(200);
    api.post(LEADS, MassOrg.json("'ids':['" + locked + "']")).hasStatus(400);
  }

  @Test
  void recordsOfAViewAreDeletedByAJobInSeveralBatches() {
    String view = org.cityView("Oslo");
    for (int i = 0; i < 12; i++) {
      String rows =
          IntStream.range(0, 100)
              .mapToObj(n -> "{'Last_Name':'L','City':'Oslo'}")
              .collect(Collectors.joining(","));
      api.post("/crm/v8/Leads", MassOrg.json("'data':[" + rows + "]")).hasStatus(201);
    }
    String other = org.lead("'City':'Rome'");
    Answer answer = api.post(LEADS, MassOrg.json("'cvid':'" + view + "'")).hasStatus(200);
    assertThat(answer.at("/data/0/message").asString())
        .isEqualTo("mass delete scheduled successfully");
    String job = answer.at("/data/0/details/job_id").asString();
    status(job, "SCHEDULED", 0);
    api.post(LEADS, MassOrg.json("'cvid':'" + view + "'"))
        .hasStatus(400)
        .hasCode("", "ALREADY_SCHEDULED");
    org.runJobs();
    status(job, "COMPLETED", 1200);
    api.get("/crm/v8/Leads?fields=Last_Name&cvid=" + view).hasStatus(204);
    api.get("/crm/v8/Leads/" + other).hasStatus(200);
    api.post(LEADS, MassOrg.json("'cvid':'" + view + "'"))
        .isError(400, "NO_RECORDS_FOUND", "no record found to update", "{}");
  }

  @Test
  void whatIsWrong() {
    api.post(LEADS, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"ids\",\"expected_data_type\":\"jsonarray\"}");
    api.post(LEADS, "{\"cvid\":\"5\"}")
        .isError(
            400,
            "INVALID_DATA",
            "the cvid given seems to be invalid",
            "{\"api_name\":\"cvid\",\"json_path\":\"$.cvid\",\"id\":\"5\"}");
    api.post(LEADS, "{\"ids\":[{}]}").hasStatus(400).hasCode("", "INVALID_DATA");
    api.post(LEADS, "{\"ids\":[]}").hasStatus(400).hasCode("", "MANDATORY_NOT_FOUND");
    api.post("/crm/v8/Notes/actions/mass_delete", "{\"ids\":[\"1\"]}")
        .isError(
            400,
            "NOT_SUPPORTED",
            "Mass delete is not supported for this module",
            "{\"resource_path_index\":0}");
    api.get(LEADS)
        .isError(
            400, "MANDATORY_NOT_FOUND", "mandatory param missing", "{\"param_name\":\"job_id\"}");
    api.get(LEADS + "?job_id=9")
        .isError(
            400,
            "INVALID_DATA",
            "The jobid given seems to be invalid",
            "{\"param_name\":\"job_id\"}");
    TestUsers.refuse(org.org(), "Standard", "Crm_Implied_Mass_Delete_Leads");
    org.org()
        .api(TestUsers.standard(org.org(), "s@example.com"), TestOrg.ALL_SCOPES)
        .post(LEADS, "{\"ids\":[\"1\"]}")
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Mass_Delete_Leads\"]}");
    org.org()
        .api(org.org().adminId(), "ZohoCRM.mass_delete.READ")
        .post(LEADS, "{\"ids\":[\"1\"]}")
        .hasStatus(401);
  }

  private void status(String job, String word, int deleted) {
    assertThat(api.get(LEADS + "?job_id=" + job).hasStatus(200).at("/data/0").toString())
        .isEqualTo(
            "{\"Status\":\""
                + word
                + "\",\"Failed_Count\":0,\"Deleted_Count\":"
                + deleted
                + ",\"Total_Count\":1200}");
  }
}
