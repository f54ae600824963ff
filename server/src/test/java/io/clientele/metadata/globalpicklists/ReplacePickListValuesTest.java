package io.clientele.metadata.globalpicklists;

import static io.clientele.metadata.globalpicklists.GlobalPickListsTest.rejected;
import static io.clientele.metadata.globalpicklists.PickListOrg.LISTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Jobs;
import io.clientele.testing.Answer;
import io.clientele.testing.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records get another value for one they have. Reference: Replace Picklist Values. */
@Proves({
  "POST /crm/{version}/settings/global_picklists/{global_picklist}/actions/replace_picklist_values",
  "GET /crm/{version}/settings/global_picklists/{global_picklist}/actions/replaced_values"
})
class ReplacePickListValuesTest {
  private final PickListOrg org = new PickListOrg();

  private Answer replace(String list, String before, String after) {
    return org.api()
        .post(
            LISTS + "/" + list + "/actions/replace_picklist_values",
            "{\"replace_picklist_values\":[{\"old_value\":%s,\"new_value\":%s}]}"
                .formatted(before, after));
  }

  private static String named(String displayValue) {
    return "{\"display_value\":\"" + displayValue + "\"}";
  }

  private Answer replaced(String list) {
    return org.api().get(LISTS + "/" + list + "/actions/replaced_values");
  }

  private String lead(String source) {
    return org.api()
        .post(
            "/crm/v8/Leads",
            "{\"data\":[{\"Last_Name\":\"Daly\",\"Lead_Source\":\"" + source + "\"}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private String source(String lead) {
    return org.api().get("/crm/v8/Leads/" + lead).at("/data/0/Lead_Source").asString();
  }

  @Test
  void recordsGetTheNewValueByAJob() {
    String list = org.create("Source", "Twitter", "X", "Phone");
    assertThat(
            replace(list, named("Twitter"), named("X"))
                .hasStatus(200)
                .at("/replace_picklist_values/0/code")
                .asString())
        .isEqualTo("SUCCESS");
    org.bind("Leads", "Lead_Source", list);
    org.bind("Contacts", "Lead_Source", list);
    org.edit("Leads", "Lead_Source", body -> body.put("default_value", "Twitter"));
    String twitter = lead("Twitter");
    String phone = lead("Phone");
    String outside = lead("Not in the list");
    String contact =
        org.api()
            .post(
                "/crm/v8/Contacts",
                "{\"data\":[{\"Last_Name\":\"Daly\",\"Lead_Source\":\"Twitter\"}]}")
            .savedId(0);
    replaced(list).hasStatus(204);

    Answer scheduled =
        replace(
                list,
                "{\"id\":\"" + org.valueId(list, "Twitter") + "\",\"display_value\":\"Twitter\"}",
                "{\"id\":\"" + org.valueId(list, "X") + "\"}")
            .hasStatus(202);
    assertThat(scheduled.at("/replace_picklist_values/0/code").asString()).isEqualTo("SCHEDULED");
    long job = scheduled.at("/replace_picklist_values/0/details/job_id").asLong();
    assertThat(replaced(list).hasStatus(200).at("/replaced_values/0/display_value").asString())
        .isEqualTo("Twitter");
    String twitterId = org.valueId(list, "Twitter");
    rejected(
        org.patch(list, "{\"pick_list_values\":[{\"id\":\"" + twitterId + "\",\"_delete\":true}]}"),
        "NOT_ALLOWED",
        "Some values can not be modified since they are being deleted from the system through"
            + " replacing process.",
        "pick_list_values",
        "$.global_picklists[0].pick_list_values");
    error(
        replace(list, named("Twitter"), named("Phone")),
        "NOT_ALLOWED",
        "Option cannot be replaced",
        "{\"api_name\":\"old_value\",\"json_path\":\"$.replace_picklist_values[0].old_value\"}");
    assertThat(source(twitter)).isEqualTo("Twitter");

    org.runJobs();
    assertThat(source(twitter)).isEqualTo("X");
    assertThat(source(phone)).isEqualTo("Phone");
    assertThat(org.api().get("/crm/v8/Contacts/" + contact).at("/data/0/Lead_Source").asString())
        .isEqualTo("X");
    replaced(list).hasStatus(204);
    Job done = job(job);
    assertThat(done.status()).isEqualTo(Job.Status.COMPLETED);
    assertThat(done.result().path("records_replaced").asInt()).isEqualTo(2);
    String fresh =
        org.api().post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"New\"}]}").savedId(0);
    assertThat(source(fresh)).isEqualTo("X");

    // a value that the list does not have
    replace(list, named("Not in the list"), named("Phone")).hasStatus(202);
    // records follow a value whose actual value changes
    org.patch(
            list,
            "{\"pick_list_values\":[{\"id\":\"%s\",\"actual_value\":\"x.com\"}]}"
                .formatted(org.valueId(list, "X")))
        .hasStatus(200);
    org.runJobs();
    assertThat(source(outside)).isEqualTo("Phone");
    assertThat(source(twitter)).isEqualTo("x.com");
  }

  private Job job(long id) {
    return org.org()
        .server()
        .installation()
        .database()
        .read(tx -> Jobs.find(tx, org.org().org(), id, ReplacementJob.KIND))
        .orElseThrow();
  }

