package io.clientele.records.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many leads at once. References: Mass Convert Lead, Mass Convert Lead Status. */
@Proves({
  "POST /crm/{version}/Leads/actions/mass_convert",
  "GET /crm/{version}/Leads/actions/mass_convert"
})
class MassConvertTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String PATH = "/crm/v8/Leads/actions/mass_convert";
  private static final String SCOPES =
      TestOrg.ALL_SCOPES + ",ZohoCRM.mass_convert.leads.CREATE,ZohoCRM.mass_convert.leads.READ";

  private final Api api = ORG.api(ORG.adminId(), SCOPES);

  @Test
  void aJobConvertsThem() {
    long user = TestUsers.standard(ORG, "assigned@example.com");
    String first = lead("\"Last_Name\":\"One\",\"Company\":\"M1\",\"Tag\":[{\"name\":\"vip\"}]");
    String second = lead("\"Last_Name\":\"Two\"");
    String third = lead("\"Last_Name\":\"Three\"");
    String task =
        api.post(
                "/crm/v8/Tasks",
                "{\"data\":[{\"Subject\":\"T\",\"What_Id\":\"%s\",\"$se_module\":\"Leads\"}]}"
                    .formatted(first))
            .savedId(0);
    Answer scheduled =
        api.post(
                PATH,
                "{\"ids\":[\"%s\",%s,\"%s\"],\"assign_to\":{\"id\":\"%d\"},\"carry_over_tags\":[%s],\"related_modules\":[%s],\"move_attachments_to\":%s,\"Deals\":{\"Deal_Name\":\"Mass\",\"Stage\":\"Qualification\",\"Closing_Date\":\"2027-01-01\"}}"
                    .formatted(
                        first,
                        second,
                        third,
                        user,
                        module("Contacts"),
                        module("Tasks"),
                        module("Contacts")))
            .hasStatus(202);
    assertThat(scheduled.at("/code").asString()).isEqualTo("SCHEDULED");
    assertThat(scheduled.at("/message").asString())
        .isEqualTo("Mass Convert scheduled successfully");
    String job = scheduled.at("/details/job_id").asString();
    counts(job, "scheduled", 3, 0, 3, 0);
    api.delete("/crm/v8/Leads/" + third).hasStatus(200);
    ORG.server().installation().jobs().runDue(ORG.orgId());
    counts(job, "completed", 3, 2, 0, 1);
    JsonNode lead = api.get("/crm/v8/Leads/" + first).at("/data/0");
    assertThat(lead.path("Converted__s").asBoolean()).isTrue();
    String contact = lead.at("/Converted_Contact/id").asString();
    JsonNode made = api.get("/crm/v8/Contacts/" + contact).at("/data/0");
    assertThat(made.at("/Owner/id").asString()).isEqualTo(Long.toString(user));
    assertThat(made.at("/Tag/0/name").asString()).isEqualTo("vip");
    JsonNode moved = api.get("/crm/v8/Tasks/" + task).at("/data/0");
    assertThat(moved.at("/Owner/id").asString()).isEqualTo(Long.toString(user));
    assertThat(moved.at("/Who_Id/id").asString()).isEqualTo(contact);
    assertThat(api.get("/crm/v8/Leads/" + second).at("/data/0/Converted_Deal/name").asString())
        .isEqualTo("Mass");
  }

  @Test
  void aJobThatConvertsNoneFailed() {
    String lead = lead("\"Last_Name\":\"Done\"");
    api.post("/crm/v8/Leads/" + lead + "/actions/convert", "{\"data\":[{}]}").hasStatus(200);
    String job = api.post(PATH, "{\"ids\":[\"" + lead + "\"]}").at("/details/job_id").asString();
    ORG.server().installation().jobs().runDue(ORG.orgId());
    counts(job, "failed", 1, 0, 0, 1);
  }

  @Test
  void wrongRequestsAreRefused() {
    String lead = lead("\"Last_Name\":\"Wrong\"");
    String ids = "\"ids\":[\"" + lead + "\"]";
    error("{}", "MANDATORY_NOT_FOUND", "required field not found", at("ids", "$.ids"));
    error("{\"ids\":[]}", "MANDATORY_NOT_FOUND", "required field not found", at("ids", "$.ids"));
    error(
        "{\"ids\":[\"x\"]}",
        "INVALID_DATA",
        "invalid data",
        "{\"expected_data_type\":\"long\",\"api_name\":\"ids\",\"json_path\":\"$.ids[0]\"}");
    error(
        "{\"ids\":[\"%s\",\"123\"]}".formatted(lead),
        "INVALID_DATA",
        "invalid data",
        at("ids", "$.ids[1]"));
    error(
        "{\"ids\":["
            + IntStream.range(0, 51).mapToObj(Integer::toString).collect(Collectors.joining(","))
            + "]}",
        "LIMIT_EXCEEDED",
        "Limit exceeded for mass convert",
        "{\"limit\":50,\"limit_due_to\":[{\"api_name\":\"ids\",\"json_path\":\"$.ids\"}]}");
    error(
        "{" + ids + ",\"Deals\":{}}",
        "MANDATORY_NOT_FOUND",
        "required field missing",
        at("Deal_Name", "$.Deals.Deal_Name"));
    error(
        "{" + ids + ",\"assign_to\":{\"id\":\"123\"}}",
        "INVALID_DATA",
        "Given assignee param does not match",
        at("id", "$.assignee.id"));
    error(
        "{" + ids + ",\"portal_user_type\":{\"id\":\"123\"}}",
        "INVALID_DATA",
        "invalid data",
        at("id", "$.portal_user_type.id"));
    error(
        "{" + ids + ",\"apply_assignment_threshold\":\"x\"}",
        "INVALID_DATA",
        "invalid data",
        at("apply_assignment_threshold", "$.apply_assignment_threshold"));
    String places =
        "[{\"api_name\":\"id\",\"json_path\":\"$.related_modules[0].id\"},{\"api_name\":\"api_name\",\"json_path\":\"$.related_modules[0].api_name\"}]";
    error(
        "{" + ids + ",\"related_modules\":[{}]}",
        "EXPECTED_FIELD_MISSING",
        "Specify Atleast one field",
        "{\"expected_fields\":" + places + "}");
    error(
        "{%s,\"related_modules\":[{\"api_name\":\"Tasks\",\"id\":\"%d\"}]}"
            .formatted(ids, ORG.metadata().get("Calls").id()),
        "AMBIGUITY_DURING_PROCESSING",
        "two modules are different",
        "{\"ambiguity_due_to\":" + places + "}");
    error(
        "{" + ids + ",\"carry_over_tags\":[{\"api_name\":\"Tasks\"}]}",
        "INVALID_DATA",
        "invalid data",
        at("api_name", "$.carry_over_tags[0].api_name"));
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Converted__s").asBoolean()).isFalse();
  }

  @Test
  void jobsAndPermissionsAreChecked() {
    api.get(PATH)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "job_id is required.",
            "{\"param\":\"job_id\",\"json_path\":\"$.job_id\"}");
    for (String job : new String[] {"123", "x"}) {
      api.get(PATH + "?job_id=" + job)
          .isError(
              400,
              "INVALID_DATA",
              "The jobid given seems to be invalid",
              "{\"param_name\":\"job_id\"}");
    }
    ORG.api(ORG.adminId(), "ZohoCRM.modules.ALL")
        .post(PATH, "{}")
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
  }

  private void counts(String job, String status, int total, int converted, int left, int failed) {
    JsonNode counts = api.get(PATH + "?job_id=" + job).hasStatus(200).at("/data/0");
    assertThat(counts.path("Status").asString()).isEqualTo(status);
    assertThat(counts.path("Total_Count").asInt()).isEqualTo(total);
    assertThat(counts.path("Converted_Count").asInt()).isEqualTo(converted);
    assertThat(counts.path("Not_Converted_Count").asInt()).isEqualTo(left);
    assertThat(counts.path("Failed_Count").asInt()).isEqualTo(failed);
  }

  private void error(String body, String code, String message, String details) {
    api.post(PATH, body).isError(400, code, message, details);
  }

  private static String at(String name, String path) {
    return "{\"api_name\":\"%s\",\"json_path\":\"%s\"}".formatted(name, path);
  }

  private static String module(String name) {
    return "{\"api_name\":\"%s\",\"id\":\"%d\"}".formatted(name, ORG.metadata().get(name).id());
  }

  private String lead(String values) {
    return api.post("/crm/v8/Leads", "{\"data\":[{" + values + "}]}").hasStatus(201).savedId(0);
  }
}
