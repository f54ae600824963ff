package io.clientele.profiles;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Settings;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Custom modules have permissions of their own in all profiles. */
class ModulePermissionsTest {
  private static final String MIGRATION = "/db/org/V14__permissions_of_custom_modules.sql";
  private static final String PROFILES = "/crm/v8/settings/profiles";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void aNewModuleHasPermissionsInEachProfile() {
    module("Boat", "Boats", "Administrator");
    Map<String, JsonNode> administrator = details(profile("Administrator"));
    Map<String, JsonNode> standard = details(profile("Standard"));
    for (String word : List.of("View", "Create", "Edit", "Delete", "Mass_Update", "Share")) {
      JsonNode given = Objects.requireNonNull(administrator.get("Crm_Implied_" + word + "_Boats"));
      assertThat(given.path("enabled").asBoolean()).as(word).isTrue();
      assertThat(given.path("module").asString()).isEqualTo("Boats");
      JsonNode other = Objects.requireNonNull(standard.get("Crm_Implied_" + word + "_Boats"));
      assertThat(other.path("enabled").asBoolean()).as(word).isFalse();
      assertThat(other.path("id")).isEqualTo(given.path("id"));
    }
    assertThat(administrator).doesNotContainKey("Crm_Implied_Convert_Boats");
    JsonNode edit = Objects.requireNonNull(administrator.get("Crm_Implied_Edit_Boats"));
    JsonNode view = Objects.requireNonNull(administrator.get("Crm_Implied_View_Boats"));
    assertThat(edit.path("parent_permissions").get(0)).isEqualTo(view.path("id"));
    JsonNode sections =
        api.get(PROFILES + "/" + profile("Administrator")).at("/profiles/0/sections");
    JsonNode category =
        sections
            .get(0)
            .path("categories")
            .valueStream()
            .filter(one -> one.path("module").asString("").equals("Boats"))
            .findFirst()
            .orElseThrow();
    assertThat(category.path("display_label").asString()).isEqualTo("Boats");
    assertThat(category.path("permissions_details")).hasSize(5);
    assertThat(sections.toString())
        .contains(
            Objects.requireNonNull(administrator.get("Crm_Implied_Tags_Boats"))
                .path("id")
                .asString());
  }

