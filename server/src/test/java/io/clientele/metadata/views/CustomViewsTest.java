package io.clientele.metadata.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /settings/custom_views. Reference: Custom Views Metadata. */
@Proves({
  "GET /crm/{version}/settings/custom_views",
  "GET /crm/{version}/settings/custom_views/{view}"
})
class CustomViewsTest {
  private static final TestOrg ORG = TestOrg.create();

  private static final Shape SHORT =
      Shape.of(
          """
          id: id, name: text, display_value: text, system_name: text?, system_defined: flag,
          default: flag, category: text, access_type: text, locked: flag, favorite: integer?,
          last_accessed_time: time?, created_by: object?, modified_by: object?,
          created_time: time?, modified_time: time?""");

  private static final Shape WHOLE =
      Shape.of(
          "criteria: object?, fields: array, sort_by: object?, sort_order: text?, shared_to: array?");

  private final Api api = ORG.api();

  @Test
  void everyViewHasTheDocumentedKeys() {
    for (var module : ORG.metadata().modules()) {
      if (module.customViews().isEmpty() || !module.apiSupported()) {
        continue;
      }
      Answer list =
          api.get("/crm/v8/settings/custom_views?module=" + module.apiName()).hasStatus(200);
      for (JsonNode view : list.at("/custom_views")) {
        SHORT.check(view);
        JsonNode one = one(module.apiName(), view.path("id").asString()).at("/custom_views/0");
        SHORT.check(one);
        WHOLE.check(one);
        one.path("fields").forEach(Shape.of("id: id, api_name: text, _pin: flag")::check);
      }
    }
  }

  private Answer one(String module, String id) {
    return api.get("/crm/v8/settings/custom_views/" + id + "?module=" + module).hasStatus(200);
  }

  @Test
  void criteriaNameTheirFields() {
    String id =
        api.get("/crm/v8/settings/custom_views?module=Leads").at("/custom_views/0/id").asString();
    JsonNode criteria = one("Leads", id).at("/custom_views/0/criteria");
    assertThat(criteria.at("/field/api_name").asString()).isEqualTo("Converted__s");
    assertThat(criteria.at("/field/id").isString()).isTrue();
    assertThat(criteria.path("value").asBoolean(true)).isFalse();
    assertThat(criteria.path("comparator").asString()).isEqualTo("equal");
  }

  @Test
  void infoTellsThePageAndTheDefault() {
    Answer answer = api.get("/crm/v8/settings/custom_views?module=Leads&per_page=2&page=2");
    Shape.of(
            """
            per_page: integer, page: integer, count: integer, more_records: flag, default: id,
            translation: object""")
        .check(answer.at("/info"));
    assertThat(answer.at("/custom_views")).hasSize(2);
    assertThat(answer.at("/info/more_records").asBoolean()).isTrue();
    assertThat(answer.at("/info/translation/public_views").asString()).isEqualTo("Public Views");
  }

  @Test
  void viewsOfACategory() {
    api.get("/crm/v8/settings/custom_views?module=Leads&scope=created_by_me").hasStatus(204);
    api.get("/crm/v8/settings/custom_views?module=Leads&favourite=true").hasStatus(204);
    api.get("/crm/v8/settings/custom_views?module=Leads&scope=public_views").hasStatus(200);
  }

  @Test
  void pagesAreCheckedForTheirForm() {
    for (String query : List.of("page=0", "page=x", "per_page=201", "per_page=-1")) {
      api.get("/crm/v8/settings/custom_views?module=Leads&" + query)
          .isError(
              400,
              "PATTERN_NOT_MATCHED",
              "Please check whether the input values are correct",
              "{\"param_name\":\"" + query.substring(0, query.indexOf('=')) + "\"}");
    }
    api.get("/crm/v8/settings/custom_views?module=Leads&page=2147483647").hasStatus(204);
  }

  @Test
  void unknownViewsAndModulesAreInvalid() {
    api.get("/crm/v8/settings/custom_views/1?module=Leads")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":2}");
    api.get("/crm/v8/settings/custom_views?module=Nothing")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
    api.get("/crm/v8/settings/custom_views")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    api.get("/crm/v8/settings/custom_views?module=Notes").hasStatus(204).hasNoBody();
  }
}