  /** What a server that was killed did is not done again, and the rest is. */
  @Test
  void aJobGoesOnWhereItStopped() {
    String list = org.create("Source", "a", "b");
    org.bind("Leads", "Lead_Source", list);
    String first = lead("a");
    String second = lead("a");
    long job =
        replace(list, named("a"), named("b"))
            .at("/replace_picklist_values/0/details/job_id")
            .asLong();
    long field = org.org().metadata().get("Leads").field("Lead_Source").orElseThrow().id();
    org.change(
        change ->
            Jobs.report(
                change.tx(),
                change.org(),
                job,
                Job.Status.RUNNING,
                Json.MAPPER
                    .createObjectNode()
                    .put("field", field)
                    .put("after", Long.parseLong(first))
                    .put("records_replaced", 1)));
    org.runJobs();
    assertThat(source(first)).isEqualTo("a");
    assertThat(source(second)).isEqualTo("b");
    assertThat(job(job).result().path("records_replaced").asInt()).isEqualTo(2);
  }

  @Test
  void listsOfValuesHaveTheNewOneOnce() {
    String list = org.create("Colours", "red", "green", "blue");
    org.edit(
        "Leads",
        "Lead_Source",
        body -> body.put("data_type", "multiselectpicklist").put("json_type", "jsonarray"));
    org.bind("Leads", "Lead_Source", list);
    Answer created =
        org.api()
            .post(
                "/crm/v8/Leads",
                """
                {"data":[{"Last_Name":"A","Lead_Source":["red","blue"]},
                         {"Last_Name":"B","Lead_Source":["red","green"]},
                         {"Last_Name":"C"}]}""")
            .hasStatus(201);
    replace(list, named("red"), named("green")).hasStatus(202);
    org.runJobs();
    assertThat(values(created.savedId(0))).containsExactly("green", "blue");
    assertThat(values(created.savedId(1))).containsExactly("green");
  }

  private List<String> values(String lead) {
    return org.api()
        .get("/crm/v8/Leads/" + lead)
        .at("/data/0/Lead_Source")
        .valueStream()
        .map(value -> value.asString())
        .toList();
  }

  @Test
  void whatCannotBeReplaced() {
    String list = org.create("Source", "a", "b", "c");
    String a = org.valueId(list, "a");
    org.patch(
            list,
            "{\"pick_list_values\":[{\"id\":\"%s\",\"type\":\"unused\"}]}"
                .formatted(org.valueId(list, "c")))
        .hasStatus(200);
    String invalid = "The given value seems to be invalid";
    error(
        replace(list, "{\"id\":\"1\"}", named("b")),
        "INVALID_DATA",
        invalid,
        at("id", "old_value"));
    error(
        replace(list, named("a"), named("c")),
        "INVALID_DATA",
        invalid,
        at("display_value", "new_value"));
    error(
        replace(list, named("a"), named("nowhere")),
        "INVALID_DATA",
        invalid,
        at("display_value", "new_value"));
    error(
        replace(list, named("a"), "{\"id\":\"" + a + "\"}"),
        "INVALID_DATA",
        invalid,
        at("id", "new_value"));
    error(
        replace(list, "{\"display_value\":null}", named("b")),
        "INVALID_DATA",
        invalid,
        at("display_value", "old_value"));
    error(
        replace(list, named("-None-"), named("b")),
        "INVALID_DATA",
        "-None- and its value cannot be replaced",
        at("display_value", "old_value"));
    error(
        replace(list, "{\"id\":\"" + a + "\",\"display_value\":\"b\"}", named("b")),
        "AMBIGUITY_DURING_PROCESSING",
        "ambiguity while processing the request",
        "{\"ambiguity_due_to\":[%s,%s]}"
            .formatted(at("id", "old_value"), at("display_value", "old_value")));
    error(
        replace(list, "{}", named("b")),
        "EXPECTED_FIELD_MISSING",
        "Specify atleast one field in the old_value",
        "{\"expected_fields\":[%s,%s]}"
            .formatted(at("id", "old_value"), at("display_value", "old_value")));
    error(
        replace(list, named("a"), "{}"),
        "EXPECTED_FIELD_MISSING",
        "Specify atleast one field in the new_value",
        "{\"expected_fields\":[%s,%s]}"
            .formatted(at("id", "new_value"), at("display_value", "new_value")));
    error(
        replace(list, "null", named("b")),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{\"api_name\":\"old_value\",\"json_path\":\"$.replace_picklist_values[0].old_value\"}");
    error(
        replace(list, "\"a\"", named("b")),
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"jsonobject","api_name":"old_value",
         "json_path":"$.replace_picklist_values[0].old_value"}""");
    error(
        replace(list, "{\"id\":true}", named("b")),
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"bigint","api_name":"id",
         "json_path":"$.replace_picklist_values[0].old_value.id"}""");
  }

  private static String at(String name, String value) {
    return "{\"api_name\":\"%s\",\"json_path\":\"$.replace_picklist_values[0].%s.%s\"}"
        .formatted(name, value, name);
  }

  private static void error(Answer answer, String code, String message, String details) {
    answer.hasStatus(400);
    var error = answer.at("/replace_picklist_values/0");
    assertThat(error.path("code").asString()).as(answer::toString).isEqualTo(code);
    assertThat(error.path("message").asString()).as(answer::toString).isEqualTo(message);
    assertThat(error.path("details")).isEqualTo(Json.MAPPER.readTree(details));
  }
}
