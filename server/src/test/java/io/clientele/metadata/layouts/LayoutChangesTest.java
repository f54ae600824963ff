package io.clientele.metadata.layouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** PATCH /settings/layouts, and our own POST. Reference: Update Custom Layout. */
@Proves({
  "PATCH /crm/{version}/settings/layouts",
  "PATCH /crm/{version}/settings/layouts/{layout}",
  "POST /clientele/v1/settings/layouts"
})
class LayoutChangesTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Api api = ORG.api();
  private final TestLayouts leads = new TestLayouts(api, "Leads");

  private String fresh() {
    return leads.create("Layout " + NUMBER.incrementAndGet());
  }

  @Test
  void aCopyHasSectionsOfItsOwn() {
    String id = leads.create("Partners");
    JsonNode copy = leads.read(id);
    JsonNode standard = leads.standard();
    assertThat(copy.path("name").asString()).isEqualTo("Partners");
    assertThat(copy.path("api_name").asString()).isEqualTo("Partners");
    assertThat(copy.path("generated_type").asString()).isEqualTo("custom");
    assertThat(copy.path("status").asString()).isEqualTo("active");
    assertThat(copy.path("sections")).hasSameSizeAs(standard.path("sections"));
    assertThat(copy.at("/sections/1/id")).isNotEqualTo(standard.at("/sections/1/id"));
    assertThat(copy.at("/sections/1/fields")).hasSameSizeAs(standard.at("/sections/1/fields"));
    assertThat(copy.at("/actions_allowed/delete").asBoolean()).isTrue();
    assertThat(standard.at("/actions_allowed/delete").asBoolean()).isFalse();
    leads.refused(
        "POST",
        "/clientele/v1/settings/layouts",
        "{'name':'partners'}",
        "DUPLICATE_DATA",
        "duplicate data",
        "{'api_name':'name','json_path':'$.layouts[0].name'}");
    leads.refused(
        "POST",
        "/clientele/v1/settings/layouts",
        "{}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'name','json_path':'$.layouts[0].name'}");
    leads.refused(
        "POST",
        "/clientele/v1/settings/layouts",
        "{'name':'Other','source':{'id':'1'}}",
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{'api_name':'id','json_path':'$.layouts[0].source.id'}");
  }

  @Test
  void aLayoutIsRenamedAndKeepsItsApiName() {
    String id = leads.create("Old Name");
    leads.change(id, "{'name':'New Name','show_business_card':false}");
    JsonNode layout = leads.read(id);
    assertThat(layout.path("name").asString()).isEqualTo("New Name");
    assertThat(layout.path("display_label").asString()).isEqualTo("New Name");
    assertThat(layout.path("api_name").asString()).isEqualTo("Old_Name");
    assertThat(layout.path("show_business_card").asBoolean()).isFalse();
    leads.refused(
        id,
        "{'api_name':'x'}",
        "NOT_ALLOWED",
        "api_name cannot be changed",
        "{'api_name':'api_name','json_path':'$.layouts[0].api_name'}");
    leads.refused(
        id,
        "{'name':'Standard'}",
        "INVALID_DATA",
        "System keyword not allowed in layout label",
        "{'api_name':'name','json_path':'$.layouts[0].name'}");
    leads.refused(
        id,
        "{'name':7}",
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'text','api_name':'name','json_path':'$.layouts[0].name'}");
    leads.refused(
        id,
        "{'show_business_card':'no'}",
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'boolean','api_name':'show_business_card',"
            + "'json_path':'$.layouts[0].show_business_card'}");
  }

  @Test
  void severalAreChangedByTheirIds() {
    String one = fresh();
    String other = fresh();
    api.patch(
            "/crm/v8/settings/layouts?module=Leads",
            TestLayouts.body(
                "{'id':'"
                    + one
                    + "','name':'Changed one'},"
                    + "{'id':'"
                    + other
                    + "','name':'Changed other'}"))
        .hasStatus(200);
    assertThat(leads.read(one).path("name").asString()).isEqualTo("Changed one");
    assertThat(leads.read(other).path("name").asString()).isEqualTo("Changed other");
    Answer mixed =
        api.patch(
            "/crm/v8/settings/layouts?module=Leads",
            TestLayouts.body("{'id':'" + one + "','name':'Again'},{'id':'1','name':'x'},{}"));
    mixed.hasStatus(207);
    TestLayouts.isError(
        mixed,
        1,
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{'api_name':'id','json_path':'$.layouts[1].id'}");
    TestLayouts.isError(
        mixed,
        2,
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'id','json_path':'$.layouts[2].id'}");
  }

  @Test
  void sectionsAreAddedRenamedMovedAndRemoved() {
    String id = fresh();
    leads.change(
        id,
        "{'sections':[{'display_label':'Custom Section 2','name':'Custom Section 2',"
            + "'sequence_number':2,'tab_traversal':'top_to_bottom','column_count':1}]}");
    JsonNode added = leads.read(id).at("/sections/1");
    assertThat(added.path("display_label").asString()).isEqualTo("Custom Section 2");
    assertThat(added.path("api_name").asString()).isEqualTo("Custom_Section_2");
    assertThat(added.path("sequence_number").asInt()).isEqualTo(2);
    assertThat(added.path("tab_traversal").asString()).isEqualTo("top_to_bottom");
    assertThat(added.path("column_count").asInt()).isEqualTo(1);
    assertThat(added.path("generated_type").asString()).isEqualTo("custom");
    String section = added.path("id").asString();
    leads.change(
        id,
        "{'sections':[{'id':'" + section + "','display_label':'Renamed','sequence_number':1}]}");
    JsonNode moved = leads.read(id).at("/sections/0");
    assertThat(moved.path("id").asString()).isEqualTo(section);
    assertThat(moved.path("display_label").asString()).isEqualTo("Renamed");
    int before = leads.read(id).path("sections").size();
    leads.change(id, "{'sections':[{'id':'" + section + "','_delete':{'permanent':true}}]}");
    assertThat(leads.read(id).path("sections")).hasSize(before - 1);
  }

  @Test
  void mistakesInSectionsAreTold() {
    String id = fresh();
    leads.refused(
        id,
        "{'sections':[{'column_count':1}]}",
        "EXPECTED_FIELD_MISSING",
        "should contain either id or display_label",
        "{'expected_fields':[{'api_name':'id','json_path':'$.layouts[0].sections[0].id'},"
            + "{'api_name':'display_label','json_path':'$.layouts[0].sections[0].display_label'}]}");
    leads.refused(
        id,
        "{'sections':[{'_delete':{'permanent':true}}]}",
        "DEPENDENT_FIELD_MISSING",
        "section id or api_name is missing",
        "{'dependee':{'api_name':'_delete','json_path':'$.layouts[0].sections[0]._delete'},"
            + "'api_name':'api_name','json_path':'$.layouts[0].sections[0].api_name'}");
    leads.refused(
        id,
        "{'sections':[{'id':'1'}]}",
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{'api_name':'id','json_path':'$.layouts[0].sections[0].id'}");
    leads.refused(
        id,
        "{'sections':[{'display_label':'x','tab_traversal':1}]}",
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'text','api_name':'tab_traversal',"
            + "'json_path':'$.layouts[0].sections[0].tab_traversal'}");
    leads.refused(
        id,
        "{'sections':[{'display_label':'a/b'}]}",
        "INVALID_DATA",
        "Invalid section name",
        "{'api_name':'display_label','json_path':'$.layouts[0].sections[0].display_label'}");
    leads.refused(
        id,
        "{'sections':[{'display_label':'lead information'}]}",
        "DUPLICATE_DATA",
        "duplicate data",
        "{'api_name':'display_label','json_path':'$.layouts[0].sections[0].display_label'}");
    leads.refused(
        id,
        "{'sections':[{'display_label':'x','column_count':3}]}",
        "INVALID_DATA",
        "invalid data",
        "{'range':{'from':1,'to':2},'api_name':'column_count',"
            + "'json_path':'$.layouts[0].sections[0].column_count'}");
    leads.refused(
        id,
        "{'sections':[{'api_name':'Lead_Information','_delete':{}}]}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'permanent','json_path':'$.layouts[0].sections[0]._delete.permanent'}");
    leads.refused(
        id,
        "{'sections':[{'api_name':'Lead_Information','_delete':{'permanent':false}}]}",
        "NOT_ALLOWED",
        "the section has a mandatory field",
        "{'api_name':'_delete','json_path':'$.layouts[0].sections[0]._delete'}");
    leads.refused(
        id,
        "{'sections':[{},{},{},{},{},{}]}",
        "LIMIT_EXCEEDED",
        "limit exceeded",
        "{'limit':5,'api_name':'sections','json_path':'$.layouts[0].sections'}");
  }

  @Test
  void aFieldIsTakenOutAndPutBack() {
    String id = fresh();
    String fax = leads.field("Fax");
    leads.change(id, leads.inSection(id, "{'id':'" + fax + "','_delete':{'permanent':false}}"));
    assertThat(leads.names(id)).doesNotContain("Fax").contains("Phone");
    assertThat(leads.names(leads.standard().path("id").asString())).contains("Fax");
    leads.change(id, leads.inSection(id, "{'id':'" + fax + "','sequence_number':1}"));
    assertThat(leads.names(id).getFirst()).isEqualTo("Fax");
    leads.change(id, leads.inSection(id, "{'id':'" + fax + "','sequence_number':3}"));
    assertThat(leads.names(id).get(2)).isEqualTo("Fax");
    String section = leads.addSection(id, "Elsewhere");
    leads.change(id, "{'sections':[{'id':'" + section + "','fields':[{'id':'" + fax + "'}]}]}");
    assertThat(leads.names(id).getLast()).isEqualTo("Fax");
    assertThat(leads.names(id)).containsOnlyOnce("Fax");
  }

  @Test
  void mistakesInFieldsAreTold() {
    String id = fresh();
    String path = "$.layouts[0].sections[0].fields[0]";
    String lastName = leads.field("Last_Name");
    leads.refused(
        id,
        leads.inSection(id, "{'id':'1'}"),
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{'api_name':'id','json_path':'" + path + ".id'}");
    leads.refused(
        id,
        leads.inSection(id, "{'sequence_number':1}"),
        "EXPECTED_FIELD_MISSING",
        "should contain either id or field_label",
        "{'expected_fields':[{'api_name':'id','json_path':'"
            + path
            + ".id'},"
            + "{'api_name':'field_label','json_path':'"
            + path
            + ".field_label'}]}");
    leads.refused(
        id,
        leads.inSection(id, "{'id':'" + lastName + "','_delete':{'permanent':false}}"),
        "NOT_ALLOWED",
        "mandatory fields cannot be removed from a layout",
        "{'api_name':'_delete','json_path':'" + path + "._delete'}");
    leads.refused(
        id,
        leads.inSection(id, "{'id':'" + lastName + "','required':false}"),
        "NOT_ALLOWED",
        "the property of this field cannot be changed",
        "{'api_name':'required','json_path':'" + path + ".required'}");
    leads.refused(
        id,
        leads.inSection(id, "{'id':'" + lastName + "','required':'yes'}"),
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'boolean','api_name':'required','json_path':'"
            + path
            + ".required'}");
    String six = String.join(",", Collections.nCopies(6, "{'id':'" + lastName + "'}"));
    leads.refused(
        id,
        leads.inSection(id, six),
        "LIMIT_EXCEEDED",
        "limit exceeded",
        "{'limit':5,'api_name':'fields','json_path':'$.layouts[0].sections[0].fields'}");
    assertThat(leads.names(id)).contains("Last_Name");
  }

  @Test
  void aFieldIsMadeInALayout() {
    String id = fresh();
    leads.change(
        id,
        leads.inSection(
            id,
            "{'field_label':'Badge Number','data_type':'text','length':16,'sequence_number':2,"
                + "'required':true}"));
    assertThat(leads.names(id).get(1)).isEqualTo("Badge_Number");
    assertThat(leads.names(leads.standard().path("id").asString())).doesNotContain("Badge_Number");
    String record =
        "{\"data\":[{\"Last_Name\":\"A\",\"Company\":\"C\",\"Badge_Number\":\"%s\",\"Layout\":{\"id\":\"%s\"}}]}";
    api.post("/crm/v8/Leads", record.formatted("b7", id)).hasStatus(201);
    api.post("/crm/v8/Leads", record.formatted("a number that is too long", id))
        .hasCode("/data/0", "INVALID_DATA");
    api.post("/crm/v8/Leads", record.replace("\"Badge_Number\":\"%s\",", "").formatted(id))
        .hasCode("/data/0", "MANDATORY_NOT_FOUND");
    String field = leads.field("Badge_Number");
    leads.change(
        id, leads.inSection(id, "{'id':'" + field + "','field_label':'Badge','length':30}"));
    assertThat(
            api.get("/crm/v8/settings/fields/" + field + "?module=Leads")
                .at("/fields/0/length")
                .asInt())
        .isEqualTo(30);
    leads.change(id, leads.inSection(id, "{'id':'" + field + "','_delete':{'permanent':true}}"));
    assertThat(leads.names(id)).doesNotContain("Badge_Number");
    api.get("/crm/v8/settings/fields/" + field + "?module=Leads").hasStatus(400);
  }

  @Test
  void aFieldIsMadeWithASectionAndShowsAnother() {
    var contacts = new TestLayouts(api, "Contacts");
    String id = contacts.create("With an account");
    contacts.change(
        id,
        "{'sections':[{'display_label':'Firm','fields':[{'field_label':'Firm phone','data_type':'phone',"
            + "'association_details':{'lookup_field':{'api_name':'Account_Name'},"
            + "'related_field':{'api_name':'Phone'}}}]}]}");
    JsonNode sections = contacts.read(id).path("sections");
    JsonNode field = sections.get(sections.size() - 1).at("/fields/0");
    assertThat(field.path("api_name").asString()).isEqualTo("Firm_phone");
    assertThat(field.at("/association_details/related_field/api_name").asString())
        .isEqualTo("Phone");
  }

  @Test
  void mistakesInNewFieldsAreThoseOfTheFields() {
    String id = fresh();
    String path = "$.layouts[0].sections[0].fields[0]";
    leads.refused(
        id,
        leads.inSection(id, "{'field_label':'X'}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'data_type','json_path':'" + path + ".data_type'}");
    leads.refused(
        id,
        leads.inSection(id, "{'field_label':'Fax','data_type':'text'}"),
        "DUPLICATE_DATA",
        "duplicate data",
        "{'api_name':'field_label','json_path':'" + path + ".field_label'}");
    leads.refused(
        id,
        leads.inSection(id, "{'field_label':'List','data_type':'picklist'}"),
        "EXPECTED_DEPENDENT_FIELD_MISSING",
        "expected dependent field missing",
        "{'dependee':{'api_name':'data_type','json_path':'"
            + path
            + ".data_type'},'expected_fields':[{'api_name':'pick_list_values','json_path':'"
            + path
            + ".pick_list_values'},{'api_name':'global_picklist','json_path':'"
            + path
            + ".global_picklist'}]}");
    leads.refused(
        id,
        leads.inSection(id, "{'id':'" + leads.field("Fax") + "','api_name':'Telefax'}"),
        "NOT_ALLOWED",
        "the action is not allowed",
        "{'api_name':'api_name','json_path':'" + path + ".api_name'}");
    leads.refused(
        id,
        leads.inSection(id, "{'id':'" + leads.field("Fax") + "','_delete':{'permanent':true}}"),
        "NOT_ALLOWED",
        "Only the custom fields can be deleted",
        "{'api_name':'_delete','json_path':'" + path + "._delete'}");
    leads.refused(
        id,
        leads.inSection(
            id,
            "{'field_label':'Kept out','data_type':'text'},{'field_label':'Kept out',"
                + "'data_type':'text'}"),
        "DUPLICATE_DATA",
        "duplicate data",
        "{'api_name':'field_label','json_path':'$.layouts[0].sections[0].fields[1].field_label'}");
    assertThat(api.get("/crm/v8/settings/fields?module=Leads").text()).doesNotContain("Kept out");
  }

  @Test
  void profilesSeeALayoutAndHaveADefault() {
    String id = fresh();
    String administrator = leads.profile("Administrator");
    String standard = leads.profile("Standard");
    assertThat(leads.read(id).path("profiles")).hasSize(2);
    assertThat(leads.read(id).at("/profiles/0/default").asBoolean()).isFalse();
    leads.change(
        id,
        "{'profiles':[{'id':'"
            + administrator
            + "','_delete':true},"
            + "{'id':'"
            + standard
            + "','default':true}]}");
    JsonNode profiles = leads.read(id).path("profiles");
    assertThat(profiles).hasSize(1);
    assertThat(profiles.at("/0/id").asString()).isEqualTo(standard);
    assertThat(profiles.at("/0/default").asBoolean()).isTrue();
    JsonNode elsewhere = leads.standard().path("profiles");
    for (JsonNode profile : elsewhere) {
      boolean moved = profile.path("id").asString().equals(standard);
      assertThat(profile.at("/_default_view/id").asString().equals(id)).isEqualTo(moved);
    }
    leads.refused(
        id,
        "{'profiles':[{'id':'" + standard + "','_delete':true}]}",
        "NOT_ALLOWED",
        "at least one profile must be assigned to the layout",
        "{'api_name':'profiles','json_path':'$.layouts[0].profiles'}");
    leads.refused(
        id,
        "{'profiles':[{'id':'1'}]}",
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{'api_name':'id','json_path':'$.layouts[0].profiles[0].id'}");
    leads.refused(
        id,
        "{'profiles':[{}]}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'id','json_path':'$.layouts[0].profiles[0].id'}");
    leads.change(id, "{'profiles':[{'id':'" + standard + "','default':false}]}");
    assertThat(leads.read(id).at("/profiles/0/default").asBoolean()).isFalse();
  }

  @Test
  void whoMayNotCustomizeMayNotChange() {
    long user = TestUsers.standard(ORG, "layout-changes@example.com");
    Api standard = ORG.api(user, TestOrg.ALL_SCOPES);
    String id = leads.standard().path("id").asString();
    for (Answer answer :
        List.of(
            standard.patch("/crm/v8/settings/layouts/" + id + "?module=Leads", "{'layouts':[{}]}"),
            standard.patch("/crm/v8/settings/layouts?module=Leads", "{'layouts':[{}]}"),
            standard.post("/clientele/v1/settings/layouts?module=Leads", "{}"))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
    }
    ORG.api(ORG.adminId(), "ZohoCRM.settings.layouts.READ")
        .post("/clientele/v1/settings/layouts?module=Leads", "{}")
        .hasStatus(401);
  }

  @Test
  void theModuleAndTheLayoutMustBeThere() {
    String id = leads.standard().path("id").asString();
    api.patch("/crm/v8/settings/layouts/" + id, "{}")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    api.patch("/crm/v8/settings/layouts/" + id + "?module=Nothing", "{}")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
    api.patch("/crm/v8/settings/layouts/1?module=Leads", "{}")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":2}");
    api.patch("/crm/v8/settings/layouts/" + id + "?module=Notes", "{}")
        .isError(
            400,
            "NOT_SUPPORTED",
            "the given module is not supported in api",
            "{\"param_name\":\"module\"}");
    api.patch("/crm/v8/settings/layouts/" + id + "?module=Leads", "{\"layouts\":7}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"layouts\",\"json_path\":\"$.layouts\"}");
    api.put("/crm/v8/settings/layouts/" + id + "?module=Leads", "{}")
        .isError(
            400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one", "{}");
  }
}
