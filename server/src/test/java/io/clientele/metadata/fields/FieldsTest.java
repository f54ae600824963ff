package io.clientele.metadata.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /settings/fields. Reference: Fields Metadata. */
@Proves({"GET /crm/{version}/settings/fields", "GET /crm/{version}/settings/fields/{field}"})
class FieldsTest {
  private static final TestOrg ORG = TestOrg.create();

  /** Every key of the reference page that all fields have. */
  private static final Shape FIELD =
      Shape.of(
          """
          id: id, api_name: text, field_label: text, display_label: text, data_type: text,
          json_type: text, ui_type: integer, display_type: integer, type: text, column_name: text,
          created_source: text, length: integer?, decimal_place: integer?,
          custom_field: flag, system_mandatory: flag, read_only: flag, field_read_only: flag,
          visible: flag, webhook: flag, businesscard_supported: flag, searchable: flag,
          sortable: flag, filterable: flag, mass_update: flag, display_field: flag,
          virtual_field: flag, separator: flag, enable_colour_code: flag,
          colour_code_enabled_by_system: flag, pick_list_values_sorted_lexically: flag,
          history_tracking_enabled: flag, hipaa_compliance_enabled: flag, public: flag,
          operation_type: object, view_type: object, email_parser: object, unique: object,
          lookup: object, multi_module_lookup: object, multiselectlookup: object, formula: object,
          rollup_summary: object, currency: object, auto_number: object, convert_mapping: object,
          pick_list_values: array, profiles: array, layout_associations: array,
          customizable_properties: array?, associated_module: object?, association_details: object?,
          tooltip: object?, display_format_properties: object?, external: object?,
          parent_field: object?, child_fields: array?, private: object?, crypt: object?,
          range: object?, hipaa_compliance: object?, address: object?, global_picklist: object?,
          display_format: text?, history_tracking: object?, additional_column: text?,
          created_time: time?, modified_time: time?""");

  private static final Set<String> JSON_TYPES =
      Set.of("string", "integer", "double", "boolean", "jsonobject", "jsonarray");

  private final Api api = ORG.api();

  private List<JsonNode> fields(String module) {
    return fields("v8", module);
  }

  private List<JsonNode> fields(String version, String module) {
    return api.get("/crm/" + version + "/settings/fields?module=" + module)
        .hasStatus(200)
        .at("/fields")
        .valueStream()
        .toList();
  }

  private JsonNode field(String module, String apiName) {
    return named(fields(module), apiName);
  }

  private static JsonNode named(List<JsonNode> fields, String apiName) {
    return fields.stream()
        .filter(field -> field.path("api_name").asString().equals(apiName))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyFieldOfEveryModuleHasTheDocumentedKeys() {
    for (JsonNode module : api.get("/crm/v8/settings/modules").at("/modules")) {
      if (!module.path("api_supported").asBoolean()) {
        continue;
      }
      for (JsonNode field : fields(module.path("api_name").asString())) {
        FIELD.check(field);
        assertThat(JSON_TYPES).contains(field.path("json_type").asString());
      }
    }
  }

  @Test
  void everyModuleThatFieldsPointToHasFieldsToo() {
    for (JsonNode module : api.get("/crm/v8/settings/modules").at("/modules")) {
      if (!module.path("api_supported").asBoolean()) {
        continue;
      }
      for (JsonNode field : fields(module.path("api_name").asString())) {
        for (String pointer :
            List.of(
                "/lookup/module/api_name",
                "/associated_module/module",
                "/multiselectlookup/linking_details/module/api_name",
                "/multiuserlookup/linking_details/module/api_name")) {
          String target = field.at(pointer).asString("se_module");
          if (!target.equals("se_module")) {
            fields(target);
          }
        }
      }
    }
  }

  @Test
  void aLookupNamesItsModule() {
    JsonNode lookup = field("Contacts", "Account_Name").path("lookup");
    assertThat(lookup.at("/module/api_name").asString()).isEqualTo("Accounts");
    assertThat(lookup.at("/module/id").asString())
        .isEqualTo(Long.toString(ORG.metadata().get("Accounts").id()));
    assertThat(lookup.path("api_name").asString()).isEqualTo("Contacts");
    assertThat(lookup.path("id").isString()).isTrue();
    assertThat(field("Leads", "Company").path("lookup").isEmpty()).isTrue();
  }

  @Test
  void aLookupToSeveralModulesNamesThem() {
    JsonNode several = field("Appointments__s", "Appointment_For").path("multi_module_lookup");
    assertThat(several.path("modules").valueStream().map(m -> m.path("api_name").asString()))
        .containsExactly("Contacts", "Leads", "Accounts");
    Shape.of("id: id, api_name: text, module_name: text").check(several.at("/modules/0"));
    assertThat(field("Tasks", "What_Id").at("/lookup/module/api_name").asString())
        .isEqualTo("se_module");
  }

  @Test
  void aSubformNamesItsModule() {
    JsonNode items = field("Quotes", "Quoted_Items");
    Shape.of("module: text, id: id").check(items.path("associated_module"));
    assertThat(items.at("/associated_module/module").asString()).isEqualTo("Quoted_Items");
  }

  @Test
  void aLookupOfSeveralUsersNamesTheLinkingModule() {
    JsonNode linking = field("Services__s", "Members").at("/multiuserlookup/linking_details");
    Shape.of("id: id, api_name: text, plural_label: text, visibility: integer")
        .check(linking.path("module"));
    Shape.of("id: id, api_name: text, field_label: text").check(linking.path("lookup_field"));
    Shape.of("id: id, api_name: text, field_label: text")
        .check(linking.path("connected_lookup_field"));
  }

  @Test
  void aFormulaTellsWhatItReturns() {
    JsonNode total = field("Quoted_Items", "Total");
    assertThat(total.at("/formula/return_type").asString()).isEqualTo("currency");
    assertThat(total.path("json_type").asString()).isEqualTo("double");
  }

  @Test
  void pickListValuesAreWhole() {
    JsonNode source = field("Leads", "Lead_Source");
    Shape value =
        Shape.of(
            """
            id: id, display_value: text, actual_value: text, reference_value: text,
            sequence_number: integer, colour_code: text?, type: text""");
    source.path("pick_list_values").forEach(value::check);
    assertThat(source.at("/pick_list_values/0/display_value").asString()).isEqualTo("-None-");
    assertThat(source.at("/pick_list_values/0/sequence_number").asInt()).isEqualTo(1);
  }

  @Test
  void profilesAndLayoutsCarryIds() {
    JsonNode company = field("Leads", "Company");
    Shape.of("id: id, name: text, permission_type: text").check(company.at("/profiles/0"));
    Shape.of("id: id, name: text, api_name: text").check(company.at("/layout_associations/0"));
    assertThat(company.path("profiles")).hasSize(2);
  }

  @Test
  void fieldsAboutCurrenciesAreHiddenWhileTheOrgHasOne() {
    assertThat(fields("Leads").stream().map(field -> field.path("api_name").asString()))
        .doesNotContain("Currency", "Exchange_Rate")
        .contains("Annual_Revenue", "Last_Name", "id");
  }

  @Test
  void moduleNamesMayBeInAnyCase() {
    assertThat(fields("leads")).hasSameSizeAs(fields("Leads"));
  }

  @Test
  void unusedFieldsAreNone() {
    api.get("/crm/v8/settings/fields?module=Leads&type=unused").hasStatus(204).hasNoBody();
    assertThat(
            api.get("/crm/v8/settings/fields?module=Leads&type=used").hasStatus(200).at("/fields"))
        .hasSameSizeAs(fields("Leads"));
  }

  @Test
  void permissionsAreIncludedWhenAsked() {
    Answer answer =
        api.get("/crm/v8/settings/fields?module=Leads&include=allowed_permissions_to_update");
    Shape.of("read_write: flag, read_only: flag, hidden: flag")
        .check(answer.at("/fields/0/allowed_permissions_to_update"));
  }

  @Test
  void oneFieldIsFoundByItsId() {
    String id = field("Leads", "Company").path("id").asString();
    Answer one = api.get("/crm/v8/settings/fields/" + id + "?module=Leads").hasStatus(200);
    assertThat(one.at("/fields")).hasSize(1);
    assertThat(one.at("/fields/0/api_name").asString()).isEqualTo("Company");
  }

  @Test
  void anUnknownFieldIsInvalid() {
    String foreign = field("Contacts", "Department").path("id").asString();
    for (String id : List.of("1", "abc", "99999999999999999999", foreign)) {
      api.get("/crm/v8/settings/fields/" + id + "?module=Leads")
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"resource_path_index\":2}");
    }
  }

