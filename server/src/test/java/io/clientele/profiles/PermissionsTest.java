package io.clientele.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user whose profile lacks a permission gets NO_PERMISSION from the operations that need it, and
 * with it does not. The table is that of docs/permissions.md.
 */
class PermissionsTest {
  private static final String NO_BODY = "";
  private static final String NAMED = "{\"data\":[{\"Last_Name\":\"A\"}]}";

  /** The permission without its prefix, the method, the path, and the body. */
  private static final List<String[]> OPERATIONS =
      List.of(
          row("View_Leads", "GET", "/Leads?fields=Last_Name", NO_BODY),
          row("View_Leads", "GET", "/Leads/{lead}", NO_BODY),
          row("View_Leads", "GET", "/Leads/search?word=nobody", NO_BODY),
          row("View_Leads", "GET", "/Leads/actions/count", NO_BODY),
          row("View_Leads", "GET", "/Leads/deleted?type=all", NO_BODY),
          row("View_Leads", "GET", "/Leads/{lead}/__timeline", NO_BODY),
          row(
              "View_Leads",
              "GET",
              "/Leads/{lead}/actions/fetch_full_data?fields=Description",
              NO_BODY),
          row("View_Leads", "GET", "/Leads/{lead}/Notes?fields=Note_Title", NO_BODY),
          row("View_Leads", "GET", "/Leads/{lead}/Attachments?fields=id", NO_BODY),
          row("View_Leads", "GET", "/Leads/{lead}/photo", NO_BODY),
          row("View_Leads", "GET", "/Leads/{lead}/__conversion_options", NO_BODY),
          row("View_Leads", "GET", "/Leads/{lead}/actions/merge?job_id=1", NO_BODY),
          row("Tags_Leads", "GET", "/settings/tags?module=Leads", NO_BODY),
          row(
              "View_Leads",
              "POST",
              "/Leads/{lead}/actions/get_related_records_count",
              "{\"get_related_records_count\":[{\"related_list\":{\"api_name\":\"Notes\"}}]}"),
          row("View_Contacts", "GET", "/Accounts/{account}/Contacts?fields=Last_Name", NO_BODY),
          row("View_Accounts", "GET", "/Accounts/{account}/Contacts?fields=Last_Name", NO_BODY),
          row("View_Notes", "GET", "/Leads/{lead}/Notes?fields=Note_Title", NO_BODY),
          row("View_Attachments", "GET", "/Leads/{lead}/Attachments?fields=id", NO_BODY),
          row("Create_Leads", "POST", "/Leads", NAMED),
          row("Create_Leads", "POST", "/Leads/upsert", NAMED),
          row("Create_Leads", "POST", "/Leads/{lead}/actions/clone", NO_BODY),
          row(
              "Create_Notes",
              "POST",
              "/Leads/{lead}/Notes",
              "{\"data\":[{\"Note_Title\":\"A\",\"Note_Content\":\"A\"}]}"),
          row(
              "Create_Attachments",
              "POST",
              "/Leads/{lead}/Attachments?attachmentUrl=https://example.com/a&title=a",
              NO_BODY),
          row("Edit_Leads", "PUT", "/Leads", "{\"data\":[{\"id\":\"{lead}\",\"City\":\"A\"}]}"),
          row("Edit_Leads", "PUT", "/Leads/{lead}", "{\"data\":[{\"City\":\"A\"}]}"),
          row("Edit_Leads", "POST", "/Leads/upsert", NAMED),
          row("Edit_Leads", "DELETE", "/Leads/{lead}/photo", NO_BODY),
          row(
              "Edit_Leads",
              "POST",
              "/Leads/{lead}/actions/add_tags",
              "{\"tags\":[{\"name\":\"a\"}]}"),
          row("Edit_Notes", "PUT", "/Notes/{note}", "{\"data\":[{\"Note_Title\":\"A\"}]}"),
          row("Delete_Leads", "DELETE", "/Leads?ids=1", NO_BODY),
          row("Delete_Leads", "DELETE", "/Leads/1", NO_BODY),
          row("Delete_Notes", "DELETE", "/Notes/1", NO_BODY),
          row("Delete_Attachments", "DELETE", "/Leads/{lead}/Attachments/1", NO_BODY),
          row(
              "Mass_Update_Leads",
              "POST",
              "/Leads/actions/mass_update",
              "{\"data\":[{\"City\":\"B\"}],\"ids\":[\"{lead}\"]}"),
          row("Mass_Delete_Leads", "POST", "/Leads/actions/mass_delete", "{\"cvid\":\"1\"}"),
          row(
              "Mass_Transfer_Leads",
              "POST",
              "/Leads/actions/mass_change_owner",
              "{\"cvid\":\"1\",\"owner\":{\"id\":\"{user}\"}}"),
          row(
              "Change_Owner_Leads",
              "POST",
              "/Leads/{lead}/actions/change_owner",
              "{\"owner\":{\"id\":\"{user}\"}}"),
          row(
              "Change_Owner_Leads",
              "POST",
              "/Leads/actions/change_owner",
              "{\"ids\":[\"{lead}\"],\"owner\":{\"id\":\"{user}\"}}"),
          row("Convert_Leads", "POST", "/Leads/1/actions/convert", "{\"data\":[{}]}"),
          row(
              "Convert_Quotes",
              "POST",
              "/Quotes/1/actions/convert",
              "{\"data\":[{\"convert_to\":[{\"module\":{\"api_name\":\"Invoices\"}}]}]}"),
          row("Mass_Convert_Leads", "POST", "/Leads/actions/mass_convert", "{\"ids\":[\"1\"]}"),
          row("Mass_Convert_Quotes", "POST", "/Quotes/actions/mass_convert", "{\"ids\":[\"1\"]}"),
          row(
              "Lock_Leads",
              "POST",
              "/Leads/{lead}/Locking_Information__s",
              "{\"data\":[{\"Locked_Reason__s\":\"A\"}]}"),
          row(
              "Merge_Leads",
              "POST",
              "/Leads/{lead}/actions/merge",
              "{\"merge\":[{\"data\":[{\"id\":\"1\"}]}]}"),
          row(
              "Tags_Leads",
              "POST",
              "/Leads/{lead}/actions/add_tags",
              "{\"tags\":[{\"name\":\"a\"}]}"),
          row(
              "Tags_Leads",
              "POST",
              "/Leads/{lead}/actions/remove_tags",
              "{\"tags\":[{\"name\":\"a\"}]}"),
          row("Tags_Leads", "POST", "/settings/tags?module=Leads", "{\"tags\":[{\"name\":\"b\"}]}"),
          row("AccessTimeline_Leads", "GET", "/Leads/{lead}/__timeline", NO_BODY),
          row(
              "Manage_CustomViews",
              "POST",
              "/settings/custom_views?module=Leads",
              "{\"custom_views\":[{}]}"),
          row("Customize_Zoho_CRM", "POST", "/settings/modules", "{\"modules\":[{}]}"),
          row("Customize_Zoho_CRM", "POST", "/settings/fields?module=Leads", "{\"fields\":[{}]}"),
          row(
              "Customize_Zoho_CRM",
              "PATCH",
              "/settings/layouts/1?module=Leads",
              "{\"layouts\":[{}]}"),
          row("Customize_Zoho_CRM", "GET", "/settings/global_picklists", NO_BODY),
          row(
              "Customize_Zoho_CRM",
              "POST",
              "/settings/record_locking_configurations?module=Leads",
              "{\"record_locking_configurations\":[{}]}"),
          row(
              "Customize_Zoho_CRM",
              "PUT",
              "/settings/call_preferences",
              "{\"call_preferences\":{}}"),
          row(
              "Manage_Email_Templates",
              "POST",
              "/clientele/v1/settings/email_templates",
              "{\"email_templates\":[{}]}"),
          row(
              "Manage_Inventory_Templates",
              "POST",
              "/clientele/v1/settings/inventory_templates",
              "{\"inventory_templates\":[{}]}"),
          row(
              "Manage_Unsubscribe_Form",
              "POST",
              "/settings/unsubscribe_links",
              "{\"unsubscribe_links\":[{}]}"),
          row("Manage_Profiles", "GET", "/settings/profiles", NO_BODY),
          row("Manage_Roles", "POST", "/settings/roles", "{\"roles\":[{}]}"),
          row("Api_Access", "GET", "/Leads?fields=Last_Name", NO_BODY),
          row("Api_Access", "GET", "/users", NO_BODY));

