package io.clientele.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every noun of the file: what hangs together within a module, and what an org has once. */
class WholeConfigurationTest {
  private static final String FILE =
      """
      unsubscribe_links:
        - name: News
          page_type: custom
          custom_location_url: https://example.com/bye
          submission_action_type: display_message
          submission_message: Bye
      call_preferences: {show_from_number: true}
      contact_roles:
        - {name: Signatory, sequence_number: 4}
        - {name: Decision Maker, sequence_number: 1}
        - {name: Lawyer, sequence_number: 2}
        - {name: Purchasing, absent: true}
      user_groups:
        - name: Everybody
          sources: [{type: groups, name: South}]
        - name: South
          sources: [{type: territories, name: South, subordinates: true}, {type: roles, name: CEO}]
      territories:
        - name: Bavaria
          reporting_to: South
          permission_type: read_only
          lead_rule_criteria: {field: {api_name: Region}, comparator: equal, value: East}
        - {name: South, permission_type: read_write_delete}
      modules:
        - api_name: Leads
          sharing_rules:
            - name: For the south
              type: Record_Owner_Based
              permission_type: read_write
              superiors_allowed: false
              shared_from: {type: groups, resource: {name: South}}
              shared_to: {type: groups, resource: {name: Everybody}}
          email_templates:
            - {name: Offer, subject: S, content: C, unsubscribe_link: {name: News}}
          fields:
            - {api_name: Region, field_label: Region, data_type: picklist, pick_list_values: [{display_value: East}, {display_value: West}]}
            - {api_name: Town, field_label: Town, data_type: picklist, pick_list_values: [{display_value: Ulm}, {display_value: Bonn}, {display_value: Kiel}]}
            - {api_name: Badge, field_label: Badge, data_type: text, length: 30, unique: {case_sensitive: false}}
            - api_name: Firm
              field_label: Firm
              data_type: lookup
              lookup:
                module: {api_name: Accounts}
                display_label: Firms
                revalidate_filter_during_edit: true
                query_details:
                  criteria: {group_operator: AND, group: [{field: {api_name: Grade}, comparator: equal, value: A}]}
          layouts:
            - api_name: Trade
              name: Trade fair
              profiles: [Administrator]
              default_profiles: [Administrator]
              show_business_card: false
              sections:
                - display_label: Booth
                  column_count: 1
                  fields: [Company, {api_name: Region, required: true, pick_list_values: [West, East]}, Town]
                - display_label: Who
                  api_name: Lead_Information
                  fields: [Owner, First_Name, Last_Name, {api_name: Phone, read_only: true}, Badge, Lead_Status]
            - {api_name: Old, active: false}
          map_dependencies:
            - layout: Trade
              parent: Region
              child: Town
              pick_list_values:
                - {actual_value: West, maps: [Bonn, Kiel]}
                - {actual_value: East, maps: [Ulm]}
          wizards:
            - name: Fair
              display_label: At the fair
              profiles: [Administrator]
              containers:
                - layout: Trade
                  screens:
                    - display_label: First
                      pos_x: 30
                      conditional_rules:
                        - criteria: {field: {api_name: Company}, comparator: equal, value: Acme}
                          actions: [{type: hide, field: {api_name: Phone}, exempted_profiles: [Standard]}]
                      segments:
                        - {type: fields, elements: [{resource: {name: Company}}, {resource: {name: Region}}]}
                        - {type: buttons, buttons: [{type: transition, display_label: Go, target_screen: {name: Last}}]}
                    - display_label: Last
                      segments: [{type: buttons, buttons: [{type: save, display_label: Save}]}]
          record_locking_configuration:
            lock_type: both
            locked_for: all_profiles_except_excluded_profiles
            lock_excluded_profiles: [Administrator]
            restricted_actions: [delete]
            excluded_fields: [Region]
            locking_rules:
              - {name: Won, criteria: {field: {api_name: Badge}, comparator: equal, value: X}}
              - {name: Lost, lock_existing_records: true, criteria: {field: {api_name: Company}, comparator: equal, value: Y}}
          duplicate_check_preference:
            type: mapped_module_records
            field_mappings: [{current_field: Badge, mapped_field: Badge}]
          lead_conversion_mapping:
            - mapped_module: Contacts
              field_mappings:
                - {current_field: Last_Name, mapped_field: Last_Name}
                - {current_field: Phone, mapped_field: Phone}
                - {current_field: Badge, mapped_field: Badge}
        - {api_name: Accounts, fields: [{api_name: Grade, field_label: Grade, data_type: text}]}
        - api_name: Contacts
          fields:
            - {api_name: Badge, field_label: Badge, data_type: text, length: 30, unique: {case_sensitive: false}}
        - api_name: Deals
          fields:
            - api_name: Stage
              pick_list_values:
                - {display_value: Qualification}
                - {display_value: Needs Analysis}
                - {display_value: Signed, probability: 95, forecast_type: Open, forecast_category: {name: Commit}}
                - {display_value: Value Proposition}
                - {display_value: Identify Decision Makers, actual_value: Id. Decision Makers}
                - {display_value: Proposal/Price Quote}
                - {display_value: Negotiation/Review}
                - {display_value: Closed Won}
                - {display_value: Closed Lost}
                - {display_value: Closed-Lost to Competition, actual_value: Closed Lost to Competition}
          layouts:
            - api_name: Rent
              pipelines:
                - {display_value: Short, default: true, stages: [Qualification, Signed, Closed Won]}
                - {display_value: Long, stages: [Needs Analysis, Closed Lost]}
        - api_name: Gear
          fields:
            - {api_name: Weight, field_label: Weight, data_type: integer}
        - api_name: Boats
          singular_label: Boat
          plural_label: Boats
          profiles: [Administrator, Standard]
          fields:
            - {api_name: Gear, field_label: Gear, data_type: subform}
        - api_name: Services__s
          service_preferences: {job_sheet_enabled: false}
        - api_name: Appointments__s
          appointment_preferences:
            when_appointment_completed: create_deal
            allow_booking_outside_service_availability: true
            sharing_enabled: true
            sharing_details: {permission: read_only}
            deal_record_configuration:
              layout: Rent
              field_mappings:
                - {field: Deal_Name, type: merge_field, value: "${!Appointments__s.Appointment_Name}"}
                - {field: Stage, type: static, value: Signed}
      """;