  @Test
  void aProfileThatMayNotViewAModuleDoesNotHaveIt() {
    String module = module("Plane", "Planes", "Administrator", "Standard");
    String id = copy("Standard", "Grounded");
    Api pilot = org.api(TestUsers.withProfile(org, "p@example.com", id), TestOrg.ALL_SCOPES);
    pilot.post("/crm/v8/Planes", "{\"data\":[{\"Name\":\"A\"}]}").hasStatus(201);
    assertThat(profilesOf(module)).containsExactly("Administrator", "Standard", "Grounded");
    set(id, "Crm_Implied_View_Planes", false);
    assertThat(profilesOf(module)).containsExactly("Administrator", "Standard");
    pilot
        .get("/crm/v8/Planes?fields=Name")
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_View_Planes\"]}");
    api.put(
            "/crm/v8/settings/modules/" + module,
            "{\"modules\":[{\"profiles\":[{\"id\":\"" + id + "\"}]}]}")
        .hasStatus(200);
    assertThat(profilesOf(module)).containsExactly("Administrator", "Standard", "Grounded");
    pilot.get("/crm/v8/Planes?fields=Name").hasStatus(200);
    pilot.post("/crm/v8/Planes", "{\"data\":[{\"Name\":\"B\"}]}").hasStatus(201);
  }

  @Test
  void namesOfModulesThatLookAlikeHaveTheirOwnPermissions() {
    module("Price List", "PriceBooks", "Administrator", "Standard");
    module("Storage Usage", "Storage_Usage", "Administrator", "Standard");
    String id = copy("Standard", "Careful");
    set(id, "Crm_Implied_View_PriceBooks__c", false);
    set(id, "Crm_Implied_View_Storage_Usage__c", false);
    Api user = org.api(TestUsers.withProfile(org, "c@example.com", id), TestOrg.ALL_SCOPES);
    user.get("/crm/v8/PriceBooks?fields=Name").hasStatus(403);
    user.get("/crm/v8/Storage_Usage?fields=Name").hasStatus(403);
    user.get("/crm/v8/Price_Books?fields=Price_Book_Name").hasStatus(204);
  }

  @Test
  void orgsFromBeforeGetThePermissionsOfTheirModules() throws IOException {
    module("Car", "Cars", "Administrator", "Standard");
    Map<String, JsonNode> before = details(profile("Standard"));
    String settings = org.org().table("setting");
    var installation = org.server().installation();
    String script;
    try (var in = ModulePermissionsTest.class.getResourceAsStream(MIGRATION)) {
      script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    installation
        .database()
        .change(
            tx -> {
              tx.update(
                  sql(
                      "update "
                          + settings
                          + " set body = jsonb_set(body, '{permissions_details}', (select jsonb_agg(x)"
                          + " from jsonb_array_elements(body -> 'permissions_details') as x"
                          + " where x ->> 'name' not like '%_Cars')) where noun = 'profile'"));
              tx.update(
                  sql(
                      "update "
                          + settings
                          + " set body = jsonb_set(body, '{module,profiles}', '[\"Standard\"]')"
                          + " where api_name = 'Cars' and noun = 'module'"));
              tx.update(sql("set local search_path to " + org.org().schema()));
              for (String statement : script.split(";\n", -1)) {
                tx.update(sql(statement));
              }
              Settings.changed(tx, org.org());
            });
    installation.metadata().changed(org.orgId());
    Map<String, JsonNode> standard = details(profile("Standard"));
    Map<String, JsonNode> administrator = details(profile("Administrator"));
    assertThat(standard.keySet()).containsExactlyInAnyOrderElementsOf(before.keySet());
    for (var entry : standard.entrySet()) {
      assertThat(entry.getValue().path("enabled"))
          .as(entry.getKey())
          .isEqualTo(Objects.requireNonNull(before.get(entry.getKey())).path("enabled"));
      assertThat(entry.getValue().path("id"))
          .isEqualTo(Objects.requireNonNull(administrator.get(entry.getKey())).path("id"));
    }
    assertThat(
            Objects.requireNonNull(administrator.get("Crm_Implied_View_Cars"))
                .path("enabled")
                .asBoolean())
        .isFalse();
  }

  private String module(String singular, String plural, String... profiles) {
    var ids = new java.util.ArrayList<String>();
    for (String name : profiles) {
      ids.add("{\"id\":\"" + profile(name) + "\"}");
    }
    return api.post(
            "/crm/v8/settings/modules",
            "{\"modules\":[{\"singular_label\":\"%s\",\"plural_label\":\"%s\",\"api_name\":\"%s\",\"profiles\":%s}]}"
                .formatted(singular, singular + "s", plural, ids))
        .hasStatus(201)
        .at("/modules/0/details/id")
        .asString();
  }

  private List<String> profilesOf(String module) {
    return api.get("/crm/v8/settings/modules/" + module)
        .at("/modules/0/profiles")
        .valueStream()
        .map(one -> one.path("name").asString())
        .toList();
  }

  private String copy(String source, String name) {
    return api.post(
            PROFILES + "/" + profile(source) + "/actions/clone",
            "{\"profiles\":[{\"name\":\"" + name + "\"}]}")
        .hasStatus(201)
        .at("/profiles/0/details/id")
        .asString();
  }

  private void set(String id, String permission, boolean enabled) {
    String permissionId = Objects.requireNonNull(details(id).get(permission)).path("id").asString();
    api.put(
            PROFILES + "/" + id,
            "{\"profiles\":[{\"permissions_details\":[{\"id\":\"%s\",\"enabled\":%s}]}]}"
                .formatted(permissionId, enabled))
        .hasStatus(200);
  }

  private Map<String, JsonNode> details(String id) {
    var details = new HashMap<String, JsonNode>();
    api.get(PROFILES + "/" + id)
        .at("/profiles/0/permissions_details")
        .forEach(one -> details.put(one.path("name").asString(), one));
    return details;
  }

  private String profile(String name) {
    return api.get(PROFILES)
        .at("/profiles")
        .valueStream()
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }
}
