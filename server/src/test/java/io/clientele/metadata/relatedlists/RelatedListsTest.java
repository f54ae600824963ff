package io.clientele.metadata.relatedlists;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /settings/related_lists. Reference: Related Lists Metadata. */
@Proves({
  "GET /crm/{version}/settings/related_lists",
  "GET /crm/{version}/settings/related_lists/{list}"
})
class RelatedListsTest {
  private static final TestOrg ORG = TestOrg.create();

  private static final Shape LIST =
      Shape.of(
          """
          id: id, api_name: text, name: text, display_label: text, sequence_number: text,
          type: text, status: text, module: object?, href: text?, action: text?,
          customize_sort: flag, customize_fields: flag, customize_display_label: flag""");

  private final Api api = ORG.api();

  @Test
  void theListsOfAllModulesHaveTheDocumentedKeys() {
    for (var module : ORG.metadata().modules()) {
      if (module.relatedLists().isEmpty()) {
        continue;
      }
      Answer answer =
          api.get("/crm/v8/settings/related_lists?module=" + module.apiName()).hasStatus(200);
      answer.at("/related_lists").forEach(LIST::check);
    }
  }

  @Test
  void aListNamesItsModuleAndWhereItsRecordsAre() {
    JsonNode notes = list("Leads", "Notes");
    assertThat(notes.at("/module/api_name").asString()).isEqualTo("Notes");
    assertThat(notes.at("/module/id").asString())
        .isEqualTo(Long.toString(ORG.metadata().get("Notes").id()));
    assertThat(notes.path("href").asString()).isEqualTo("Leads/{ENTITYID}/Notes");
  }

  private JsonNode list(String module, String name) {
    return api.get("/crm/v8/settings/related_lists?module=" + module)
        .at("/related_lists")
        .valueStream()
        .filter(list -> list.path("api_name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneListIsFoundByItsId() {
    String id = list("Leads", "Notes").path("id").asString();
    Answer one = api.get("/crm/v8/settings/related_lists/" + id + "?module=Leads").hasStatus(200);
    assertThat(one.at("/related_lists/0/api_name").asString()).isEqualTo("Notes");
    api.get("/crm/v8/settings/related_lists/1?module=Leads")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":2}");
  }

  @Test
  void listsOfAStatus() {
    api.get("/crm/v8/settings/related_lists?module=Leads&status=visible").hasStatus(200);
    api.get("/crm/v8/settings/related_lists?module=Leads&status=user_hidden").hasStatus(204);
    api.get("/crm/v8/settings/related_lists?module=Leads&status=x")
        .isError(
            400,
            "INVALID_DATA",
            "The status given is invalid.",
            """
            {"param_name":"status",
            "supported_values":["visible","user_hidden","scheduled_for_deletion"]}""");
  }

  @Test
  void theLayoutMustBeOfTheModule() {
    long layout = ORG.metadata().get("Leads").layouts().getFirst().id();
    api.get("/crm/v8/settings/related_lists?module=Leads&layout_id=" + layout).hasStatus(200);
    api.get("/crm/v8/settings/related_lists?module=Leads&layout_id=1")
        .isError(
            400,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"param_name\":\"layout_id\"}");
  }

  @Test
  void theModuleMustBeNamedAndHaveLists() {
    api.get("/crm/v8/settings/related_lists")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    api.get("/crm/v8/settings/related_lists?module=Nothing")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
    api.get("/crm/v8/settings/related_lists?module=Quoted_Items")
        .isError(
            400,
            "NOT_SUPPORTED",
            "the given module is not supported for this api",
            "{\"param_name\":\"module\"}");
    api.get("/crm/v8/settings/related_lists?module=Notes").hasStatus(204).hasNoBody();
  }

  @Test
  void oldVersionsNameTheModuleOnly() {
    assertThat(
            api.get("/crm/v3/settings/related_lists?module=Leads")
                .at("/related_lists/0/module")
                .asString())
        .isEqualTo("Notes");
  }
}
