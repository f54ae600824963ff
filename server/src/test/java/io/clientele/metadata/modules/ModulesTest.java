package io.clientele.metadata.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /settings/modules. Reference: Modules API. */
@Proves({"GET /crm/{version}/settings/modules", "GET /crm/{version}/settings/modules/{module}"})
class ModulesTest {
  private static final TestOrg ORG = TestOrg.create();

  private static final Shape MODULE =
      Shape.of(
          """
          id: id, api_name: text, module_name: text, singular_label: text, plural_label: text,
          actual_singular_label: text, actual_plural_label: text, generated_type: text,
          status: text, visibility: integer, sequence_number: integer, api_supported: flag,
          creatable: flag, editable: flag, deletable: flag, viewable: flag, convertable: flag,
          quick_create: flag, show_as_tab: flag, presence_sub_menu: flag, sub_menu_available: flag,
          lookupable: flag, global_search_supported: flag, recycle_bin_on_delete: flag,
          isBlueprintSupported: flag, feeds_required: flag, public_fields_configured: flag,
          has_more_profiles: flag, triggers_supported: flag, scoring_supported: flag,
          webform_supported: flag, emailTemplate_support: flag, email_parser_supported: flag,
          inventory_template_supported: flag, filter_supported: flag, track_current_data: flag,
          access_type: text, private_profile: object?, description: text?, web_link: text?,
          arguments: array?, parent_module: object, profiles: array, profile_count: integer,
          business_card_field_limit: integer, modified_time: time?, modified_by: object?""");

  private static final Shape ALONE =
      Shape.of(
          """
          per_page: integer, $field_states: array?, $properties: array?,
          $on_demand_properties: array?, search_layout_fields: array, kanban_view: flag,
          kanban_view_supported: flag, chart_view: flag, chart_view_supported: flag,
          filter_status: flag, lookup_field_properties: object?, related_list_properties: object?,
          display_field: text?, custom_view: object?, activity_badge: text, source: text,
          zia_view: flag, masked_fields_count: integer""");

  private final Api api = ORG.api();

  private static List<String> names(Answer answer) {
    return answer
        .hasStatus(200)
        .at("/modules")
        .valueStream()
        .map(module -> module.path("api_name").asString())
        .toList();
  }

  @Test
  void allModulesHaveTheDocumentedKeys() {
    Answer answer = api.get("/crm/v8/settings/modules");
    assertThat(names(answer))
        .contains("Leads", "Contacts", "Accounts", "Deals", "Quotes", "Notes", "Quoted_Items")
        .doesNotContain("Activities", "Leads_X_Campaigns");
    answer.at("/modules").forEach(MODULE::check);
    answer
        .at("/modules")
        .forEach(module -> module.path("profiles").forEach(Shape.of("id: id, name: text")::check));
  }

  @Test
  void eachModuleAloneTellsMore() {
    for (String name : names(api.get("/crm/v8/settings/modules"))) {
      if (name.equals("Emails") || name.equals("Pricing_Details")) {
        continue;
      }
      JsonNode module = api.get("/crm/v8/settings/modules/" + name).at("/modules/0");
      MODULE.check(module);
      ALONE.check(module);
    }
  }

  @Test
  void aModuleIsFoundByNameInAnyCaseAndById() {
    String id = api.get("/crm/v8/settings/modules/leads").at("/modules/0/id").asString();
    Answer byId = api.get("/crm/v8/settings/modules/" + id);
    assertThat(names(byId)).containsExactly("Leads");
    assertThat(byId.at("/modules/0/custom_view/name").asString()).isEqualTo("All Open Leads");
    Shape.of("id: id, api_name: text, sequence_number: integer")
        .check(byId.at("/modules/0/lookup_field_properties/fields/0"));
  }

  @Test
  void childModulesNameTheirParent() {
    JsonNode items = api.get("/crm/v8/settings/modules/Quoted_Items").at("/modules/0");
    assertThat(items.at("/parent_module/api_name").asString()).isEqualTo("Quotes");
    assertThat(items.at("/parent_module/id").isString()).isTrue();
  }

