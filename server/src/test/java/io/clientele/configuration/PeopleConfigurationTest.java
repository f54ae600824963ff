package io.clientele.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Roles and profiles as a file. */
class PeopleConfigurationTest {
  private static final String FILE =
      """
      roles:
        - {name: Seller, reporting_to: Head of Sales, description: Sells}
        - {name: Head of Sales, reporting_to: CEO, share_with_peers: true}
        - {name: Manager, reporting_to: Head of Sales}
      profiles:
        - name: Intern
          base: Sales
          disabled: [Crm_Implied_Delete_Leads]
        - name: Sales
          base: Standard
          description: For those who sell
          enabled: [Crm_Implied_Mass_Update_Leads, Crm_Implied_Manage_Roles, Crm_Implied_Manage_Users]
          disabled: [Crm_Implied_View_Vendors, Crm_Implied_Delete_Boats]
      modules:
        - {api_name: Boats, singular_label: Boat, plural_label: Boats, profiles: [Administrator, Sales, Intern]}
      """;

  private static JsonNode yaml(String text) {
    return YAMLMapper.shared().readTree(text);
  }

  private static Configuration of(TestOrg org) {
    var installation = org.server().installation();
    return new Configuration(installation.changes(), installation.jobs());
  }

  private static Report apply(TestOrg org, String file) {
    return of(org).apply(org.orgId(), org.adminId(), yaml(file));
  }

  private static String export(TestOrg org) {
    return YAMLMapper.shared().writeValueAsString(of(org).export(org.metadata()));
  }

  @Test
  void whatIsDescribedHoldsAtOnce() {
    TestOrg org = TestOrg.create();
    assertThat(apply(org, FILE).summary())
        .isEqualTo("5 added, 1 changed, 0 deleted, 0 as they were");
    var roles = org.api().get("/crm/v8/settings/roles").at("/roles");
    assertThat(roles.valueStream().map(role -> role.path("name").asString()))
        .containsExactly("CEO", "Manager", "Head of Sales", "Seller");
    assertThat(roles.get(1).path("reporting_to").path("name").asString())
        .isEqualTo("Head of Sales");
    var api =
        org.api(
            TestUsers.create(org, "intern@example.com", "Intern", "active", true),
            TestOrg.ALL_SCOPES);
    api.get("/crm/v8/Vendors?fields=Vendor_Name").hasStatus(403);
    api.delete("/crm/v8/Leads/1").hasStatus(403);
    api.get("/crm/v8/settings/profiles").hasStatus(403);
    api.post("/crm/v8/settings/roles", "{\"roles\":[{}]}").hasStatus(400);
    api.post("/crm/v8/Boats", "{\"data\":[{\"Name\":\"B\"}]}").hasStatus(201);
    org.api(
            TestUsers.create(org, "seller@example.com", "Sales", "active", true),
            TestOrg.ALL_SCOPES)
        .delete("/crm/v8/Boats/1")
        .hasStatus(403);
  }

  @Test
  void applyingTwiceChangesNothing() {
    TestOrg org = TestOrg.create();
    apply(org, FILE);
    assertThat(apply(org, FILE).lines()).isEmpty();
  }

  @Test
  void anExportMakesAnotherOrgTheSame() {
    TestOrg org = TestOrg.create();
    apply(org, FILE);
    apply(org, "roles: [{name: Chief}]\n");
    String exported = export(org);
    assertThat(exported).contains("Chief", "base: \"Standard\"");
    TestOrg other = TestOrg.create();
    apply(other, exported);
    assertThat(export(other)).isEqualTo(exported);
    assertThat(apply(other, exported).lines()).isEmpty();
  }

  @Test
  void aPlanShowsWhatWouldChange() {
    TestOrg org = TestOrg.create();
    apply(org, FILE);
    String changed =
        FILE.replace("description: Sells", "description: Sells boats")
            .replace("[Crm_Implied_Delete_Leads]", "[Crm_Implied_Edit_Leads]");
    Report plan = of(org).plan(org.orgId(), org.adminId(), yaml(changed));
    assertThat(plan.lines()).hasSize(2);
    assertThat(plan.lines().get(0)).startsWith("~ roles Seller");
    assertThat(plan.lines().get(1)).startsWith("~ profiles Intern");
    assertThat(apply(org, changed).lines()).isEqualTo(plan.lines());
    assertThat(apply(org, changed).lines()).isEmpty();
  }

  @Test
  void theirUsersStayWhenTheyGo() {
    TestOrg org = TestOrg.create();
    apply(org, FILE);
    long user = TestUsers.create(org, "s@example.com", "Sales", "active", true);
    apply(
        org,
        """
        roles: [{name: Manager, absent: true}]
        profiles: [{name: Sales, absent: true}]
        """);
    var left = org.api().get("/crm/v8/users/" + user).at("/users/0");
    assertThat(left.path("role").path("name").asString()).isEqualTo("Head of Sales");
    assertThat(left.path("profile").path("name").asString()).isEqualTo("Standard");
    assertThat(export(org)).contains("absent: true");
  }

  @Test
  void mistakesAreNamed() {
    TestOrg org = TestOrg.create();
    for (String[] wrong :
        new String[][] {
          {"profiles: [{name: X, base: Nobody}]", "There is no profile 'Nobody'."},
          {"profiles: [{name: X, enabled: [Fly]}]", "There is no permission 'Fly'"},
          {
            "profiles: [{name: Standard, disabled: [Crm_Implied_Edit_Leads]}]",
            "The profile 'Standard' cannot be changed."
          },
          {"profiles: [{name: Standard, absent: true}]", "cannot be deleted"},
          {"roles: [{name: X, reporting_to: Nobody}]", "There is no role 'Nobody'."},
          {"roles: [{name: CEO, absent: true}]", "The highest role cannot be deleted."},
          {"roles: [{name: Manager, reporting_to: Manager}]", "INVALID_DATA"}
        }) {
      assertThatThrownBy(() -> apply(org, wrong[0]))
          .as(wrong[0])
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(wrong[1]);
    }
    assertThat(apply(org, "profiles: [{name: Standard, base: Standard}]").lines()).isEmpty();
  }
}
