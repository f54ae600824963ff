package io.clientele.roles;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Roles made, changed and taken away. Reference: Create Role and its neighbours. */
@Proves({
  "POST /crm/{version}/settings/roles",
  "PUT /crm/{version}/settings/roles",
  "PUT /crm/{version}/settings/roles/{role}",
  "DELETE /crm/{version}/settings/roles/{role}"
})
class ChangeRolesTest {
  private static final String ROLES = "/crm/v8/settings/roles";
  private static final String NO_ID = "the id given seems to be invalid";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void aNewRoleReportsToAnother() {
    String id =
        post("{\"name\":\"Sales Rep\",\"description\":\"Sells\",\"share_with_peers\":true,"
                + "\"reporting_to\":{\"id\":\"%s\"}}".formatted(role("Manager")))
            .hasStatus(201)
            .at("/roles/0/details/id")
            .asString();
    JsonNode made = api.get(ROLES + "/" + id).at("/roles/0");
    assertThat(made.path("name").asString()).isEqualTo("Sales Rep");
    assertThat(made.path("display_label").asString()).isEqualTo("Sales Rep");
    assertThat(made.path("api_name").asString()).isEqualTo("Sales_Rep");
    assertThat(made.path("description").asString()).isEqualTo("Sells");
    assertThat(made.path("share_with_peers").asBoolean()).isTrue();
    assertThat(made.path("reporting_to").path("name").asString()).isEqualTo("Manager");
    assertThat(made.path("created_by__s").path("id").asString())
        .isEqualTo(Long.toString(org.adminId()));
    assertThat(made.path("created_time__s").isString()).isTrue();
    post("{\"name\":\"Sales-Rep\",\"reporting_to\":\"%s\"}".formatted(id)).hasStatus(201);
    JsonNode below = api.get(ROLES + "/" + role("Sales-Rep")).at("/roles/0");
    assertThat(below.path("share_with_peers").asBoolean(true)).isFalse();
    assertThat(below.path("api_name").asString()).isEqualTo("Sales_Rep_1");
  }

  @Test
  void wrongRolesAreRefused() {
    String above = "\"reporting_to\":{\"id\":\"%s\"}".formatted(role("CEO"));
    String name = "{\"api_name\":\"name\",\"json_path\":\"$.roles[0].name\"}";
    String reporting = "{\"api_name\":\"reporting_to\",\"json_path\":\"$.roles[0].reporting_to\"}";
    post("{" + above + "}")
        .hasStatus(400)
        .itemIsError("roles", 0, "MANDATORY_NOT_FOUND", "required field not found", name);
    post("{\"name\":\"A\"}")
        .itemIsError("roles", 0, "MANDATORY_NOT_FOUND", "required field not found", reporting);
    post("{\"name\":\"manager\"," + above + "}")
        .itemIsError(
            "roles",
            0,
            "DUPLICATE_DATA",
            "Failed to add role since role with same name is already exist",
            name);
    post("{\"name\":\"" + "n".repeat(201) + "\"," + above + "}")
        .itemIsError(
            "roles",
            0,
            "INVALID_DATA",
            "Invalid role name",
            "{\"maximum_length\":200,\"api_name\":\"name\",\"json_path\":\"$.roles[0].name\"}");
    post("{\"name\":\"No #1\"," + above + "}")
        .itemIsError(
            "roles",
            0,
            "INVALID_DATA",
            "Role name should not contain the following special character(s):#",
            name);
    for (String wrong : List.of("{\"id\":\"1\"}", "\"x\"", "[]", "{}", "true")) {
      post("{\"name\":\"A\",\"reporting_to\":" + wrong + "}")
          .hasStatus(400)
          .itemIsError("roles", 0, "INVALID_DATA", NO_ID, reporting);
    }
    post("{\"name\":7," + above + "}").hasCode("/roles/0", "INVALID_DATA");
    post("{\"name\":\"A\",\"share_with_peers\":\"x\"," + above + "}")
        .hasCode("/roles/0", "INVALID_DATA");
    api.post(ROLES, "{\"roles\":[{},{}]}").hasStatus(400).hasCode("", "INVALID_DATA");
    api.post(ROLES, "{}").hasStatus(400).hasCode("", "MANDATORY_NOT_FOUND");
    assertThat(api.get(ROLES).at("/roles")).hasSize(2);
  }

