package io.clientele.metadata.globalpicklists;

import static io.clientele.metadata.globalpicklists.PickListOrg.LISTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Global pick lists are created, changed, read and deleted, and fields have their values. */
@Proves({
  "GET /crm/{version}/settings/global_picklists",
  "POST /crm/{version}/settings/global_picklists",
  "PATCH /crm/{version}/settings/global_picklists",
  "DELETE /crm/{version}/settings/global_picklists",
  "GET /crm/{version}/settings/global_picklists/{global_picklist}",
  "PATCH /crm/{version}/settings/global_picklists/{global_picklist}",
  "DELETE /crm/{version}/settings/global_picklists/{global_picklist}",
  "GET /crm/{version}/settings/global_picklists/{global_picklist}/actions/associations",
  "GET /crm/{version}/settings/global_picklists/{global_picklist}/actions/pick_list_values_associations"
})
class GlobalPickListsTest {
  private static final PickListOrg ORG = new PickListOrg();

  private static final Shape LIST =
      Shape.of(
          """
          display_label: text, source: text, api_name: text, id: id, actual_label: text,
          description: text?, presence: flag, customizable: flag, created_time: time,
          modified_time: time, created_by: object, modified_by: object,
          pick_list_values_sorted_lexically: flag""");

  private final Api api = ORG.api();

  @Test
  void aListIsThereWithItsValuesAsTheBodyHasThem() {
    Answer created =
        ORG.post(
            """
            {"display_label":"Traffic","description":"Where it comes from","api_name":"Traffic__x",
             "pick_list_values":[
               {"display_value":"Cold","sequence_number":2,"type":"used","colour_code":"#aabbcc"},
               {"display_value":"Warm","reference_value":"warm_1","type":"unused"},
               {"display_value":"Hot","actual_value":"hot","type":"used","sequence_number":1}]}""");
    created.hasStatus(201);
    assertThat(created.at("/global_picklists/0/message").asString())
        .isEqualTo("global picklist added successfully");
    String id = created.at("/global_picklists/0/details/id").asString();
    JsonNode list = ORG.read(id);
    LIST.check(list);
    assertThat(list.path("api_name").asString()).isEqualTo("Traffic__x");
    assertThat(list.path("created_by").path("name").asString()).isEqualTo("Patricia Boyle");
    assertThat(values(list, "display_value")).containsExactly("Hot", "Cold", "Warm");
    assertThat(values(list, "sequence_number")).containsExactly("1", "2", "3");
    assertThat(values(list, "actual_value")).containsExactly("hot", "Cold", "warm_1");
    assertThat(values(list, "reference_value")).containsExactly("hot", "Cold", "warm_1");
    assertThat(values(list, "type")).containsExactly("used", "used", "unused");
    assertThat(list.at("/pick_list_values/1/colour_code").asString()).isEqualTo("#aabbcc");

    ORG.patch(id, "{\"pick_list_values_sorted_lexically\":true,\"description\":null}")
        .hasStatus(200);
    assertThat(values(ORG.read(id), "display_value")).containsExactly("Cold", "Hot", "Warm");
    assertThat(ORG.read(id).path("description").isNull()).isTrue();
    assertThat(api.get(LISTS + "/1").hasStatus(204).text()).isEmpty();
    assertThat(api.get(LISTS + "/x").hasStatus(204).text()).isEmpty();
  }

  private static List<String> values(JsonNode list, String key) {
    return list.path("pick_list_values")
        .valueStream()
        .map(value -> value.path(key).asString())
        .toList();
  }

