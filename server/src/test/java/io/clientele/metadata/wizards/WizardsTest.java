package io.clientele.metadata.wizards;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Wizards. Reference: Get all wizard configurations, Get wizard details. */
@Proves({
  "GET /crm/{version}/settings/wizards",
  "GET /crm/{version}/settings/wizards/{wizard}",
  "POST /clientele/v1/settings/wizards",
  "PUT /clientele/v1/settings/wizards",
  "DELETE /clientele/v1/settings/wizards"
})
class WizardsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String OWN = "/clientele/v1/settings/wizards";
  private static final String CRM = "/crm/v8/settings/wizards";
  private static final long LAYOUT = ORG.metadata().get("Contacts").layouts().getFirst().id();

  private static final String SCREENS =
      """
      [{"display_label":"First","pos_x":637,"pos_y":108,
        "conditional_rules":[{"execute_on":"create","criteria":{"comparator":"equal",
          "field":{"api_name":"Title"},"value":"${EMPTY}"},
          "actions":[{"type":"set_mandatory","field":{"api_name":"Phone"}}]}],
        "segments":[
         {"type":"text_label","name":"Text_1","content":"Hi ${!Contacts.Last_Name}"},
         {"type":"composite","display_label":"Who","column_count":1,
          "elements":[{"resource":{"name":"Last_Name"}},{"resource":{"name":"Title"}}]},
         {"type":"buttons","buttons":[{"type":"transition","display_label":"Next",
          "target_screen":{"name":"Second"}}]}]},
       {"display_label":"Second","segments":[
         {"type":"buttons","buttons":[{"type":"save","display_label":"Save"}]}]}]""";

  private final Api api = ORG.api();

  private Answer create(String name, String screens) {
    return api.post(
        OWN,
        """
        {"wizards":[{"name":"%s","module":{"api_name":"Contacts"},
          "containers":[{"layout":{"id":"%s"},"screens":%s}]}]}"""
            .formatted(name, LAYOUT, screens));
  }

  private String created(String name) {
    return create(name, SCREENS).hasStatus(201).at("/wizards/0/details/id").asString();
  }

  private JsonNode one(String id) {
    return api.get(CRM + "/" + id + "?layout_id=" + LAYOUT).hasStatus(200).at("/wizards/0");
  }

  @Test
  void aWizardIsAuthoredAndRead() {
    String id = created("Meet");
    JsonNode wizard = one(id);
    Shape.of(
            """
            id: id, name: text, display_label: text, created_time: time, modified_time: time,
            portal_user_types: array?, module: object, modified_by: object, created_by: object,
            profiles: array?, active: flag, source: text, containers: array""")
        .check(wizard);
    JsonNode container = wizard.at("/containers/0");
    assertThat(container.path("id").asString()).isEqualTo("" + LAYOUT);
    assertThat(container.at("/layout/name").asString()).isEqualTo("Standard");
    assertThat(container.at("/chart_data/nodes/0/start_node").asBoolean()).isTrue();
    assertThat(container.at("/chart_data/nodes/0/pos_x").asInt()).isEqualTo(637);
    assertThat(container.at("/chart_data/connections/0/target_screen/display_label").asString())
        .isEqualTo("Second");
    JsonNode screen = container.at("/screens/0");
    assertThat(screen.path("api_name").asString()).isEqualTo("First");
    assertThat(screen.at("/segments/1/elements/0/resource/id").isString()).isTrue();
    assertThat(screen.at("/segments/2/buttons/0/target_screen/id").asString())
        .isEqualTo(container.at("/screens/1/id").asString());
    assertThat(screen.at("/conditional_rules/0/criteria/field/api_name").asString())
        .isEqualTo("Title");
    JsonNode listed = listed(id);
    assertThat(listed.at("/containers/0/screens/1/display_label").asString()).isEqualTo("Second");
    assertThat(listed.at("/containers/0").has("chart_data")).isFalse();
  }

  private JsonNode listed(String id) {
    return api.get(CRM + "?module=Contacts")
        .hasStatus(200)
        .at("/wizards")
        .valueStream()
        .filter(one -> one.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWizardIsChangedAndDeleted() {
    String id = created("Change");
    String screen = one(id).at("/containers/0/screens/0/id").asString();
    long profile = ORG.metadata().settings("profile").getFirst().id();
    api.put(
            OWN,
            """
            {"wizards":[{"id":"%s","active":false,"display_label":"New","profiles":[{"id":"%s"}],
              "containers":[{"layout":{"id":"%s"},"screens":%s}]}]}"""
                .formatted(id, profile, LAYOUT, SCREENS))
        .hasStatus(200);
    JsonNode after = one(id);
    assertThat(after.path("active").asBoolean(true)).isFalse();
    assertThat(after.path("display_label").asString()).isEqualTo("New");
    assertThat(after.at("/profiles/0/id").asString()).isEqualTo("" + profile);
    assertThat(after.at("/containers/0/screens/0/id").asString()).isEqualTo(screen);
    api.delete(OWN + "?ids=" + id).hasStatus(200);
    api.get(CRM + "/" + id + "?layout_id=" + LAYOUT)
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":2}");
    api.delete(OWN + "?ids=" + id)
        .itemIsError("wizards", 0, "INVALID_DATA", "invalid data", "{\"id\":\"" + id + "\"}");
  }

  @Test
  void parametersAreChecked() {
    String id = created("Parameters");
    api.get(CRM + "/" + id)
        .isError(
            400,
            "EXPECTED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_names\":[\"layout_rid\",\"layout_id\"]}");
    api.get(CRM + "/" + id + "?layout_id=1").hasStatus(204).hasNoBody();
    api.get(CRM + "?module=Leads").hasStatus(204).hasNoBody();
    api.get(CRM + "?module=Nothing")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
  }

  private void refused(String screens, String code, String message, String details) {
    create("Wrong", screens)
        .hasStatus(400)
        .itemIsError(
            "wizards",
            0,
            code,
            message,
            details.replace("$s", "$.wizards[0].containers[0].screens"));
  }

  @Test
  void whatAWizardRefersToMustBeThere() {
    String invalid = "invalid data";
    for (String notInLayout : new String[] {"Nothing", "id"}) {
      refused(
          SCREENS.replace("\"name\":\"Last_Name\"", "\"name\":\"" + notInLayout + "\""),
          "INVALID_DATA",
          invalid,
          """
        {"api_name":"name","json_path":"$s[0].segments[1].elements[0].resource.name"}""");
    }
    refused(
        SCREENS.replace("\"name\":\"Second\"", "\"name\":\"Third\""),
        "INVALID_DATA",
        invalid,
        "{\"api_name\":\"name\",\"json_path\":\"$s[0].segments[2].buttons[0].target_screen.name\"}");
    refused(
        SCREENS.replace("\"target_screen\"", "\"x\""),
        "DEPENDENT_FIELD_MISSING",
        "dependent field missing",
        """
        {"dependee":{"api_name":"type","json_path":"$s[0].segments[2].buttons[0].type"},
         "api_name":"target_screen","json_path":"$s[0].segments[2].buttons[0].target_screen"}""");
    refused(
        SCREENS.replace("\"api_name\":\"Phone\"", "\"api_name\":\"Nothing\""),
        "INVALID_DATA",
        invalid,
        """
        {"api_name":"api_name",
         "json_path":"$s[0].conditional_rules[0].actions[0].field.api_name"}""");
    refused(
        SCREENS.replace("\"display_label\":\"Second\"", "\"display_label\":\"First\""),
        "DUPLICATE_DATA",
        "duplicate data",
        "{\"api_name\":\"display_label\",\"json_path\":\"$s[1].display_label\"}");
    refused(
        SCREENS.replace("Contacts.Last_Name", "Contacts.Nothing"),
        "INVALID_DATA",
        invalid,
        """
        {"merge_field":"${!Contacts.Nothing}","api_name":"content",
         "json_path":"$s[0].segments[0].content"}""");
    refused(
        "7",
        "INVALID_DATA",
        invalid,
        "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"screens\",\"json_path\":\"$s\"}");
    String id = created("Taken");
    create("taken", SCREENS)
        .itemIsError(
            "wizards",
            0,
            "DUPLICATE_DATA",
            "duplicate data",
            "{\"api_name\":\"name\",\"json_path\":\"$.wizards[0].name\"}");
    api.put(
            OWN,
            "{\"wizards\":[{\"id\":\"%s\",\"module\":{\"api_name\":\"Leads\"}}]}".formatted(id))
        .itemIsError(
            "wizards",
            0,
            "NOT_ALLOWED",
            "the module of a wizard cannot be changed",
            "{\"api_name\":\"module\",\"json_path\":\"$.wizards[0].module\"}");
    api.post(OWN, "{\"wizards\":[{\"name\":\"A\",\"module\":{\"api_name\":\"Leads\"}}]}")
        .itemIsError(
            "wizards",
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"containers\",\"json_path\":\"$.wizards[0].containers\"}");
    create("Other", SCREENS).hasStatus(201);
    api.post(
            OWN,
            """
            {"wizards":[{"name":"B","module":{"api_name":"Leads"},
              "containers":[{"layout":{"id":"%s"},"screens":[]}]}]}"""
                .formatted(LAYOUT))
        .itemIsError(
            "wizards",
            0,
            "INVALID_DATA",
            invalid,
            "{\"api_name\":\"id\",\"json_path\":\"$.wizards[0].containers[0].layout.id\"}");
  }

  @Test
  void onlyThoseWhoCustomizeReadAndWriteWizards() {
    TestOrg org = TestOrg.create();
    Api theirs = org.api(TestUsers.standard(org, "some@example.com"), TestOrg.ALL_SCOPES);
    TestUsers.refuse(org, "Standard", "Crm_Implied_Customize_Zoho_CRM");
    String details = "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}";
    theirs.get(CRM).isError(403, "NO_PERMISSION", "Permission denied to read wizards", details);
    theirs
        .post(OWN, "{\"wizards\":[{}]}")
        .isError(403, "NO_PERMISSION", "permission denied", details);
  }
}
