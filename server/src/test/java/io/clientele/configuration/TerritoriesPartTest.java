package io.clientele.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Territories in the file: below each other, with rules on new fields, users by e-mail. */
class TerritoriesPartTest {
  private static final String FILE =
      """
      modules:
        - api_name: Leads
          fields:
            - {api_name: Region, field_label: Region, data_type: picklist, pick_list_values: [{display_value: East}, {display_value: West}]}
      territories:
        - name: Bavaria
          reporting_to: South
          permission_type: read_only
          manager: %1$s
          lead_rule_criteria: {field: {api_name: Region}, comparator: equal, value: East}
        - name: South
          permission_type: read_write_delete
          description: Warm
          users: [%2$s]
      """;

  private final TestOrg org = TestOrg.create();
  private final String boss = email(TestUsers.standard(org, "boss@example.com"));
  private final String rep = email(TestUsers.standard(org, "rep@example.com"));

  private String email(long id) {
    return Objects.requireNonNull(org.metadata().userName(id)).email();
  }

  private Configuration configuration() {
    var installation = org.server().installation();
    return new Configuration(installation.changes(), installation.jobs());
  }

  private Report apply(String yaml) {
    JsonNode file = new YAMLMapper().readTree(yaml);
    return configuration().apply(org.orgId(), org.adminId(), file);
  }

  @Test
  void territoriesComeAndGo() {
    String file = FILE.formatted(boss, rep);
    apply(file);
    var list = org.api().get("/crm/v8/settings/territories?include=lead_rule_criteria");
    JsonNode bavaria =
        list.at("/territories")
            .valueStream()
            .filter(one -> one.path("name").asString().equals("Bavaria"))
            .findFirst()
            .orElseThrow();
    assertThat(bavaria.path("reporting_to").path("name").asString()).isEqualTo("South");
    assertThat(bavaria.path("lead_rule_criteria").path("value").asString()).isEqualTo("East");
    assertThat(bavaria.path("manager").path("id").isString()).isTrue();
    ObjectNode exported = configuration().export(org.metadata());
    assertThat(exported.path("territories").size()).isEqualTo(2);
    assertThat(configuration().plan(org.orgId(), org.adminId(), exported).lines()).isEmpty();
    assertThat(apply(file).lines()).isEmpty();

    apply("territories: [{name: South, users: [" + boss + "]}]");
    JsonNode south =
        configuration()
            .export(org.metadata())
            .path("territories")
            .valueStream()
            .filter(one -> one.path("name").asString().equals("South"))
            .findFirst()
            .orElseThrow();
    assertThat(south.path("users").toString()).isEqualTo("[\"" + boss + "\"]");
    apply("territories: [{name: South, absent: true}, {name: Bavaria, absent: true}]");
    assertThat(configuration().export(org.metadata()).has("territories")).isFalse();
    assertThatThrownBy(
            () ->
                apply(
                    "territories: [{name: X, reporting_to: Nowhere, permission_type: read_only}]"))
        .hasMessageContaining("Nowhere");
    assertThatThrownBy(
            () ->
                apply(
                    "territories: [{name: X, manager: nobody@x.org, permission_type: read_only}]"))
        .hasMessageContaining("nobody@x.org");
  }
}