  private final TestOrg org = TestOrg.create();
  private final Api admin = org.api();
  private final String profile = cloneOfAdministrator();
  private final long user = TestUsers.withProfile(org, "u@example.com", profile);
  private final Api api = org.api(user, TestOrg.ALL_SCOPES);
  private final String lead = make("Leads", "\"Last_Name\":\"A\"");
  private final String account = make("Accounts", "\"Account_Name\":\"A\"");
  private final String note =
      api.post(
              "/crm/v8/Leads/" + lead + "/Notes",
              "{\"data\":[{\"Note_Title\":\"N\",\"Note_Content\":\"N\"}]}")
          .savedId(0);

  private static String[] row(String... row) {
    return row;
  }

  {
    admin
        .post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            "{\"record_locking_configurations\":[{\"lock_type\":\"manual\"}]}")
        .hasStatus(201);
  }

  @TestFactory
  Stream<DynamicTest> operationsAskForTheirPermission() {
    return OPERATIONS.stream()
        .map(row -> dynamicTest(String.join(" ", row[0], row[1], row[2]), () -> prove(row)));
  }

  private void prove(String[] row) {
    String permission = "Crm_Implied_" + row[0];
    set(permission, false);
    Answer refused = call(row);
    set(null, true);
    assertThat(refused.status()).as(refused::toString).isIn(401, 403);
    JsonNode error = refused.json();
    assertThat(error.path("code").asString("")).as(refused::toString).isEqualTo("NO_PERMISSION");
    if (!row[0].startsWith("Lock")) { // which has details of its own
      assertThat(error.path("details").path("permissions").valueStream().map(JsonNode::asString))
          .as(refused::toString)
          .contains(permission);
    }
    Answer allowed = call(row);
    assertThat(allowed.status()).as(allowed::toString).isNotIn(401, 403, 500);
    assertThat(allowed.text()).doesNotContain("NO_PERMISSION");
  }

  private Answer call(String[] row) {
    String path = row[2].startsWith("/clientele") ? row[2] : "/crm/v8" + row[2];
    return api.send(row[1], filled(path), filled(row[3]));
  }

  private String filled(String text) {
    return text.replace("{lead}", lead)
        .replace("{account}", account)
        .replace("{note}", note)
        .replace("{user}", Long.toString(user));
  }

  /** Takes or gives one permission, or all. */
  private void set(@Nullable String name, boolean enabled) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    var entries = body.putArray("profiles").addObject().putArray("permissions_details");
    for (JsonNode detail :
        admin.get("/crm/v8/settings/profiles/" + profile).at("/profiles/0/permissions_details")) {
      if (name == null || detail.path("name").asString().equals(name)) {
        entries.addObject().put("id", detail.path("id").asString()).put("enabled", enabled);
      }
    }
    assertThat(entries).as(String.valueOf(name)).isNotEmpty();
    admin.put("/crm/v8/settings/profiles/" + profile, body.toString()).hasStatus(200);
  }

  private String cloneOfAdministrator() {
    String source = admin.get("/crm/v8/settings/profiles").at("/profiles/0/id").asString();
    return admin
        .post(
            "/crm/v8/settings/profiles/" + source + "/actions/clone",
            "{\"profiles\":[{\"name\":\"Changing\"}]}")
        .at("/profiles/0/details/id")
        .asString();
  }

  private String make(String module, String keys) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + keys + "}]}").savedId(0);
  }
}
