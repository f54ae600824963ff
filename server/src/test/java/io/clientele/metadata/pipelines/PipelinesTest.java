package io.clientele.metadata.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.layouts.TestLayouts;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pipelines of deals. Reference: Pipelines. */
@Proves({
  "GET /crm/{version}/settings/pipeline",
  "GET /crm/{version}/settings/pipeline/{pipeline}",
  "POST /crm/{version}/settings/pipeline",
  "PUT /crm/{version}/settings/pipeline",
  "PATCH /crm/{version}/settings/pipeline",
  "PUT /crm/{version}/settings/pipeline/{pipeline}",
  "PATCH /crm/{version}/settings/pipeline/{pipeline}",
  "POST /crm/{version}/settings/pipeline/actions/transfer"
})
class PipelinesTest {
  private static final String WON = "Closed Won";
  private static final String LOST = "Closed Lost";

  /** Each test has its own, because pipelines are few and one of them is the default. */
  private final TestOrg org = TestOrg.create();

  private final Api api = org.api();
  private String layout = "";

  @BeforeEach
  void findLayout() {
    layout = new TestLayouts(api, "Deals").standard().path("id").asString();
  }

  private String path(String rest) {
    return "/crm/v8/settings/pipeline" + rest + "?layout_id=" + layout;
  }

  private static String body(String pipeline) {
    return ("{'pipeline':[" + pipeline + "]}").replace('\'', '"');
  }

  private String stage(String name) {
    return new TestLayouts(api, "Deals").pickListValue("Stage", name);
  }

  private String map(String stage) {
    return "{'id':'" + stage(stage) + "'}";
  }

  private String create(String name, String... stages) {
    String maps = String.join(",", List.of(stages).stream().map(this::map).toList());
    return api.post(path(""), body("{'display_value':'" + name + "','maps':[" + maps + "]}"))
        .hasStatus(201)
        .at("/pipeline/0/details/id")
        .asString();
  }

  private JsonNode read(String id) {
    return api.get(path("/" + id)).hasStatus(200).at("/pipeline/0");
  }

  private List<String> stages(String id) {
    return read(id)
        .path("maps")
        .valueStream()
        .map(stage -> stage.path("actual_value").asString())
        .toList();
  }

  private Answer deal(String row) {
    return api.post(
        "/crm/v8/Deals", ("{'data':[{'Deal_Name':'D'," + row + "}]}").replace('\'', '"'));
  }

  private static void isError(
      Answer answer, String noun, String code, String message, String details) {
    answer.hasStatus(400);
    JsonNode error = answer.at("/" + noun + "/0");
    assertThat(error.path("code").asString("")).as(answer::toString).isEqualTo(code);
    assertThat(error.path("message").asString("")).as(answer::toString).isEqualTo(message);
    assertThat(error.path("details"))
        .as(answer::toString)
        .isEqualTo(Json.MAPPER.readTree(details.replace('\'', '"')));
  }

  private void refused(String pipeline, String code, String message, String details) {
    isError(api.post(path(""), body(pipeline)), "pipeline", code, message, details);
  }

  @Test
  void theStandardPipelineHasAllStages() {
    Answer answer = api.get(path("")).hasStatus(200);
    assertThat(answer.at("/pipeline")).hasSize(1);
    JsonNode standard = answer.at("/pipeline/0");
    assertThat(standard.path("display_value").asString()).isEqualTo("Standard (Standard)");
    assertThat(standard.path("default").asBoolean()).isTrue();
    JsonNode last = standard.at("/maps/8");
    assertThat(last.path("display_value").asString()).isEqualTo("Closed-Lost to Competition");
    assertThat(last.path("actual_value").asString()).isEqualTo("Closed Lost to Competition");
    assertThat(last.path("sequence_number").asInt()).isEqualTo(9);
    assertThat(last.path("forecast_type").asString()).isEqualTo(LOST);
    assertThat(last.at("/forecast_category/name").asString()).isEqualTo("Omitted");
    assertThat(last.at("/forecast_category/id"))
        .isEqualTo(standard.at("/maps/7/forecast_category/id"))
        .isNotEqualTo(standard.at("/maps/0/forecast_category/id"));
    api.get(path("/1")).hasStatus(204).hasNoBody();
    api.get(path("/x")).hasStatus(204).hasNoBody();
  }

