package io.clientele.metadata.layouts;

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

/** GET /settings/layouts. Reference: Layouts Metadata. */
@Proves({"GET /crm/{version}/settings/layouts", "GET /crm/{version}/settings/layouts/{layout}"})
class LayoutsTest {
  private static final TestOrg ORG = TestOrg.create();

  private static final Shape LAYOUT =
      Shape.of(
          """
          id: id, name: text, api_name: text, display_label: text, status: text, visible: flag,
          source: text, generated_type: text, show_business_card: flag, has_more_profiles: flag,
          created_for: object?, created_by: object?, modified_by: object?, created_time: time?,
          modified_time: time?, profiles: array, convert_mapping: object?, sections: array,
          actions_allowed: object""");

  private static final Shape SECTION =
      Shape.of(
          """
          id: id, name: text, api_name: text, display_label: text, sequence_number: integer,
          column_count: integer, isSubformSection: flag, type: text, mode: text,
          tab_traversal: text, generated_type: text, actions_allowed: object, fields: array""");

  private static final Shape FIELD =
      Shape.of(
          """
          id: id, api_name: text, data_type: text, json_type: text, required: flag,
          sequence_number: integer, section_id: integer, show_type: integer, category: integer,
          validation_rule: object?, refer_from_field: object?, default_value: text?,
          profiles: array, pick_list_values: array, lookup: object""");

  private final Api api = ORG.api();

  @Test
  void layoutsOfAllModulesHaveTheDocumentedKeys() {
    for (var module : ORG.metadata().modules()) {
      if (module.layouts().isEmpty()) {
        continue;
      }
      Answer answer = api.get("/crm/v8/settings/layouts?module=" + module.apiName()).hasStatus(200);
      for (JsonNode layout : answer.at("/layouts")) {
        LAYOUT.check(layout);
        layout.path("sections").forEach(SECTION::check);
        layout.path("sections").forEach(section -> section.path("fields").forEach(FIELD::check));
      }
    }
  }

  @Test
  void aSectionHasItsFieldsWhole() {
    JsonNode layout = api.get("/crm/v8/settings/layouts?module=Leads").at("/layouts/0");
    JsonNode section =
        layout
            .path("sections")
            .valueStream()
            .filter(one -> one.path("name").asString().equals("Lead Information"))
            .findFirst()
            .orElseThrow();
    JsonNode lastName =
        section
            .path("fields")
            .valueStream()
            .filter(field -> field.path("api_name").asString().equals("Last_Name"))
            .findFirst()
            .orElseThrow();
    assertThat(lastName.path("required").asBoolean()).isTrue();
    assertThat(lastName.path("length").asInt()).isEqualTo(80);
  }

  @Test
  void profilesNameTheirViews() {
    JsonNode profile = api.get("/crm/v8/settings/layouts?module=Leads").at("/layouts/0/profiles/0");
    Shape.of("id: id, name: text, default: flag").check(profile);
    Shape view = Shape.of("id: id, name: text, type: text");
    view.check(profile.path("_default_view"));
    view.check(profile.path("_default_assignment_view"));
  }

  @Test
  void profilesAreNullForWhoMayNotCustomize() {
    long user = TestUsers.standard(ORG, "layouts@example.com");
    JsonNode layout =
        ORG.api(user, TestOrg.ALL_SCOPES)
            .get("/crm/v8/settings/layouts?module=Leads")
            .at("/layouts/0");
    assertThat(layout.path("profiles").isNull()).isTrue();
    assertThat(layout.at("/actions_allowed/edit").asBoolean()).isFalse();
  }

  @Test
  void leadsTellWhatTheyConvertTo() {
    JsonNode mapping =
        api.get("/crm/v8/settings/layouts?module=Leads").at("/layouts/0/convert_mapping");
    for (String module : List.of("Accounts", "Contacts", "Deals")) {
      Shape.of("id: id, name: text, display_label: text").check(mapping.path(module));
    }
    Shape.of("id: id, api_name: text, field_label: text, required: flag")
        .check(mapping.at("/Deals/fields/0"));
  }

  @Test
  void oneLayoutIsFoundByItsId() {
    String id = api.get("/crm/v8/settings/layouts?module=Leads").at("/layouts/0/id").asString();
    Answer one =
        api.get(
            "/crm/v8/settings/layouts/"
                + id
                + "?module=Leads&include=total_profiles,portal_user_types");
    assertThat(one.hasStatus(200).at("/layouts")).hasSize(1);
    Shape.of("total_profiles: integer, portal_user_types: array").check(one.at("/layouts/0"));
    for (String unknown : List.of("1", "x", "99999999999999999999")) {
      api.get("/crm/v8/settings/layouts/" + unknown + "?module=Leads")
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"resource_path_index\":2}");
    }
    api.get("/crm/v8/settings/layouts/" + id + "?module=Contacts").hasStatus(400);
  }

  @Test
  void aModeShowsSomeFields() {
    int all = count(api.get("/crm/v8/settings/layouts?module=Leads&mode=all"));
    int quick = count(api.get("/crm/v8/settings/layouts?module=Leads&mode=quick_create"));
    int card = count(api.get("/crm/v8/settings/layouts?module=Leads&mode=business_card"));
    assertThat(quick).isBetween(1, all - 1);
    assertThat(card).isBetween(1, all - 1);
    api.get("/crm/v8/settings/layouts?module=Leads&mode=other")
        .isError(
            400,
            "PATTERN_NOT_MATCHED",
            "Please check whether the input values are correct",
            "{\"param_name\":\"mode\"}");
  }

  private static int count(Answer answer) {
    return answer
        .hasStatus(200)
        .at("/layouts/0/sections")
        .valueStream()
        .mapToInt(section -> section.path("fields").size())
        .sum();
  }

  @Test
  void aModuleWithoutLayoutsHasNone() {
    api.get("/crm/v8/settings/layouts?module=Notes").hasStatus(204).hasNoBody();
  }

  @Test
  void theModuleMustBeNamedAndThere() {
    api.get("/crm/v8/settings/layouts")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    api.get("/crm/v8/settings/layouts?module=Nothing")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
  }
}