  @Test
  void whatARoleIsCalledAndToWhomItReportsChanges() {
    String lead = make("Lead", role("CEO"));
    String rep = make("Rep", role("Manager"));
    api.put(
            ROLES,
            "{\"roles\":[{\"id\":\"%s\",\"name\":\"Seller\",\"description\":\"d\",\"share_with_peers\":true,\"reporting_to\":{\"id\":\"%s\"},\"forecast_manager\":{\"id\":\"%s\"}}]}"
                .formatted(rep, lead, org.adminId()))
        .hasStatus(200);
    JsonNode changed = api.get(ROLES + "/" + rep).at("/roles/0");
    assertThat(changed.path("name").asString()).isEqualTo("Seller");
    assertThat(changed.path("api_name").asString()).isEqualTo("Rep");
    assertThat(changed.path("share_with_peers").asBoolean()).isTrue();
    assertThat(changed.path("reporting_to").path("name").asString()).isEqualTo("Lead");
    assertThat(changed.path("forecast_manager").path("name").asString())
        .isEqualTo("Patricia Boyle");
    put(rep, "{\"forecast_manager\":null,\"description\":null}").hasStatus(200);
    changed = api.get(ROLES + "/" + rep).at("/roles/0");
    assertThat(changed.path("forecast_manager").isNull()).isTrue();
    assertThat(changed.path("description").isNull()).isTrue();
    assertThat(changed.path("name").asString()).isEqualTo("Seller");
    put(role("CEO"), "{\"name\":\"Chief\",\"reporting_to\":null}").hasStatus(200);
    assertThat(api.get(ROLES).at("/roles/0/name").asString()).isEqualTo("Chief");
  }

  @Test
  void noRoleReportsToItselfOrToOneBelow() {
    String lead = make("Lead", role("Manager"));
    String reporting = "{\"api_name\":\"reporting_to\",\"json_path\":\"$.roles[0].reporting_to\"}";
    for (String[] circle :
        new String[][] {{lead, lead}, {role("Manager"), lead}, {role("CEO"), lead}}) {
      put(circle[0], "{\"reporting_to\":{\"id\":\"%s\"}}".formatted(circle[1]))
          .hasStatus(400)
          .itemIsError("roles", 0, "INVALID_DATA", NO_ID, reporting);
    }
    put(lead, "{\"reporting_to\":null}").itemIsError("roles", 0, "INVALID_DATA", NO_ID, reporting);
    put(lead, "{\"forecast_manager\":{\"id\":\"1\"}}").hasCode("/roles/0", "INVALID_DATA");
    put(lead, "{\"name\":\"\"}").hasCode("/roles/0", "MANDATORY_NOT_FOUND");
    put(lead, "{\"name\":\"ceo\"}").hasCode("/roles/0", "DUPLICATE_DATA");
    put(lead, "{\"name\":\"LEAD\"}").hasStatus(200);
  }

  @Test
  void unknownRolesAreInvalid() {
    for (String id : List.of("1", "x", "99999999999999999999")) {
      put(id, "{\"name\":\"y\"}")
          .isError(400, "INVALID_DATA", NO_ID, "{\"resource_path_index\":2}");
      api.delete(ROLES + "/" + id + "?transfer_to_id=" + role("CEO"))
          .isError(400, "INVALID_DATA", NO_ID, "{\"resource_path_index\":2}");
    }
    api.put(ROLES, "{\"roles\":[{\"id\":\"5\"}]}")
        .hasStatus(400)
        .itemIsError(
            "roles",
            0,
            "INVALID_DATA",
            "the given role id seems invalid",
            "{\"api_name\":\"id\",\"json_path\":\"$.roles[0].id\"}");
    api.put(ROLES, "{\"roles\":[{\"name\":\"z\"}]}").hasCode("/roles/0", "MANDATORY_NOT_FOUND");
  }

