package io.clientele.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** How the records of modules are shared, in the file. */
class SharingConfigurationTest {
  private static final String FILE =
      """
      modules:
        - api_name: Leads
          data_sharing: {share_type: public_read_only}
          sharing_rules:
            - name: Managers
              type: Record_Owner_Based
              permission_type: read_write
              superiors_allowed: true
              shared_from: {type: roles, resource: {name: CEO}}
              shared_to: {type: roles, resource: {name: Manager}, subordinates: true}
            - name: Ulm
              type: Criteria_Based
              permission_type: read
              superiors_allowed: false
              shared_to: {type: all_users}
              criteria: {field: {api_name: City}, comparator: equal, value: Ulm}
              status: inactive
      """;

  @Test
  void applyingTwiceChangesNothingAndAnExportMakesAnotherOrgTheSame() {
    TestOrg org = TestOrg.create();
    assertThat(apply(org, FILE).lines()).hasSize(3);
    assertThat(apply(org, FILE).lines()).isEmpty();
    String exported = export(org);
    assertThat(exported).contains("public_read_only").doesNotContain("\"id\"");
    TestOrg other = TestOrg.create();
    apply(other, exported);
    assertThat(export(other)).isEqualTo(exported);
    JsonNode rules =
        other.api().get("/crm/v8/settings/data_sharing/rules?module=Leads").at("/sharing_rules");
    assertThat(rules.at("/0/shared_to/resource/name").asString()).isEqualTo("Manager");
    assertThat(rules.at("/0/shared_to/subordinates").asBoolean()).isTrue();
    assertThat(rules.at("/1/status").asString()).isEqualTo("inactive");
    assertThat(export(TestOrg.create())).doesNotContain("data_sharing");
  }

  @Test
  void whatDiffersIsChangedAndWhatIsAbsentGoes() {
    TestOrg org = TestOrg.create();
    apply(org, FILE);
    String changed =
        FILE.replace("public_read_only", "private")
            .replace("permission_type: read_write", "permission_type: read")
            .replace("status: inactive", "status: active");
    assertThat(apply(org, changed).lines()).hasSize(3);
    assertThat(apply(org, changed).lines()).isEmpty();
    JsonNode rules = org.api().get("/crm/v8/settings/data_sharing/rules").at("/sharing_rules");
    assertThat(rules.at("/0/permission_type").asString()).isEqualTo("read");
    assertThat(rules.at("/1/status").asString()).isEqualTo("active");
    apply(org, "{modules: [{api_name: Leads, sharing_rules: [{name: ULM, absent: true}]}]}");
    assertThat(
            org.api().get("/crm/v8/settings/data_sharing/rules").at("/sharing_rules").valueStream())
        .hasSize(1);
  }

  @Test
  void whatCannotBeIsSaid() {
    TestOrg org = TestOrg.create();
    assertThatThrownBy(() -> apply(org, FILE.replace("name: CEO", "name: King")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("King");
    assertThatThrownBy(() -> apply(org, FILE.replace("status: inactive", "status: asleep")))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> apply(org, FILE.replace("Leads", "Notes")))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> apply(org, FILE.replace("public_read_only", "open")))
        .isInstanceOf(ConfigurationException.class);
    assertThat(apply(org, "{modules: []}").lines()).isEmpty();
  }

  private static Configuration of(TestOrg org) {
    var installation = org.server().installation();
    return new Configuration(installation.changes(), installation.jobs());
  }

  private static Report apply(TestOrg org, String file) {
    return of(org).apply(org.orgId(), org.adminId(), YAMLMapper.shared().readTree(file));
  }

  private static String export(TestOrg org) {
    return YAMLMapper.shared().writeValueAsString(of(org).export(org.metadata()));
  }
}