  @Test
  void labelsAndApiNamesAreUnique() {
    String id = ORG.create("Region of the World", "North");
    assertThat(ORG.read(id).path("api_name").asString()).isEqualTo("Region_of_the_World");
    String other = ORG.create("Region-of the World", "South");
    assertThat(ORG.read(other).path("api_name").asString()).isEqualTo("Region_of_the_World_1");
    rejected(
        ORG.post(PickListOrg.list("region OF the world", "a")),
        "DUPLICATE_DATA",
        "Duplicate name found, enter a unique name.",
        "display_label");
    rejected(
        ORG.patch(other, "{\"display_label\":\"Region of the World\"}"),
        "DUPLICATE_DATA",
        "Duplicate name found, enter a unique name.",
        "display_label");
    rejected(
        ORG.patch(other, "{\"api_name\":\"region_of_the_world\"}"),
        "DUPLICATE_DATA",
        "Duplicate Api name found, enter a unique Api name.",
        "api_name");
    rejected(
        ORG.patch(other, "{\"api_name\":\"\"}"),
        "INVALID_DATA",
        "Api Name cannot be empty",
        "api_name");
    rejected(
        ORG.patch(other, "{\"api_name\":\"Ends_\"}"),
        "INVALID_DATA",
        "Api Name should start with English alphabets followed by numbers or alphabets or underscore"
            + " and should not end with underscore",
        "api_name");
    ORG.patch(other, "{\"api_name\":\"Renamed\",\"display_label\":\"Other\"}").hasStatus(200);
    assertThat(ORG.read(other).path("api_name").asString()).isEqualTo("Renamed");
    assertThat(ORG.read(other).path("actual_label").asString()).isEqualTo("Region-of the World");
  }

