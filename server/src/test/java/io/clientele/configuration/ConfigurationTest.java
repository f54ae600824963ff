package io.clientele.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An org's shape as a file: applied, planned, exported. */
class ConfigurationTest {
  private static final String FILE =
      """
      global_picklists:
        - api_name: Market
          display_label: Market
          pick_list_values:
            - {display_value: Home, actual_value: Home}
            - {display_value: Abroad, actual_value: Abroad}
      modules:
        - api_name: Leads
          email_templates:
            - name: Welcome
              subject: Hello
              content: "Dear ${Leads.Last Name}"
          fields:
            - {api_name: Market, field_label: Market, data_type: picklist, global_picklist: {api_name: Market}}
            - api_name: Badge
              field_label: Badge
              data_type: text
              length: 30
              unique: {case_sensitive: false}
            - api_name: Region
              field_label: Region
              data_type: picklist
              pick_list_values:
                - {display_value: East}
                - {display_value: West}
          tags:
            - {name: Hot, color_code: "#F17574"}
            - {name: Cold}
          custom_views:
            - name: From the East
              access_type: public
              fields: [{api_name: Last_Name}, {api_name: Region}]
              criteria: {field: {api_name: Region}, comparator: equal, value: East}
              sort_by: {api_name: Created_Time}
              sort_order: desc
        - api_name: Boats
          singular_label: Boat
          plural_label: Boats
          profiles: [Administrator, Standard]
          fields:
            - api_name: Captain
              field_label: Captain
              data_type: lookup
              lookup: {module: {api_name: Contacts}, display_label: Ships}
            - api_name: Crew
              field_label: Crew
              data_type: multiselectlookup
              multiselectlookup: {display_label: Crewed, connected_details: {module: {api_name: Contacts}}}
            - api_name: Price
              field_label: Price
              data_type: currency
              decimal_place: 2
              profiles:
                - {name: Standard, permission_type: read_only}
      """;

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

  private static Report plan(TestOrg org, JsonNode file) {
    return of(org).plan(org.orgId(), org.adminId(), file);
  }

  @Test
  void whatIsDescribedWorksAtOnce() {
    TestOrg org = TestOrg.create();
    assertThat(apply(org, yaml(FILE)).summary())
        .isEqualTo("12 added, 0 changed, 0 deleted, 1 as they were");
    String captain =
        org.api().post("/crm/v8/Contacts", "{\"data\":[{\"Last_Name\":\"Hook\"}]}").savedId(0);
    String boat =
        org.api()
            .post(
                "/crm/v8/Boats",
                "{\"data\":[{\"Name\":\"B\",\"Price\":9.5,\"Captain\":{\"id\":\""
                    + captain
                    + "\"}}]}")
            .hasStatus(201)
            .savedId(0);
    assertThat(org.api().get("/crm/v8/Boats/" + boat).at("/data/0/Captain/name").asString())
        .isEqualTo("Hook");
  }

  @Test
  void applyingTwiceChangesNothing() {
    TestOrg org = TestOrg.create();
    apply(org, yaml(FILE));
    assertThat(apply(org, yaml(FILE)).lines()).isEmpty();
  }

  @Test
  void anExportMakesAnotherOrgTheSame() {
    TestOrg org = TestOrg.create();
    apply(org, yaml(FILE));
    String exported = YAMLMapper.shared().writeValueAsString(of(org).export(org.metadata()));
    TestOrg other = TestOrg.create();
    apply(other, yaml(exported));
    assertThat(YAMLMapper.shared().writeValueAsString(of(other).export(other.metadata())))
        .isEqualTo(exported);
    assertThat(apply(other, yaml(exported)).lines()).isEmpty();
  }

  @Test
  void aPlanShowsAndChangesNothing() {
    TestOrg org = TestOrg.create();
    apply(org, yaml(FILE));
    JsonNode changed =
        yaml(
            FILE.replace("length: 30", "length: 40")
                .replace("{display_value: West}", "{display_value: North}"));
    Report plan = plan(org, changed);
    assertThat(plan.lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("~ fields Leads.Badge  (length: 30 → 40"));
    assertThat(plan(org, changed).lines()).isEqualTo(plan.lines());
    assertThat(apply(org, changed).lines()).isEqualTo(plan.lines());
    assertThat(apply(org, changed).lines()).isEmpty();
    assertThat(org.metadata().get("Leads").field("Region").orElseThrow().pickListValues())
        .containsExactly("East", "North");
  }

  @Test
  void aFailedApplyLeavesNothing() {
    TestOrg org = TestOrg.create();
    JsonNode broken = yaml(FILE.replace("decimal_place: 2", "decimal_place: 22"));
    assertThatThrownBy(() -> apply(org, broken))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("fields Boats.Price")
        .hasMessageContaining("INVALID_DATA");
    assertThat(org.metadata().find("Boats")).isEmpty();
    assertThat(org.metadata().get("Leads").field("Badge")).isEmpty();
    assertThat(of(org).export(org.metadata()).isEmpty()).isTrue();
  }

  @Test
  void whatIsMarkedAbsentGoes() {
    TestOrg org = TestOrg.create();
    apply(org, yaml(FILE));
    JsonNode gone = yaml("modules: [{api_name: Leads, fields: [{api_name: Badge, absent: true}]}]");
    assertThat(apply(org, gone).lines()).containsExactly("- fields Leads.Badge");
    assertThat(org.metadata().get("Leads").field("Badge")).isEmpty();
    assertThat(apply(org, gone).lines()).isEmpty();
  }

  @Test
  void unknownNamesAreRefused() {
    TestOrg org = TestOrg.create();
    assertThatThrownBy(() -> apply(org, yaml("modlues: []"))).hasMessageContaining("modlues");
    assertThatThrownBy(
            () -> apply(org, yaml("modules: [{api_name: Nope, fields: [{api_name: X}]}]")))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> apply(org, yaml("[1]"))).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void valuesOfAGlobalPickListComeAndGo() {
    TestOrg org = TestOrg.create();
    apply(org, yaml(FILE));
    JsonNode changed =
        yaml(
            FILE.replace(
                "{display_value: Abroad, actual_value: Abroad}",
                "{display_value: Space, actual_value: Space}"));
    assertThat(apply(org, changed).lines()).hasSize(1);
    assertThat(org.metadata().get("Leads").field("Market").orElseThrow().pickListValues())
        .containsExactly("Home", "Space");
    assertThat(apply(org, changed).lines()).isEmpty();
  }
}