  private static final String PHONES = "{current_field: Mobile, mapped_field: Phone}";

  private static JsonNode yaml(String text) {
    return YAMLMapper.shared().readTree(text);
  }

  private static Configuration of(TestOrg org) {
    var installation = org.server().installation();
    return new Configuration(installation.changes(), installation.jobs());
  }

  private static Report apply(TestOrg org, JsonNode file) {
    return of(org).apply(org.orgId(), org.adminId(), file);
  }

  private static String export(TestOrg org) {
    return YAMLMapper.shared().writeValueAsString(of(org).export(org.metadata()));
  }

  private static TestOrg shaped() {
    TestOrg org = TestOrg.create();
    apply(org, yaml(FILE));
    return org;
  }

  @Test
  void applyingTwiceChangesNothing() {
    TestOrg org = shaped();
    assertThat(apply(org, yaml(FILE)).lines()).isEmpty();
  }

  @Test
  void anExportMakesAnotherOrgTheSame() {
    TestOrg org = shaped();
    String exported = export(org);
    TestOrg other = TestOrg.create();
    apply(other, yaml(exported));
    assertThat(export(other)).isEqualTo(exported);
    assertThat(apply(other, yaml(exported)).lines()).isEmpty();
    assertThat(apply(org, yaml(exported)).lines()).isEmpty();
  }

