package io.clientele.records.territories;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Territories of records. References: Territories Assigned, Assign Territories to Records, Remove
 * Territories of Records, Get Records.
 */
@Proves({
  "POST /crm/{version}/{module}/actions/assign_territories",
  "POST /crm/{version}/{module}/{id}/actions/assign_territories",
  "POST /crm/{version}/{module}/actions/remove_territories",
  "POST /crm/{version}/{module}/{id}/actions/remove_territories"
})
class RecordTerritoriesTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String SETTINGS = "/crm/v8/settings/territories";
  private static int number;

  private final Api api = ORG.api();

  private static String root() {
    return Long.toString(
        ORG.metadata().people().territories().values().stream()
            .filter(one -> one.reportsTo() == null)
            .findFirst()
            .orElseThrow()
            .id());
  }

  private String territory(String above, String more) {
    return api.post(
            SETTINGS,
            """
            {"territories":[{"name":"Area %d","reporting_to":{"id":"%s"},"permission_type":"read_only"%s}]}"""
                .formatted(++number, above, more))
        .hasStatus(201)
        .at("/territories/0/details/id")
        .asString();
  }

  private static String rule(String key, String field, String value) {
    return ",\"%s\":{\"comparator\":\"equal\",\"field\":{\"api_name\":\"%s\"},\"value\":\"%s\"}"
        .formatted(key, field, value);
  }

  private String lead(String city) {
    return api.post(
            "/crm/v8/Leads",
            "{\"data\":[{\"Last_Name\":\"L\",\"Company\":\"C\",\"City\":\"" + city + "\"}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private String deal() {
    return api.post(
            "/crm/v8/Deals", "{\"data\":[{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\"}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private JsonNode territories(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id)
        .at("/data/0/" + (module.equals("Deals") ? "Territory" : "Territories"));
  }

  private List<String> ids(String module, String id) {
    return territories(module, id).valueStream().map(one -> one.path("id").asString()).toList();
  }

  private static String row(String id, String... territories) {
    return "{\"id\":\"%s\",\"Territories\":[%s]}"
        .formatted(
            id,
            List.of(territories).stream()
                .map(one -> "{\"id\":\"" + one + "\"}")
                .collect(Collectors.joining(",")));
  }

  private Answer post(String path, String... rows) {
    return api.post("/crm/v8/" + path, "{\"data\":[" + String.join(",", rows) + "]}");
  }

  private void runJobs() {
    ORG.server().installation().jobs().runDue(ORG.orgId());
  }

  @Test
  void territoriesAreAssignedAndRemoved() {
    String one = territory(root(), "");
    String two = territory(one, "");
    String lead = lead("Rome");
    Answer done = post("Leads/actions/assign_territories", row(lead, one, two)).hasStatus(200);
    assertThat(done.at("/data/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\"%s\"},\"message\":\"the territories data updated successfully\",\"status\":\"success\"}"
                .formatted(lead));
    JsonNode first = territories("Leads", lead).path(0);
    assertThat(first.path("id").asString()).isEqualTo(one);
    assertThat(first.path("Name").asString()).startsWith("Area ");
    assertThat(first.path("$assigned").asString()).isEqualTo("manually");
    assertThat(first.path("$assigned_by").path("id").asString()).isEqualTo("" + ORG.adminId());
    assertThat(first.path("$assigned_time").isString()).isTrue();
    assertThat(
            api.get("/crm/v8/Leads?fields=Territories&ids=" + lead)
                .at("/data/0/Territories/1/id")
                .asString())
        .isEqualTo(two);
    assertThat(
            post("Leads/" + lead + "/actions/remove_territories", row(lead, one))
                .hasStatus(200)
                .at("/data/0/message")
                .asString())
        .isEqualTo("the territories data removed successfully");
    assertThat(ids("Leads", lead)).containsExactly(two);
    post("Leads/actions/remove_territories", row(lead, two)).hasStatus(200);
    assertThat(ids("Leads", lead)).isEmpty();
  }

  @Test
  void whatCannotBeAssignedIsRefused() {
    String one = territory(root(), "");
    String two = territory(root(), "");
    String lead = lead("Rome");
    String other = lead("Rome");
    post("Leads/" + lead + "/actions/assign_territories", row(lead, one)).hasStatus(200);
    String id = "\"api_name\":\"id\",\"json_path\":\"$.data[%d]%s\"";
    Answer mixed =
        post(
                "Leads/actions/assign_territories",
                row(other, one),
                row(lead, one),
                row(other, two, two),
                row("5", one),
                row(other, "5"),
                row(other),
                "{\"Territories\":[{\"id\":\"" + one + "\"}]}",
                "{\"id\":\"" + other + "\",\"Territories\":[{}]}",
                "{\"id\":\"" + other + "\",\"Territories\":5}")
            .hasStatus(207);
    mixed.hasCode("/data/0", "SUCCESS");
    mixed.rowIsError(
        1,
        "DUPLICATE_DATA",
        "Given Territory id already exists for that record",
        "{" + id.formatted(1, ".Territories[0].id") + "}");
    mixed.rowIsError(
        2,
        "ALREADY_USED",
        "duplicate territory id found",
        "{\"exists_in\":{\"json_path\":\"$.data[2].Territories[0].id\"},"
            + id.formatted(2, ".Territories[1].id")
            + "}");
    mixed.rowIsError(
        3,
        "INVALID_DATA",
        "The record Id given seems to be invalid",
        "{" + id.formatted(3, ".id") + "}");
    mixed.rowIsError(
        4,
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{" + id.formatted(4, ".Territories[0].id") + "}");
    mixed.rowIsError(
        5,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{\"api_name\":\"Territories\",\"json_path\":\"$.data[5].Territories\"}");
    mixed.rowIsError(
        6,
        "MANDATORY_NOT_FOUND",
        "One of the expected parameter is missing",
        "{" + id.formatted(6, ".id") + "}");
    mixed.rowIsError(
        7,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{" + id.formatted(7, ".Territories[0].id") + "}");
    mixed.hasCode("/data/8", "INVALID_DATA");
    assertThat(ids("Leads", other)).containsExactly(one);

    post("Leads/5/actions/assign_territories", row("5", one))
        .isError(
            400,
            "INVALID_DATA",
            "The record Id given seems to be invalid",
            "{\"resource_path_index\":1}");
    post("Tasks/actions/assign_territories", row("5", one))
        .isError(
            400,
            "NOT_SUPPORTED",
            "the api is not supported for this module",
            "{\"resource_path_index\":0}");
    String[] many = new String[11];
    java.util.Arrays.fill(many, row(lead, two));
    post("Leads/actions/assign_territories", many)
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":10,\"api_name\":\"data\",\"json_path\":\"$.data\"}");
    post("Leads/actions/remove_territories", row(lead, two))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{" + id.formatted(0, ".Territories[0].id") + "}");
    String deal = deal();
    post("Deals/actions/assign_territories", row(deal, one, two))
        .hasStatus(400)
        .rowIsError(
            0,
            "LIMIT_EXCEEDED",
            "Maximum limit of territories for that record exceeds",
            "{\"limit\":1}");
    post("Deals/actions/assign_territories", row(deal, one)).hasStatus(200);
    assertThat(ids("Deals", deal)).containsExactly(one);
    post("Deals/actions/assign_territories", row(deal, two)).hasCode("/data/0", "LIMIT_EXCEEDED");
    String[] eleven =
        IntStream.range(0, 11).mapToObj(i -> territory(root(), "")).toArray(String[]::new);
    post("Leads/actions/assign_territories", row(lead, eleven))
        .hasCode("/data/0", "LIMIT_EXCEEDED");
  }

  @Test
  void rulesPutRecordsIntoTerritories() {
    String manual = territory(root(), "");
    String before = lead("Narvik");
    String area = territory(root(), rule("lead_rule_criteria", "City", "Narvik"));
    assertThat(ids("Leads", before)).isEmpty();
    runJobs();
    assertThat(ids("Leads", before)).containsExactly(area);
    String lead = lead("narvik");
    JsonNode shown = territories("Leads", lead).path(0);
    assertThat(shown.path("id").asString()).isEqualTo(area);
    assertThat(shown.path("$assigned").asString()).isEqualTo("automatically");
    assertThat(shown.path("$assigned_by").isNull()).isTrue();
    post("Leads/actions/remove_territories", row(lead, area))
        .hasStatus(400)
        .rowIsError(
            0,
            "NOT_ALLOWED",
            "Territory id which you are trying to remove was system assigned",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[0].Territories[0].id\"}");
    post("Leads/actions/assign_territories", row(lead, manual)).hasStatus(200);

    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"City\":\"Bergen\"}]}").hasStatus(200);
    assertThat(ids("Leads", lead)).containsExactly(manual);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"City\":\"Narvik\"}]}").hasStatus(200);
    assertThat(ids("Leads", lead)).containsExactly(manual, area);

    api.put(
            SETTINGS + "/" + area,
            "{\"territories\":[{%s}]}"
                .formatted(rule("lead_rule_criteria", "City", "Bodø").substring(1)))
        .hasStatus(200);
    runJobs();
    assertThat(ids("Leads", lead)).containsExactly(manual);
    assertThat(ids("Leads", before)).isEmpty();
    assertThat(ids("Leads", lead("Bodø"))).containsExactly(area);
    api.put(SETTINGS + "/" + area, "{\"territories\":[{\"lead_rule_criteria\":null}]}")
        .hasStatus(200);
    assertThat(ids("Leads", lead("Bodø"))).isEmpty();
  }

  @Test
  void aDealIsInTheFirstTerritoryThatFits() {
    String first = territory(root(), rule("deal_rule_criteria", "Deal_Name", "Bridge"));
    territory(root(), rule("deal_rule_criteria", "Deal_Name", "Bridge"));
    String deal =
        api.post(
                "/crm/v8/Deals/upsert",
                "{\"data\":[{\"Deal_Name\":\"Bridge\",\"Stage\":\"Qualification\"}]}")
            .savedId(0);
    assertThat(ids("Deals", deal)).containsExactly(first);
  }

  @Test
  void recordsLeaveTerritoriesThatGo() {
    String top = territory(root(), "");
    String low = territory(top, "");
    String lead = lead("Paris");
    post("Leads/actions/assign_territories", row(lead, top, low)).hasStatus(200);
    api.delete(SETTINGS + "/" + low).hasStatus(200);
    assertThat(ids("Leads", lead)).containsExactly(top);
    runJobs();
    assertThat(ids("Leads", lead)).containsExactly(top);
    String other = territory(root(), "");
    api.post(
            SETTINGS + "/" + top + "/actions/transfer_and_delete",
            "{\"territories\":[{\"transfer_to_id\":\"" + other + "\"}]}")
        .hasStatus(200);
    runJobs();
    assertThat(ids("Leads", lead)).containsExactly(other);
  }

  @Test
  void listsAndMassActionsTakeATerritory() {
    String top = territory(root(), "");
    String low = territory(top, "");
    String inTop = lead("Lyon");
    String inLow = lead("Lyon");
    lead("Lyon");
    post("Leads/actions/assign_territories", row(inTop, top), row(inLow, low)).hasStatus(200);
    String list = "/crm/v8/Leads?fields=City&territory_id=";
    assertThat(api.get(list + top).ids()).containsExactly(inTop);
    assertThat(api.get(list + top + "&include_child=true").ids())
        .containsExactlyInAnyOrder(inTop, inLow);
    api.get(list + territory(root(), "")).hasStatus(204);
    api.get(list + "5")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"territory_id\"}");
    String view =
        ORG.metadata().get("Leads").customViews().stream()
            .filter(one -> one.criteria().isEmpty())
            .findFirst()
            .map(one -> Long.toString(one.id()))
            .orElseThrow();
    api.post(
            "/crm/v8/Leads/actions/mass_update",
            "{\"cvid\":\"%s\",\"territory\":{\"id\":\"%s\"},\"data\":[{\"City\":\"Nice\"}]}"
                .formatted(view, top))
        .hasStatus(200)
        .hasCode("/data/0", "SUCCESS");
    runJobs();
    assertThat(city(inTop)).isEqualTo("Nice");
    assertThat(city(inLow)).isEqualTo("Lyon");
  }

  private String city(String id) {
    return api.get("/crm/v8/Leads/" + id).at("/data/0/City").asString();
  }

  @Test
  void usersOfATerritorySeeItsRecordsAndThoseBelow() {
    String top = territory(root(), "");
    String low =
        api.post(
                SETTINGS,
                """
                {"territories":[{"name":"Open %d","reporting_to":{"id":"%s"},"permission_type":"read_write_delete"}]}"""
                    .formatted(++number, top))
            .at("/territories/0/details/id")
            .asString();
    long above = TestUsers.standard(ORG, "above@example.com");
    long below = TestUsers.standard(ORG, "below@example.com");
    api.put(SETTINGS + "/" + top + "/users/" + above, "").hasStatus(200);
    api.put(SETTINGS + "/" + low + "/users/" + below, "").hasStatus(200);
    Api high = ORG.api(above, TestOrg.ALL_SCOPES);
    Api deep = ORG.api(below, TestOrg.ALL_SCOPES);
    String inTop = lead("Seen");
    String inLow = lead("Seen");
    high.get("/crm/v8/Leads/" + inTop).hasStatus(204);
    post("Leads/actions/assign_territories", row(inTop, top), row(inLow, low)).hasStatus(200);

    high.get("/crm/v8/Leads/" + inTop).hasStatus(200);
    high.get("/crm/v8/Leads/" + inLow).hasStatus(200);
    deep.get("/crm/v8/Leads/" + inTop).hasStatus(204);
    deep.get("/crm/v8/Leads/" + inLow).hasStatus(200);
    assertThat(
            deep.get("/crm/v8/Leads?fields=City&territory_id=" + top + "&include_child=true").ids())
        .containsExactly(inLow);
    String change = "{\"data\":[{\"Company\":\"Z\"}]}";
    high.put("/crm/v8/Leads/" + inTop, change).hasStatus(400);
    deep.put("/crm/v8/Leads/" + inLow, change).hasStatus(200);
    high.post("/crm/v8/Leads/actions/remove_territories", "{\"data\":[" + row(inTop, top) + "]}")
        .hasStatus(403)
        .rowIsError(
            0,
            "NO_PERMISSION",
            "User has no permission to update the record",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}");
    deep.post("/crm/v8/Leads/actions/remove_territories", "{\"data\":[" + row(inTop, top) + "]}")
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
    api.delete(SETTINGS + "/" + top + "/users/" + above).hasStatus(200);
    high.get("/crm/v8/Leads/" + inTop).hasStatus(204);
  }

  @Test
  void viewsShowTheRecordsOfTerritories() {
    String one = territory(root(), "");
    String in = lead("View");
    lead("View");
    post("Leads/actions/assign_territories", row(in, one)).hasStatus(200);
    String view =
        api.post(
                "/crm/v8/settings/custom_views?module=Leads",
                """
                {"custom_views":[{"name":"In one","access_type":"public","fields":[{"api_name":"City"}],
                "criteria":{"field":{"api_name":"Territories"},"comparator":"equal","value":{"id":"%s"}}}]}"""
                    .formatted(one))
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    assertThat(api.get("/crm/v8/Leads?fields=City&cvid=" + view).ids()).containsExactly(in);
  }

  @Test
  void lockedRecordsStayWhereTheyAre() {
    String one = territory(root(), "");
    String lead = lead("Lock");
    api.post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            """
            {"record_locking_configurations":[{"locked_for":"all_profiles","lock_type":"manual",
            "restricted_actions":["update"],"lock_for_portal_users":false}]}""")
        .hasStatus(201);
    api.post(
            "/crm/v8/Leads/" + lead + "/Locking_Information__s",
            "{\"data\":[{\"Locked_Reason__s\":\"r\"}]}")
        .hasStatus(201);
    post("Leads/actions/assign_territories", row(lead, one))
        .hasStatus(400)
        .rowIsError(
            0,
            "RECORD_LOCKED",
            "Sorry, you cannot perform this operation as the record is locked.",
            "{\"action\":\"record_locking\",\"id\":\"" + lead + "\"}");
    post("Leads/" + lead + "/actions/assign_territories", row(lead, one))
        .isError(
            400,
            "RECORD_LOCKED",
            "Sorry, you cannot perform this operation as the record is locked.",
            "{\"resource_path_index\":1}");
  }
}
