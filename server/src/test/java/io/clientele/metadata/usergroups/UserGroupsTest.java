package io.clientele.metadata.usergroups;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Settings;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** User groups. References: User Groups, User Group, Sources by Type, User Group Associations. */
@Proves({
  "GET /crm/{version}/settings/user_groups",
  "POST /crm/{version}/settings/user_groups",
  "GET /crm/{version}/settings/user_groups/{group}",
  "PUT /crm/{version}/settings/user_groups/{group}",
  "DELETE /crm/{version}/settings/user_groups/{group}",
  "GET /crm/{version}/settings/user_groups/{group}/sources",
  "GET /crm/{version}/settings/user_groups/{group}/actions/sources_count",
  "GET /crm/{version}/settings/user_groups/{group}/actions/associations",
  "GET /crm/{version}/settings/user_groups/actions/associated_users_count",
  "GET /crm/{version}/users/{user}/actions/associated_groups"
})
class UserGroupsTest {
  private static final String GROUPS = "/crm/v8/settings/user_groups";
  private static final Shape GROUP =
      Shape.of(
          """
          created_time: time, modified_time: time?, name: text, modified_by: object?,
          description: text?, id: id, created_by: object""");

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final long user = TestUsers.standard(org, "one@example.com");

  @Test
  void groupsAreCreatedAndListed() {
    api.get(GROUPS).hasStatus(204);
    Answer made =
        api.post(
                GROUPS,
                "{\"user_groups\":[{\"name\":\"East\",\"description\":\"D\",\"sources\":["
                    + users(user)
                    + "]},{\"name\":\"All\",\"sources\":[{\"type\":\"roles\",\"source\":{\"id\":\""
                    + role("CEO")
                    + "\"},\"subordinates\":true}]}]}")
            .hasStatus(201);
    assertThat(made.at("/user_groups/0/message").asString())
        .isEqualTo("User group created successfully");
    Answer list = api.get(GROUPS + "?include=sources_count").hasStatus(200);
    assertThat(list.at("/info").toString())
        .isEqualTo("{\"per_page\":200,\"count\":2,\"page\":1,\"more_records\":false}");
    assertThat(list.at("/user_groups/0/sources_count").toString()).isEqualTo("{\"users\":1}");
    Answer one = api.get(GROUPS + "/" + made.at("/user_groups/0/details/id").asString());
    GROUP.check(one.at("/user_groups/0"));
    assertThat(one.at("/user_groups/0/modified_by").isNull()).isTrue();
    assertThat(one.at("/user_groups/0/created_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(names(api.get(GROUPS + "?name=east"))).containsExactly("East");
    assertThat(names(api.get(GROUPS + "?per_page=1&page=2"))).containsExactly("All");
    assertThat(names(filtered("contains", "LL"))).containsExactly("All");
    assertThat(names(filtered("starts_with", "e"))).containsExactly("East");
    assertThat(api.get(GROUPS + "?filters=x").hasStatus(400).at("/message").asString())
        .isEqualTo("The given filters is not a valid json");
    assertThat(filtered("equal", "East").hasStatus(400).at("/code").asString())
        .isEqualTo("INVALID_DATA");
  }

  @Test
  void whoIsInAGroupIsKnown() {
    String inner = create("Inner", users(user));
    String outer = create("Outer", source("groups", inner, false));
    String territory = territory("North", user);
    String below = create("Territory", source("territories", territory, true));
    Answer groups =
        api.get("/crm/v8/users/" + user + "/actions/associated_groups?include=sources")
            .hasStatus(200);
    assertThat(names(groups)).containsExactly("Inner", "Outer", "Territory");
    assertThat(groups.at("/user_groups/2/sources/0").toString())
        .isEqualTo(
            "{\"source\":{\"name\":\"North\",\"id\":\""
                + territory
                + "\"},\"type\":\"territories\",\"subordinates\":true,\"sub_territories\":true}");
    api.get("/crm/v8/users/" + org.adminId() + "/actions/associated_groups").hasStatus(204);
    Answer counts = api.get(GROUPS + "/actions/associated_users_count").hasStatus(200);
    assertThat(counts.at("/associated_users_count/1").toString())
        .isEqualTo("{\"user_group\":{\"name\":\"Outer\",\"id\":\"" + outer + "\"},\"count\":1}");
    assertThat(api.get(GROUPS + "/" + below + "/actions/sources_count").hasStatus(200).json())
        .hasToString(
            "{\"sources_count\":[{\"territories\":1,\"roles\":0,\"groups\":0,\"users\":"
                + "{\"inactive\":0,\"deleted\":0,\"active\":0}}]}");
    String path = GROUPS + "/" + inner + "/sources";
    assertThat(api.get(path + "?type=users&user_type=active").hasStatus(200).at("/sources/0/type"))
        .hasToString("\"users\"");
    api.get(path + "?type=roles").hasStatus(204);
    api.get(path + "?user_type=deleted").hasStatus(204);
    api.get(path + "?type=x")
        .isError(
            400,
            "PATTERN_NOT_MATCHED",
            "invalid data",
            "{\"regex\":\"users|roles|groups|territories\",\"param_name\":\"type\"}");
  }

  @Test
  void groupsAreChanged() {
    String id = create("Before", users(user));
    api.put(GROUPS + "/" + id, body("After", source("roles", role("CEO"), false))).hasStatus(200);
    Answer one = api.get(GROUPS + "/" + id + "?include=sources").hasStatus(200);
    assertThat(one.at("/user_groups/0/name").asString()).isEqualTo("After");
    assertThat(one.at("/user_groups/0/modified_by/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(one.at("/user_groups/0/sources").size()).isEqualTo(1);
    api.get("/crm/v8/users/" + user + "/actions/associated_groups").hasStatus(204);
    String admin = source("users", Long.toString(org.adminId()), false);
    api.put(GROUPS + "/" + id, body("After", users(user) + "," + admin)).hasStatus(200);
    assertThat(api.get(GROUPS + "/" + id + "/sources").at("/sources").size()).isEqualTo(2);
    String gone = admin.replace("{\"type", "{\"_delete\":true,\"type");
    api.put(GROUPS + "/" + id, body("After", users(user) + "," + gone)).hasStatus(200);
    assertThat(api.get(GROUPS + "/" + id + "/sources").at("/sources").size()).isEqualTo(1);
  }

  @Test
  void wrongGroupsAreRefused() {
    String id = create("Known", users(user));
    create("Other", source("groups", id, false));
    refused(body("known", users(user)), "DUPLICATE_DATA", "$.user_groups[0].name");
    refused("{\"user_groups\":[{\"sources\":[]}]}", "MANDATORY_NOT_FOUND", "$.user_groups[0].name");
    refused(
        "{\"user_groups\":[{\"name\":\"x\"}]}", "MANDATORY_NOT_FOUND", "$.user_groups[0].sources");
    refused(body("x", source("users", "1", false)), "INVALID_DATA", source0("source.id"));
    refused(
        body("x", source("roles", Long.toString(user), false)),
        "INVALID_DATA",
        source0("source.id"));
    refused(body("x", source("teams", "1", false)), "INVALID_DATA", source0("type"));
    refused(body("x", "{\"type\":\"users\"}"), "MANDATORY_NOT_FOUND", source0("source"));
    refused(body("x".repeat(251), users(user)), "INVALID_DATA", "$.user_groups[0].name");
    String other = names(api.get(GROUPS)).get(1);
    String outer = api.get(GROUPS + "?name=" + other).at("/user_groups/0/id").asString();
    for (String loop : List.of(id, outer)) {
      api.put(GROUPS + "/" + id, body("Known", source("groups", loop, false)))
          .hasStatus(400)
          .itemIsError(
              "user_groups",
              0,
              "INVALID_DATA",
              "The Group Id given seems to be Invalid",
              "{\"api_name\":\"id\",\"json_path\":\"" + source0("source.id") + "\"}");
    }
    for (String unknown : List.of("1", "x", Long.toString(user))) {
      for (String path :
          List.of("", "/sources", "/actions/sources_count", "/actions/associations")) {
        unknown(api.get(GROUPS + "/" + unknown + path));
      }
      unknown(api.put(GROUPS + "/" + unknown, body("x", users(user))));
      unknown(api.delete(GROUPS + "/" + unknown));
    }
    unknown(api.get("/crm/v8/users/1/actions/associated_groups"));
  }

  @Test
  void aDeletedGroupIsGoneEverywhere() {
    String id = create("Doomed", users(user));
    String outer = create("Outer", source("groups", id, false));
    String view =
        api.post(
                "/crm/v8/settings/custom_views?module=Leads",
                "{\"custom_views\":[{\"name\":\"Shared\",\"fields\":[{\"api_name\":\"Last_Name\"}],"
                    + "\"access_type\":\"shared\",\"shared_to\":[{\"type\":\"groups\",\"id\":\""
                    + id
                    + "\"}]}]}")
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    Api member = org.api(user, TestOrg.ALL_SCOPES);
    assertThat(member.get("/crm/v8/settings/custom_views?module=Leads").text()).contains(view);
    Answer uses = api.get(GROUPS + "/" + id + "/actions/associations").hasStatus(200);
    assertThat(uses.at("/associations").findValuesAsString("type"))
        .containsExactly("custom_views", "user_groups");
    assertThat(uses.at("/associations/0/details/module/api_name").asString()).isEqualTo("Leads");
    assertThat(api.delete(GROUPS + "/" + id).hasStatus(200).at("/user_groups/0/message").asString())
        .isEqualTo("User group deleted successfully");
    api.get(GROUPS + "/" + outer + "/sources").hasStatus(204);
    assertThat(member.get("/crm/v8/settings/custom_views?module=Leads").text())
        .doesNotContain(view);
    unknown(api.get(GROUPS + "/" + id));
    api.get(GROUPS + "/" + outer + "/actions/associations").hasStatus(204);
  }

  @Test
  void groupsNeedTheirPermission() {
    String id = create("Closed", users(user));
    TestUsers.refuse(org, "Standard", "Crm_Implied_Manage_Groups");
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    for (Answer answer :
        List.of(
            other.get(GROUPS),
            other.get(GROUPS + "/" + id),
            other.post(GROUPS, body("x", users(user))),
            other.put(GROUPS + "/" + id, body("x", users(user))),
            other.delete(GROUPS + "/" + id),
            other.get(GROUPS + "/" + id + "/sources"),
            other.get(GROUPS + "/" + id + "/actions/sources_count"),
            other.get(GROUPS + "/" + id + "/actions/associations"),
            other.get(GROUPS + "/actions/associated_users_count"),
            other.get("/crm/v8/users/" + org.adminId() + "/actions/associated_groups"))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "You do not have permission to access user groups",
          "{\"permissions\":\"Crm_Implied_Manage_Groups\"}");
    }
    other.get("/crm/v8/users/" + user + "/actions/associated_groups").hasStatus(200);
    org.api(org.adminId(), "ZohoCRM.settings.user_groups.READ")
        .delete(GROUPS + "/" + id)
        .hasStatus(401);
  }

  private static void unknown(Answer answer) {
    answer.isError(
        400, "INVALID_DATA", "The provided group ID is invalid.", "{\"resource_path_index\":2}");
  }

  private void refused(String body, String code, String path) {
    Answer answer = api.post(GROUPS, body).hasStatus(400);
    assertThat(answer.at("/user_groups/0/code").asString()).isEqualTo(code);
    assertThat(answer.at("/user_groups/0/details/json_path").asString()).isEqualTo(path);
  }

  private Answer filtered(String comparator, String value) {
    String filter =
        "{\"field\":{\"api_name\":\"name\"},\"comparator\":\"%s\",\"value\":\"%s\"}"
            .formatted(comparator, value);
    return api.get(GROUPS + "?filters=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  private static String source0(String key) {
    return "$.user_groups[0].sources[0]." + key;
  }

  private String create(String name, String sources) {
    return api.post(GROUPS, body(name, sources))
        .hasStatus(201)
        .at("/user_groups/0/details/id")
        .asString();
  }

  private static String body(String name, String sources) {
    return "{\"user_groups\":[{\"name\":\"" + name + "\",\"sources\":[" + sources + "]}]}";
  }

  private static String users(long id) {
    return source("users", Long.toString(id), false);
  }

  private static String source(String type, String id, boolean below) {
    return "{\"type\":\"%s\",\"source\":{\"id\":\"%s\"},\"subordinates\":%s}"
        .formatted(type, id, below);
  }

  private String role(String name) {
    return org.metadata().people().roles().values().stream()
        .filter(role -> role.name().equals(name))
        .findFirst()
        .map(role -> Long.toString(role.id()))
        .orElseThrow();
  }

  private String territory(String name, long userId) {
    var installation = org.server().installation();
    long id =
        installation
            .database()
            .write(
                tx -> {
                  long next = Settings.nextIds(tx, org.org(), 1).getFirst();
                  tx.update(
                      sql(
                          "insert into "
                              + org.org().table("territory")
                              + " (id, name, permission_type) values (?, ?, 'read_only')",
                          next,
                          name));
                  tx.update(
                      sql(
                          "insert into " + org.org().table("territory_user") + " values (?, ?)",
                          next,
                          userId));
                  Settings.changed(tx, org.org());
                  return next;
                });
    installation.metadata().changed(org.orgId());
    return Long.toString(id);
  }

  private static List<String> names(Answer answer) {
    return answer
        .hasStatus(200)
        .at("/user_groups")
        .valueStream()
        .map(group -> group.path("name").asString())
        .toList();
  }
}
