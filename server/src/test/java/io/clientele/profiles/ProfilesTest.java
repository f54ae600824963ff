package io.clientele.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /settings/profiles. Reference: Profiles. */
@Proves({"GET /crm/{version}/settings/profiles", "GET /crm/{version}/settings/profiles/{profile}"})
class ProfilesTest {
  private static final TestOrg ORG = TestOrg.create();

  private static final Shape PROFILE =
      Shape.of(
          """
          id: id, name: text, display_label: text, api_name: text, description: text?, type: text,
          custom: flag, category: flag, created_by: object?, modified_by: object?,
          created_time: time?, modified_time: time?""");

  private final Api api = ORG.api();

  @Test
  void profilesHaveTheDocumentedKeys() {
    Answer answer = api.get("/crm/v8/settings/profiles").hasStatus(200);
    answer.at("/profiles").forEach(PROFILE::check);
    assertThat(answer.at("/profiles").valueStream().map(p -> p.path("name").asString()))
        .containsExactly("Administrator", "Standard");
    Shape.of(
            "page: integer, per_page: integer, count: integer, more_records: flag, license_limit: integer")
        .check(answer.at("/info"));
  }

  @Test
  void oneProfileTellsEachPermissionAndItsSection() {
    String id = api.get("/crm/v8/settings/profiles").at("/profiles/1/id").asString();
    JsonNode profile = api.get("/crm/v8/settings/profiles/" + id).hasStatus(200).at("/profiles/0");
    PROFILE.check(profile);
    Shape.of("id: id, name: text, type: text").check(profile.path("_default_view"));
    var ids = new HashSet<String>();
    for (JsonNode permission : profile.path("permissions_details")) {
      Shape.of(
              """
              id: id, name: text, display_label: text, module: text?, customizable: flag,
              enabled: flag, parent_permissions: array?""")
          .check(permission);
      ids.add(permission.path("id").asString());
    }
    assertThat(ids).hasSameSizeAs(profile.path("permissions_details"));
    for (JsonNode section : profile.path("sections")) {
      Shape.of("name: text, categories: array").check(section);
      for (JsonNode category : section.path("categories")) {
        Shape.of("name: text, display_label: text, module: text?, permissions_details: array")
            .check(category);
        category
            .path("permissions_details")
            .forEach(permission -> assertThat(ids).contains(permission.asString()));
      }
    }
  }

  @Test
  void profilesOfAType() {
    api.get("/crm/v8/settings/profiles?type=normal_profile").hasStatus(200);
    api.get("/crm/v8/settings/profiles?type=portal_profile").hasStatus(204).hasNoBody();
    api.get("/crm/v8/settings/profiles?type=x")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"type\"}");
  }

  @Test
  void unknownProfilesAreInvalid() {
    for (String id : List.of("1", "x", "99999999999999999999")) {
      api.get("/crm/v8/settings/profiles/" + id)
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid or already deleted",
              "{\"resource_path_index\":2}");
    }
  }

  @Test
  void whoMayNotManageProfilesMayNotSeeThem() {
    Api standard = ORG.api(TestUsers.standard(ORG, "profiles@example.com"), TestOrg.ALL_SCOPES);
    for (String path : List.of("/crm/v8/settings/profiles", "/crm/v8/settings/profiles/1")) {
      standard
          .get(path)
          .isError(
              403,
              "NO_PERMISSION",
              "permission denied",
              "{\"permissions\":[\"Crm_Implied_Manage_Profiles\"]}");
    }
  }
}
