package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestClock;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestServer;
import io.clientele.testing.TestUsers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tags on records. Reference: Add Tags to Records, Remove Tags from Records. */
@Proves({
  "POST /crm/{version}/{module}/actions/add_tags",
  "POST /crm/{version}/{module}/actions/remove_tags",
  "POST /crm/{version}/{module}/{id}/actions/add_tags",
  "POST /crm/{version}/{module}/{id}/actions/remove_tags"
})
class RecordTagsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String ADD = "/crm/v8/Leads/actions/add_tags";
  private static final String REMOVE = "/crm/v8/Leads/actions/remove_tags";

  private final Api api = ORG.api();

  @Test
  void tagsAreAddedToManyRecords() {
    String known = create("Known", "#F17574");
    String first = lead();
    String second = lead("Had");
    Answer answer =
        api.post(
                ADD,
                "{\"tags\":[{\"name\":\"Whatever\",\"id\":\""
                    + known
                    + "\",\"color_code\":null},{\"name\":\"Brand new\",\"color_code\":\"#AAFE62\"}],"
                    + "\"ids\":[\""
                    + first
                    + "\",\""
                    + second
                    + "\"]}")
            .hasStatus(200);
    assertThat(answer.at("/success_count").asString()).isEqualTo("2");
    assertThat(answer.at("/locked_count").asString()).isEqualTo("0");
    String fresh = tagId("Brand new");
    assertThat(answer.at("/data/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + first
                + "\",\"tags\":[{\"name\":\"Known\",\"id\":\""
                + known
                + "\",\"color_code\":\"#F17574\"},{\"name\":\"Brand new\",\"id\":\""
                + fresh
                + "\",\"color_code\":\"#AAFE62\"}]},\"message\":\"tags updated successfully\","
                + "\"status\":\"success\"}");
    assertThat(tags(first)).containsExactly("Known", "Brand new");
    assertThat(tags(second)).containsExactly("Had", "Known", "Brand new");
  }

  @Test
  void overWriteDropsTheTagsThatWereThere() {
    String lead = lead("One", "Two");
    api.post(one(lead, "add"), "{\"tags\":[{\"name\":\"Three\"}],\"over_write\":true}")
        .hasStatus(200);
    assertThat(tags(lead)).containsExactly("Three");
    api.post(one(lead, "add") + "?over_write=true", names("Four")).hasStatus(200);
    assertThat(tags(lead)).containsExactly("Four");
    api.post(one(lead, "add") + "?over_write=false", names("Five", "four")).hasStatus(200);
    assertThat(tags(lead)).containsExactly("Four", "Five");
  }

  @Test
  void olderClientsSayItInTheQuery() {
    String lead = lead("Old");
    Answer added =
        api.post(ADD + "?tag_names=Q1,%20Q2&over_write=true&ids=" + lead, "").hasStatus(200);
    assertThat(added.at("/success_count").asString()).isEqualTo("1");
    assertThat(tags(lead)).containsExactly("Q1", "Q2");
    api.post(REMOVE + "?tag_names=Q1&ids=" + lead, "").hasStatus(200);
    assertThat(tags(lead)).containsExactly("Q2");
    api.post(one(lead, "add") + "?tag_names=Q3", "").hasStatus(200);
    api.post(REMOVE + "?ids=" + lead, names("Q2")).hasStatus(200);
    assertThat(tags(lead)).containsExactly("Q3");
    api.post(ADD + "?tag_names=a%3Cb&ids=" + lead, "")
        .isError(
            400,
            "INVALID_DATA",
            "special characters found in the given name",
            "{\"api_name\":\"tag_names\",\"json_path\":\"tag_names\"}");
  }

  @Test
  void tagsAreRemoved() {
    String first = lead("Prime", "Attend", "Web");
    String second = lead("Web", "Prime");
    Answer answer =
        api.post(
                REMOVE,
                "{\"tags\":[{\"name\":\"prime\"},{\"id\":\""
                    + tagId("Attend")
                    + "\"},{\"name\":\"Never\"}],\"ids\":[\""
                    + first
                    + "\",\""
                    + second
                    + "\"]}")
            .hasStatus(200);
    assertThat(answer.at("/locked_count").asString()).isEqualTo("0");
    assertThat(answer.at("/data/0/details/tags/0/name").asString()).isEqualTo("Web");
    assertThat(tags(first)).containsExactly("Web");
    assertThat(tags(second)).containsExactly("Web");
    Answer last = api.post(one(first, "remove"), names("Web")).hasStatus(200);
    assertThat(last.at("/data/0/details/tags").isEmpty()).isTrue();
    assertThat(last.json().propertyNames()).containsExactly("data");
    assertThat(tags(first)).isEmpty();
  }

  @Test
  void onlyARecordThatChangesHasANewModifiedTime() {
    var clock = new TestClock();
    try (TestServer server = TestServer.withClock(clock)) {
      TestOrg org = TestOrg.createOn(server);
      Api client = org.api();
      String lead =
          client
              .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\",\"Tag\":[\"A\"]}]}")
              .savedId(0);
      String before = client.get("/crm/v8/Leads/" + lead).at("/data/0/Modified_Time").asString();
      clock.advance(Duration.ofMinutes(1));
      client.post(one(lead, "add"), names("a")).hasStatus(200);
      assertThat(client.get("/crm/v8/Leads/" + lead).at("/data/0/Modified_Time").asString())
          .isEqualTo(before);
      client.post(one(lead, "add"), names("B")).hasStatus(200);
      assertThat(client.get("/crm/v8/Leads/" + lead).at("/data/0/Modified_Time").asString())
          .isGreaterThan(before);
    }
  }

  @Test
  void aRecordCarriesAtMost20Tags() {
    String twenty = many(0, 20);
    String full = api.post("/crm/v8/Leads", leadOf(twenty)).hasStatus(201).savedId(0);
    api.post("/crm/v8/Leads", leadOf(many(0, 21)))
        .hasStatus(400)
        .rowIsError(
            0,
            "LIMIT_EXCEEDED",
            "limit exceeded",
            "{\"limit\":20,\"api_name\":\"Tag\",\"json_path\":\"$.data[0].Tag\"}");
    api.put("/crm/v8/Leads/" + full, leadOf(many(0, 21)))
        .hasStatus(400)
        .rowIsError(
            0,
            "LIMIT_EXCEEDED",
            "limit exceeded",
            "{\"limit\":20,\"api_name\":\"Tag\",\"json_path\":\"$.data[0].Tag\"}");
    String other = lead();
    String limit = "{\"limit\":20,\"api_name\":\"tags\",\"json_path\":\"$.tags\"}";
    Answer answer =
        api.post(
                ADD,
                "{\"tags\":[{\"name\":\"Too much\"}],\"ids\":[\"" + full + "\",\"" + other + "\"]}")
            .hasStatus(207);
    answer.rowIsError(0, "LIMIT_EXCEEDED", "limit exceeded", limit);
    assertThat(answer.at("/success_count").asString()).isEqualTo("1");
    assertThat(tags(other)).containsExactly("Too much");
    api.post(one(full, "add"), names("Not kept"))
        .hasStatus(400)
        .rowIsError(0, "LIMIT_EXCEEDED", "limit exceeded", limit);
    assertThat(tags(full)).hasSize(20);
    assertThat(api.get("/crm/v8/settings/tags?module=Leads").text()).doesNotContain("Not kept");

    String gone = tagId("n0");
    api.delete("/crm/v8/settings/tags/" + gone).hasStatus(200);
    api.post(one(full, "add"), names("Room again")).hasStatus(200);
    assertThat(tags(full)).hasSize(20).contains("Room again");
  }

  @Test
  void namesInRowsAreCheckedToo() {
    api.post("/crm/v8/Leads", leadOf("\"" + "x".repeat(27) + "\""))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":26,\"api_name\":\"Tag\",\"json_path\":\"$.data[0].Tag[0].name\"}");
    api.post("/crm/v8/Leads", leadOf("\"Twice\",\"TWICE\"")).hasStatus(201);
  }

  @Test
  void unknownRecordsAreRefused() {
    String lead = lead();
    Answer answer =
        api.post(ADD, "{\"tags\":[{\"name\":\"T\"}],\"ids\":[\"1\",\"" + lead + "\",\"x\"]}")
            .hasStatus(207);
    answer.rowIsError(
        0, "INVALID_DATA", "invalid data", "{\"api_name\":\"ids\",\"json_path\":\"$.ids[0]\"}");
    answer.rowIsError(
        2, "INVALID_DATA", "invalid data", "{\"api_name\":\"ids\",\"json_path\":\"$.ids[2]\"}");
    assertThat(answer.at("/success_count").asString()).isEqualTo("1");
    for (String action : List.of("add", "remove")) {
      for (String id : List.of("1", "x")) {
        api.post(one(id, action), names("T"))
            .isError(
                400,
                "INVALID_DATA",
                "the id given seems to be invalid",
                "{\"resource_path_index\":1}");
      }
    }
    api.post(ADD, "{\"tags\":[{\"name\":\"Unkept\"}],\"ids\":[\"1\"]}").hasStatus(400);
    assertThat(api.get("/crm/v8/settings/tags?module=Leads").text()).doesNotContain("Unkept");
  }

  @Test
  void wrongBodiesAreRefused() {
    String lead = lead();
    for (String path : List.of(ADD, REMOVE)) {
      invalid(path, "{\"ids\":[\"1\"]}", "MANDATORY_NOT_FOUND", "", "tags", "$.tags");
      invalid(path, "{\"tags\":[{\"name\":\"x\"}]}", "MANDATORY_NOT_FOUND", "", "ids", "$.ids");
      invalid(path, tagged("{}", "[\"1\"]"), "INVALID_DATA", "jsonarray", "tags", "$.tags");
      invalid(path, tagged("[5]", "[\"1\"]"), "INVALID_DATA", "jsonobject", "tags", "$.tags[0]");
      invalid(
          path,
          tagged("[{\"name\":5}]", "[\"1\"]"),
          "INVALID_DATA",
          "text",
          "name",
          "$.tags[0].name");
      invalid(
          path,
          tagged("[{\"id\":\"x\"}]", "[\"1\"]"),
          "INVALID_DATA",
          "bigint",
          "id",
          "$.tags[0].id");
      invalid(
          path, tagged("[{\"name\":\"x\"}]", "\"1\""), "INVALID_DATA", "jsonarray", "ids", "$.ids");
      invalid(path, tagged("[{\"name\":\"x\"}]", "[]"), "INVALID_DATA", "", "ids", "$.ids");
      api.post(path, tagged("[{}]", "[\"1\"]"))
          .isError(
              400,
              "EXPECTED_FIELD_MISSING",
              "Specify at least one field.",
              """
              {"expected_fields":[{"api_name":"id","json_path":"$.tags[0].id"},
                {"api_name":"name","json_path":"$.tags[0].name"}]}""");
      String ids = IntStream.range(0, 501).mapToObj(i -> "\"1\"").collect(Collectors.joining(","));
      api.post(path, tagged("[{\"name\":\"x\"}]", "[" + ids + "]"))
          .isError(
              400,
              "INVALID_DATA",
              "invalid data",
              "{\"maximum_length\":500,\"api_name\":\"ids\",\"json_path\":\"$.ids\"}");
    }
    String add = one(lead, "add");
    invalid(add, "{\"tags\":[{\"id\":\"1\"}]}", "INVALID_DATA", "", "id", "$.tags[0].id");
    invalid(
        add,
        "{\"tags\":[{\"name\":\"x\"}],\"over_write\":1}",
        "INVALID_DATA",
        "boolean",
        "over_write",
        "$.over_write");
    api.post(add + "?over_write=x", names("x"))
        .isError(
            400,
            "PATTERN_NOT_MATCHED",
            "Please check whether the input values are correct",
            "{\"param_name\":\"over_write\"}");
    assertThat(tags(lead)).isEmpty();
  }

  @Test
  void aTagHasOneColor() {
    String lead = lead();
    create("Colored", "#F17574");
    api.post(one(lead, "add"), "{\"tags\":[{\"name\":\"Colored\",\"color_code\":\"#57B1FD\"}]}")
        .isError(
            400,
            "MAPPING_MISMATCH",
            "Given tag present with different color already.",
            "{\"api_name\":\"color_code\",\"json_path\":\"$.tags[0].color_code\"}");
    api.post(one(lead, "add"), "{\"tags\":[{\"name\":\"Colored\",\"color_code\":\"#f17574\"}]}")
        .hasStatus(200);
    assertThat(tags(lead)).containsExactly("Colored");
  }

  @Test
  void modulesMustCarryTags() {
    for (String action : List.of("add_tags", "remove_tags")) {
      api.post("/crm/v8/Nothing/actions/" + action, names("x"))
          .isError(
              400,
              "INVALID_MODULE",
              "the module name given seems to be invalid",
              "{\"resource_path_index\":0}");
      api.post("/crm/v8/Notes/1/actions/" + action, names("x"))
          .isError(400, "INVALID_MODULE", "the given module is not supported for this api", "{}");
    }
  }

  @Test
  void taggingNeedsItsPermission() {
    String lead = lead("Fixed");
    long user = TestUsers.standard(ORG, "untagged@example.com");
    TestUsers.refuse(ORG, "Standard", "Crm_Implied_Tags_Leads");
    Api other = ORG.api(user, TestOrg.ALL_SCOPES);
    for (String action : List.of("add", "remove")) {
      other
          .post(one(lead, action), names("Fixed"))
          .isError(
              403,
              "NO_PERMISSION",
              "permission denied",
              "{\"permissions\":[\"Crm_Implied_Tags_Leads\",\"Crm_Implied_Edit_Leads\"]}");
      ORG.api(ORG.adminId(), "ZohoCRM.modules.leads.READ")
          .post(one(lead, action), names("Fixed"))
          .hasStatus(401);
      ORG.api(ORG.adminId(), "ZohoCRM.modules.leads.WRITE")
          .post(one(lead, action), names("Fixed"))
          .hasStatus(200);
    }
  }

  private void invalid(
      String path, String body, String code, String type, String name, String jsonPath) {
    String message = code.equals("INVALID_DATA") ? "invalid data" : "required field not found";
    String expected = type.isEmpty() ? "" : "\"expected_data_type\":\"" + type + "\",";
    api.post(path, body)
        .isError(
            400,
            code,
            message,
            "{" + expected + "\"api_name\":\"" + name + "\",\"json_path\":\"" + jsonPath + "\"}");
  }

  private static String tagged(String tags, String ids) {
    return "{\"tags\":" + tags + ",\"ids\":" + ids + "}";
  }

  private static String one(String id, String action) {
    return "/crm/v8/Leads/" + id + "/actions/" + action + "_tags";
  }

  private static String names(String... names) {
    return "{\"tags\":[{\"name\":\"" + String.join("\"},{\"name\":\"", names) + "\"}]}";
  }

  private static String many(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "\"n" + i + "\"")
        .collect(Collectors.joining(","));
  }

  private static String leadOf(String tags) {
    return "{\"data\":[{\"Last_Name\":\"L\",\"Tag\":[" + tags + "]}]}";
  }

  private String lead(String... tags) {
    String names = tags.length == 0 ? "" : "\"" + String.join("\",\"", tags) + "\"";
    return api.post("/crm/v8/Leads", leadOf(names)).hasStatus(201).savedId(0);
  }

  private List<String> tags(String lead) {
    return api.get("/crm/v8/Leads/" + lead)
        .at("/data/0/Tag")
        .valueStream()
        .map(tag -> tag.path("name").asString())
        .toList();
  }

  private String create(String name, String color) {
    return api.post(
            "/crm/v8/settings/tags?module=Leads",
            "{\"tags\":[{\"name\":\"" + name + "\",\"color_code\":\"" + color + "\"}]}")
        .hasStatus(201)
        .at("/tags/0/details/id")
        .asString();
  }

  private String tagId(String name) {
    return api.get("/crm/v8/settings/tags?module=Leads")
        .at("/tags")
        .valueStream()
        .filter(tag -> tag.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }
}