  @Test
  void modulesOfSomeStatus() {
    assertThat(names(api.get("/crm/v8/settings/modules?status=system_hidden")))
        .contains("Notes", "Attachments")
        .doesNotContain("Leads");
    assertThat(names(api.get("/crm/v8/settings/modules?status=system_hidden,visible")))
        .contains("Notes", "Leads");
    api.get("/crm/v8/settings/modules?status=scheduled_for_deletion").hasStatus(204);
  }

  @Test
  void otherStatusesAreInvalid() {
    String details =
        """
        {"index":%d,"supported_values":["visible","user_hidden","system_hidden",
        "scheduled_for_deletion"],"param_name":"status"}""";
    api.get("/crm/v8/settings/modules?status=hidden")
        .isError(400, "INVALID_DATA", "The status given is invalid.", details.formatted(0));
    api.get("/crm/v8/settings/modules?status=visible,Visible")
        .isError(400, "INVALID_DATA", "The status given is invalid.", details.formatted(1));
    api.get("/crm/v8/settings/modules?feature_name=")
        .isError(400, "INVALID_DATA", "the given feature name is invalid", "{}");
  }

  @Test
  void whatIsIncludedWhenAsked() {
    JsonNode lead =
        api.get(
                "/crm/v8/settings/modules/Leads"
                    + "?include=custom_view,related_lists,business_card_fields,layouts,fields")
            .at("/modules/0");
    Shape.of("layouts: array, fields: array, related_lists: array, business_card_fields: array")
        .check(lead);
    assertThat(lead.path("fields")).isNotEmpty();
    assertThat(api.get("/crm/v8/settings/modules?include=layouts").at("/modules/0/layouts"))
        .isNotEmpty();
  }

  @Test
  void onlyTheKeysAsked() {
    JsonNode lead =
        api.get("/crm/v8/settings/modules/Leads?fields=api_name,status").at("/modules/0");
    assertThat(lead.propertyNames()).containsExactlyInAnyOrder("id", "api_name", "status");
  }

  @Test
  void unknownModulesAreInvalid() {
    for (String name : List.of("Nothing", "1", "Activities", "Leads_X_Campaigns")) {
      api.get("/crm/v8/settings/modules/" + name)
          .isError(
              400,
              "INVALID_MODULE",
              "the module name given seems to be invalid",
              "{\"resource_path_index\":2}");
    }
    api.get("/crm/v8/settings/modules/Emails")
        .isError(400, "NOT_SUPPORTED", "the given module is not supported in api", "{}");
  }

  @Test
  void nothingIsSentWhenNothingChanged() {
    String now = Instant.now().plusSeconds(1).toString();
    for (String path : List.of("/crm/v8/settings/modules", "/crm/v8/settings/modules/Leads")) {
      api.get(path, "If-Modified-Since", now).hasStatus(304).hasNoBody();
      api.get(path, "If-Modified-Since", "2020-01-01T00:00:00+05:30").hasStatus(200);
      api.get(path, "If-Modified-Since", "").hasStatus(200);
    }
  }

  @Test
  void rightsFollowTheProfile() {
    long user = TestUsers.standard(ORG, "rights@example.com");
    JsonNode lead =
        ORG.api(user, TestOrg.ALL_SCOPES).get("/crm/v8/settings/modules/Leads").at("/modules/0");
    assertThat(lead.path("viewable").asBoolean()).isTrue();
  }

  @Test
  void oldVersionsHaveOldShapes() {
    assertThat(names(api.get("/crm/v2/settings/modules"))).contains("Activities");
    assertThat(names(api.get("/crm/v3/settings/modules"))).doesNotContain("Activities");
    JsonNode old = api.get("/crm/v4/settings/modules/Leads").at("/modules/0");
    assertThat(old.path("visible").asBoolean()).isTrue();
    assertThat(old.has("status")).isFalse();
  }
}