  @Test
  void theOperationsOfTheApiSeeIt() {
    TestOrg org = shaped();
    JsonNode layouts = org.api().get("/crm/v8/settings/layouts?module=Leads").at("/layouts");
    JsonNode trade = layouts.get(1);
    assertThat(trade.path("name").asString()).isEqualTo("Trade fair");
    assertThat(trade.at("/sections/0/display_label").asString()).isEqualTo("Booth");
    assertThat(trade.at("/sections/0/fields/1/api_name").asString()).isEqualTo("Region");
    assertThat(trade.at("/sections/0/fields/1/required").asBoolean()).isTrue();
    assertThat(trade.at("/sections/0/fields/1/pick_list_values/0/actual_value").asString())
        .isEqualTo("West");
    assertThat(trade.path("sections")).hasSize(2);
    assertThat(trade.path("profiles")).hasSize(1);
    assertThat(layouts.get(2).path("status").asString()).isEqualTo("inactive");
    String tradeId = trade.path("id").asString();
    org.api()
        .post(
            "/crm/v8/Leads",
            """
            {"data":[{"Last_Name":"A","Company":"C","Region":"East","Town":"Kiel",
              "Layout":{"id":"%s"}}]}"""
                .formatted(tradeId))
        .hasCode("/data/0", "MAPPING_MISMATCH");
    JsonNode deals = org.api().get("/crm/v8/settings/layouts?module=Deals").at("/layouts");
    JsonNode pipelines =
        org.api()
            .get("/crm/v8/settings/pipeline?layout_id=" + deals.get(1).path("id").asString())
            .at("/pipeline");
    assertThat(pipelines).hasSize(2);
    assertThat(pipelines.at("/0/display_value").asString()).isEqualTo("Long");
    assertThat(org.api().get("/crm/v8/settings/wizards").at("/wizards/0/name").asString())
        .isEqualTo("Fair");
    assertThat(
            org.api()
                .get("/crm/v8/settings/record_locking_configurations?module=Leads")
                .at("/record_locking_configurations/0/locking_rules"))
        .hasSize(2);
    assertThat(
            org.api()
                .get("/crm/v8/settings/call_preferences")
                .at("/call_preferences/show_from_number")
                .asBoolean())
        .isTrue();
  }

  @Test
  void whatBelongsToConversionAndBookingIsSeenToo() {
    TestOrg org = shaped();
    JsonNode roles = org.api().get("/crm/v8/Contacts/roles").at("/contact_roles");
    assertThat(roles.valueStream().map(role -> role.path("name").asString()))
        .containsExactly(
            "Decision Maker",
            "Lawyer",
            "Developer/Evaluator",
            "Signatory",
            "Executive Sponsor",
            "Engineering Lead",
            "Economic Decision Maker",
            "Product Management");
    JsonNode mapping =
        org.api()
            .get("/clientele/v1/settings/lead_conversion_mapping")
            .at("/lead_conversion_mapping/1");
    assertThat(mapping.path("field_mappings")).hasSize(3);
    assertThat(mapping.path("field_mappings").toString()).contains("\"Badge\"");
    JsonNode appointments =
        org.api().get("/crm/v8/settings/appointment_preferences").at("/appointment_preferences");
    assertThat(appointments.at("/deal_record_configuration/layout/name").asString())
        .isEqualTo("Rent");
    assertThat(appointments.at("/deal_record_configuration/field_mappings")).hasSize(2);
    assertThat(appointments.at("/sharing_details/permission").asString()).isEqualTo("read_only");
    assertThat(
            org.api()
                .get("/crm/v8/settings/service_preferences")
                .at("/service_preferences/job_sheet_enabled")
                .asBoolean(true))
        .isFalse();
  }

  @Test
  void aPlanShowsEachChange() {
    TestOrg org = shaped();
    JsonNode changed =
        yaml(
            FILE.replace(
                    "fields: [Company, {api_name: Region",
                    "fields: [Company, Email, {api_name: Region")
                .replace("{actual_value: East, maps: [Ulm]}", "{actual_value: East, maps: [Kiel]}")
                .replace("stages: [Needs Analysis, Closed Lost]", "stages: [Closed Lost]")
                .replace("display_label: At the fair", "display_label: At a fair")
                .replace("lock_type: both", "lock_type: automatic")
                .replace("{name: Won, criteria", "{name: Gained, criteria")
                .replace("submission_message: Bye", "submission_message: See you")
                .replace("show_from_number: true", "show_from_number: false")
                .replace("{name: Lawyer, sequence_number: 2}", "{name: Lawyer, sequence_number: 3}")
                .replace("{current_field: Phone, mapped_field: Phone}", PHONES)
                .replace("job_sheet_enabled: false", "job_sheet_enabled: true")
                .replace("permission: read_only", "permission: full_access"));
    var plan = of(org).plan(org.orgId(), org.adminId(), changed);
    assertThat(plan.lines().stream().map(line -> line.replaceFirst("  \\(.*", "")))
        .containsExactly(
            "~ unsubscribe_links News",
            "~ call_preferences",
            "~ contact_roles Lawyer",
            "~ layouts Leads.Trade",
            "~ layouts Deals.Rent",
            "~ map_dependencies Leads.Trade.Town",
            "~ wizards Leads.Fair",
            "~ record_locking_configuration Leads",
            "~ lead_conversion_mapping Leads.Contacts",
            "~ service_preferences Services__s",
            "~ appointment_preferences Appointments__s");
    assertThat(apply(org, yaml(FILE)).lines()).isEmpty();
    assertThat(apply(org, changed).lines()).isEqualTo(plan.lines());
    assertThat(apply(org, changed).lines()).isEmpty();
    assertThat(apply(org, yaml(FILE)).lines()).hasSameSizeAs(plan.lines());
    assertThat(apply(org, yaml(FILE)).lines()).isEmpty();
  }

