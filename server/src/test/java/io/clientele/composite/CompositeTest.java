package io.clientele.composite;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several calls in one. Reference: Composite Request. */
@Proves("POST /crm/{version}/__composite_requests")
class CompositeTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();
  private static final String NOUN = "__composite_requests";

  private static Answer send(String options, String... parts) {
    return send(API, options, parts);
  }

  private static Answer send(Api api, String options, String... parts) {
    return api.post(
        "/crm/v8/__composite_requests",
        "{" + options + "\"" + NOUN + "\":[" + String.join(",", parts) + "]}");
  }

  private static String create(String id, String name) {
    return """
        {"sub_request_id":"%s","method":"POST","uri":"/crm/v8/Leads","body":{"data":[{"Last_Name":"%s"}]}}"""
        .formatted(id, name);
  }

  private static String get(String id, String uri, String params) {
    return """
        {"sub_request_id":"%s","method":"GET","uri":"%s","params":{%s}}"""
        .formatted(id, uri, params);
  }

  private static String pointer(int part, String rest) {
    return "/" + NOUN + "/" + part + "/details/response" + rest;
  }

  private static int count(String name) {
    return API.get("/crm/v8/Leads/actions/count?criteria=(Last_Name:equals:" + name + ")")
        .hasStatus(200)
        .at("/count")
        .asInt();
  }

  private static void partIsError(
      Answer answer, int part, String code, String message, String details) {
    answer.itemIsError(NOUN, part, code, message, details);
  }

  @Test
  void partsReferToEachOther() {
    for (String options :
        new String[] {
          "",
          "\"parallel_execution\":false,",
          "\"concurrent_execution\":true,",
          "\"rollback_on_fail\":true,"
        }) {
      Answer answer =
          send(
              options,
              create("1", "Chained"),
              """
              {"sub_request_id":"2","method":"PUT","uri":"/crm/v6/Leads/@{1:$.data[0].details.id}",
               "headers":{},"body":{"data":[{"Company":"Of @{1:$.data[0].details.id}"}]}}""",
              get(
                  "3",
                  "/crm/v8/Leads/@{2:$.data[0].details.id}",
                  "\"fields\":\"Last_Name,Company\""),
              get(
                  "4",
                  "/crm/v8/Leads?fields=Last_Name",
                  "\"ids\":\"@{1:$.data[0].details.id}\",\"page\":1"));
      answer.hasStatus(200);
      String id = answer.at(pointer(0, "/body/data/0/details/id")).asString();
      assertThat(answer.at(pointer(0, "/status_code")).asInt()).isEqualTo(201);
      assertThat(answer.at(pointer(0, "/headers/content-type")).asString()).contains("json");
      assertThat(answer.at(pointer(2, "/body/data/0/Company")).asString()).isEqualTo("Of " + id);
      assertThat(answer.at(pointer(3, "/body/data/0/id")).asString()).isEqualTo(id);
      assertThat(answer.at(pointer(3, "/body/info/per_page")).asInt()).isEqualTo(25);
      assertThat(API.get("/crm/v8/Leads/" + id).hasStatus(200).at("/data/0/Company").asString())
          .isEqualTo("Of " + id);
    }
  }

  @Test
  void aReferenceAloneKeepsItsType() {
    Answer answer =
        send(
            "",
            """
            {"sub_request_id":"a","method":"POST","uri":"/crm/v8/Leads","body":{"data":[
              {"Last_Name":"Typed","No_of_Employees":12}]}}""",
            get("b", "/crm/v8/Leads/@{a:$.data[0].details.id}", ""),
            """
            {"method":"POST","uri":"/crm/v8/Leads","body":{"data":[{"Last_Name":"Typed too",
              "No_of_Employees":"@{b:$['data'][0].No_of_Employees}","Owner":"@{b:$.data[0].Owner}"}]}}""");
    answer.hasStatus(200);
    assertThat(answer.at(pointer(2, "/status_code")).asInt()).isEqualTo(201);
  }

  @Test
  void allOrNothing() {
    Answer answer =
        send(
            "\"rollback_on_fail\":true,",
            create("1", "Undone"),
            "{\"method\":\"POST\",\"uri\":\"/crm/v8/settings/tags\",\"params\":{\"module\":\"Leads\"},\"body\":{\"tags\":[{\"name\":\"Undone\"}]}}",
            get("2", "/crm/v8/settings/tags", "\"module\":\"Leads\""),
            "{\"method\":\"POST\",\"uri\":\"/crm/v8/coql\",\"body\":{\"select_query\":\"select id from Leads where id is not null limit 26\"}}",
            create("3", "Undone"));
    answer.hasStatus(400);
    String message =
        "the transaction was rolled back since another sub request in the same transaction failed.";
    String by = "{\"rollbacked_by_sub_request_index\":3}";
    partIsError(answer, 0, "ROLLBACK_PERFORMED", message, by);
    partIsError(answer, 1, "ROLLBACK_PERFORMED", message, by);
    partIsError(answer, 2, "ROLLBACK_PERFORMED", message, by);
    assertThat(answer.at(pointer(3, "/body/code")).asString()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(answer.at(pointer(3, "/body/details")).toString())
        .isEqualTo("{\"by\":\"limit\",\"limit\":25}");
    partIsError(answer, 4, "PROCESSING_STOPPED", message, by);
    assertThat(count("Undone")).isZero();
    assertThat(API.get("/crm/v8/settings/tags?module=Leads").text()).doesNotContain("Undone");
  }

  @Test
  void whatIsChangedTogetherIsSeenWithinAndAfter() {
    Answer answer =
        send(
            "\"rollback_on_fail\":true,",
            "{\"sub_request_id\":\"t\",\"method\":\"POST\",\"uri\":\"/crm/v8/settings/tags\",\"params\":{\"module\":\"Contacts\"},\"body\":{\"tags\":[{\"name\":\"Kept\"}]}}",
            get("l", "/crm/v8/settings/tags", "\"module\":\"Contacts\""),
            "{\"sub_request_id\":\"c\",\"method\":\"POST\",\"uri\":\"/crm/v8/Contacts\",\"body\":{\"data\":[{\"Last_Name\":\"Tagged\",\"Tag\":[{\"name\":\"Kept\"}]}]}}",
            get("g", "/crm/v8/Contacts/@{c:$.data[0].details.id}", ""));
    answer.hasStatus(200);
    assertThat(answer.at(pointer(1, "/body/tags/0/name")).asString()).isEqualTo("Kept");
    assertThat(answer.at(pointer(3, "/body/data/0/Tag/0/name")).asString()).isEqualTo("Kept");
    assertThat(API.get("/crm/v8/settings/tags?module=Contacts").at("/tags/0/name").asString())
        .isEqualTo("Kept");
  }

  @Test
  void eachForItself() {
    Answer answer =
        send(
            "\"parallel_execution\":false,",
            create("1", "Alone"),
            create("2", "").replace("\"Last_Name\":\"\"", "\"Company\":\"None\""),
            create("3", "Alone"));
    answer.hasStatus(200);
    assertThat(answer.at(pointer(1, "/status_code")).asInt()).isEqualTo(400);
    assertThat(count("Alone")).isEqualTo(2);
    Answer partly =
        send("", create("1", "Alone"), get("2", "/crm/v8/settings/modules/@{1:$.x}", ""));
    partly.hasStatus(207);
    assertThat(count("Alone")).isEqualTo(3);
    assertThat(
            send("", get("1", "/crm/v8/Leads/1", ""))
                .hasStatus(200)
                .at(pointer(0, "/body"))
                .isNull())
        .isTrue();
  }

  /** Work of other calls is not in the transaction of one that takes its time. */
  @Test
  void transactionsStayApart() throws Exception {
    try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        Future<Answer> undone =
            calls.submit(
                () ->
                    send(
                        "\"rollback_on_fail\":true,",
                        create("1", "Apart undone"),
                        get("2", "/crm/v8/Nothing", "")));
        Future<Answer> kept =
            calls.submit(() -> API.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Apart\"}]}"));
        undone.get().hasStatus(400);
        kept.get().hasStatus(201);
      }
    }
    assertThat(count("Apart")).isEqualTo(10);
  }

  @Test
  void bodies() {
    API.post("/crm/v8/__composite_requests", "{}")
        .isError(400, "MANDATORY_NOT_FOUND", "required field not found", at(NOUN, ""));
    API.post("/crm/v8/__composite_requests", "{\"" + NOUN + "\":{}}")
        .isError(
            400, "INVALID_DATA", "invalid data", at(NOUN, "\"expected_data_type\":\"jsonarray\","));
    String get = get("1", "/crm/v8/org", "");
    send("\"rollback_on_fail\":1,", get)
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            at("rollback_on_fail", "\"expected_data_type\":\"boolean\","));
    send("\"rollback_on_fail\":true,\"parallel_execution\":true,", get)
        .isError(
            400,
            "AMBIGUITY_DURING_PROCESSING",
            "ambiguity while processing the request",
            "{\"ambiguity_due_to\":["
                + at("rollback_on_fail", "")
                + ","
                + at("parallel_execution", "")
                + "]}");
    send("", get, get, get, get, get, get)
        .isError(400, "INVALID_DATA", "invalid data", at(NOUN, "\"maximum_length\":5,"));
    API.post("/crm/v2/__composite_requests", "{\"" + NOUN + "\":[" + get + "]}")
        .hasStatus(400)
        .hasCode("", "API_NOT_SUPPORTED");
  }

  private static String at(String name, String more) {
    return "{%s\"api_name\":\"%s\",\"json_path\":\"$.%s\"}".formatted(more, name, name);
  }

  @Test
  void subRequests() {
    part(
        "{\"method\":\"GET\"}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        place("uri", ""));
    part(
        "{\"method\":\"GET\",\"uri\":\"crm/v8/org\"}",
        "INVALID_DATA",
        "invalid data",
        place(
            "uri",
            "\"expected_data_type\":\"text\",\"regex\":\"/crm(/.*)?/v[0-9]+([.][0-9]+)?/.*\","));
    part(
        "{\"sub_request_id\":\"-\",\"method\":\"GET\",\"uri\":\"/crm/v8/org\"}",
        "INVALID_DATA",
        "invalid data",
        place(
            "sub_request_id",
            "\"expected_data_type\":\"text\",\"regex\":\"[a-zA-Z0-9][a-zA-Z0-9_]*\","));
    part(
        "{\"method\":\"GET\",\"uri\":\"/crm/v8/org\",\"headers\":{\"Authorization\":\"x\"}}",
        "INVALID_DATA",
        "invalid data",
        place("headers", "\"restricted_headers\":[\"authorization\",\"x-crm-org\"],"));
    part(
        "{\"method\":\"GET\",\"uri\":\"/crm/v8/org\",\"params\":[]}",
        "INVALID_DATA",
        "invalid data",
        place("params", "\"expected_data_type\":\"jsonobject\","));
    part(
        "{\"method\":\"GET\",\"uri\":\"/crm/v9/org\"}",
        "NOT_ALLOWED",
        "the version of the sub request is higher than that of the composite request",
        "{\"sub_request_version\":9,\"composite_request_version\":8}");
    for (String not :
        new String[] {
          "POST\",\"uri\":\"/crm/v8/__composite_requests",
          "DELETE\",\"uri\":\"/crm/v8/Leads?ids=1",
          "GET\",\"uri\":\"/crm/v8/files?id=1",
          "POST\",\"uri\":\"/crm/v8/Leads/actions/mass_update"
        }) {
      send("", "{\"method\":\"" + not + "\"}")
          .hasStatus(400)
          .hasCode("/" + NOUN + "/0", "NOT_SUPPORTED");
    }
    Answer twice = send("", create("1", "Twice"), create("1", "Twice")).hasStatus(400);
    partIsError(
        twice,
        1,
        "DUPLICATE_DATA",
        "duplicate data",
        "{\"api_name\":\"sub_request_id\",\"json_path\":\"$.__composite_requests[1].sub_request_id\",\"sub_request_indexes\":[0,1]}");
    assertThat(count("Twice")).isZero();
    limited(create("1", "Many").replace("}]", "},{\"Last_Name\":\"More\"}]"), "records", 1);
    limited(get("1", "/crm/v8/Leads", "\"fields\":\"id\",\"per_page\":26"), "per_page", 25);
  }

  private static void limited(String part, String by, int limit) {
    Answer answer = send("", part).hasStatus(200);
    assertThat(answer.at(pointer(0, "/status_code")).asInt()).isEqualTo(400);
    assertThat(answer.at(pointer(0, "/body/details")).toString())
        .isEqualTo("{\"by\":\"%s\",\"limit\":%d}".formatted(by, limit));
  }

  private static void part(String part, String code, String message, String details) {
    partIsError(send("", part).hasStatus(400), 0, code, message, details);
  }

  private static String place(String name, String more) {
    return "{%s\"api_name\":\"%s\",\"json_path\":\"$.__composite_requests[0].%s\"}"
        .formatted(more, name, name);
  }

  @Test
  void references() {
    String reference = "@{2:$.data[0].details.id}";
    String uses = get("1", "/crm/v8/Leads/" + reference, "");
    refers(
        send("\"parallel_execution\":false,", uses, create("2", "Later")).hasStatus(207),
        "the sub request referred to is not executed",
        reference);
    refers(
        send("", uses.replace("@{2", "@{1")).hasStatus(400),
        "the sub request referred to is not executed",
        reference.replace("@{2", "@{1"));
    refers(
        send("", uses.replace(reference, "@{x}")).hasStatus(400),
        "the reference given seems to be invalid",
        "@{x}");
    refers(
        send("", uses, get("2", "/crm/v8/Nothing", "")).hasStatus(207),
        "the sub request referred to has failed",
        reference);
    refers(
        send("", uses, get("2", "/crm/v8/org", "")).hasStatus(207),
        "the reference given has no value",
        reference);
    Answer loop = send("", uses, get("2", "/crm/v8/Leads/@{1:$.data[0].id}", "")).hasStatus(400);
    partIsError(
        loop,
        0,
        "LOOPING_FOUND",
        "the sub requests refer to each other",
        """
        {"dependent_data":[{"sub_request_id":"1","referred_sub_request_ids":["2"]},
          {"sub_request_id":"2","referred_sub_request_ids":["1"]}]}""");
  }

  private static void refers(Answer answer, String message, String reference) {
    partIsError(
        answer,
        0,
        "INVALID_REFERENCE",
        message,
        "{\"api_name\":\"uri\",\"json_path\":\"$.__composite_requests[0].uri\",\"reference\":\"%s\"}"
            .formatted(reference));
  }

  @Test
  void eachPartNeedsItsScopeAndPermission() {
    Api narrow =
        ORG.api(ORG.adminId(), "ZohoCRM.composite_requests.CUSTOM,ZohoCRM.modules.leads.READ");
    Answer answer =
        send(narrow, "", create("1", "Scope"), get("2", "/crm/v8/Leads", "\"fields\":\"id\""));
    answer.hasStatus(200);
    assertThat(answer.at(pointer(0, "/body/code")).asString()).isEqualTo("OAUTH_SCOPE_MISMATCH");
    assertThat(answer.at(pointer(1, "/status_code")).asInt()).isIn(200, 204);
    send(ORG.api(ORG.adminId(), "ZohoCRM.modules.ALL"), "", create("1", "Scope"))
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    var org = TestOrg.create();
    long user = TestUsers.standard(org, "composite@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Create_Leads");
    Answer refused = send(org.api(user, TestOrg.ALL_SCOPES), "", create("1", "Permission"));
    assertThat(refused.hasStatus(200).at(pointer(0, "/body/code")).asString())
        .isEqualTo("NO_PERMISSION");
  }
}