  @Test
  void whatALabelCannotBe() {
    String id = ORG.create("Sound", "a");
    String values = "\"pick_list_values\":[{\"display_value\":\"a\"}]";
    rejected(
        ORG.post("{" + values + "}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "display_label");
    rejected(
        ORG.post("{\"display_label\":\"A\"}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "pick_list_values");
    rejected(
        ORG.patch(id, "{\"pick_list_values\":null}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "pick_list_values");
    rejected(
        ORG.patch(id, "{\"display_label\":\"\"}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "display_label");
    rejected(
        ORG.post("{\"display_label\":\"A<b\"," + values + "}"),
        "INVALID_DATA",
        "Special characters in name",
        "display_label");
    rejected(
        ORG.post("{\"display_label\":\"A \uD83D\uDE00\"," + values + "}"),
        "INVALID_DATA",
        "invalid data",
        "display_label");
    rejected(
        ORG.patch(id, "{\"display_label\":\"A \uD83D\uDE00\"}"),
        "INVALID_DATA",
        "INVALID_FIELD_LABEL",
        "display_label");
    rejected(
        ORG.post("{\"display_label\":\"None\"," + values + "}"),
        "NOT_ALLOWED",
        "System keyword not allowed in global set label",
        "display_label");
    details(
        ORG.post("{\"display_label\":\"" + "x".repeat(51) + "\"," + values + "}"),
        "INVALID_DATA",
        """
        {"maximum_length":50,"api_name":"display_label",
         "json_path":"$.global_picklists[0].display_label"}""");
    details(
        ORG.post(
            "{\"display_label\":\"D\",\"description\":\""
                + "x".repeat(1001)
                + "\","
                + values
                + "}"),
        "INVALID_DATA",
        """
        {"maximum_length":1000,"api_name":"description",
         "json_path":"$.global_picklists[0].description"}""");
    details(
        ORG.post("{\"display_label\":7," + values + "}"),
        "INVALID_DATA",
        """
        {"expected_data_type":"text","api_name":"display_label",
         "json_path":"$.global_picklists[0].display_label"}""");
    api.post(LISTS, "{\"global_picklists\":{}}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            """
            {"expected_data_type":"jsonarray","api_name":"global_picklists",
             "json_path":"$.global_picklists"}""");
  }

  @Test
  void anOrgHasThirtyLists() {
    var org = new PickListOrg();
    for (int i = 0; i < 30; i++) {
      org.create("List " + i, "a");
    }
    details(
        org.post(PickListOrg.list("One more", "a")),
        "LIMIT_EXCEEDED",
        """
        {"limit_due_to":[{"api_name":"global_picklists","json_path":"$.global_picklists[0]"}],
         "limit":30}""");
  }

  @Test
  void listsAreFilteredAndShownInPart() {
    var org = new PickListOrg();
    assertThat(org.api().get(LISTS).hasStatus(204).text()).isEmpty();
    String one = org.create("One", "a", "b");
    org.create("Two", "c");
    org.patch(
            one,
            "{\"pick_list_values\":[{\"id\":\""
                + org.valueId(one, "b")
                + "\",\"type\":\"unused\"}]}")
        .hasStatus(200);
    org.bind("Leads", "Lead_Source", one);
    Answer all = org.api().get(LISTS).hasStatus(200);
    assertThat(all.at("/global_picklists").size()).isEqualTo(2);
    assertThat(all.at("/global_picklists/0").has("pick_list_values")).isFalse();
    Answer more =
        org.api().get(LISTS + "?include=pick_list_values,used_in_modules,associated_fields_count");
    assertThat(more.at("/global_picklists/0/pick_list_values").size()).isEqualTo(2);
    assertThat(more.at("/global_picklists/0/used_in_modules/0/plural_label").asString())
        .isEqualTo("Leads");
    assertThat(more.at("/global_picklists/0/associated_fields_count").asInt()).isEqualTo(1);
    assertThat(more.at("/global_picklists/1/associated_fields_count").asInt()).isZero();
    Answer named = org.api().get(LISTS + "?fields=display_label");
    assertThat(named.at("/global_picklists/0").propertyNames())
        .containsExactlyInAnyOrder("display_label", "id");
    assertThat(
            filtered(
                    org,
                    "{\"field\":{\"api_name\":\"api_name\"},\"comparator\":\"not_equal\",\"value\":\"One\"}")
                .at("/global_picklists/0/api_name")
                .asString())
        .isEqualTo("Two");
    filtered(
            org,
            "{\"field\":{\"api_name\":\"customizable\"},\"comparator\":\"equal\",\"value\":false}")
        .hasStatus(204);
    assertThat(
            filtered(
                    org,
                    """
                    {"group_operator":"or","group":[
                     {"field":{"api_name":"api_name"},"comparator":"equal","value":"One"},
                     {"field":{"api_name":"source"},"comparator":"not_equal","value":"crm"}]}""")
                .at("/global_picklists")
                .size())
        .isEqualTo(1);
    Answer unused =
        org.api()
            .get(
                LISTS
                    + "?include=pick_list_values&inner_details_filters="
                    + Api.encode(
                        """
                        [{"api_name":"pick_list_values","filters":
                          {"field":{"api_name":"type"},"comparator":"equal","value":"unused"}}]"""));
    assertThat(values(unused.at("/global_picklists/0"), "display_value")).containsExactly("b");
    assertThat(values(unused.at("/global_picklists/0"), "sequence_number")).containsExactly("2");
  }

  private static Answer filtered(PickListOrg org, String filter) {
    return org.api().get(LISTS + "?filters=" + Api.encode(filter));
  }

  @Test
  void whatFiltersCannotBe() {
    ORG.create("Filtered", "a");
    badFilter(
        "[]",
        "INVALID_DATA",
        "invalid data",
        "{\"expected_data_type\":\"jsonobject\",\"param_name\":\"filters\"}");
    badFilter(
        "{\"a\":1}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("field", "$.filters.field"));
    badFilter(
        "{\"field\":{}}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("api_name", "$.filters.field.api_name"));
    badFilter(
        "{\"field\":{\"api_name\":\"presence\"}}",
        "NOT_SUPPORTED",
        "The value given is not supported",
        at("api_name", "$.filters.field.api_name"));
    for (String key : List.of("comparator", "value")) {
      badFilter(
          "{\"field\":{\"api_name\":\"source\"}"
              + (key.equals("value") ? ",\"comparator\":\"equal\"" : "")
              + "}",
          "DEPENDENT_FIELD_MISSING",
          "Dependent Field missing",
          """
          {"dependee":{"api_name":"field","json_path":"$.filters.field"},"api_name":"%s",
           "json_path":"$.filters.%s","param_name":"filters"}"""
              .formatted(key, key));
    }
    badFilter(
        "{\"field\":{\"api_name\":\"source\"},\"comparator\":\"in\",\"value\":\"crm\"}",
        "INVALID_DATA",
        "The value given is not supported",
        """
        {"api_name":"comparator","json_path":"$.filters.comparator",
         "supported_values":["not_equal","equal"],"param_name":"filters"}""");
    badFilter(
        "{\"field\":{\"api_name\":\"customizable\"},\"comparator\":\"not_equal\",\"value\":true}",
        "INVALID_DATA",
        "The value given is not supported",
        """
        {"api_name":"comparator","json_path":"$.filters.comparator","supported_values":["equal"],
         "param_name":"filters"}""");
    for (String[] wrong :
        new String[][] {{"source", "true", "string"}, {"customizable", "\"x\"", "boolean"}}) {
      badFilter(
          "{\"field\":{\"api_name\":\"%s\"},\"comparator\":\"equal\",\"value\":%s}"
              .formatted(wrong[0], wrong[1]),
          "DEPENDENT_MISMATCH",
          "dependent mismatch",
          """
          {"dependee":{"api_name":"api_name","json_path":"$.filters.field.api_name"},
           "expected_data_type":"%s","api_name":"value","json_path":"$.filters.value",
           "param_name":"filters"}"""
              .formatted(wrong[2]));
    }
    badFilter(
        "{\"group\":[]}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("group_operator", "$.filters.group_operator"));
    badFilter(
        "{\"group_operator\":\"and\"}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("group", "$.filters.group"));
    badFilter(
        "{\"group_operator\":\"xor\",\"group\":[]}",
        "INVALID_DATA",
        "invalid data",
        """
        {"api_name":"group_operator","json_path":"$.filters.group_operator",
         "supported_values":["and","or"],"param_name":"filters"}""");
    badFilter(
        "{\"group_operator\":\"or\",\"group\":7}",
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"jsonarray","api_name":"group","json_path":"$.filters.group",
         "param_name":"filters"}""");
    badFilter(
        "{\"group_operator\":\"or\",\"group\":[{\"field\":7}]}",
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"jsonobject","api_name":"field",
         "json_path":"$.filters.group[0].field","param_name":"filters"}""");
    badInner(
        "{}",
        "INVALID_DATA",
        "{\"expected_data_type\":\"jsonarray\",\"param_name\":\"inner_details_filters\"}");
    badInner("[{}]", "MANDATORY_NOT_FOUND", inner("api_name", ".api_name"));
    badInner(
        "[{\"api_name\":\"pick_list_values\"}]",
        "MANDATORY_NOT_FOUND",
        inner("filters", ".filters"));
    badInner(
        "[{\"api_name\":\"x\",\"filters\":{}}]", "INVALID_DATA", inner("api_name", ".api_name"));
    badInner(
        "[{\"api_name\":\"pick_list_values\",\"filters\":7}]",
        "INVALID_DATA",
        """
        {"expected_data_type":"jsonobject","api_name":"filters",
         "json_path":"$.inner_details_filters[0].filters","param_name":"inner_details_filters"}""");
    badInner(
        "[{\"api_name\":\"pick_list_values\",\"filters\":{}}]",
        "MANDATORY_NOT_FOUND",
        inner("field", ".filters.field"));
  }

  private void badFilter(String filter, String code, String message, String details) {
    filtered(ORG, filter).isError(400, code, message, details);
  }

  private void badInner(String filter, String code, String details) {
    String message = code.equals("INVALID_DATA") ? "invalid data" : "required field not found";
    api.get(LISTS + "?inner_details_filters=" + Api.encode(filter))
        .isError(400, code, message, details);
  }

  private static String at(String name, String path) {
    return "{\"api_name\":\"%s\",\"json_path\":\"%s\",\"param_name\":\"filters\"}"
        .formatted(name, path);
  }

  private static String inner(String name, String path) {
    return "{\"api_name\":\"%s\",\"json_path\":\"$.inner_details_filters[0]%s\",\"param_name\":\"inner_details_filters\"}"
        .formatted(name, path);
  }

  @Test
  void fieldsHaveTheValuesOfTheirListAtAnyTime() {
    var org = new PickListOrg();
    String id = org.create("Rating", "Good", "Bad");
    org.bind("Leads", "Rating", id);
    org.edit("Leads", "Rating", body -> body.put("closed", true));
    JsonNode field = field(org);
    assertThat(values(field, "display_value")).containsExactly("Good", "Bad");
    assertThat(field.path("global_picklist").path("id").asString()).isEqualTo(id);
    assertThat(field.path("global_picklist").path("api_name").asString()).isEqualTo("Rating");
    org.patch(id, "{\"pick_list_values\":[{\"display_value\":\"So so\",\"sequence_number\":2}]}")
        .hasStatus(200);
    assertThat(values(field(org), "display_value")).containsExactly("Good", "So so", "Bad");
    String lead = "{\"data\":[{\"Last_Name\":\"Daly\",\"Rating\":\"%s\"}]}";
    org.api().post("/crm/v8/Leads", lead.formatted("So so")).hasStatus(201);
    org.api().post("/crm/v8/Leads", lead.formatted("Acquired")).hasStatus(400);

    Answer uses =
        org.api()
            .get(LISTS + "/" + id + "/actions/associations?include_inner_details=layouts.status");
    uses.hasStatus(200);
    assertThat(uses.at("/associations/0/field/api_name").asString()).isEqualTo("Rating");
    assertThat(uses.at("/associations/0/module/module_name").asString()).isEqualTo("Leads");
    assertThat(uses.at("/associations/0/layouts/0/status").asString()).isEqualTo("active");
    assertThat(uses.at("/info/count").asInt()).isEqualTo(1);
    String value = org.valueId(id, "Good");
    String features = LISTS + "/" + id + "/actions/pick_list_values_associations";
    org.api().get(features + "?picklist_value_id=" + value).hasStatus(204);
    org.api()
        .get(features)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param\":\"picklist_value_id\"}");
    org.api()
        .get(features + "?picklist_value_id=1")
        .isError(
            400,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"param_name\":\"picklist_value_id\"}");

    // deleted: the field keeps the values as its own
    Answer deleted = org.api().delete(LISTS + "/" + id).hasStatus(202);
    assertThat(deleted.at("/global_picklists/0/code").asString()).isEqualTo("SCHEDULED");
    assertThat(deleted.at("/global_picklists/0/message").asString())
        .isEqualTo("Deletion scheduled");
    assertThat(deleted.at("/global_picklists/0/details/job_id").isString()).isTrue();
    assertThat(org.read(id).path("presence").asBoolean()).isFalse();
    inDeletion(org.api().delete(LISTS + "/" + id));
    inDeletion(org.patch(id, "{\"description\":\"x\"}"));
    inDeletion(org.api().get(LISTS + "/" + id + "/actions/associations"));
    inDeletion(org.api().get(features + "?picklist_value_id=" + value));
    inDeletion(org.api().get(LISTS + "/" + id + "/actions/replaced_values"));
    inDeletion(org.api().post(LISTS + "/" + id + "/actions/replace_picklist_values", "{}"));
    rejected(
        org.api()
            .patch(LISTS, "{\"global_picklists\":[{\"id\":\"" + id + "\",\"description\":\"x\"}]}"),
        "NOT_ALLOWED",
        "global picklist deletion in progress.",
        "global_picklists",
        "$.global_picklists[0]");
    org.api()
        .delete(LISTS + "?ids=" + id)
        .isError(
            400,
            "NOT_ALLOWED",
            "global picklist deletion in progress.",
            "{\"param_name\":\"ids\"}");
    org.runJobs();
    org.api().get(LISTS + "/" + id).hasStatus(204);
    assertThat(values(field(org), "display_value")).containsExactly("Good", "So so", "Bad");
    assertThat(field(org).path("global_picklist").isNull()).isTrue();
    org.api().post("/crm/v8/Leads", lead.formatted("So so")).hasStatus(201);
  }

  private static void inDeletion(Answer answer) {
    answer.isError(
        400, "NOT_ALLOWED", "global picklist deletion in progress.", "{\"resource_path_index\":2}");
  }

  private static JsonNode field(PickListOrg org) {
    return org.api()
        .get("/crm/v8/settings/fields?module=Leads")
        .at("/fields")
        .valueStream()
        .filter(field -> field.path("api_name").asString().equals("Rating"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void listsOfTheSystemAndOfManyFieldsStay() {
    var org = new PickListOrg();
    String id = org.create("System", "a", "b");
    org.editList(id, body -> body.put("customizable", false));
    org.api()
        .delete(LISTS + "/" + id)
        .isError(
            400,
            "NOT_ALLOWED",
            "Deletion of system defined global set is not allowed",
            "{\"resource_path_index\":2}");
    details(
        org.patch(id, "{\"description\":\"x\"}"),
        "NOT_ALLOWED",
        """
        {"api_name":"id","json_path":"$.global_picklists[0].id","id":"%s"}"""
            .formatted(id));
    String many = org.create("Many", "a", "b");
    TestOrg testOrg = org.org();
    testOrg.metadata().modules().stream()
        .flatMap(
            module ->
                module.fields().stream()
                    .filter(field -> field.dataType().equals("picklist"))
                    .map(field -> new String[] {module.apiName(), field.apiName()}))
        .limit(16)
        .forEach(field -> org.bind(field[0], field[1], many));
    org.api()
        .delete(LISTS + "?ids=" + many)
        .isError(
            400,
            "NOT_ALLOWED",
            "global set can't be deleted as it is associated to more than 15 fields",
            "{\"param_name\":\"ids\"}");
    rejected(
        org.patch(
            many,
            "{\"pick_list_values\":[{\"id\":\""
                + org.valueId(many, "a")
                + "\",\"_delete\":true}]}"),
        "NOT_ALLOWED",
        "option can't be deleted as global set is associated to more than 15 fields",
        "type",
        "$.global_picklists[0].pick_list_values[0]._delete");
    var values = new StringBuilder();
    for (int i = 0; i < 51; i++) {
      values
          .append(i == 0 ? "" : ",")
          .append("{\"display_value\":\"v%d\",\"type\":\"unused\"}".formatted(i));
    }
    details(
        org.patch(many, "{\"pick_list_values\":[" + values + "]}"),
        "LIMIT_EXCEEDED",
        """
        {"limit_due_to":{"api_name":"type","json_path":"$.global_picklists[0].pick_list_values[50]"},
         "limit":50}""");
    org.patch(
            many, "{\"pick_list_values\":[" + values.substring(0, values.lastIndexOf(",{")) + "]}")
        .hasStatus(200);
    org.patch(many, "{\"pick_list_values\":[{\"display_value\":\"last\",\"type\":\"unused\"}]}")
        .hasStatus(200);
    String moved =
        org.read(many)
            .path("pick_list_values")
            .valueStream()
            .filter(value -> value.path("type").asString().equals("unused"))
            .map(value -> "{\"id\":\"" + value.path("id").asString() + "\",\"type\":\"used\"}")
            .collect(java.util.stream.Collectors.joining(","));
    details(
        org.patch(many, "{\"pick_list_values\":[" + moved + "]}"),
        "LIMIT_EXCEEDED",
        """
        {"limit_due_to":[{"api_name":"type",
          "json_path":"$.global_picklists[0].pick_list_values[50].type"}],"limit":50}""");
  }

  @Test
  void idsAreChecked() {
    String invalid = "the id given seems to be invalid";
    for (Answer answer :
        List.of(
            ORG.patch("1", "{\"description\":\"x\"}"),
            api.delete(LISTS + "/1"),
            api.get(LISTS + "/1/actions/associations"),
            api.get(LISTS + "/1/actions/pick_list_values_associations?picklist_value_id=1"),
            api.get(LISTS + "/1/actions/replaced_values"),
            api.post(LISTS + "/1/actions/replace_picklist_values", "{}"))) {
      answer.isError(400, "INVALID_DATA", invalid, "{\"resource_path_index\":2}");
    }
    api.delete(LISTS + "?ids=1").isError(400, "INVALID_DATA", invalid, "{\"param_name\":\"ids\"}");
    api.delete(LISTS)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"ids\"}");
    details(
        api.patch(LISTS, "{\"global_picklists\":[{\"id\":\"1\"}]}"),
        "INVALID_DATA",
        "{\"api_name\":\"id\",\"json_path\":\"$.global_picklists[0].id\",\"id\":\"1\"}");
    rejected(
        api.patch(LISTS, "{\"global_picklists\":[{\"description\":\"x\"}]}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "id");
    String id = ORG.create("By body", "a");
    api.patch(LISTS, "{\"global_picklists\":[{\"id\":\"%s\",\"description\":\"x\"}]}".formatted(id))
        .hasStatus(200);
    assertThat(ORG.read(id).path("description").asString()).isEqualTo("x");
  }

  @Test
  void aProfileThatMayNotCustomizeSeesNothingOfIt() {
    var org = new PickListOrg();
    String id = org.create("Closed", "a");
    long user = TestUsers.standard(org.org(), "standard@example.com");
    TestUsers.refuse(org.org(), "Standard", "Crm_Implied_Customize_Zoho_CRM");
    Api standard = org.org().api(user, TestOrg.ALL_SCOPES);
    String body = "{\"global_picklists\":[{}]}";
    for (Answer answer :
        List.of(
            standard.get(LISTS),
            standard.get(LISTS + "/" + id),
            standard.post(LISTS, body),
            standard.patch(LISTS, body),
            standard.patch(LISTS + "/" + id, body),
            standard.delete(LISTS + "/" + id),
            standard.delete(LISTS + "?ids=" + id),
            standard.post(LISTS + "/" + id + "/actions/replace_picklist_values", body),
            standard.get(LISTS + "/" + id + "/actions/replaced_values"),
            standard.get(LISTS + "/" + id + "/actions/associations"),
            standard.get(LISTS + "/" + id + "/actions/pick_list_values_associations"))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
    }
  }

  private static void rejected(Answer answer, String code, String message, String name) {
    rejected(answer, code, message, name, "$.global_picklists[0]." + name);
  }

  static void rejected(Answer answer, String code, String message, String name, String path) {
    details(answer, code, "{\"api_name\":\"%s\",\"json_path\":\"%s\"}".formatted(name, path));
    assertThat(answer.at("/global_picklists/0/message").asString()).isEqualTo(message);
  }

  static void details(Answer answer, String code, String details) {
    answer.hasStatus(400);
    JsonNode error = answer.at("/global_picklists/0");
    assertThat(error.path("code").asString()).as(answer::toString).isEqualTo(code);
    assertThat(error.path("details"))
        .as(answer::toString)
        .isEqualTo(io.clientele.http.Json.MAPPER.readTree(details));
  }
}