  @Test
  void aPipelineIsCreatedWithItsStagesInOrder() {
    String body =
        "{'display_value':'Short','default':true,'maps':[{'id':'%s','sequence_number':2},"
            + "{'id':'%s','sequence_number':1}]}";
    Answer created =
        api.post(path(""), body(body.formatted(stage(WON), stage("Qualification")))).hasStatus(201);
    assertThat(created.at("/pipeline/0/message").asString())
        .isEqualTo("Pipeline created successfully");
    String id = created.at("/pipeline/0/details/id").asString();
    assertThat(stages(id)).containsExactly("Qualification", WON);
    assertThat(read(id).path("default").asBoolean()).isTrue();
    assertThat(api.get(path("")).at("/pipeline/0/default").asBoolean()).isFalse();
    String deal = deal("'Stage':'Qualification'").hasStatus(201).savedId(0);
    assertThat(api.get("/crm/v8/Deals/" + deal).at("/data/0/Pipeline").asString())
        .isEqualTo("Short");
  }

  @Test
  void mistakesOfANewPipelineAreTold() {
    create("Mine", WON);
    String maps = ",'maps':[" + map(WON) + "]}";
    refused(
        "{'display_value':'mine'" + maps,
        "DUPLICATE_DATA",
        "Duplicate pipeline label found",
        "{'api_name':'display_value','json_path':'$.pipeline[0].display_value'}");
    refused(
        "{'default':true" + maps,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'display_value','json_path':'$.pipeline[0].display_value'}");
    refused(
        "{'display_value':'x'}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'maps','json_path':'$.pipeline[0].maps'}");
    refused(
        "{'display_value':'x','maps':[{}]}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'id','json_path':'$.pipeline[0].maps[0].id'}");
    refused(
        "{'display_value':'x','maps':[{'id':'1'}]}",
        "INVALID_DATA",
        "Invalid child option id",
        "{'api_name':'id','json_path':'$.pipeline[0].maps[0].id'}");
    refused(
        "{'display_value':7" + maps,
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'text','api_name':'display_value',"
            + "'json_path':'$.pipeline[0].display_value'}");
    refused(
        "{'display_value':'x','default':'yes'" + maps,
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'boolean','api_name':'default',"
            + "'json_path':'$.pipeline[0].default'}");
    api.post(path(""), body("{},{}"))
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":1,\"api_name\":\"pipeline\",\"json_path\":\"$.pipeline\"}");
  }

  @Test
  void aPipelineIsReplacedAndChanged() {
    String id = create("Changing", WON, LOST);
    String whole =
        body("{'display_value':'Changed','maps':[" + map(LOST) + "," + map("Qualification") + "]}");
    Answer replaced = api.put(path("/" + id), whole).hasStatus(200);
    assertThat(replaced.at("/pipeline/0/message").asString()).isEqualTo("Pipeline updated");
    assertThat(stages(id)).containsExactly(LOST, "Qualification");
    assertThat(read(id).path("display_value").asString()).isEqualTo("Changed");
    assertThat(read(id).path("actual_value").asString()).isEqualTo("Changing");
    String more =
        "{'maps':[{'id':'"
            + stage(WON)
            + "','sequence_number':1},{'id':'"
            + stage(LOST)
            + "','_delete':{'permanent':null}}]}";
    api.patch(path("/" + id), body(more)).hasStatus(200);
    assertThat(stages(id)).containsExactly(WON, "Qualification");
    api.patch(path(""), body("{'id':'" + id + "','default':true}")).hasStatus(200);
    assertThat(read(id).path("default").asBoolean()).isTrue();
    String again = "{'id':'" + id + "','display_value':'Again','maps':[" + map(WON) + "]}";
    api.put(path(""), body(again)).hasStatus(200);
    assertThat(stages(id)).containsExactly(WON);
  }

  @Test
  void mistakesOfAChangeAreTold() {
    String id = create("Wrong", WON);
    String won = "{'maps':[{'id':'" + stage(WON) + "','_delete':{'permanent':null}}]}";
    isError(
        api.patch(path("/" + id), body(won)),
        "pipeline",
        "CANNOT_DELETE",
        "Cannot delete the last stage associated with the pipeline",
        "{'api_name':'id','json_path':'$.pipeline[0].maps[0].id'}");
    String lost = "{'maps':[{'id':'" + stage(LOST) + "','_delete':{'permanent':null}}]}";
    isError(
        api.patch(path("/" + id), body(lost)),
        "pipeline",
        "INVALID_DATA",
        "No mapping found ",
        "{}");
    isError(
        api.patch(path("/" + id), body("{'display_value':'Standard (Standard)'}")),
        "pipeline",
        "DUPLICATE_DATA",
        "Duplicate pipeline label found",
        "{'api_name':'display_value','json_path':'$.pipeline[0].display_value'}");
    isError(
        api.put(path("/" + id), body("{'maps':[" + map(WON) + "]}")),
        "pipeline",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'display_value','json_path':'$.pipeline[0].display_value'}");
    isError(
        api.patch(path(""), body("{'id':'1','default':true}")),
        "pipeline",
        "INVALID_DATA",
        "required field not found",
        "{'id':'1'}");
    isError(
        api.put(path(""), body("{'default':true}")),
        "pipeline",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'id','json_path':'$.pipeline[0].id'}");
    for (String wrong : List.of("/1", "/x")) {
      api.patch(path(wrong), body("{}"))
          .isError(
              400, "INVALID_DATA", "invalid pick_list_values id", "{\"resource_path_index\":2}");
    }
  }

  @Test
  void aPipelineWithoutDealsIsDeleted() {
    String gone = "{'_delete':{'permanent':null}}";
    String standard = api.get(path("")).at("/pipeline/0/id").asString();
    isError(
        api.patch(path("/" + standard), body(gone)),
        "pipeline",
        "CANNOT_DELETE",
        "Cannot delete the last pipeline of the layout",
        "{'api_name':'_delete','json_path':'$.pipeline[0]._delete'}");
    String id = create("Gone", WON);
    String used = create("Used", WON);
    deal("'Stage':'Closed Won','Pipeline':'Used'").hasStatus(201);
    isError(
        api.put(path("/" + used), body(gone)),
        "pipeline",
        "CANNOT_DELETE",
        "Cannot delete a pipeline that has deals; transfer them first",
        "{'api_name':'_delete','json_path':'$.pipeline[0]._delete'}");
    api.patch(path("/" + id), body(gone)).hasStatus(200);
    api.get(path("/" + id)).hasStatus(204);
    deal("'Stage':'Closed Won','Pipeline':'Gone'").hasStatus(400);
  }

  @Test
  void dealsAreInAStageOfTheirPipeline() {
    create("Two", WON, LOST);
    String supported =
        "{\"supported_values\":[\"Closed Won\",\"Closed Lost\"],\"api_name\":\"Stage\","
            + "\"json_path\":\"$.data[0].Stage\"}";
    deal("'Stage':'Qualification','Pipeline':'Two'")
        .rowIsError(0, "INVALID_DATA", "invalid data", supported);
    String id = deal("'Stage':'Closed Won','Pipeline':'Two'").hasStatus(201).savedId(0);
    String path = "/crm/v8/Deals/" + id;
    api.put(path, "{\"data\":[{\"Stage\":\"Qualification\"}]}")
        .rowIsError(0, "INVALID_DATA", "invalid data", supported);
    api.put(path, "{\"data\":[{\"Stage\":\"Closed Lost\"}]}").hasStatus(200);
    assertThat(api.get(path).at("/data/0/Probability").asInt()).isZero();
    String other = deal("'Stage':'Qualification'").hasStatus(201).savedId(0);
    api.put("/crm/v8/Deals/" + other, "{\"data\":[{\"Pipeline\":\"Two\"}]}")
        .rowIsError(0, "INVALID_DATA", "invalid data", supported);
    api.put(
            "/crm/v8/Deals/" + other,
            "{\"data\":[{\"Pipeline\":\"Two\",\"Stage\":\"Closed Won\"}]}")
        .hasStatus(200);
  }

  @Test
  void aPipelineIsTransferredAndGone() {
    String from = create("From", "Qualification", WON, LOST);
    String to = create("To", "Needs Analysis", LOST);
    String first = deal("'Stage':'Qualification','Pipeline':'From'").savedId(0);
    String second = deal("'Stage':'Closed Lost','Pipeline':'From'").savedId(0);
    String third = deal("'Stage':'Closed Won','Pipeline':'From'").savedId(0);
    Answer answer =
        transfer(from, to, pair(stage("Qualification"), stage("Needs Analysis"))).hasStatus(200);
    assertThat(answer.at("/transfer_pipeline/0/message").asString())
        .isEqualTo("transfer pipeline scheduled successfully");
    assertThat(answer.at("/transfer_pipeline/0/details/job_id").asString()).isNotEmpty();
    api.get(path("/" + from)).hasStatus(204);
    JsonNode moved = api.get("/crm/v8/Deals/" + first).at("/data/0");
    assertThat(moved.path("Pipeline").asString()).isEqualTo("To");
    assertThat(moved.path("Stage").asString()).isEqualTo("Needs Analysis");
    assertThat(moved.path("Probability").asInt()).isEqualTo(20);
    JsonNode kept = api.get("/crm/v8/Deals/" + second).at("/data/0");
    assertThat(kept.path("Stage").asString()).isEqualTo(LOST);
    assertThat(kept.path("Pipeline").asString()).isEqualTo("To");
    assertThat(api.get("/crm/v8/Deals/" + third).at("/data/0/Stage").asString())
        .isEqualTo("Needs Analysis");
  }

  private static String pair(String from, String to) {
    return "{'from':'" + from + "','to':'" + to + "'}";
  }

  private Answer transfer(String from, String to, String stages) {
    String body =
        "{'transfer_pipeline':[{'pipeline':" + pair(from, to) + ",'stages':[" + stages + "]}]}";
    return api.post(path("/actions/transfer"), body.replace('\'', '"'));
  }

  @Test
  void mistakesOfATransferAreTold() {
    String from = create("From", WON, LOST);
    String to = create("To", LOST);
    String won = stage(WON);
    String lost = stage(LOST);
    String noun = "transfer_pipeline";
    String pipeline = "{'api_name':'%s','json_path':'$.transfer_pipeline[0].pipeline[0].%s'}";
    String stage = "{'api_name':'%s','json_path':'$.transfer_pipeline[0].stages[0].%s'}";
    isError(
        transfer("1", to, pair(won, lost)),
        noun,
        "INVALID_DATA",
        "Invalid from id",
        pipeline.formatted("from", "from"));
    isError(
        transfer(from, "1", pair(won, lost)),
        noun,
        "INVALID_DATA",
        "Invalid to id",
        pipeline.formatted("to", "to"));
    isError(
        transfer(from, from, pair(won, lost)),
        noun,
        "INVALID_DATA",
        "Both from_id and to_id cannot be same ",
        pipeline.formatted("to", "to"));
    isError(
        transfer(from, to, pair("1", lost)),
        noun,
        "INVALID_DATA",
        "Invalid from id",
        stage.formatted("from", "from"));
    isError(
        transfer(from, to, pair(won, won)),
        noun,
        "INVALID_DATA",
        "Invalid to id",
        stage.formatted("to", "to"));
    isError(
        transfer(from, to, pair(won, lost) + "," + pair(won, lost)),
        noun,
        "ALREADY_USED",
        "from id is mapped more than once",
        "{'api_name':'from','exists_in':{'json_path':'$.transfer_pipeline[0].stages[0].from'},"
            + "'json_path':'$.transfer_pipeline[0].stages[1].from'}");
    String without = "{'transfer_pipeline':[{'pipeline':" + pair(from, to) + "}]}";
    isError(
        api.post(path("/actions/transfer"), without.replace('\'', '"')),
        noun,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'stages','json_path':'$.transfer_pipeline[0].stages'}");
    isError(
        transfer(from, to, ""),
        noun,
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'jsonarray','api_name':'stages',"
            + "'json_path':'$.transfer_pipeline[0].stages'}");
  }

  @Test
  void aPipelineIsTransferredOnceAtATime() {
    String from = create("From", WON);
    String to = create("To", WON);
    var job = Json.MAPPER.createObjectNode().put("from", from).put("to", to);
    org.server()
        .installation()
        .database()
        .change(tx -> Jobs.add(tx, org.org(), 1, TransferJobs.KIND, job, org.adminId()));
    isError(
        transfer(from, to, pair(stage(WON), stage(WON))),
        "transfer_pipeline",
        "ALREADY_SCHEDULED",
        "Scheduler already running for this pipeline",
        "{'api_name':'pipeline','value':'" + from + "'}");
    isError(
        api.patch(path("/" + to), body("{'default':true}")),
        "pipeline",
        "ALREADY_SCHEDULED",
        "Scheduler already running for this pipeline",
        "{'api_name':'pipeline','json_path':'$.pipeline[0].pipeline','value':'" + to + "'}");
  }

  @Test
  void theLayoutMustBeNamedAndTheRightBeThere() {
    for (String wrong : List.of("1", "x")) {
      api.get("/crm/v8/settings/pipeline?layout_id=" + wrong)
          .isError(400, "INVALID_DATA", "Invalid layoutid", "{\"param_name\":\"layout_id\"}");
    }
    api.get("/crm/v8/settings/pipeline")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"layout_id\"}");
    Api other = org.api(TestUsers.standard(org, "pipelines@example.com"), TestOrg.ALL_SCOPES);
    other.get(path("")).hasStatus(200);
    for (Answer answer :
        List.of(
            other.post(path(""), "{}"),
            other.patch(path("/1"), "{}"),
            other.put(path(""), "{}"),
            other.post(path("/actions/transfer"), "{}"))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied to customize Zoho CRM",
          "{\"permissions\":\"Crm_Implied_Customize_Zoho_CRM\"}");
    }
  }

  @Test
  void aCopiedLayoutHasPipelinesOfItsOwnAndGivesThemBack() {
    TestLayouts deals = new TestLayouts(api, "Deals");
    String standard = layout;
    String target = api.get(path("")).at("/pipeline/0/id").asString();
    String copy = deals.create("Partners");
    layout = copy;
    JsonNode pipeline = api.get(path("")).hasStatus(200).at("/pipeline/0");
    assertThat(pipeline.path("display_value").asString()).isEqualTo("Standard (Standard)");
    assertThat(pipeline.path("actual_value").asString())
        .isEqualTo("Standard (Standard) (Partners)");
    String named = "'Stage':'Qualification','Layout':{'id':'" + copy + "'}";
    String deal = deal(named).hasStatus(201).savedId(0);
    assertThat(api.get("/crm/v8/Deals/" + deal).at("/data/0/Pipeline").asString())
        .isEqualTo("Standard (Standard) (Partners)");
    create("Theirs", WON);
    deal("'Stage':'Closed Won','Pipeline':'Theirs','Layout':{'id':'" + standard + "'}")
        .hasStatus(400);
    String followed = deal("'Stage':'Closed Won','Pipeline':'Theirs'").hasStatus(201).savedId(0);
    assertThat(api.get("/crm/v8/Deals/" + followed).at("/data/0/Layout/id").asString())
        .isEqualTo(copy);
    String path = "/crm/v8/settings/layouts/" + copy + "?module=Deals&transfer_to=" + standard;
    for (String missing : List.of("pipeline", "stage")) {
      api.delete(path + (missing.equals("stage") ? "&pipeline=" + target : ""))
          .isError(
              400,
              "DEPENDENT_PARAM_MISSING",
              "Cannot delete layout as " + missing + " is not specified for trasfer_to layout",
              "{\"dependee\":{\"param_name\":\"transfer_to\"},\"param_name\":\"" + missing + "\"}");
    }
    api.delete(path + "&pipeline=1&stage=1")
        .isError(
            400,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"param_name\":\"pipeline\"}");
    api.delete(path + "&pipeline=" + target + "&stage=1")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"param_name\":\"stage\"}");
    api.delete(path + "&pipeline=" + target + "&stage=" + stage("Needs Analysis")).hasStatus(200);
    JsonNode moved = api.get("/crm/v8/Deals/" + deal).at("/data/0");
    assertThat(moved.at("/Layout/id").asString()).isEqualTo(standard);
    assertThat(moved.path("Pipeline").asString()).isEqualTo("Standard (Standard)");
    assertThat(moved.path("Stage").asString()).isEqualTo("Needs Analysis");
    assertThat(moved.path("Probability").asInt()).isEqualTo(20);
    deal("'Stage':'Closed Won','Pipeline':'Theirs'").hasStatus(400);
  }
}