  @Test
  void whatIsMarkedAbsentGoes() {
    TestOrg org = shaped();
    JsonNode gone =
        yaml(
            """
            unsubscribe_links: [{name: News, absent: true}]
            territories: [{name: South, absent: true}, {name: Bavaria, absent: true}]
            contact_roles: [{name: Lawyer, absent: true}]
            modules:
              - api_name: Leads
                wizards: [{name: Fair, absent: true}]
                map_dependencies: [{layout: Trade, child: Town, absent: true}]
                record_locking_configuration: {absent: true}
                duplicate_check_preference: {absent: true}
              - {api_name: Deals, layouts: [{api_name: Rent, absent: true}]}
            """);
    assertThat(apply(org, gone).lines())
        .containsExactly(
            "- unsubscribe_links News",
            "- contact_roles Lawyer",
            "- territories Bavaria",
            "- territories South",
            "- layouts Deals.Rent",
            "- map_dependencies Leads.Trade.Town",
            "- wizards Leads.Fair",
            "- record_locking_configuration Leads",
            "- duplicate_check_preference Leads");
    assertThat(apply(org, gone).lines()).isEmpty();
    org.api().get("/crm/v8/settings/record_locking_configurations?module=Leads").hasStatus(204);
  }

  @Test
  void aFailureAtTheEndLeavesNothing() {
    for (String[] wrong :
        new String[][] {
          {"mapped_field: Badge", "mapped_field: Nothing"},
          {"{type: save, display_label: Save}", "{type: save}"},
          {"name: Lost, lock_existing_records", "name: Won, lock_existing_records"},
          {"maps: [Ulm]", "maps: [Rome]"},
          {"stages: [Needs Analysis, Closed Lost]", "stages: [Never]"},
          {"Badge, Lead_Status]", "Badge, Nothing]"},
          {"default_profiles: [Administrator]", "default_profiles: 7"},
          {"fields: [Owner, First_Name, Last_Name,", "fields: [Owner, First_Name,"},
          {"call_preferences: {show_from_number: true}", "call_preferences: {absent: true}"},
          {"{name: Lawyer, sequence_number: 2}", "{name: Lawyer, sequence_number: 1}"},
          {"{name: Lawyer, sequence_number: 2}", "{name: Lawyer, sequence_number: 9}"},
          {"{name: Lawyer, sequence_number: 2}", "{name: signatory, sequence_number: 2}"},
          {"{current_field: Phone, mapped_field: Phone}", "{current_field: Phone}"},
          {"{current_field: Last_Name,", "{current_field: First_Name,"},
          {"mapped_module: Contacts", "mapped_module: Products"},
          {
            "service_preferences: {job_sheet_enabled: false}", "service_preferences: {absent: true}"
          },
          {"job_sheet_enabled: false", "job_sheet_enabled: 7"},
          {"{field: Stage,", "{field: Nothing,"},
          {"layout: Rent\n        field_mappings", "layout: Nothing\n        field_mappings"},
          {"when_appointment_completed: create_deal", "when_appointment_completed: sleep"},
        }) {
      assertThat(FILE).contains(wrong[0]);
      TestOrg org = TestOrg.create();
      assertThatThrownBy(() -> apply(org, yaml(FILE.replace(wrong[0], wrong[1]))))
          .as(wrong[1])
          .isInstanceOf(ConfigurationException.class);
      assertThat(of(org).export(org.metadata()).isEmpty()).isTrue();
    }
  }
}