  @Test
  void theModuleMustBeNamed() {
    for (String path :
        List.of("/settings/fields", "/settings/fields/1", "/settings/fields?module=")) {
      api.get("/crm/v8" + path)
          .isError(
              400,
              "REQUIRED_PARAM_MISSING",
              "One of the expected parameter is missing",
              "{\"param_name\":\"module\"}");
    }
  }

  @Test
  void theModuleMustBeThere() {
    for (String name : List.of("Nothing", "Activities", "Leads,Nothing", "Leads,", ",", "%00")) {
      api.get("/crm/v8/settings/fields?module=" + name)
          .isError(
              400,
              "INVALID_MODULE",
              "the module name given seems to be invalid",
              "{\"param_name\":\"module\"}");
    }
    api.get("/crm/v8/settings/fields?module=Emails")
        .isError(
            400,
            "NOT_SUPPORTED",
            "the given module is not supported in api",
            "{\"param_name\":\"module\"}");
  }

  @Test
  void fieldsOfSeveralModules() {
    List<JsonNode> leads = fields("Leads");
    List<JsonNode> both = fields("leads,Tasks,Leads");
    assertThat(both.subList(0, leads.size())).isEqualTo(leads);
    assertThat(both.subList(leads.size(), both.size())).isEqualTo(fields("Tasks"));
    api.get("/crm/v8/settings/fields/" + leads.getFirst().path("id").asString() + "?module=Leads,A")
        .hasStatus(400)
        .hasCode("", "INVALID_MODULE");
  }

  @Test
  void theScopeIsNeeded() {
    ORG.api(ORG.adminId(), "ZohoCRM.settings.modules.READ")
        .get("/crm/v8/settings/fields?module=Leads")
        .hasStatus(401);
    ORG.api(ORG.adminId(), "ZohoCRM.settings.fields.READ")
        .get("/crm/v8/settings/fields?module=Leads")
        .hasStatus(200);
  }

  @Test
  void oldVersionsHaveOldShapes() {
    assertThat(named(fields("v3", "Contacts"), "Account_Name").at("/lookup/module").asString())
        .isEqualTo("Accounts");
    assertThat(named(fields("v2", "Leads"), "Lead_Status").path("history_tracking").isBoolean())
        .isTrue();
    assertThat(
            named(fields("v2", "Appointments__s"), "Appointment_For").path("data_type").asString())
        .isEqualTo("multimodulelookup");
    assertThat(fields("v2.1", "Activities")).isNotEmpty();
  }
}
