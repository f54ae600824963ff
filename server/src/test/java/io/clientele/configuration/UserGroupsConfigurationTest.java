package io.clientele.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** User groups in the file of an org's shape. */
class UserGroupsConfigurationTest {
  private static final String FILE =
      """
      user_groups:
        - name: Outer
          sources: [{type: groups, name: Inner}]
        - name: Inner
          description: Those at the top
          sources:
            - {type: roles, name: CEO, subordinates: true}
            - {type: users, name: EMAIL}
      """;

  private final TestOrg org = TestOrg.create();
  private final String file =
      FILE.replace("EMAIL", Objects.requireNonNull(org.metadata().userName(org.adminId())).email());

  @Test
  void groupsAreAppliedAndExported() {
    Configuration configuration = configuration();
    configuration.apply(org.orgId(), org.adminId(), yaml(file));
    var groups = org.api().get("/crm/v8/settings/user_groups?include=sources").hasStatus(200);
    assertThat(groups.at("/user_groups/0/name").asString()).isEqualTo("Inner");
    assertThat(groups.at("/user_groups/0/sources").size()).isEqualTo(2);
    assertThat(groups.at("/user_groups/1/sources/0/source/name").asString()).isEqualTo("Inner");
    JsonNode exported = configuration.export(org.metadata());
    assertThat(exported.path("user_groups").toString())
        .contains("{\"type\":\"groups\",\"name\":\"Inner\"}", "\"subordinates\":true");
    for (JsonNode same : List.of(exported, yaml(file))) {
      assertThat(configuration.plan(org.orgId(), org.adminId(), same).isEmpty()).isTrue();
    }
    configuration.apply(
        org.orgId(),
        org.adminId(),
        yaml(file.replace("subordinates: true", "subordinates: false").replace("Those", "All")));
    var changed = org.api().get("/crm/v8/settings/user_groups?include=sources").hasStatus(200);
    assertThat(changed.at("/user_groups/0/description").asString()).isEqualTo("All at the top");
    assertThat(changed.text()).doesNotContain("\"subordinates\":true");
    configuration.apply(
        org.orgId(), org.adminId(), yaml("user_groups: [{name: Outer, absent: true}]"));
    assertThat(org.api().get("/crm/v8/settings/user_groups").at("/user_groups").size())
        .isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatThrownBy(
            () ->
                configuration()
                    .apply(org.orgId(), org.adminId(), yaml(file.replace("CEO", "Nobody"))))
        .isInstanceOf(ConfigurationException.class);
    org.api().get("/crm/v8/settings/user_groups").hasStatus(204);
  }

  private Configuration configuration() {
    var installation = org.server().installation();
    return new Configuration(installation.changes(), installation.jobs());
  }

  private static JsonNode yaml(String text) {
    return YAMLMapper.shared().readTree(text);
  }
}
