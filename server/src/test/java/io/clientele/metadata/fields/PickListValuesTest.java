package io.clientele.metadata.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Module;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** GET /settings/fields/{id}/pick_list_values. Reference: Picklist Values for a Field. */
@Proves("GET /crm/{version}/settings/fields/{field}/pick_list_values")
class PickListValuesTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  private static String path(String module, String field) {
    Module found = ORG.metadata().get(module);
    return "/crm/v8/settings/fields/"
        + found.field(field).orElseThrow().id()
        + "/pick_list_values?module="
        + module;
  }

  @Test
  void theValuesOfAPickListWithTheirLayouts() {
    Answer answer = api.get(path("Leads", "Lead_Status")).hasStatus(200);
    Shape value =
        Shape.of(
            """
            id: id, display_value: text, actual_value: text, reference_value: text,
            sequence_number: integer, colour_code: text?, type: text, layout_associations: array?""");
    answer.at("/pick_list_values").forEach(value::check);
    assertThat(answer.at("/pick_list_values/1/actual_value").asString())
        .isEqualTo("Attempted to Contact");
    Shape.of("id: id, name: text, api_name: text")
        .check(answer.at("/pick_list_values/0/layout_associations/0"));
  }

  @Test
  void aFieldOfAnotherTypeHasNone() {
    api.get(path("Leads", "Company")).hasStatus(204).hasNoBody();
  }

  @Test
  void unknownFieldsAndModulesAreInvalid() {
    api.get("/crm/v8/settings/fields/1/pick_list_values?module=Leads")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":2}");
    api.get("/crm/v8/settings/fields/1/pick_list_values?module=Nothing")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
    api.get("/crm/v8/settings/fields/1/pick_list_values")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
  }

  @Test
  void whoMayNotCustomizeMayNotSeeThem() {
    long user = TestUsers.standard(ORG, "standard@example.com");
    ORG.api(user, TestOrg.ALL_SCOPES)
        .get(path("Leads", "Lead_Status"))
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
  }
}
