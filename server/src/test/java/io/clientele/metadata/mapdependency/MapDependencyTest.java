package io.clientele.metadata.mapdependency;

import static io.clientele.metadata.mapdependency.LayoutFields.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Dependencies between pick lists are created, read, changed and deleted. */
@Proves({
  "GET /crm/{version}/settings/layouts/{layout}/map_dependency",
  "POST /crm/{version}/settings/layouts/{layout}/map_dependency",
  "GET /crm/{version}/settings/layouts/{layout}/map_dependency/{map_dependency}",
  "PUT /crm/{version}/settings/layouts/{layout}/map_dependency/{map_dependency}",
  "DELETE /crm/{version}/settings/layouts/{layout}/map_dependency/{map_dependency}"
})
class MapDependencyTest {
  private final LayoutFields leads = new LayoutFields("Leads");
  private final Api api = leads.api();

  private String sourceToStatus() {
    return leads.create(
        "Lead_Source",
        "Lead_Status",
        leads.maps("Lead_Source", "-None-", "Lead_Status", "Contacted")
            + ","
            + leads.maps("Lead_Source", "Cold Call", "Lead_Status", "Contacted", "Junk Lead"));
  }

  @Test
  void aDependencyIsReadWithTheValuesItMaps() {
    api.get(leads.path("")).hasStatus(204);
    String id = sourceToStatus();
    Answer list = api.get(leads.path("")).hasStatus(200);
    assertThat(list.at("/map_dependency/0"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"parent":{"api_name":"Lead_Source","id":"%d"},"internal":false,"active":true,
                 "id":"%s","source":1,"category":0,"sub_module":null,
                 "child":{"api_name":"Lead_Status","id":"%d"}}"""
                    .formatted(
                        leads.field("Leads", "Lead_Source").id(),
                        id,
                        leads.field("Leads", "Lead_Status").id())));
    assertThat(list.at("/info"))
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"per_page\":200,\"count\":1,\"page\":1,\"more_records\":false}"));
    JsonNode one = read(id);
    assertThat(one.has("sub_module")).isFalse();
    assertThat(one.at("/pick_list_values/0/display_value").asString()).isEqualTo("-None-");
    assertThat(maps(one, 0)).containsExactly("Contacted");
    assertThat(one.at("/pick_list_values/1/actual_value").asString()).isEqualTo("Cold Call");
    assertThat(one.at("/pick_list_values/1/id").asString())
        .isEqualTo(leads.option("Leads", "Lead_Source", "Cold Call"));
    assertThat(maps(one, 1)).containsExactly("Contacted", "Junk Lead");
    api.get(leads.path("/1")).hasStatus(204);
    api.get(leads.path("/x")).hasStatus(204);
  }

  private JsonNode read(String id) {
    return api.get(leads.path("/" + id)).hasStatus(200).at("/map_dependency/0");
  }

  private static List<String> maps(JsonNode dependency, int value) {
    return dependency
        .at("/pick_list_values/" + value + "/maps")
        .valueStream()
        .map(map -> map.path("display_value").asString())
        .toList();
  }

  @Test
  void anUpdateAddsAndTakesAwayValues() {
    String id = sourceToStatus();
    String junk = leads.option("Leads", "Lead_Status", "Junk Lead");
    String lost = leads.option("Leads", "Lead_Status", "Lost Lead");
    String values =
        "[{\"id\":\"%s\",\"maps\":[{\"id\":\"%s\",\"_delete\":null},{\"id\":\"%s\"}]}]"
            .formatted(leads.option("Leads", "Lead_Source", "Cold Call"), junk, lost);
    Answer updated =
        put(id, body(leads.reference("Lead_Source"), leads.reference("Lead_Status"), values));
    updated.hasStatus(200);
    assertThat(updated.at("/map_dependency/0/message").asString())
        .isEqualTo("map dependency updated");
    assertThat(maps(read(id), 0)).containsExactly("Contacted");
    assertThat(maps(read(id), 1)).containsExactly("Contacted", "Lost Lead");

    // other fields: nothing of the old mapping is left
    put(
            id,
            """
            {"map_dependency":[{"parent":%s,"child":%s,"active":false,"pick_list_values":[%s]}]}"""
                .formatted(
                    leads.reference("Industry"),
                    leads.reference("Rating"),
                    leads.maps("Industry", "Service Provider", "Rating", "Active")))
        .hasStatus(200);
    JsonNode changed = read(id);
    assertThat(changed.at("/parent/api_name").asString()).isEqualTo("Industry");
    assertThat(changed.path("active").asBoolean()).isFalse();
    assertThat(changed.path("pick_list_values").size()).isEqualTo(1);
    sourceToStatus();

    Answer deleted = api.delete(leads.path("/" + id)).hasStatus(200);
    assertThat(deleted.at("/map_dependency/0/message").asString())
        .isEqualTo("map dependency deleted");
    api.get(leads.path("/" + id)).hasStatus(204);
    assertThat(api.get(leads.path("")).at("/map_dependency").size()).isEqualTo(1);
  }

  private Answer put(String id, String body) {
    return api.put(leads.path("/" + id), body);
  }

  @Test
  void theFieldsOfADependency() {
    String id = sourceToStatus();
    String source = Long.toString(leads.field("Leads", "Lead_Source").id());
    String status = Long.toString(leads.field("Leads", "Lead_Status").id());
    rejected(
        leads.post("Lead_Source", "Lead_Status", ""),
        "MAPPING_ALREADY_EXISTS",
        "The given parent and child fields are already associated in another map dependency in this"
            + " layout",
        """
        {"id":"%s","dependency":[{"id":"%s","json_path":"$.map_dependency[0].parent.id"},
         {"id":"%s","json_path":"$.map_dependency[0].child.id"}]}"""
            .formatted(id, source, status));
    leads.create(
        "Lead_Status", "Rating", leads.maps("Lead_Status", "Contacted", "Rating", "Active"));
    rejected(
        leads.post("Rating", "Lead_Source", ""),
        "NOT_ALLOWED",
        "The given child field when associated with this parent field will result in loop",
        at("id", "child.id"));
    rejected(
        leads.post("Industry", "Industry", ""),
        "INVALID_DATA",
        "The parent and child fieldid cannot be same",
        at("id", "child.id"));
    String good = leads.reference("Industry");
    for (String bad : List.of("{\"id\":\"1\"}", leads.reference("Company"))) {
      rejected(
          api.post(leads.path(""), body(bad, good, "[]")),
          "INVALID_DATA",
          "invalid parent fieldid",
          at("id", "parent.id"));
      rejected(
          api.post(leads.path(""), body(good, bad, "[]")),
          "INVALID_DATA",
          "invalid child fieldid",
          at("id", "child.id"));
    }
    rejected(
        api.post(
            leads.path(""),
            body("{\"id\":\"%s\",\"api_name\":\"No_Such\"}".formatted(source), good, "[]")),
        "INVALID_DATA",
        "The given api name is invalid",
        at("api_name", "parent.api_name"));
    rejected(
        api.post(
            leads.path(""),
            body("{\"id\":\"%s\",\"api_name\":\"Rating\"}".formatted(source), good, "[]")),
        "AMBIGUITY_DURING_PROCESSING",
        "Ambiguity while processing the request",
        "{\"ambiguity_due_to\":[%s,%s]}"
            .formatted(at("id", "parent.id"), at("api_name", "parent.api_name")));
    rejected(
        leads.post("Data_Source", "Industry", ""),
        "NOT_ALLOWED",
        "Parent fieldid is in unused fields list of the layout",
        at("id", "parent.id"));
    rejected(
        leads.post("Industry", "Data_Source", ""),
        "NOT_ALLOWED",
        "Child fieldid is in unused fields list of the layout",
        at("id", "child.id"));
  }

  @Test
  void theValuesOfADependency() {
    String id = sourceToStatus();
    String cold = leads.option("Leads", "Lead_Source", "Cold Call");
    String contacted = leads.option("Leads", "Lead_Status", "Contacted");
    String values = "pick_list_values[0]";
    badValues(
        id,
        "null",
        "MANDATORY_NOT_FOUND",
        "required  field not found",
        at("pick_list_values", "pick_list_values"));
    badValues(
        id,
        "[{\"maps\":[]}]",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("id", values + ".id"));
    badValues(
        id,
        "[{\"id\":\"1\",\"maps\":[]}]",
        "INVALID_DATA",
        "Invalid parent option id",
        at("id", values + ".id"));
    badValues(
        id,
        "[{\"id\":\"" + cold + "\"}]",
        "MANDATORY_NOT_FOUND",
        "required  field not found",
        at("maps", values + ".maps"));
    badValues(
        id,
        "[{\"id\":\"%s\",\"maps\":[{\"id\":\"%s\",\"_delete\":null},{}]}]"
            .formatted(cold, contacted),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("id", values + ".maps[1].id"));
    badValues(
        id,
        "[{\"id\":\"%s\",\"maps\":[{\"id\":\"%s\"},{\"id\":\"%s\"}]}]"
            .formatted(cold, contacted, cold),
        "INVALID_DATA",
        "Invalid child option id",
        at("id", values + ".maps[1].id"));
    badValues(
        id,
        "{}",
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"jsonarray","api_name":"pick_list_values",
         "json_path":"$.map_dependency[0].pick_list_values"}""");
    badValues(
        id,
        "[7]",
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"jsonobject","api_name":"pick_list_values",
         "json_path":"$.map_dependency[0].pick_list_values[0]"}""");
    rejected(
        api.post(leads.path(""), "{\"map_dependency\":[{\"parent\":7,\"child\":{}}]}"),
        "INVALID_DATA",
        "invalid data",
        """
        {"expected_data_type":"jsonobject","api_name":"parent",
         "json_path":"$.map_dependency[0].parent"}""");
    rejected(
        api.post(leads.path(""), "{\"map_dependency\":[{\"parent\":{},\"child\":{}}]}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("id", "parent.id"));
    api.put(leads.path("/" + id), "{\"map_dependency\":[{},{}]}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            """
            {"maximum_length":1,"api_name":"map_dependency","json_path":"$.map_dependency"}""");
    api.post(leads.path(""), "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"map_dependency\",\"json_path\":\"$.map_dependency\"}");
    assertThat(maps(read(id), 1)).containsExactly("Contacted", "Junk Lead");
  }

  /** A new dependency and a known one refuse the same; {@code id} has these fields. */
  private void badValues(String id, String values, String code, String message, String details) {
    String parent = leads.reference("Lead_Source");
    rejected(put(id, body(parent, leads.reference("Lead_Status"), values)), code, message, details);
    Answer created = api.post(leads.path(""), body(parent, leads.reference("Rating"), values));
    if (!details.contains("maps[1]")) { // the other field has other values
      rejected(created, code, message, details);
    }
  }

  @Test
  void whereDependenciesAre() {
    String id = sourceToStatus();
    String body = body("{}", "{}", "[]");
    String noModule = leads.path("").replaceFirst("\\?.*", "");
    for (Answer answer : List.of(api.get(noModule), api.post(noModule, body))) {
      answer.isError(
          400,
          "REQUIRED_PARAM_MISSING",
          "One of the expected parameter is missing",
          "{\"param_name\":\"module\"}");
    }
    for (Answer answer :
        List.of(
            api.get(noModule + "?module=Nothing"),
            api.post(noModule + "?module=Nothing", body),
            api.put(noModule + "/" + id + "?module=Nothing", body))) {
      answer.isError(
          400,
          "INVALID_MODULE",
          "the module name given seems to be invalid",
          "{\"param_name\":\"module\"}");
    }
    String other = "/crm/v8/settings/layouts/1/map_dependency";
    for (Answer answer :
        List.of(
            api.get(other + "?module=Leads"),
            api.post(other + "?module=Leads", body),
            api.put(other + "/" + id + "?module=Leads", body),
            api.delete(other + "/" + id + "?module=Leads"),
            api.get(noModule + "?module=Contacts"))) {
      answer.isError(400, "INVALID_DATA", "Invalid Layout Id", "{\"resource_path_index\":2}");
    }
    for (Answer answer : List.of(api.put(leads.path("/1"), body), api.delete(leads.path("/x")))) {
      answer.isError(
          400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":4}");
    }
    leads.edit(
        "map_dependency", Long.parseLong(id), dependency -> dependency.put("internal", true));
    api.put(leads.path("/" + id), body)
        .isError(
            400,
            "NOT_ALLOWED",
            "Internal Map Dependency cannot be modified",
            "{\"resource_path_index\":4}");
    api.delete(leads.path("/" + id))
        .isError(
            400,
            "NOT_ALLOWED",
            "Internal Map Dependency cannot be deleted",
            "{\"resource_path_index\":4}");
    leads.edit("layout", leads.layout(), layout -> layout.put("status", "inactive"));
    String index = "{\"resource_path_index\":2}";
    api.get(leads.path("")).isError(400, "INVALID_DATA", "The layout is deactivated", index);
    for (Answer answer :
        List.of(api.post(leads.path(""), body), api.put(leads.path("/" + id), body))) {
      answer.isError(400, "INVALID_DATA", "The given layout is deactivated", index);
    }
  }

  @Test
  void dependenciesAreFiltered() {
    sourceToStatus();
    leads.create(
        "Lead_Status", "Rating", leads.maps("Lead_Status", "Contacted", "Rating", "Active"));
    Answer one =
        filtered(
            "{\"field\":{\"api_name\":\"child.api_name\"},\"comparator\":\"in\",\"value\":[\"Rating\",\"x\"]}");
    assertThat(one.at("/map_dependency").size()).isEqualTo(1);
    assertThat(one.at("/map_dependency/0/child/api_name").asString()).isEqualTo("Rating");
    filtered("{\"field\":{\"api_name\":\"active\"},\"comparator\":\"equal\",\"value\":false}")
        .hasStatus(204);
    Answer second = api.get(leads.path("") + "&page=2&per_page=1");
    assertThat(second.at("/map_dependency/0/child/api_name").asString()).isEqualTo("Rating");
    filtered("x")
        .isError(
            400,
            "INVALID_DATA",
            "the value given is invalid",
            "{\"api_name\":\"filters\",\"json_path\":\"$\",\"param_name\":\"filters\"}");
    filtered("{\"field\":{}}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "Required field not found",
            "{\"api_name\":\"api_name\",\"json_path\":\"$.field.api_name\",\"param_name\":\"filters\"}");
    filtered("{\"field\":{\"api_name\":\"id\"}}")
        .isError(
            400,
            "DEPENDENT_FIELD_MISSING",
            "Dependent Field missing",
            """
            {"dependee":{"api_name":"field","json_path":"$.field"},"api_name":"comparator",
             "json_path":"$.comparator","param_name":"filters"}""");
    filtered("{\"field\":{\"api_name\":\"id\"},\"comparator\":\"like\",\"value\":\"1\"}")
        .isError(
            400,
            "INVALID_DATA",
            "The value given is invalid",
            """
            {"api_name":"comparator","json_path":"$.comparator","supported_values":["equal","in"],
             "param_name":"filters"}""");
  }

  private Answer filtered(String filter) {
    return api.get(leads.path("") + "&filters=" + Api.encode(filter));
  }

  @Test
  void aProfileThatMayNotCustomizeOnlyReads() {
    String id = sourceToStatus();
    long user = TestUsers.standard(leads.org(), "standard@example.com");
    TestUsers.refuse(leads.org(), "Standard", "Crm_Implied_Customize_Zoho_CRM");
    Api standard = leads.org().api(user, TestOrg.ALL_SCOPES);
    standard.get(leads.path("")).hasStatus(200);
    for (Answer answer :
        List.of(
            standard.post(leads.path(""), "{}"),
            standard.put(leads.path("/" + id), "{}"),
            standard.delete(leads.path("/" + id)))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
    }
  }

  private static String at(String name, String path) {
    return "{\"api_name\":\"%s\",\"json_path\":\"$.map_dependency[0].%s\"}".formatted(name, path);
  }

  private static void rejected(Answer answer, String code, String message, String details) {
    answer.hasStatus(400);
    JsonNode error = answer.at("/map_dependency/0");
    assertThat(error.path("code").asString()).as(answer::toString).isEqualTo(code);
    assertThat(error.path("message").asString()).as(answer::toString).isEqualTo(message);
    assertThat(error.path("details")).as(answer::toString).isEqualTo(Json.MAPPER.readTree(details));
  }
}
