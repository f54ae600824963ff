package io.clientele.metadata.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A field that something depends on is not deleted; where it is only shown, it is left out. */
@Proves("DELETE /crm/{version}/settings/fields/{field}")
class FieldsInUseTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  private String field(String module, String definition) {
    return api.post(
            "/crm/v8/settings/fields?module=" + module,
            ("{'fields':[" + definition + "]}").replace('\'', '"'))
        .hasStatus(201)
        .at("/fields/0/details/id")
        .asString();
  }

  private String text(String module, String label) {
    return field(module, "{'field_label':'" + label + "','data_type':'text'}");
  }

  private void made(Answer answer) {
    answer.hasStatus(201);
  }

  private void inUse(String module, String id) {
    api.delete("/crm/v8/settings/fields/" + id + "?module=" + module)
        .isError(
            400,
            "NOT_ALLOWED",
            "The custom field has already used in other places",
            "{\"resource_path_index\":2}");
  }

  private void deleted(String module, String id) {
    api.delete("/crm/v8/settings/fields/" + id + "?module=" + module).hasStatus(200);
  }

  private Answer view(String module, String parts) {
    return api.post(
        "/crm/v8/settings/custom_views?module=" + module,
        ("{'custom_views':[{'name':'V','access_type':'public'," + parts + "}]}")
            .replace('\'', '"'));
  }

  private static String compares(String field) {
    return "{'field':{'api_name':'" + field + "'},'comparator':'equal','value':'x'}";
  }

  private List<String> columns(String module, String view) {
    return api.get("/crm/v8/settings/custom_views/" + view + "?module=" + module)
        .at("/custom_views/0/fields")
        .valueStream()
        .map(column -> column.path("api_name").asString())
        .toList();
  }

  @Test
  void aViewSelectsThroughALookup() {
    String id = text("Accounts", "Grade");
    made(
        view(
            "Contacts",
            "'fields':[{'api_name':'Last_Name'}],'criteria':" + compares("Account_Name.Grade")));
    inUse("Accounts", id);
  }

  @Test
  void aViewShowsAFieldThroughALookup() {
    String id = text("Accounts", "Grade");
    Answer view =
        view("Contacts", "'fields':[{'api_name':'Last_Name'},{'api_name':'Account_Name.Grade'}]");
    String viewId = view.hasStatus(201).at("/custom_views/0/details/id").asString();
    assertThat(columns("Contacts", viewId)).contains("Account_Name.Grade");
    deleted("Accounts", id);
    assertThat(columns("Contacts", viewId)).containsExactly("Last_Name");
    api.get("/crm/v8/Contacts?fields=Last_Name&cvid=" + viewId).hasStatus(204);
  }

  @Test
  void aLookupIsUsedByWhatIsReachedThroughIt() {
    String id =
        field(
            "Leads",
            "{'field_label':'Firm','data_type':'lookup','lookup':{'display_label':'Firms','module':"
                + "{'api_name':'Accounts'}}}");
    made(
        view(
            "Leads",
            "'fields':[{'api_name':'Last_Name'}],'criteria':" + compares("Firm.Account_Name")));
    inUse("Leads", id);
  }

  @Test
  void aViewSelectsByRelatedRecords() {
    String id = text("Contacts", "Grade");
    made(
        view(
            "Accounts",
            "'fields':[{'api_name':'Account_Name'}],'cross_filters':[{'include_objects':true,"
                + "'relation':{'api_name':'Contacts'},'criteria':"
                + compares("Grade")
                + "}]"));
    inUse("Contacts", id);
  }

  @Test
  void aWizardAsksForIt() {
    String id = text("Leads", "Grade");
    JsonNode layout = api.get("/crm/v8/settings/layouts?module=Leads").at("/layouts/0/id");
    made(
        api.post(
            "/clientele/v1/settings/wizards",
            """
            {"wizards":[{"name":"W","module":{"api_name":"Leads"},"containers":[{
              "layout":{"id":"%s"},"screens":[{"display_label":"One","segments":[
                {"type":"fields","elements":[{"resource":{"name":"Grade"}}]}]}]}]}]}"""
                .formatted(layout.asString())));
    inUse("Leads", id);
  }

  @Test
  void aRuleLocksByIt() {
    String id = text("Leads", "Grade");
    String open = text("Leads", "Remark");
    made(
        api.post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            ("{'record_locking_configurations':[{'lock_type':'automatic',"
                    + "'excluded_fields':[{'api_name':'Remark'}],"
                    + "'locking_rules':[{'name':'R','criteria':"
                    + compares("Grade")
                    + "}]}]}")
                .replace('\'', '"')));
    inUse("Leads", id);
    deleted("Leads", open);
    assertThat(
            api.get("/crm/v8/settings/record_locking_configurations?module=Leads")
                .at("/record_locking_configurations/0/excluded_fields"))
        .isEmpty();
  }

  @Test
  void aLookupOffersRecordsByIt() {
    String id = text("Accounts", "Grade");
    field(
        "Leads",
        "{'field_label':'Firm','data_type':'lookup','lookup':{'display_label':'Firms','module':"
            + "{'api_name':'Accounts'},'query_details':{'criteria':"
            + compares("Grade")
            + "}}}");
    inUse("Accounts", id);
  }

  @Test
  void aDependencyMapsIt() {
    String values = "'data_type':'picklist','pick_list_values':[{'display_value':'A'}]}";
    String parent = field("Leads", "{'field_label':'Region'," + values);
    String child = field("Leads", "{'field_label':'Town'," + values);
    JsonNode layout = api.get("/crm/v8/settings/layouts?module=Leads").at("/layouts/0/id");
    String option = option(parent);
    made(
        api.post(
            "/crm/v8/settings/layouts/" + layout.asString() + "/map_dependency?module=Leads",
            """
            {"map_dependency":[{"parent":{"id":"%s"},"child":{"id":"%s"},
              "pick_list_values":[{"id":"%s","maps":[{"id":"%s"}]}]}]}"""
                .formatted(parent, child, option, option(child))));
    inUse("Leads", parent);
    inUse("Leads", child);
  }

  private String option(String field) {
    return api.get("/crm/v8/settings/fields/" + field + "?module=Leads")
        .at("/fields/0/pick_list_values")
        .valueStream()
        .filter(value -> value.path("actual_value").asString().equals("A"))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  @Test
  void whatOtherFieldsShowOfItGoes() {
    String id = text("Accounts", "Grade");
    String shown = text("Contacts", "Grade");
    JsonNode layout = api.get("/crm/v8/settings/layouts?module=Contacts").at("/layouts/0");
    String path = "/crm/v8/settings/layouts/" + layout.path("id").asString() + "?module=Contacts";
    api.patch(
            path,
            """
            {"layouts":[{"sections":[{"id":"%s","fields":[{"id":"%s","association_details":{
              "lookup_field":{"api_name":"Account_Name"},"related_field":{"id":"%s"}}}]}]}]}"""
                .formatted(layout.at("/sections/1/id").asString(), shown, id))
        .hasStatus(200);
    assertThat(association(path, shown).isObject()).isTrue();
    deleted("Accounts", id);
    assertThat(association(path, shown).isObject()).isFalse();
  }

  private JsonNode association(String layout, String field) {
    return api.get(layout)
        .at("/layouts/0/sections")
        .valueStream()
        .flatMap(section -> section.path("fields").valueStream())
        .filter(one -> one.path("id").asString().equals(field))
        .findFirst()
        .orElseThrow()
        .path("association_details");
  }

  @Test
  void noFieldIsBoundToAListThatGoes() {
    String list =
        api.post(
                "/crm/v8/settings/global_picklists",
                """
                {"global_picklists":[{"display_label":"Going","pick_list_values":[
                  {"display_value":"A","actual_value":"A"}]}]}""")
            .hasStatus(201)
            .at("/global_picklists/0/details/id")
            .asString();
    api.delete("/crm/v8/settings/global_picklists/" + list).hasStatus(202);
    api.post(
            "/crm/v8/settings/fields?module=Leads",
            """
            {"fields":[{"field_label":"Late","data_type":"picklist","global_picklist":{"id":"%s"}}]}"""
                .formatted(list))
        .hasStatus(400)
        .itemIsError(
            "fields",
            0,
            "NOT_ALLOWED",
            "global picklist deletion in progress.",
            "{\"api_name\":\"id\",\"json_path\":\"$.fields[0].global_picklist.id\"}");
  }
}