  @Test
  void usersAndRolesBelowADeletedRoleGoToAnother() {
    String lead = make("Lead", role("Manager"));
    String below = make("Below", lead);
    String other = make("Other", role("CEO"));
    long user = TestUsers.standard(org, "u@example.com");
    org.server()
        .installation()
        .database()
        .change(
            tx ->
                tx.update(
                    sql(
                        "update " + org.org().table("crm_user") + " set role_id = ? where id = ?",
                        Long.parseLong(lead),
                        user)));
    String view = sharedView(lead);
    Answer done = api.delete(ROLES + "/" + lead + "?transfer_to_id=" + other).hasStatus(200);
    assertThat(done.at("/roles/0/message").asString()).isEqualTo("Role Deleted");
    assertThat(done.at("/roles/0/details/id").asString()).isEqualTo(lead);
    assertThat(api.get("/crm/v8/users/" + user).at("/users/0/role/name").asString())
        .isEqualTo("Other");
    assertThat(api.get(ROLES + "/" + below).at("/roles/0/reporting_to/name").asString())
        .isEqualTo("Other");
    api.get(ROLES + "/" + lead).hasStatus(204);
    assertThat(
            api.get("/crm/v8/settings/custom_views/" + view + "?module=Leads")
                .at("/custom_views/0/shared_to/0/id")
                .asString())
        .isEqualTo(other);
  }

  @Test
  void aRoleIsNotDeletedWithoutAnHeir() {
    String lead = make("Lead", role("Manager"));
    String manager = ROLES + "/" + role("Manager");
    api.delete(manager)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"transfer_to_id\"}");
    for (String[] wrong :
        new String[][] {
          {lead, "subordinate"}, {role("Manager"), "same_role"}, {"1", "invalid"}, {"x", "invalid"}
        }) {
      api.delete(manager + "?transfer_to_id=" + wrong[0])
          .isError(
              400,
              "INVALID_DATA",
              "invalid transferToId",
              "{\"role_status\":\"" + wrong[1] + "\",\"param_name\":\"transfer_to_id\"}");
    }
    api.delete(ROLES + "/" + role("CEO") + "?transfer_to_id=" + role("Manager")).hasStatus(400);
    assertThat(api.get(ROLES).at("/roles")).hasSize(3);
  }

  @Test
  void whoMayNotManageRolesMayNotChangeThem() {
    Api standard = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    String body = "{\"roles\":[{\"name\":\"z\"}]}";
    for (Answer answer :
        List.of(
            standard.post(ROLES, body),
            standard.put(ROLES, body),
            standard.put(ROLES + "/1", body),
            standard.delete(ROLES + "/1"))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Manage_Roles\"]}");
    }
    org.api(org.adminId(), "ZohoCRM.settings.roles.READ").post(ROLES, body).hasStatus(401);
  }

  private String sharedView(String role) {
    return api.post(
            "/crm/v8/settings/custom_views?module=Leads",
            "{\"custom_views\":[{\"name\":\"Ours\",\"access_type\":\"shared\",\"shared_to\":[{\"type\":\"roles\",\"id\":\"%s\",\"subordinates\":false}],\"fields\":[{\"api_name\":\"Last_Name\"}],\"criteria\":{\"field\":{\"api_name\":\"Last_Name\"},\"comparator\":\"equal\",\"value\":\"A\"}}]}"
                .formatted(role))
        .hasStatus(201)
        .at("/custom_views/0/details/id")
        .asString();
  }

  private String make(String name, String above) {
    return post("{\"name\":\"%s\",\"reporting_to\":{\"id\":\"%s\"}}".formatted(name, above))
        .hasStatus(201)
        .at("/roles/0/details/id")
        .asString();
  }

  private Answer post(String role) {
    return api.post(ROLES, "{\"roles\":[" + role + "]}");
  }

  private Answer put(String id, String role) {
    return api.put(ROLES + "/" + id, "{\"roles\":[" + role + "]}");
  }

  private String role(String name) {
    return api.get(ROLES)
        .at("/roles")
        .valueStream()
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }
}
