package io.clientele.metadata.tags;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many tags deleted at once. Reference: Mass Delete Tags, Mass Delete Tags Status. */
@Proves({
  "POST /crm/{version}/settings/tags/actions/mass_delete",
  "GET /crm/{version}/settings/tags/actions/mass_delete"
})
class MassDeleteTagsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String TAGS = "/crm/v8/settings/tags";
  private static final String PATH = TAGS + "/actions/mass_delete";

  private final Api api = ORG.api();

  @Test
  void tagsAreDeletedAndTheJobTellsIt() {
    String first = create("Leads", "First");
    String second = create("Leads", "Second");
    String third = create("Leads", "Third");
    String lead =
        api.post(
                "/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\",\"Tag\":[\"First\",\"Third\"]}]}")
            .savedId(0);
    Answer answer = api.post(PATH, body("Leads", first, second)).hasStatus(202);
    assertThat(answer.at("/code").asString()).isEqualTo("SCHEDULED");
    assertThat(answer.at("/message").asString()).isEqualTo("tags scheduled successfully");
    assertThat(answer.at("/status").asString()).isEqualTo("success");
    String job = answer.at("/details/job_id").asString();

    Answer status = api.get(PATH + "?job_id=" + job).hasStatus(200);
    Shape.of(
            """
            job_id: id, status: text, created_time: time, total_count: integer,
            failed_count: integer, deleted_count: integer""")
        .check(status.at("/mass_delete/0"));
    assertThat(status.at("/mass_delete/0/job_id").asString()).isEqualTo(job);
    assertThat(status.at("/mass_delete/0/status").asString()).isEqualTo("COMPLETED");
    assertThat(status.at("/mass_delete/0/total_count").asInt()).isEqualTo(2);
    assertThat(status.at("/mass_delete/0/failed_count").asInt()).isZero();
    assertThat(status.at("/mass_delete/0/deleted_count").asInt()).isEqualTo(2);

    assertThat(api.get(TAGS + "?module=Leads").at("/tags/0/id").asString()).isEqualTo(third);
    assertThat(api.get(TAGS + "?module=Leads").at("/info/count").asInt()).isEqualTo(1);
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Tag").size()).isEqualTo(1);
    api.post(PATH, body("Leads", first))
        .isError(400, "INVALID_DATA", "tags not found", at("id", "[0].tags[0].id"));
  }

  @Test
  void wrongBodiesDeleteNothing() {
    String tag = create("Deals", "Stays");
    String module = "\"module\":{\"id\":\"" + moduleId("Deals") + "\",\"api_name\":\"Deals\"}";
    String tags = "\"tags\":[{\"id\":\"" + tag + "\"}]";
    missing("{}", at("mass_delete", ""));
    missing(wrap("{" + module + "}"), at("tags", "[0].tags"));
    missing(wrap("{" + tags + "}"), at("module", "[0].module"));
    missing(wrap("{" + module + ",\"tags\":[{}]}"), at("id", "[0].tags[0].id"));
    missing(wrap("{\"module\":{\"api_name\":\"Deals\"}," + tags + "}"), at("id", "[0].module.id"));
    missing(
        wrap("{\"module\":{\"id\":\"" + moduleId("Deals") + "\"}," + tags + "}"),
        at("api_name", "[0].module.api_name"));
    invalid("{\"mass_delete\":[]}", "invalid data", at("mass_delete", ""));
    invalid(
        "{\"mass_delete\":[{},{}]}",
        "invalid data",
        at("mass_delete", "").replace("{", "{\"maximum_length\":1,"));
    invalid(
        "{\"mass_delete\":{}}",
        "invalid data",
        at("mass_delete", "").replace("{", "{\"expected_data_type\":\"jsonarray\","));
    invalid(
        wrap("{\"module\":5," + tags + "}"),
        "invalid data",
        at("module", "[0].module").replace("{", "{\"expected_data_type\":\"jsonobject\","));
    invalid(
        wrap("{" + module + ",\"tags\":{}}"),
        "invalid data",
        at("tags", "[0].tags").replace("{", "{\"expected_data_type\":\"jsonarray\","));
    invalid(wrap("{" + module + ",\"tags\":[]}"), "invalid data", at("tags", "[0].tags"));
    invalid(
        wrap("{" + module + ",\"tags\":[" + "{\"id\":\"1\"},".repeat(200) + "{\"id\":\"1\"}]}"),
        "invalid data",
        at("tags", "[0].tags").replace("{", "{\"maximum_length\":200,"));
    invalid(body("Deals", tag, "1"), "tags not found", at("id", "[0].tags[1].id"));
    invalid(body("Contacts", tag), "one of the tags seems not found.", at("id", "[0].tags[0].id"));
    invalid(
        wrap("{\"module\":{\"id\":\"1\",\"api_name\":\"Nothing\"}," + tags + "}"),
        "invalid data",
        at("api_name", "[0].module.api_name"));
    assertThat(api.get(TAGS + "?module=Deals").at("/tags/0/id").asString()).isEqualTo(tag);
  }

  @Test
  void aModuleHasOneNameAndId() {
    String tag = create("Accounts", "Tag");
    api.post(
            PATH,
            wrap(
                "{\"module\":{\"id\":\""
                    + moduleId("Leads")
                    + "\",\"api_name\":\"Accounts\"},\"tags\":[{\"id\":\""
                    + tag
                    + "\"}]}"))
        .isError(
            400,
            "AMBIGUITY_DURING_PROCESSING",
            "ambiguous module identifiers",
            """
            {"ambiguity_due_to":[
              {"api_name":"id","json_path":"$.mass_delete[0].module.id"},
              {"api_name":"api_name","json_path":"$.mass_delete[0].module.api_name"}]}""");
  }

  @Test
  void jobsAreAskedForById() {
    api.get(PATH)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"job_id\"}");
    api.get(PATH + "?job_id=null")
        .hasStatus(400)
        .itemIsError("mass_delete", 0, "INVALID_DATA", "invalid data", "{\"job_id\":\"null\"}");
    api.get(PATH + "?job_id=999999999999999999")
        .hasStatus(400)
        .itemIsError(
            "mass_delete",
            0,
            "INVALID_DATA",
            "job details not found",
            "{\"job_id\":\"999999999999999999\"}");
  }

  @Test
  void massDeletingNeedsThePermissionOfTheModule() {
    String tag = create("Invoices", "Tag");
    String job =
        api.post(PATH, body("Invoices", create("Invoices", "Gone")))
            .at("/details/job_id")
            .asString();
    long user = TestUsers.standard(ORG, "mass@example.com");
    TestUsers.refuse(ORG, "Standard", "Crm_Implied_Tags_Invoices");
    Api other = ORG.api(user, TestOrg.ALL_SCOPES);
    for (Answer answer :
        List.of(other.post(PATH, body("Invoices", tag)), other.get(PATH + "?job_id=" + job))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Tags_Invoices\",\"Crm_Implied_Edit_Invoices\"]}");
    }
    ORG.api(ORG.adminId(), "ZohoCRM.settings.tags.READ")
        .post(PATH, body("Invoices", tag))
        .hasStatus(401);
  }

  private void missing(String body, String details) {
    api.post(PATH, body).isError(400, "MANDATORY_NOT_FOUND", "required field not found", details);
  }

  private void invalid(String body, String message, String details) {
    api.post(PATH, body).isError(400, "INVALID_DATA", message, details);
  }

  private static String at(String name, String path) {
    return "{\"api_name\":\"" + name + "\",\"json_path\":\"$.mass_delete" + path + "\"}";
  }

  private static String wrap(String item) {
    return "{\"mass_delete\":[" + item + "]}";
  }

  private static String body(String module, String... ids) {
    String tags = String.join("\"},{\"id\":\"", ids);
    return wrap(
        "{\"module\":{\"id\":\""
            + moduleId(module)
            + "\",\"api_name\":\""
            + module
            + "\"},\"tags\":[{\"id\":\""
            + tags
            + "\"}]}");
  }

  private static long moduleId(String module) {
    return ORG.metadata().get(module).id();
  }

  private String create(String module, String name) {
    return api.post(TAGS + "?module=" + module, "{\"tags\":[{\"name\":\"" + name + "\"}]}")
        .hasStatus(201)
        .at("/tags/0/details/id")
        .asString();
  }
}
