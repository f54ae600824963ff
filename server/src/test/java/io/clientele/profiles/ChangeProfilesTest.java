package io.clientele.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Profiles made, changed and taken away. Reference: Create a Profile and its neighbours. */
@Proves({
  "POST /crm/{version}/settings/profiles/{profile}/actions/clone",
  "PUT /crm/{version}/settings/profiles/{profile}",
  "PATCH /crm/{version}/settings/profiles/{profile}",
  "DELETE /crm/{version}/settings/profiles/{profile}"
})
class ChangeProfilesTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String PROFILES = "/crm/v8/settings/profiles";
  private static final String GONE = "the id given seems to be invalid or already deleted";

  private final Api api = ORG.api();

  @Test
  void aCloneAllowsWhatItsSourceAllows() {
    String id = copy("Standard", "Texas Sales").at("/profiles/0/details/id").asString();
    JsonNode made = api.get(PROFILES + "/" + id).at("/profiles/0");
    assertThat(made.path("name").asString()).isEqualTo("Texas Sales");
    assertThat(made.path("api_name").asString()).isEqualTo("Texas_Sales");
    assertThat(made.path("description").asString()).isEqualTo("For the south");
    assertThat(made.path("custom").asBoolean()).isTrue();
    assertThat(made.path("created_by").path("id").asString())
        .isEqualTo(Long.toString(ORG.adminId()));
    assertThat(made.path("created_time").isString()).isTrue();
    assertThat(made.path("permissions_details"))
        .isEqualTo(
            api.get(PROFILES + "/" + profile("Standard")).at("/profiles/0/permissions_details"));
  }

  @Test
  void wrongClonesAreRefused() {
    String source = PROFILES + "/" + profile("Standard") + "/actions/clone";
    api.post(source, "{\"profiles\":[{}]}")
        .hasStatus(400)
        .itemIsError(
            "profiles",
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"name\",\"json_path\":\"$.profiles[0].name\"}");
    api.post(source, "{\"profiles\":[{\"name\":\"standard\"}]}")
        .hasStatus(400)
        .itemIsError(
            "profiles",
            0,
            "DUPLICATE_DATA",
            "duplicate data",
            "{\"api_name\":\"name\",\"json_path\":\"$.profiles[0].name\"}");
    api.post(source, "{\"profiles\":[{\"name\":\"A & B\"}]}")
        .itemIsError(
            "profiles",
            0,
            "INVALID_DATA",
            "Profile name should not contain the following special character(s) :"
                + " #, %, &, (, ), *, ^",
            "{\"api_name\":\"name\",\"json_path\":\"$.profiles[0].name\"}");
    api.post(source, "{\"profiles\":[{\"name\":\"" + "x".repeat(51) + "\"}]}")
        .itemIsError(
            "profiles",
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":50,\"api_name\":\"name\",\"json_path\":\"$.profiles[0].name\"}");
    api.post(
            source, "{\"profiles\":[{\"name\":\"x\",\"description\":\"" + "x".repeat(251) + "\"}]}")
        .hasCode("/profiles/0", "INVALID_DATA");
    api.post(source, "{\"profiles\":[{\"name\":\"a\"},{\"name\":\"b\"}]}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":1,\"api_name\":\"profiles\",\"json_path\":\"$.profiles\"}");
    api.post(PROFILES + "/1/actions/clone", "{\"profiles\":[{\"name\":\"a\"}]}")
        .isError(400, "INVALID_DATA", GONE, "{\"resource_path_index\":2}");
  }

  @Test
  void aPermissionIsTakenAndGiven() {
    String id = copy("Standard", "Readers").at("/profiles/0/details/id").asString();
    long user = TestUsers.withProfile(ORG, "readers@example.com", id);
    Api reader = ORG.api(user, TestOrg.ALL_SCOPES);
    reader.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"A\"}]}").hasStatus(201);
    set(id, "Crm_Implied_Create_Leads", false).hasStatus(200);
    reader
        .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"A\"}]}")
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Create_Leads\"]}");
    set(id, "Crm_Implied_Create_Leads", true).hasStatus(200);
    reader.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"A\"}]}").hasStatus(201);
  }

  @Test
  void whatDependsOnAPermissionGoesWithIt() {
    String id = copy("Standard", "Blind").at("/profiles/0/details/id").asString();
    set(id, "Crm_Implied_View_Contacts", false).hasStatus(200);
    for (String word : List.of("View", "Edit", "Tags", "ZohoSheet_View")) {
      assertThat(enabled(id, "Crm_Implied_" + word + "_Contacts")).as(word).isFalse();
    }
    set(id, "Crm_Implied_Edit_Contacts", true)
        .hasStatus(400)
        .itemIsError(
            "profiles",
            0,
            "INVALID_DATA",
            "Child permission can not be enabled, since its parent permission is disabled",
            "{\"api_name\":\"id\",\"json_path\":\"$.profiles[0].permissions_details[0].id\"}");
    String both =
        "[{\"id\":\"%s\",\"enabled\":true},{\"id\":\"%s\",\"enabled\":true}]"
            .formatted(
                permission("Crm_Implied_Edit_Contacts"), permission("Crm_Implied_View_Contacts"));
    update(id, "{\"permissions_details\":" + both + "}").hasStatus(200);
    assertThat(enabled(id, "Crm_Implied_Edit_Contacts")).isTrue();
    assertThat(enabled(id, "Crm_Implied_Delete_Contacts")).isFalse();
  }

  @Test
  void nameDescriptionAndDefaultViewChange() {
    String id = copy("Administrator", "Before").at("/profiles/0/details/id").asString();
    String layout = api.get("/crm/v8/settings/layouts?module=Deals").at("/layouts/0/id").asString();
    api.patch(
            PROFILES + "/" + id,
            "{\"profiles\":[{\"name\":\"After\",\"description\":null,\"_default_view\":{\"id\":\""
                + layout
                + "\",\"type\":\"layout\"}}]}")
        .hasStatus(200);
    JsonNode changed = api.get(PROFILES + "/" + id).at("/profiles/0");
    assertThat(changed.path("name").asString()).isEqualTo("After");
    assertThat(changed.path("display_label").asString()).isEqualTo("After");
    assertThat(changed.path("api_name").asString()).isEqualTo("Before");
    assertThat(changed.path("description").isNull()).isTrue();
    assertThat(changed.path("_default_view").path("id").asString()).isEqualTo(layout);
    update(id, "{\"name\":\"After\"}").hasStatus(200);
    update(id, "{\"name\":\"Standard\"}").hasStatus(400).hasCode("/profiles/0", "DUPLICATE_DATA");
    update(id, "{\"_default_view\":{\"id\":\"1\"}}").hasCode("/profiles/0", "INVALID_DATA");
  }

  @Test
  void wrongChangesAreRefused() {
    String id = copy("Standard", "Stubborn").at("/profiles/0/details/id").asString();
    update(id, "{\"permissions_details\":[{\"id\":\"1\",\"enabled\":true}]}")
        .hasStatus(400)
        .itemIsError(
            "profiles",
            0,
            "INVALID_DATA",
            "Invalid permission ID",
            "{\"api_name\":\"id\",\"json_path\":\"$.profiles[0].permissions_details[0].id\"}");
    update(id, "{\"permissions_details\":{}}")
        .itemIsError(
            "profiles",
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"permissions_details\","
                + "\"json_path\":\"$.profiles[0].permissions_details\"}");
    update(id, "{\"permissions_details\":[{\"id\":\"1\"}]}")
        .hasCode("/profiles/0", "MANDATORY_NOT_FOUND");
    for (String wrong : List.of("1", "x", "99999999999999999999")) {
      update(wrong, "{\"name\":\"y\"}")
          .isError(400, "INVALID_DATA", GONE, "{\"resource_path_index\":2}");
    }
    for (String name : List.of("Administrator", "Standard")) {
      update(profile(name), "{\"name\":\"y\"}")
          .isError(
              400,
              "NOT_ALLOWED",
              "System profile cannot be updated",
              "{\"resource_path_index\":2}");
      api.delete(PROFILES + "/" + profile(name) + "?transfer_to=" + id)
          .isError(
              400,
              "NOT_ALLOWED",
              "System profile cannot be deleted",
              "{\"resource_path_index\":2}");
    }
  }

  @Test
  void usersOfADeletedProfileGetAnother() {
    String id = copy("Standard", "Leaving").at("/profiles/0/details/id").asString();
    long user = TestUsers.withProfile(ORG, "leaving@example.com", id);
    String path = PROFILES + "/" + id;
    api.delete(path)
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "Users in the profile need to be transferred. transfer_to param is mandatory.",
            "{\"param\":\"transfer_to\"}");
    api.delete(path + "?transfer_to=12").isError(400, "INVALID_DATA", GONE, "{\"id\":\"12\"}");
    api.delete(path + "?transfer_to=" + id)
        .isError(400, "INVALID_DATA", "The action given is invalid", "{}");
    Answer done = api.delete(path + "?transfer_to=" + profile("Standard")).hasStatus(200);
    assertThat(done.at("/message").asString()).isEqualTo("Profile deleted");
    assertThat(done.at("/details/id").asString()).isEqualTo(id);
    assertThat(api.get("/crm/v8/users/" + user).at("/users/0/profile/name").asString())
        .isEqualTo("Standard");
    api.get(path).hasStatus(400);
    api.delete(path + "?transfer_to=" + profile("Standard"))
        .isError(400, "INVALID_DATA", GONE, "{\"resource_path_index\":2}");
  }

  @Test
  void fieldsAndLayoutsForgetADeletedProfile() {
    String id = copy("Standard", "Narrow").at("/profiles/0/details/id").asString();
    String field =
        api.get("/crm/v8/settings/fields?module=Vendors")
            .at("/fields")
            .valueStream()
            .filter(one -> one.path("api_name").asString().equals("Website"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    String path = "/crm/v8/settings/fields/" + field + "?module=Vendors";
    api.patch(
            path,
            "{\"fields\":[{\"profiles\":[{\"id\":\""
                + id
                + "\",\"permission_type\":\"hidden\"}]}]}")
        .hasStatus(200);
    String twin =
        api.post(
                PROFILES + "/" + id + "/actions/clone",
                "{\"profiles\":[{\"name\":\"Narrow twin\"}]}")
            .at("/profiles/0/details/id")
            .asString();
    assertThat(permissionType(path, id)).isEqualTo("hidden");
    assertThat(permissionType(path, twin)).isEqualTo("hidden");
    api.delete(PROFILES + "/" + id + "?transfer_to=" + twin).hasStatus(200);
    assertThat(api.get(path).text()).doesNotContain(id).contains(twin);
  }

  @Test
  void listsAreFiltered() {
    copy("Standard", "Filtered");
    var names =
        api.get(
                PROFILES
                    + "?filters="
                    + Api.encode(
                        "{\"field\":{\"api_name\":\"name\"},\"comparator\":\"equal\","
                            + "\"value\":\"Filtered\"}"))
            .hasStatus(200)
            .at("/profiles");
    assertThat(names).hasSize(1);
    api.get(PROFILES + "?filters=x").hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(PROFILES + "?include_types=Lite,Support").hasStatus(200);
    api.get(PROFILES + "?include_types=Heavy")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"include_types\"}");
  }

  @Test
  void whoMayNotManageProfilesMayNotChangeThem() {
    Api standard = ORG.api(TestUsers.standard(ORG, "humble@example.com"), TestOrg.ALL_SCOPES);
    String path = PROFILES + "/" + profile("Standard");
    String denied = "{\"permissions\":[\"Crm_Implied_Manage_Profiles\"]}";
    String body = "{\"profiles\":[{\"name\":\"z\"}]}";
    for (Answer answer :
        List.of(
            standard.post(path + "/actions/clone", body),
            standard.put(path, body),
            standard.patch(path, body),
            standard.delete(path + "?transfer_to=1"))) {
      answer.isError(403, "NO_PERMISSION", "permission denied", denied);
    }
    ORG.api(ORG.adminId(), "ZohoCRM.settings.profiles.READ").put(path, body).hasStatus(401);
  }

  private Answer copy(String source, String name) {
    return api.post(
            PROFILES + "/" + profile(source) + "/actions/clone",
            "{\"profiles\":[{\"name\":\"" + name + "\",\"description\":\"For the south\"}]}")
        .hasStatus(201);
  }

  private Answer update(String id, String profile) {
    return api.put(PROFILES + "/" + id, "{\"profiles\":[" + profile + "]}");
  }

  private Answer set(String id, String permission, boolean enabled) {
    return update(
        id,
        "{\"permissions_details\":[{\"id\":\"%s\",\"enabled\":%s}]}"
            .formatted(permission(permission), enabled));
  }

  /** The id of a permission, which is the same in all profiles. */
  private String permission(String name) {
    return detail(profile("Administrator"), name).path("id").asString();
  }

  private boolean enabled(String id, String permission) {
    return detail(id, permission).path("enabled").asBoolean();
  }

  private JsonNode detail(String id, String permission) {
    return api.get(PROFILES + "/" + id)
        .at("/profiles/0/permissions_details")
        .valueStream()
        .filter(one -> one.path("name").asString().equals(permission))
        .findFirst()
        .orElseThrow();
  }

  private String permissionType(String field, String profile) {
    return api.get(field)
        .at("/fields/0/profiles")
        .valueStream()
        .filter(one -> one.path("id").asString().equals(profile))
        .findFirst()
        .orElseThrow()
        .path("permission_type")
        .asString();
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
