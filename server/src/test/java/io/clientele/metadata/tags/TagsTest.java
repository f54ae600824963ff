package io.clientele.metadata.tags;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tags of modules. Reference: Tags, Merge Tags, Record Count for a Specific Tag. */
@Proves({
  "GET /crm/{version}/settings/tags",
  "POST /crm/{version}/settings/tags",
  "PUT /crm/{version}/settings/tags",
  "PUT /crm/{version}/settings/tags/{tag}",
  "DELETE /crm/{version}/settings/tags/{tag}",
  "POST /crm/{version}/settings/tags/{tag}/actions/merge",
  "GET /crm/{version}/settings/tags/{tag}/actions/records_count"
})
class TagsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String TAGS = "/crm/v8/settings/tags";
  private static final Shape TAG =
      Shape.of(
          """
          created_time: time, modified_time: time, name: text, modified_by: object, id: id,
          created_by: object, color_code: text?""");

  private final Api api = ORG.api();

  @Test
  void tagsAreCreatedAndListed() {
    Answer made =
        api.post(
                TAGS + "?module=Campaigns",
                """
                {"tags":[{"name":"Spring","color_code":"#F48435"},{"name":"Autumn"}]}""")
            .hasStatus(201);
    for (int i = 0; i < 2; i++) {
      assertThat(made.at("/tags/" + i + "/message").asString())
          .isEqualTo("tags created successfully");
      TAG.check(made.at("/tags/" + i + "/details"));
    }
    Answer list = api.get(TAGS + "?module=Campaigns").hasStatus(200);
    list.at("/tags").forEach(TAG::check);
    assertThat(list.at("/tags/0")).isEqualTo(made.at("/tags/0/details"));
    assertThat(list.at("/tags/0/created_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(list.at("/tags/1/color_code").isNull()).isTrue();
    assertThat(list.at("/info").toString())
        .isEqualTo("{\"record_limit\":20,\"count\":2,\"allowed_count\":500}");
    assertThat(api.get(TAGS + "?module=Price_Books").hasStatus(200).at("/tags").isEmpty()).isTrue();
  }

  @Test
  void myTagsAreThoseTheUserMade() {
    long other = TestUsers.standard(ORG, "tagger@example.com");
    create(api, "Cases", "By admin");
    create(ORG.api(other, TestOrg.ALL_SCOPES), "Cases", "By other");
    assertThat(names(api.get(TAGS + "?module=Cases"))).containsExactly("By admin", "By other");
    assertThat(names(api.get(TAGS + "?module=Cases&my_tags=true"))).containsExactly("By admin");
    assertThat(names(api.get(TAGS + "?module=Cases&my_tags=false"))).hasSize(2);
  }

  @Test
  void wrongTagsAreRefusedAndRightOnesKept() {
    String id = create(api, "Leads", "Known");
    Answer mixed =
        api.post(TAGS + "?module=Leads", "{\"tags\":[{\"name\":\"KNOWN\"},{\"name\":\"Fresh\"}]}")
            .hasStatus(207);
    error(mixed, 0, "DUPLICATE_DATA", "duplicate data", at("name") + ",\"id\":\"" + id + "\"");
    assertThat(mixed.at("/tags/1/code").asString()).isEqualTo("SUCCESS");
    assertThat(names(api.get(TAGS + "?module=Leads"))).contains("Known", "Fresh");

    refused("{}", "MANDATORY_NOT_FOUND", "required field not found", at("name"));
    refused("{\"name\":\" \"}", "MANDATORY_NOT_FOUND", "required field not found", at("name"));
    refused(
        "{\"name\":5}",
        "INVALID_DATA",
        "invalid data",
        "\"expected_data_type\":\"text\"," + at("name"));
    refused(
        "{\"name\":\"" + "x".repeat(27) + "\"}",
        "INVALID_DATA",
        "invalid data",
        "\"maximum_length\":26," + at("name"));
    for (String name : List.of("a<b", "a>b", "a,b", "a\uD83D\uDE00", "\u2764\uFE0F")) {
      refused(
          "{\"name\":\"" + name + "\"}",
          "INVALID_DATA",
          "special characters found in the given name",
          at("name"));
    }
    refused(
        "{\"name\":\"n\",\"color_code\":true}",
        "INVALID_DATA",
        "invalid data",
        "\"expected_data_type\":\"text\"," + at("color_code"));
    refused(
        "{\"name\":\"n\",\"color_code\":\"#F484350\"}",
        "INVALID_DATA",
        "invalid data",
        "\"maximum_length\":7," + at("color_code"));
    refused(
        "{\"name\":\"n\",\"color_code\":\"red\"}",
        "INVALID_DATA",
        "special characters found in the given name",
        at("color_code"));
    create(api, "Leads", "x".repeat(26));
    create(api, "Leads", "Café \u6F22");
  }

  @Test
  void theBodyIsAListOfTags() {
    String path = TAGS + "?module=Leads";
    api.post(path, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"tags\",\"json_path\":\"$.tags\"}");
    api.post(path, "{\"tags\":{}}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"tags\",\"json_path\":\"$.tags\"}");
    api.post(path, "{\"tags\":[5]}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonobject\",\"api_name\":\"tags\",\"json_path\":\"$.tags[0]\"}");
  }

  @Test
  void aModuleHasAtMost500Tags() {
    for (int call = 0; call < 5; call++) {
      int first = call * 100;
      String body =
          IntStream.range(first, first + 100)
              .mapToObj(i -> "{\"name\":\"t" + i + "\"}")
              .collect(Collectors.joining(",", "{\"tags\":[", "]}"));
      api.post(TAGS + "?module=Solutions", body).hasStatus(201);
    }
    Answer answer =
        api.post(TAGS + "?module=Solutions", "{\"tags\":[{\"name\":\"more\"}]}").hasStatus(400);
    error(answer, 0, "LICENSE_LIMIT_EXCEEDED", "tags edition limit exceeded", "");
    api.post(
            "/crm/v8/Solutions",
            "{\"data\":[{\"Solution_Title\":\"S\",\"Tag\":[{\"name\":\"more\"}]}]}")
        .hasStatus(400)
        .rowIsError(0, "LICENSE_LIMIT_EXCEEDED", "tags edition limit exceeded", "{}");
    assertThat(api.get(TAGS + "?module=Solutions").at("/info/count").asInt()).isEqualTo(500);
  }

  @Test
  void modulesMustCarryTags() {
    for (String method : List.of("GET", "POST", "PUT")) {
      api.send(method, TAGS, "{\"tags\":[]}")
          .isError(
              400,
              "REQUIRED_PARAM_MISSING",
              "One of the expected parameter is missing",
              "{\"param\":\"module\"}");
      api.send(method, TAGS + "?module=Nothing", "{\"tags\":[]}")
          .isError(400, "INVALID_MODULE", "the module name given seems to be invalid", "{}");
      for (String module : List.of("Notes", "Activities", "Quoted_Items")) {
        Answer answer = api.send(method, TAGS + "?module=" + module, "{\"tags\":[]}");
        assertThat(answer.at("/code").asString()).isEqualTo("INVALID_MODULE");
      }
      api.send(method, TAGS + "?module=Notes", "{\"tags\":[]}")
          .isError(400, "INVALID_MODULE", "the given module is not supported for this api", "{}");
    }
  }

  @Test
  void tagsAreRenamedAndRecordsShowIt() {
    String lead = lead("\"Tag\":[{\"name\":\"Old\"}]");
    String id = tagId("Leads", "Old");
    Answer changed =
        api.put(
                TAGS + "/" + id + "?module=Leads",
                "{\"tags\":[{\"name\":\"Renamed\",\"color_code\":\"#AAFE62\"}]}")
            .hasStatus(200);
    assertThat(changed.at("/tags/0/message").asString()).isEqualTo("tags updated successfully");
    TAG.check(changed.at("/tags/0/details"));
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Tag").toString())
        .isEqualTo("[{\"name\":\"Renamed\",\"id\":\"" + id + "\",\"color_code\":\"#AAFE62\"}]");
    api.put(
            TAGS + "?module=Leads",
            "{\"tags\":[{\"id\":\"" + id + "\",\"name\":\"Renamed again\"}]}")
        .hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Tag").toString())
        .isEqualTo("[{\"name\":\"Renamed again\",\"id\":\"" + id + "\",\"color_code\":null}]");
    api.put(TAGS + "/" + id + "?module=Leads", "{\"tags\":[{\"name\":\"RENAMED AGAIN\"}]}")
        .hasStatus(200);
  }

  @Test
  void wrongUpdatesAreRefused() {
    String id = create(api, "Products", "One");
    String other = create(api, "Products", "Two");
    String elsewhere = create(api, "Vendors", "Three");
    String many = TAGS + "?module=Products";
    Answer duplicate =
        api.put(many, "{\"tags\":[{\"id\":\"" + id + "\",\"name\":\"two\"}]}").hasStatus(400);
    error(
        duplicate, 0, "DUPLICATE_DATA", "duplicate data", at("name") + ",\"id\":\"" + other + "\"");
    error(
        api.put(many, "{\"tags\":[{\"name\":\"x\"}]}").hasStatus(400),
        0,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("id"));
    error(
        api.put(many, "{\"tags\":[{\"id\":\"" + id + "\"}]}").hasStatus(400),
        0,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("name"));
    for (String unknown : List.of("1", elsewhere)) {
      error(
          api.put(many, "{\"tags\":[{\"id\":\"" + unknown + "\",\"name\":\"x\"}]}").hasStatus(400),
          0,
          "INVALID_DATA",
          "tags not found",
          at("id"));
    }
    error(
        api.put(many, "{\"tags\":[{\"id\":\"x\",\"name\":\"x\"}]}").hasStatus(400),
        0,
        "INVALID_DATA",
        "invalid data",
        "\"expected_data_type\":\"bigint\"," + at("id"));
    for (String unknown : List.of("1", "x", elsewhere)) {
      api.put(TAGS + "/" + unknown + "?module=Products", "{\"tags\":[{\"name\":\"x\"}]}")
          .isError(400, "INVALID_DATA", "tags not found", "{\"id\":\"" + unknown + "\"}");
    }
    api.put(TAGS + "/" + id, "{\"tags\":[{\"name\":\"x\"}]}")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param\":\"module\"}");
  }

  @Test
  void deletedTagsLeaveTheRecords() {
    String lead = lead("\"Tag\":[{\"name\":\"Stays\"},{\"name\":\"Goes\"}]");
    String id = tagId("Leads", "Goes");
    Answer answer = api.delete(TAGS + "/" + id).hasStatus(200);
    assertThat(answer.at("/tags/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + id
                + "\"},\"message\":\"tags deleted successfully\",\"status\":\"success\"}");
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Tag/0/name").asString())
        .isEqualTo("Stays");
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Tag").size()).isEqualTo(1);
    assertThat(names(api.get(TAGS + "?module=Leads"))).doesNotContain("Goes");
    for (String gone : List.of(id, "x", "99999999999999999999")) {
      api.delete(TAGS + "/" + gone)
          .isError(400, "INVALID_DATA", "tags not found", "{\"id\":\"" + gone + "\"}");
    }
    String again = create(api, "Leads", "Goes");
    assertThat(count("Leads", again)).isEqualTo("0");
  }

  @Test
  void mergedTagsGiveTheirRecordsToTheOther() {
    String both = lead("\"Tag\":[{\"name\":\"From\"},{\"name\":\"Into\"}]");
    String one = lead("\"Tag\":[{\"name\":\"Before\"},{\"name\":\"From\"},{\"name\":\"After\"}]");
    String from = tagId("Leads", "From");
    String into = tagId("Leads", "Into");
    Answer answer = api.post(TAGS + "/" + into + "/actions/merge", conflict(from)).hasStatus(200);
    assertThat(answer.at("/tags/0/message").asString()).isEqualTo("tags merged successfully");
    assertThat(answer.at("/tags/0/details/id").asString()).isEqualTo(into);
    assertThat(tagsOf(both)).containsExactly("Into");
    assertThat(tagsOf(one)).containsExactly("Before", "Into", "After");
    assertThat(count("Leads", into)).isEqualTo("2");
    assertThat(names(api.get(TAGS + "?module=Leads"))).contains("Into").doesNotContain("From");
  }

  @Test
  void tagsThatCannotMergeStay() {
    String id = create(api, "Deals", "Kept");
    String elsewhere = create(api, "Contacts", "Elsewhere");
    String path = TAGS + "/" + id + "/actions/merge";
    for (String conflict : List.of("1", id, elsewhere)) {
      error(
          api.post(path, conflict(conflict)).hasStatus(400),
          0,
          "INVALID_DATA",
          "invalid data",
          at("conflict_id"));
    }
    error(
        api.post(path, "{\"tags\":[{}]}").hasStatus(400),
        0,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("conflict_id"));
    error(
        api.post(path, "{\"tags\":[{\"conflict_id\":[]}]}").hasStatus(400),
        0,
        "INVALID_DATA",
        "invalid data",
        "\"expected_data_type\":\"bigint\"," + at("conflict_id"));
    api.post(TAGS + "/1/actions/merge", conflict(id))
        .isError(400, "INVALID_DATA", "tags not found", "{\"id\":\"1\"}");
    assertThat(names(api.get(TAGS + "?module=Deals"))).contains("Kept");
    String unused = create(api, "Deals", "Unused");
    api.post(path, conflict(unused)).hasStatus(200);
  }

  @Test
  void recordsOfATagAreCounted() {
    lead("\"Tag\":[{\"name\":\"Counted\"}]");
    lead("\"Tag\":[{\"name\":\"Counted\"},{\"name\":\"More\"}]");
    String id = tagId("Leads", "Counted");
    assertThat(count("Leads", id)).isEqualTo("2");
    String path = TAGS + "/" + id + "/actions/records_count";
    api.get(path)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param\":\"module\"}");
    api.get(path + "?module=x")
        .isError(400, "INVALID_MODULE", "the module name given seems to be invalid", "{}");
    api.get(path + "?module=Vendors")
        .isError(400, "INVALID_DATA", "tags not found", "{\"id\":\"" + id + "\"}");
    api.get(TAGS + "/1/actions/records_count?module=Leads")
        .isError(400, "INVALID_DATA", "tags not found", "{\"id\":\"1\"}");
  }

  @Test
  void tagsNeedTheirPermission() {
    TestOrg org = TestOrg.create();
    String id = create(org.api(), "Leads", "Tag");
    long user = TestUsers.standard(org, "nobody@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Tags_Leads");
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    String body = "{\"tags\":[{\"name\":\"x\"}]}";
    for (Answer answer :
        List.of(
            other.get(TAGS + "?module=Leads"),
            other.post(TAGS + "?module=Leads", body),
            other.put(TAGS + "?module=Leads", body),
            other.put(TAGS + "/" + id + "?module=Leads", body),
            other.delete(TAGS + "/" + id),
            other.post(TAGS + "/" + id + "/actions/merge", conflict("1")),
            other.get(TAGS + "/" + id + "/actions/records_count?module=Leads"))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Tags_Leads\",\"Crm_Implied_Edit_Leads\"]}");
    }
    other.get(TAGS + "?module=Contacts").hasStatus(200);
    org.api(org.adminId(), "ZohoCRM.settings.tags.READ")
        .post(TAGS + "?module=Leads", body)
        .hasStatus(401);
  }

  private void refused(String tag, String code, String message, String details) {
    Answer answer = api.post(TAGS + "?module=Leads", "{\"tags\":[" + tag + "]}").hasStatus(400);
    error(answer, 0, code, message, details);
  }

  private static void error(Answer answer, int index, String code, String message, String details) {
    answer.itemIsError("tags", index, code, message, "{" + details + "}");
  }

  private static String at(String name) {
    return "\"api_name\":\"" + name + "\",\"json_path\":\"$.tags[0]." + name + "\"";
  }

  private static String conflict(String id) {
    return "{\"tags\":[{\"conflict_id\":\"" + id + "\"}]}";
  }

  private static String create(Api api, String module, String name) {
    return api.post(TAGS + "?module=" + module, "{\"tags\":[{\"name\":\"" + name + "\"}]}")
        .hasStatus(201)
        .at("/tags/0/details/id")
        .asString();
  }

  private String lead(String fields) {
    return api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"," + fields + "}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private List<String> tagsOf(String lead) {
    return api.get("/crm/v8/Leads/" + lead)
        .at("/data/0/Tag")
        .valueStream()
        .map(tag -> tag.path("name").asString())
        .toList();
  }

  private String count(String module, String id) {
    return api.get(TAGS + "/" + id + "/actions/records_count?module=" + module)
        .hasStatus(200)
        .at("/count")
        .asString();
  }

  private String tagId(String module, String name) {
    return api.get(TAGS + "?module=" + module)
        .at("/tags")
        .valueStream()
        .filter(tag -> tag.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private static List<String> names(Answer answer) {
    return answer
        .hasStatus(200)
        .at("/tags")
        .valueStream()
        .map(tag -> tag.path("name").asString())
        .toList();
  }
}
