package io.clientele.jobs.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** The jobs of an org in one place, and how they are stopped. */
@Proves({
  "GET /clientele/v1/jobs",
  "GET /clientele/v1/jobs/{id}",
  "POST /clientele/v1/jobs/{id}/actions/cancel"
})
class JobRoutesTest {
  private static final String JOBS = "/clientele/v1/jobs";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void aJobIsSeenWithHowFarItIsAndCancelled() {
    api.get(JOBS).hasStatus(204);
    api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Doe\"}]}").hasStatus(201);
    String id = read();
    Answer before = api.get(JOBS + "/" + id).hasStatus(200);
    assertThat(before.at("/jobs/0/kind").asString()).isEqualTo("bulk_read");
    assertThat(before.at("/jobs/0/status").asString()).isEqualTo("scheduled");
    assertThat(before.at("/jobs/0/cancellable").asBoolean()).isTrue();
    assertThat(api.get(JOBS).at("/jobs/0/id").asString()).isEqualTo(id);
    Answer after = api.post(JOBS + "/" + id + "/actions/cancel", "").hasStatus(200);
    assertThat(after.at("/jobs/0/status").asString()).isEqualTo("cancelled");
    assertThat(after.at("/jobs/0/finished_time").isNull()).isFalse();
    org.server().installation().jobs().runDue(org.orgId());
    assertThat(api.get("/crm/bulk/v8/read/" + id).at("/data/0/state").asString())
        .isEqualTo("FAILURE");
    api.post(JOBS + "/" + id + "/actions/cancel", "").hasStatus(400).hasCode("", "CANNOT_PROCESS");
  }

  @Test
  void onesOwnJobsAreSeenAndThoseOfOthersOnlyByAdministrators() {
    Api user = org.api(TestUsers.standard(org, "user@example.com"), TestOrg.ALL_SCOPES);
    String id = read();
    user.get(JOBS).hasStatus(204);
    user.get(JOBS + "/" + id).hasStatus(404);
    user.post(JOBS + "/" + id + "/actions/cancel", "").hasStatus(404);
    api.get(JOBS + "/1").hasStatus(404).hasCode("", "RESOURCE_NOT_FOUND");
    api.get(JOBS + "/x").hasStatus(404);
    org.api(org.adminId(), "ZohoCRM.modules.ALL").get(JOBS).hasStatus(401);
  }

  private String read() {
    return api.post(
            "/crm/bulk/v8/read",
            "{\"query\":{\"module\":{\"api_name\":\"Leads\"},\"fields\":[\"Last_Name\"]}}")
        .hasStatus(201)
        .at("/data/0/details/id")
        .asString();
  }
}
