package io.clientele.records;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /{module}/{id}/__timeline. Reference: Timeline of a Record. */
@Proves("GET /crm/{version}/{module}/{id}/__timeline")
class TimelineTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String INNER =
      "field_history.data_type,field_history.field_label,field_history.enable_colour_code,"
          + "field_history.pick_list_values,done_by.type__s,done_by.profile";
  private final Api api = ORG.api();

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }

  private void change(String module, String id, String values) {
    api.put("/crm/v8/" + module + "/" + id, "{\"data\":[{" + values + "}]}").hasStatus(200);
  }

  private Answer timeline(String module, String id, String query) {
    return api.get("/crm/v8/" + module + "/" + id + "/__timeline" + query);
  }

  private static String filters(String filters) {
    return "?filters=" + Api.encode(filters);
  }

  private static List<String> texts(Answer answer, String key) {
    return answer
        .at("/__timeline")
        .valueStream()
        .map(entry -> entry.path(key).asString(""))
        .toList();
  }

  @Test
  void eachChangeIsToldWithOldAndNewValues() {
    String id = create("Leads", "{\"Last_Name\":\"Smith\",\"Lead_Source\":\"Cold Call\"}");
    change("Leads", id, "\"Last_Name\":\"Boyle\",\"Lead_Source\":\"Advertisement\"");
    change("Leads", id, "\"Last_Name\":\"Boyle\"");
    Answer timeline = timeline("Leads", id, "?include_inner_details=" + INNER).hasStatus(200);
    assertThat(texts(timeline, "action")).containsExactly("updated", "added");
    assertThat(texts(timeline, "source")).containsExactly("crm_api", "crm_api");
    JsonNode updated = timeline.at("/__timeline/0");
    assertThat(updated.at("/record/name").asString()).isEqualTo("Boyle");
    assertThat(updated.at("/record/id").asString()).isEqualTo(id);
    assertThat(updated.at("/record/module/api_name").asString()).isEqualTo("Leads");
    assertThat(updated.at("/done_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(updated.at("/done_by/profile/name").asString()).isEqualTo("Administrator");
    assertThat(updated.at("/done_by/type__s").asString()).isEqualTo("regular user");
    assertThat(updated.at("/audited_time").asString()).endsWith("+05:30");
    assertThat(updated.path("related_record").isNull()).isTrue();
    JsonNode name = history(updated, "Last_Name");
    assertThat(name.at("/_value").toString()).isEqualTo("{\"new\":\"Boyle\",\"old\":\"Smith\"}");
    assertThat(name.path("field_label").asString()).isEqualTo("Last Name");
    assertThat(name.path("data_type").asString()).isEqualTo("text");
    JsonNode source = history(updated, "Lead_Source");
    assertThat(source.at("/_value/old").asString()).isEqualTo("Cold Call");
    assertThat(source.at("/pick_list_values/0/sequence_number").asInt()).isEqualTo(1);
    assertThat(timeline.at("/__timeline/1/field_history").isNull()).isTrue();
    assertThat(timeline.at("/info").toString())
        .isEqualTo(
            """
            {"per_page":200,"next_page_token":null,"count":2,"page":1,"previous_page_token":null,\
            "more_records":false}""");
    JsonNode plain = timeline("Leads", id, "").at("/__timeline/0/field_history/0");
    assertThat(plain.propertyNames()).containsExactlyInAnyOrder("api_name", "_value", "id");
    assertThat(texts(timeline("Leads", id, "?include=type,extension"), "type"))
        .containsOnly("timeline");
  }

  private static JsonNode history(JsonNode entry, String field) {
    return entry
        .path("field_history")
        .valueStream()
        .filter(one -> one.path("api_name").asString().equals(field))
        .findFirst()
        .orElseThrow();
  }

  private String value(String module, String id, String field) {
    return history(timeline(module, id, "").at("/__timeline/0"), field).path("_value").toString();
  }

  @Test
  void idsAreToldAsNames() {
    long other = TestUsers.standard(ORG, "timeline@example.com");
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    String second = create("Accounts", "{\"Account_Name\":\"Beta\"}");
    String id =
        create("Contacts", "{\"Last_Name\":\"C\",\"Account_Name\":{\"id\":\"" + account + "\"}}");
    change("Contacts", id, "\"Account_Name\":{\"id\":\"" + second + "\"}");
    assertThat(value("Contacts", id, "Account_Name"))
        .isEqualTo("{\"new\":\"Beta\",\"old\":\"Acme\"}");
    api.delete("/crm/v8/Accounts/" + second).hasStatus(200);
    assertThat(value("Contacts", id, "Account_Name"))
        .isEqualTo("{\"new\":\"Beta\",\"old\":\"Acme\"}");
    change("Contacts", id, "\"Owner\":{\"id\":\"" + other + "\"}");
    assertThat(value("Contacts", id, "Owner"))
        .isEqualTo("{\"new\":\"Doe\",\"old\":\"Patricia Boyle\"}");
    change("Contacts", id, "\"Date_of_Birth\":\"1990-01-02\",\"Email_Opt_Out\":true");
    assertThat(value("Contacts", id, "Date_of_Birth"))
        .isEqualTo("{\"new\":\"1990-01-02\",\"old\":null}");
    assertThat(value("Contacts", id, "Email_Opt_Out"))
        .isEqualTo("{\"new\":\"true\",\"old\":\"false\"}");
    api.post("/crm/v8/Contacts/" + id + "/actions/add_tags", "{\"tags\":[{\"name\":\"prime\"}]}")
        .hasStatus(200);
    assertThat(texts(timeline("Contacts", id, ""), "action").getFirst()).isEqualTo("tag_added");
    assertThat(value("Contacts", id, "Tag")).isEqualTo("{\"new\":\"prime\",\"old\":null}");
    String task =
        create(
            "Tasks",
            "{\"Subject\":\"T\",\"What_Id\":{\"id\":\"%s\"},\"$se_module\":\"Accounts\"}"
                .formatted(account));
    change("Tasks", task, "\"Due_Date\":\"2030-01-01\",\"What_Id\":null");
    assertThat(value("Tasks", task, "What_Id")).isEqualTo("{\"new\":null,\"old\":\"Acme\"}");
  }

  @Test
  void whatHangsOnTheRecordIsToldToo() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    String on = "\"What_Id\":{\"id\":\"%s\"},\"$se_module\":\"Accounts\"".formatted(account);
    String task = create("Tasks", "{\"Subject\":\"Ring\"," + on + "}");
    change("Tasks", task, "\"Priority\":\"Low\"");
    api.delete("/crm/v8/Tasks/" + task).hasStatus(200);
    Answer timeline = timeline("Accounts", account, "").hasStatus(200);
    assertThat(texts(timeline, "action")).containsExactly("deleted", "updated", "added", "added");
    JsonNode added = timeline.at("/__timeline/2");
    assertThat(added.at("/record/name").asString()).isEqualTo("Ring");
    assertThat(added.at("/record/module/api_name").asString()).isEqualTo("Tasks");
    assertThat(added.at("/related_record/name").asString()).isEqualTo("Acme");
    assertThat(added.at("/related_record/module/api_name").asString()).isEqualTo("Accounts");

    Answer tasks =
        timeline(
            "Accounts",
            account,
            filters(
                """
                {"group_operator":"AND","group":[
                 {"field":{"api_name":"record.module.api_name"},"comparator":"in",
                  "value":["Tasks","Notes"]},
                 {"field":{"api_name":"source"},"comparator":"equal","value":"crm_api"}]}"""));
    assertThat(texts(tasks, "action")).containsExactly("deleted", "updated", "added");
  }

  @Test
  void filtersAreConditionsOnEntries() {
    String id = create("Leads", "{\"Last_Name\":\"Smith\"}");
    String by =
        "{\"field\":{\"api_name\":\"done_by.id\"},\"comparator\":\"equal\",\"value\":\"%d\"}";
    timeline("Leads", id, filters(by.formatted(ORG.adminId()))).hasStatus(200);
    timeline("Leads", id, filters(by.formatted(1))).hasStatus(204);
    String between =
        """
        {"field":{"api_name":"audited_time"},"comparator":"between","value":["%s","%s"]}""";
    timeline(
            "Leads",
            id,
            filters(between.formatted("2020-01-01T00:00:00+05:30", "2099-01-01T00:00:00Z")))
        .hasStatus(200);
    timeline(
            "Leads",
            id,
            filters(between.formatted("2020-01-01T00:00:00+05:30", "2021-01-01T00:00:00+0530")))
        .hasStatus(204);
    String[] wrong = {
      "x",
      "{}",
      "{\"field\":{\"api_name\":\"source\"},\"comparator\":\"between\",\"value\":\"crm_api\"}",
      "{\"field\":{\"api_name\":\"source\"},\"comparator\":\"in\",\"value\":[7]}",
      "{\"field\":{\"api_name\":\"done_by.id\"},\"comparator\":\"equal\",\"value\":\"me\"}",
      between.formatted("today", "2099-01-01T00:00:00Z"),
      "{\"group_operator\":\"XOR\",\"group\":[" + by.formatted(1) + "]}",
      "{\"group_operator\":\"AND\",\"group\":[]}"
    };
    for (String filters : wrong) {
      timeline("Leads", id, filters(filters))
          .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"filters\"}");
    }
    timeline(
            "Leads",
            id,
            filters(
                """
                {"field":{"api_name":"record.module.api_name"},"comparator":"equal",
                 "value":"Leads"}"""))
        .isError(
            400,
            "INVALID_DATA",
            "the relation name given seems to be invalid",
            "{\"param_name\":\"filters\"}");
  }

  @Test
  void pagesFollowEachOtherByTokens() {
    String id = create("Leads", "{\"Last_Name\":\"L0\"}");
    IntStream.rangeClosed(1, 4).forEach(i -> change("Leads", id, "\"Last_Name\":\"L" + i + "\""));
    Answer first = timeline("Leads", id, "?per_page=2").hasStatus(200);
    Answer second = follow(id, first, "next_page_token");
    Answer third = follow(id, second, "next_page_token");
    assertThat(newNames(first)).containsExactly("L4", "L3");
    assertThat(newNames(second)).containsExactly("L2", "L1");
    assertThat(texts(third, "action")).containsExactly("added");
    assertThat(third.at("/info/more_records").asBoolean(true)).isFalse();
    assertThat(third.at("/info/page").asInt()).isEqualTo(3);
    Answer back = follow(id, third, "previous_page_token");
    assertThat(newNames(back)).containsExactly("L2", "L1");
    assertThat(newNames(follow(id, back, "previous_page_token"))).containsExactly("L4", "L3");
    assertThat(newNames(timeline("Leads", id, "?per_page=2&page=2"))).containsExactly("L2", "L1");
    Answer up = timeline("Leads", id, "?per_page=2&sort_by=audited_time&sort_order=asc");
    assertThat(texts(up, "action")).containsExactly("added", "updated");

    String token = first.at("/info/next_page_token").asString();
    timeline("Leads", id, "?per_page=2&page_token=" + token)
        .hasStatus(400)
        .hasCode("", "AMBIGUITY_DURING_PROCESSING");
    timeline("Leads", id, "?sort_order=asc&page_token=" + token)
        .hasStatus(400)
        .hasCode("", "TOKEN_BOUND_DATA_MISMATCH");
    timeline("Leads", id, "?page_token=x").hasStatus(400).hasCode("", "INVALID_DATA");
  }

  private Answer follow(String id, Answer page, String token) {
    return timeline("Leads", id, "?page_token=" + page.at("/info/" + token).asString())
        .hasStatus(200);
  }

  private static List<String> newNames(Answer page) {
    return page.at("/__timeline")
        .valueStream()
        .map(entry -> entry.at("/field_history/0/_value/new").asString(""))
        .toList();
  }

  @Test
  void whatIsNotThereHasNoTimeline() {
    String related = "the related id given seems to be invalid";
    timeline("Leads", "1", "").isError(400, "INVALID_DATA", related, "{\"resource_path_index\":1}");
    timeline("Nowhere", "1", "").hasStatus(400).hasCode("", "INVALID_MODULE");
    String id = create("Leads", "{\"Last_Name\":\"L\"}");
    timeline("Leads", id, "?sort_by=id")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"param_name\":\"sort_by\",\"supported_values\":[\"audited_time\"]}");
    timeline("Leads", id, "?per_page=201").hasStatus(400).hasCode("", "PATTERN_NOT_MATCHED");
  }

  @Test
  void concurrentUpdatesOfARecordAreAnUnbrokenChain() throws Exception {
    String id = create("Leads", "{\"Last_Name\":\"start\"}");
    int clients = 8;
    int each = 6;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<?>>();
      for (int client = 0; client < clients; client++) {
        int number = client;
        calls.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    change("Leads", id, "\"Last_Name\":\"c%d-%d\"".formatted(number, i));
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
    List<JsonNode> entries =
        timeline("Leads", id, "?sort_order=asc").at("/__timeline").valueStream().toList();
    assertThat(entries).hasSize(1 + clients * each);
    String last = "start";
    for (JsonNode entry : entries.subList(1, entries.size())) {
      assertThat(entry.path("field_history").size()).isEqualTo(1);
      assertThat(entry.at("/field_history/0/_value/old").asString()).isEqualTo(last);
      last = entry.at("/field_history/0/_value/new").asString();
    }
    assertThat(api.get("/crm/v8/Leads/" + id).at("/data/0/Last_Name").asString()).isEqualTo(last);
  }

  @Test
  void oldChangesAreForgottenInSmallBatches() {
    TestOrg org = TestOrg.create();
    Api other = org.api();
    String id =
        other.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").hasStatus(201).savedId(0);
    String path = "/crm/v8/Leads/" + id;
    for (int i = 0; i < 3; i++) {
      other.put(path, "{\"data\":[{\"Last_Name\":\"L%d\"}]}".formatted(i)).hasStatus(200);
    }
    var installation = org.server().installation();
    installation
        .database()
        .change(
            tx ->
                tx.update(
                    sql(
                        "update "
                            + org.org().table("record_change")
                            + " set time = time - interval '731 days' where id <= 3")));
    var upkeep =
        new RecordUpkeep(
            installation.database(), installation.clock(), java.time.Duration.ofDays(730));
    assertThat(upkeep.trim(org.org(), 2)).isEqualTo(2);
    assertThat(upkeep.trim(org.org(), 2)).isEqualTo(1);
    assertThat(upkeep.trim(org.org(), 2)).isZero();
    assertThat(other.get(path + "/__timeline").at("/__timeline").size()).isEqualTo(1);
  }
}
