package io.clientele.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /users. Reference: Users API, Users Count. */
@Proves({
  "GET /crm/{version}/users",
  "GET /crm/{version}/users/actions/count",
  "GET /crm/{version}/users/{user}"
})
class UsersTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();

  private static final Shape USER =
      Shape.of(
          """
          id: id, first_name: text?, last_name: text, full_name: text, email: text, status: text,
          confirm: flag, role: object, profile: object, time_zone: text, offset: integer,
          zuid: text?, ezuid: text, alias: text?, locale: text, language: text,
          country_locale: text, date_format: text, time_format: text, number_separator: text,
          decimal_separator: text, name_format__s: text, sort_order_preference__s: text,
          type__s: text, status_reason__s: text?, created_by: object?, Modified_By: object?,
          created_time: time, Modified_Time: time, Reporting_To: object?, microsoft: flag,
          sandboxDeveloper: flag, Isonline: flag, personal_account: flag, imap_status: flag,
          rtl_enabled: flag, ntc_enabled: flag, telephony_enabled: flag,
          share_among_subordinates: flag, phone: text?, mobile: text?, fax: text?, website: text?,
          street: text?, city: text?, state: text?, zip: text?, country: text?, dob: text?,
          signature: text?, image_link: text?, default_tab_group: text, customize_info: object,
          theme: object, territories: array, ntc_notification_type: array,
          $current_shift: object?, $next_shift: object?, $shift_effective_from: text?,
          Status_Updated_By__s: object?, Status_Updated_Time__s: time?, Invited_By__s: object?,
          Invited_Time__s: time?, Confirmed_Time__s: time?, distance_preference__s: text""");

  private static long active;
  private static long invited;
  private static long inactive;
  private static long deleted;

  @BeforeAll
  static void addUsers() {
    active = TestUsers.create(ORG, "active@example.com", "Standard", "active", true);
    invited = TestUsers.create(ORG, "invited@example.com", "Standard", "active", false);
    inactive = TestUsers.create(ORG, "inactive@example.com", "Administrator", "inactive", true);
    deleted = TestUsers.create(ORG, "deleted@example.com", "Standard", "deleted", true);
  }

  private static List<Long> ids(String query) {
    return API.get("/crm/v8/users?" + query)
        .hasStatus(200)
        .at("/users")
        .valueStream()
        .map(user -> Long.parseLong(user.path("id").asString()))
        .toList();
  }

  @Test
  void usersHaveTheDocumentedKeys() {
    Answer answer = API.get("/crm/v8/users").hasStatus(200);
    answer.at("/users").forEach(USER::check);
    Shape.of("per_page: integer, count: integer, page: integer, more_records: flag")
        .check(answer.at("/info"));
    assertThat(answer.at("/info/count").asInt()).isEqualTo(answer.at("/users").size());
  }

  @Test
  void theCurrentUserIsWhoeverAsks() {
    JsonNode me = API.get("/crm/v8/users?type=CurrentUser").at("/users/0");
    assertThat(me.path("full_name").asString()).isEqualTo("Patricia Boyle");
    assertThat(me.at("/role/name").asString()).isEqualTo("CEO");
    assertThat(me.at("/profile/name").asString()).isEqualTo("Administrator");
    assertThat(me.path("offset").asInt()).isEqualTo(19_800_000);
    Answer other = ORG.api(active, TestOrg.ALL_SCOPES).get("/crm/v8/users?type=CurrentUser");
    assertThat(other.at("/users/0/id").asString()).isEqualTo(Long.toString(active));
  }

  @Test
  void eachTypeShowsItsUsers() {
    long admin = ORG.adminId();
    assertThat(ids("type=AllUsers")).containsExactly(admin, active, invited, inactive);
    assertThat(ids("type=ActiveUsers")).containsExactly(admin, active, invited);
    assertThat(ids("type=AllActiveUsers")).containsExactly(admin, active, invited);
    assertThat(ids("type=DeactiveUsers")).containsExactly(inactive);
    assertThat(ids("type=ActiveAndDeactive")).containsExactly(admin, active, invited, inactive);
    assertThat(ids("type=ConfirmedUsers")).containsExactly(admin, active, inactive);
    assertThat(ids("type=NotConfirmedUsers")).containsExactly(invited);
    assertThat(ids("type=ActiveConfirmedUsers")).containsExactly(admin, active);
    assertThat(ids("type=DeletedUsers")).containsExactly(deleted);
    assertThat(ids("type=AdminUsers")).containsExactly(admin, inactive);
    assertThat(ids("type=ActiveConfirmedAdmins")).containsExactly(admin);
    for (String none : List.of("DeveloperUsers", "ActiveLiteUser", "ConfirmedReportingUsers")) {
      API.get("/crm/v8/users?type=" + none).hasStatus(204).hasNoBody();
    }
  }

  @Test
  void typesAboutRolesLookFromARole() {
    String manager = role("Manager");
    String top = role("CEO");
    assertThat(ids("type=ChildRoleUsers&role_id=" + top)).contains(active).doesNotContain(deleted);
    assertThat(ids("type=SubordinateRoleUsers&role_id=" + top)).contains(active);
    assertThat(ids("type=ParentRoleUsers&role_id=" + manager)).containsExactly(ORG.adminId());
    API.get("/crm/v8/users?type=ParentRoleUsers&role_id=" + top).hasStatus(204);
    API.get("/crm/v8/users?type=ChildRoleUsers")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"role_id\"}");
    API.get("/crm/v8/users?type=ChildRoleUsers&role_id=x")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"role_id\"}");
  }

  private static String role(String name) {
    return API.get("/crm/v8/settings/roles")
        .at("/roles")
        .valueStream()
        .filter(role -> role.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  @Test
  void pagesGoOn() {
    Answer first = API.get("/crm/v8/users?per_page=3");
    assertThat(first.at("/users")).hasSize(3);
    assertThat(first.at("/info/more_records").asBoolean()).isTrue();
    Answer second = API.get("/crm/v8/users?per_page=3&page=2");
    assertThat(second.at("/users")).hasSize(1);
    assertThat(second.at("/info/more_records").asBoolean()).isFalse();
    API.get("/crm/v8/users?per_page=3&page=3").hasStatus(204);
    API.get("/crm/v8/users?per_page=201").hasStatus(400);
  }

  @Test
  void usersByIdsAndKeysByName() {
    assertThat(ids("ids=" + active + "," + inactive)).containsExactly(active, inactive);
    JsonNode user = API.get("/crm/v8/users?fields=email,role,email").at("/users/0");
    assertThat(user.propertyNames()).containsExactlyInAnyOrder("id", "email", "role");
    API.get("/crm/v8/users?ids=x")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"ids\"}");
    API.get("/crm/v8/users?ids=" + "1,".repeat(101))
        .isError(400, "LIMIT_EXCEEDED", "limit exceeded", "{\"limit\":100,\"param_name\":\"ids\"}");
  }

  @Test
  void oneUserIsFoundByTheId() {
    Answer one = API.get("/crm/v8/users/" + active).hasStatus(200);
    USER.check(one.at("/users/0"));
    assertThat(one.at("/users")).hasSize(1);
    assertThat(one.at("/users/0/created_by/name").asString()).isEqualTo("Patricia Boyle");
    for (String unknown : List.of("1", "abc", "99999999999999999999")) {
      API.get("/crm/v8/users/" + unknown).hasStatus(204).hasNoBody();
    }
  }

  @Test
  void nothingIsSentWhenNothingChanged() {
    String now = Instant.now().plusSeconds(1).toString();
    API.get("/crm/v8/users", "If-Modified-Since", now).hasStatus(304).hasNoBody();
    API.get("/crm/v8/users/" + active, "If-Modified-Since", now).hasStatus(304).hasNoBody();
    API.get("/crm/v8/users", "If-Modified-Since", "Wed, 01 Jan 2020 00:00:00 GMT").hasStatus(200);
    API.get("/crm/v8/users", "If-Modified-Since", "yesterday").hasStatus(200);
  }

  @Test
  void usersAreCounted() {
    assertThat(API.get("/crm/v8/users/actions/count").at("/count").asInt()).isEqualTo(4);
    assertThat(API.get("/crm/v8/users/actions/count?type=CurrentUser").at("/count").asInt())
        .isEqualTo(1);
    assertThat(API.get("/crm/v8/users/actions/count?type=DeveloperUsers").at("/count").asInt())
        .isEqualTo(0);
  }

  @Test
  void otherParametersAreRefused() {
    for (String path : List.of("/crm/v8/users?type=x", "/crm/v8/users/actions/count?type=x")) {
      API.get(path)
          .isError(
              400,
              "PATTERN_NOT_MATCHED",
              "Please check whether the input values are correct",
              "{\"api_name\":\"type\",\"param_name\":\"type\"}");
    }
    API.get("/crm/v8/users?query_id=1")
        .isError(400, "INVALID_DATA", "Invalid queryId", "{\"param_name\":\"query_id\"}");
    API.get("/crm/v8/users?child_data=x")
        .isError(
            400,
            "DEPENDENT_PARAM_MISSING",
            "Dependent Param missing",
            "{\"dependee\":{\"param_name\":\"child_data\"},\"param_name\":\"query_id\"}");
  }

  @Test
  void oldVersionsHaveOldNames() {
    JsonNode user = API.get("/crm/v3/users").at("/users/0");
    assertThat(user.has("name_format")).isTrue();
    assertThat(user.has("name_format__s")).isFalse();
  }
}
