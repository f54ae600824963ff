package io.clientele.territories;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Territories of the org. References: Territories, Add Territories, Update Territories, Delete
 * Territories, Transfer and Delete Territories, Child Territories of a Territory.
 */
@Proves({
  "GET /crm/{version}/settings/territories",
  "GET /crm/{version}/settings/territories/{territory}",
  "POST /crm/{version}/settings/territories",
  "PUT /crm/{version}/settings/territories",
  "PUT /crm/{version}/settings/territories/{territory}",
  "DELETE /crm/{version}/settings/territories",
  "DELETE /crm/{version}/settings/territories/{territory}",
  "POST /crm/{version}/settings/territories/actions/transfer_and_delete",
  "POST /crm/{version}/settings/territories/{territory}/actions/transfer_and_delete",
  "GET /crm/{version}/settings/territories/{territory}/__child_territories"
})
class TerritoriesTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String PATH = "/crm/v8/settings/territories";

  private final Api api = ORG.api();

  private static String root() {
    return Long.toString(
        ORG.metadata().people().territories().values().stream()
            .filter(one -> one.reportsTo() == null)
            .findFirst()
            .orElseThrow()
            .id());
  }

  private String create(String name, String above, String more) {
    return api.post(
            PATH,
            """
            {"territories":[{"name":"%s","reporting_to":{"id":"%s"},"permission_type":"read_only"%s}]}"""
                .formatted(name, above, more))
        .hasStatus(201)
        .at("/territories/0/details/id")
        .asString();
  }

  private static List<String> names(Answer answer) {
    return answer.at("/territories").valueStream().map(one -> one.path("name").asString()).toList();
  }

  private Answer filtered(String filter) {
    return api.get(PATH + "?filters=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  @Test
  void territoriesAreCreatedAndRead() {
    long manager = TestUsers.standard(ORG, "manager@example.com");
    String north =
        create(
            "North",
            root(),
            """
            ,"manager":{"id":"%s"},"description":"Cold","lead_rule_criteria":{"comparator":"equal",
            "field":{"api_name":"City"},"value":"Oslo"}"""
                .formatted(manager));
    Answer one = api.get(PATH + "/" + north).hasStatus(200);
    JsonNode territory = one.at("/territories/0");
    assertThat(territory.path("name").asString()).isEqualTo("North");
    assertThat(territory.path("description").asString()).isEqualTo("Cold");
    assertThat(territory.path("permission_type").asString()).isEqualTo("read_only");
    assertThat(territory.path("manager").path("id").asString()).isEqualTo("" + manager);
    assertThat(territory.path("reporting_to").path("id").asString()).isEqualTo(root());
    assertThat(territory.path("lead_rule_criteria").path("value").asString()).isEqualTo("Oslo");
    assertThat(territory.path("account_rule_criteria").isNull()).isTrue();
    assertThat(territory.path("created_by").path("id").asString()).isEqualTo("" + ORG.adminId());

    Answer list = api.get(PATH + "?ids=" + north).hasStatus(200);
    assertThat(list.at("/territories/0").has("lead_rule_criteria")).isFalse();
    assertThat(list.at("/info/per_page").asInt()).isEqualTo(2000);
    assertThat(list.at("/info/count").asInt()).isEqualTo(1);
    assertThat(
            api.get(PATH + "?ids=" + north + "&include=lead_rule_criteria,deal_rule_criteria")
                .at("/territories/0/lead_rule_criteria/comparator")
                .asString())
        .isEqualTo("equal");
    assertThat(
            api.get(PATH + "?ids=" + north + "&include_inner_details=manager.status,manager.zuid")
                .at("/territories/0/manager/status")
                .asString())
        .isEqualTo("active");
    JsonNode user = api.get("/crm/v8/users/" + manager).at("/users/0/territories/0");
    assertThat(user.toString())
        .isEqualTo("{\"manager\":true,\"name\":\"North\",\"id\":\"%s\"}".formatted(north));
  }

  @Test
  void listsAreFilteredAndPaged() {
    String parent = create("Filter parent", root(), "");
    create("Filter one", parent, "");
    create("Filter two", parent, "");
    assertThat(names(filtered(filter("reporting_to.id", "equal", parent))))
        .containsExactly("Filter one", "Filter two");
    assertThat(names(filtered(filter("name", "starts_with", "Filter p"))))
        .containsExactly("Filter parent");
    assertThat(
            names(
                filtered(
                    "{\"group_operator\":\"and\",\"group\":[%s,%s]}"
                        .formatted(
                            filter("name", "contains", "filter"),
                            filter("name", "not_contains", "one")))))
        .containsExactly("Filter parent", "Filter two");
    filtered(filter("created_time", "greater_than", "2100-01-01T00:00:00+00:00")).hasStatus(204);
    Answer page = api.get(PATH + "/" + parent + "/__child_territories?per_page=1&page=2");
    assertThat(names(page)).containsExactly("Filter two");
    assertThat(page.at("/info").toString())
        .isEqualTo("{\"per_page\":1,\"count\":1,\"page\":2,\"more_records\":false}");
    filtered(filter("colour", "equal", "x")).hasStatus(400).hasCode("", "NOT_SUPPORTED");
    filtered(filter("id", "contains", "x")).hasStatus(400).hasCode("", "INVALID_DATA");
    filtered("{\"field\":{\"api_name\":\"id\"},\"comparator\":\"equal\"}")
        .hasCode("", "DEPENDENT_FIELD_MISSING");
    filtered(filter("created_time", "equal", "noon")).hasCode("", "DEPENDENT_MISMATCH");
    filtered("nonsense").hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(PATH + "?include=x").hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(PATH + "/1/__child_territories").hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(PATH + "/1").hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(PATH + "?per_page=2001").hasStatus(400).hasCode("", "PATTERN_NOT_MATCHED");
  }

  private static String filter(String name, String comparator, String value) {
    return "{\"field\":{\"api_name\":\"%s\"},\"comparator\":\"%s\",\"value\":\"%s\"}"
        .formatted(name, comparator, value);
  }

  @Test
  void wrongTerritoriesAreRefused() {
    create("Taken", root(), "");
    refused(
        "\"permission_type\":\"read_only\",\"reporting_to\":{\"id\":\"" + root() + "\"}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("name"));
    refused(
        "\"name\":\"a\",\"permission_type\":\"read_only\"",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("reporting_to"));
    String above = "\"reporting_to\":{\"id\":\"" + root() + "\"}";
    String values = ",\"supported_values\":[\"read_write_delete\",\"read_only\"]";
    refused(
        "\"name\":\"a\"," + above,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("permission_type") + values);
    refused(
        "\"name\":\"a\",\"permission_type\":\"all\"," + above,
        "INVALID_DATA",
        "Given Permission_type value is invalid",
        at("permission_type") + values);
    String rest = ",\"permission_type\":\"read_only\"," + above;
    refused(
        "\"name\":\"TAKEN\"" + rest,
        "DUPLICATE_DATA",
        "Given Territory name already exists",
        at("name"));
    refused(
        "\"name\":\"" + "x".repeat(51) + "\"" + rest,
        "INVALID_DATA",
        "invalid data",
        "\"maximum_length\":50," + at("name"));
    refused(
        "\"name\":\"a<b\"" + rest,
        "INVALID_DATA",
        "Special Characters are not allowed",
        at("name"));
    refused(
        "\"name\":\"a\",\"permission_type\":\"read_only\",\"reporting_to\":{\"id\":\"5\"}",
        "INVALID_DATA",
        "the id given seems to be invalid",
        "\"api_name\":\"id\",\"json_path\":\"$.territories[0].reporting_to.id\"");
    refused(
        "\"name\":\"a\",\"manager\":{\"id\":\"5\"}" + rest,
        "INVALID_DATA",
        "the id given seems to be invalid",
        "\"api_name\":\"id\",\"json_path\":\"$.territories[0].manager.id\"");
    long gone = TestUsers.create(ORG, "gone@example.com", "Standard", "inactive", true);
    refused(
        "\"name\":\"a\",\"manager\":{\"id\":\"" + gone + "\"}" + rest,
        "NOT_ALLOWED",
        "Inactive User",
        at("manager"));
    refused(
        "\"name\":\"a\",\"description\":\"" + "x".repeat(251) + "\"" + rest,
        "INVALID_DATA",
        "invalid data",
        "\"maximum_length\":250," + at("description"));
    refused(
        "\"name\":\"a\",\"lead_rule_criteria\":{\"comparator\":\"equal\",\"value\":\"x\","
            + "\"field\":{\"api_name\":\"Nothing\"}}"
            + rest,
        "INVALID_DATA",
        "invalid data",
        "\"api_name\":\"api_name\",\"json_path\":"
            + "\"$.territories[0].lead_rule_criteria.field.api_name\"");
    String many =
        IntStream.range(0, 26)
            .mapToObj(
                i -> "{\"comparator\":\"equal\",\"field\":{\"api_name\":\"City\"},\"value\":\"x\"}")
            .collect(Collectors.joining(",", "{\"group_operator\":\"or\",\"group\":[", "]}"));
    refused(
        "\"name\":\"a\",\"lead_rule_criteria\":" + many + rest,
        "LIMIT_EXCEEDED",
        "Maximum Territory Criteria Limit reached",
        "\"limit\":25,\"limit_due_to\":[{" + at("lead_rule_criteria") + "}]");
    api.post(PATH, "{}").hasStatus(400).hasCode("", "MANDATORY_NOT_FOUND");
  }

  private void refused(String keys, String code, String message, String details) {
    api.post(PATH, "{\"territories\":[{" + keys + "}]}")
        .hasStatus(400)
        .itemIsError("territories", 0, code, message, "{" + details + "}");
  }

  private static String at(String name) {
    return "\"api_name\":\"%s\",\"json_path\":\"$.territories[0].%s\"".formatted(name, name);
  }

  @Test
  void territoriesAreChanged() {
    String top = create("Change top", root(), "");
    String low = create("Change low", top, ",\"description\":\"d\"");
    Answer changed =
        api.put(
                PATH,
                """
                {"territories":[{"id":"%s","name":"Change lower","permission_type":"read_write_delete",
                "description":null},{"id":"%s","reporting_to":{"id":"%s"}},{"name":"x"},{"id":"7"}]}"""
                    .formatted(low, top, low))
            .hasStatus(207);
    assertThat(changed.at("/territories/0/message").asString())
        .isEqualTo("Territory Updated Successfully");
    changed.itemIsError(
        "territories",
        1,
        "NOT_ALLOWED",
        "Reporting_to id should not be the child of given territory. Chosse another territory as"
            + " Reporing_to",
        "{\"api_name\":\"reporting_to\",\"json_path\":\"$.territories[1].reporting_to\"}");
    changed.hasCode("/territories/2", "MANDATORY_NOT_FOUND");
    changed.hasCode("/territories/3", "INVALID_DATA");
    JsonNode now = api.get(PATH + "/" + low).at("/territories/0");
    assertThat(now.path("name").asString()).isEqualTo("Change lower");
    assertThat(now.path("description").isNull()).isTrue();
    assertThat(now.path("permission_type").asString()).isEqualTo("read_write_delete");
    api.put(
            PATH + "/" + low,
            "{\"territories\":[{\"manager\":{\"id\":\"%s\"}}]}".formatted(ORG.adminId()))
        .hasStatus(200);
    api.put(PATH + "/" + low, "{\"territories\":[{\"manager\":null}]}").hasStatus(200);
    assertThat(api.get(PATH + "/" + low).at("/territories/0/manager").isNull()).isTrue();
    api.put(PATH + "/" + root(), "{\"territories\":[{\"permission_type\":\"read_only\"}]}")
        .hasStatus(400)
        .itemIsError(
            "territories",
            0,
            "INVALID_DATA",
            "Can't update the Org Territory Properties Except its Name",
            "{" + at("permission_type") + "}");
    api.put(PATH + "/" + root(), "{\"territories\":[{\"name\":\"The company\"}]}").hasStatus(200);
    assertThat(names(api.get(PATH + "?ids=" + root()))).containsExactly("The company");
  }

  @Test
  void territoriesAreDeleted() {
    String top = create("Gone top", root(), "");
    String low = create("Gone low", top, "");
    Answer refused = api.delete(PATH + "?ids=" + top + "," + root() + ",5").hasStatus(400);
    refused.itemIsError(
        "territories",
        0,
        "NOT_ALLOWED",
        "Territory can't be deleted as it's having child",
        "{\"id\":\"" + top + "\"}");
    refused.itemIsError(
        "territories",
        1,
        "NOT_ALLOWED",
        "Org Territory cannot be deleted",
        "{\"id\":\"" + root() + "\"}");
    refused.itemIsError(
        "territories", 2, "INVALID_DATA", "the id given seems to be invalid", "{\"id\":\"5\"}");
    api.delete(PATH)
        .isError(
            400, "REQUIRED_PARAM_MISSING", "mandatory param missing", "{\"param_name\":\"ids\"}");
    api.delete(PATH + "/" + low + "?delete_previous_forecasts=false").hasStatus(200);
    assertThat(
            api.delete(PATH + "?ids=" + top).hasStatus(200).at("/territories/0/message").asString())
        .isEqualTo("Given Territory Removed Successfully");
    api.get(PATH + "?ids=" + top + "," + low).hasStatus(204);
  }

  @Test
  void childrenMoveWhenTheirTerritoryGoes() {
    String top = create("Move top", root(), "");
    String middle = create("Move middle", top, "");
    String low = create("Move low", middle, "");
    String transfer = "/actions/transfer_and_delete";
    api.post(PATH + transfer, "{\"territories\":[{\"id\":\"" + middle + "\"}]}")
        .hasStatus(400)
        .hasCode("/territories/0", "DEPENDENT_FIELD_MISSING");
    api.post(
            PATH + "/" + middle + transfer,
            "{\"territories\":[{\"transfer_to_id\":\"" + low + "\"}]}")
        .hasStatus(400)
        .hasCode("/territories/0", "NOT_ALLOWED");
    api.post(
            PATH + transfer,
            "{\"territories\":[{\"id\":\"%s\",\"transfer_to_id\":\"%s\"}]}"
                .formatted(middle, middle))
        .hasStatus(400)
        .hasCode("/territories/0", "INVALID_DATA");
    api.post(
            PATH + transfer,
            "{\"territories\":[{\"id\":\"%s\",\"transfer_to_id\":\"%s\",\"delete_previous_forecasts\":false}]}"
                .formatted(middle, top))
        .hasStatus(200);
    assertThat(api.get(PATH + "/" + low).at("/territories/0/reporting_to/id").asString())
        .isEqualTo(top);
    api.get(PATH + "?ids=" + middle).hasStatus(204);
    api.post(PATH + "/" + low + transfer, "{\"territories\":[{}]}").hasStatus(200);
    api.get(PATH + "?ids=" + low).hasStatus(204);
  }

  @Test
  void onlyThoseWhoMayShareDataChangeThem() {
    long user = TestUsers.standard(ORG, "plain@example.com");
    Api plain = ORG.api(user, TestOrg.ALL_SCOPES);
    plain.get(PATH).hasStatus(200);
    plain
        .post(PATH, "{\"territories\":[{\"name\":\"x\"}]}")
        .hasStatus(403)
        .hasCode("", "NO_PERMISSION");
    ORG.api(user, "ZohoCRM.users.ALL").get(PATH).hasStatus(401).hasCode("", "OAUTH_SCOPE_MISMATCH");
  }
}
