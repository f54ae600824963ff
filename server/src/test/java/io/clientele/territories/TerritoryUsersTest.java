package io.clientele.territories;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/**
 * Users of territories. References: Associated User Count, Retrieve User details Associated with a
 * Territory, Associate Users with Territory, Disassociate Users from Territory, Territories of a
 * User, Add or Update Territories of a User, Remove Territories from User.
 */
@Proves({
  "GET /crm/{version}/settings/territories/actions/associated_users_count",
  "GET /crm/{version}/settings/territories/{territory}/users",
  "GET /crm/{version}/settings/territories/{territory}/users/{user}",
  "PUT /crm/{version}/settings/territories/{territory}/users",
  "PUT /crm/{version}/settings/territories/{territory}/users/{user}",
  "DELETE /crm/{version}/settings/territories/{territory}/users",
  "DELETE /crm/{version}/settings/territories/{territory}/users/{user}",
  "GET /crm/{version}/users/{user}/territories",
  "GET /crm/{version}/users/{user}/territories/{territory}",
  "PUT /crm/{version}/users/{user}/territories",
  "DELETE /crm/{version}/users/{user}/territories",
  "DELETE /crm/{version}/users/{user}/territories/{territory}"
})
class TerritoryUsersTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String PATH = "/crm/v8/settings/territories";
  private static int number;

  private final Api api = ORG.api();

  private String territory() {
    String root =
        api.get(PATH)
            .at("/territories")
            .valueStream()
            .filter(one -> one.path("reporting_to").isNull())
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    return api.post(
            PATH,
            """
            {"territories":[{"name":"Users %d","reporting_to":{"id":"%s"},"permission_type":"read_only"}]}"""
                .formatted(++number, root))
        .hasStatus(201)
        .at("/territories/0/details/id")
        .asString();
  }

  @Test
  void usersJoinAndLeave() {
    String id = territory();
    long one = TestUsers.standard(ORG, "one@example.com");
    long two = TestUsers.standard(ORG, "two@example.com");
    long gone = TestUsers.create(ORG, "gone@example.com", "Standard", "inactive", true);
    String users = PATH + "/" + id + "/users";
    api.get(users).hasStatus(204);
    Answer added =
        api.put(
                users,
                "{\"users\":[{\"id\":\"%s\"},{\"id\":\"%s\"},{\"id\":\"5\"},{},{\"id\":\"%s\"}]}"
                    .formatted(one, one, gone))
            .hasStatus(207);
    assertThat(added.at("/users/0/message").asString())
        .isEqualTo("Given User added to the mentioned territory Successfully");
    added.itemIsError(
        "users",
        1,
        "DUPLICATE_DATA",
        "Given user id already exists for that record",
        "{\"api_name\":\"id\",\"json_path\":\"$.users[1].id\"}");
    added.itemIsError(
        "users",
        2,
        "INVALID_DATA",
        "the id given seems to be invalid",
        "{\"api_name\":\"id\",\"json_path\":\"$.users[2].id\"}");
    added.hasCode("/users/3", "MANDATORY_NOT_FOUND");
    assertThat(added.at("/users/4/details/owner_status").asString()).isEqualTo("inactive");
    api.put(users + "/" + two, "").hasStatus(200);
    api.put(users + "/" + two, "").hasStatus(400).hasCode("", "DUPLICATE_DATA");
    api.put(users + "/5", "").hasStatus(400).hasCode("", "INVALID_DATA");
    api.put(PATH + "/5/users/" + two, "").hasStatus(400).hasCode("", "INVALID_DATA");

    Answer list = api.get(users).hasStatus(200);
    assertThat(list.at("/users").size()).isEqualTo(2);
    assertThat(list.at("/info/count").asInt()).isEqualTo(2);
    assertThat(api.get(users + "/" + two).at("/users/0/id").asString()).isEqualTo("" + two);
    api.get(users + "/" + gone).hasStatus(204);
    api.get(users + "/5")
        .isError(
            400,
            "INVALID_DATA",
            "the given id given seems to be invalid",
            "{\"resource_path_index\":4}");
    Answer counts = api.get(PATH + "/actions/associated_users_count").hasStatus(200);
    assertThat(
            counts
                .at("/associated_users_count")
                .valueStream()
                .filter(count -> count.path("territory").path("id").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .path("count")
                .asString())
        .isEqualTo("2");

    Answer removed = api.delete(users + "?ids=" + one + ",5," + gone).hasStatus(207);
    assertThat(removed.at("/users/0/message").asString())
        .isEqualTo("Given User Removed from the mentioned territory Successfully");
    removed.itemIsError(
        "users",
        1,
        "INVALID_DATA",
        "the given user id given seems to be invalid",
        "{\"id\":\"5\"}");
    removed.itemIsError(
        "users",
        2,
        "INVALID_DATA",
        "Given user is not a member of this territory.",
        "{\"id\":\"" + gone + "\"}");
    api.delete(users + "/" + two).hasStatus(200);
    api.delete(users + "/" + two).hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(users).hasStatus(204);
  }

  @Test
  void aManagerWhoLeavesManagesItNoMore() {
    String id = territory();
    long user = TestUsers.standard(ORG, "boss@example.com");
    api.put(PATH + "/" + id, "{\"territories\":[{\"manager\":{\"id\":\"" + user + "\"}}]}")
        .hasStatus(200);
    assertThat(api.get(PATH + "/" + id + "/users").at("/users/0/id").asString())
        .isEqualTo("" + user);
    api.delete(PATH + "/" + id + "/users/" + user).hasStatus(200);
    assertThat(api.get(PATH + "/" + id).at("/territories/0/manager").isNull()).isTrue();
  }

  @Test
  void aUserHasTerritories() {
    String first = territory();
    String second = territory();
    long user = TestUsers.standard(ORG, "three@example.com");
    String path = "/crm/v8/users/" + user + "/territories";
    api.get(path).hasStatus(204);
    Answer added =
        api.put(
                path,
                "{\"territories\":[{\"id\":\"%s\"},{\"id\":\"%s\"},{\"id\":\"%s\"},{\"id\":\"5\"}]}"
                    .formatted(first, second, first))
            .hasStatus(207);
    assertThat(added.at("/territories/0/message").asString())
        .isEqualTo("Territory associated to the user successfully");
    added.itemIsError(
        "territories",
        2,
        "DUPLICATE_DATA",
        "Territory already associated with the user",
        "{\"api_name\":\"id\",\"json_path\":\"$.territories[2].id\"}");
    added.itemIsError(
        "territories",
        3,
        "INVALID_DATA",
        "Invalid Territory Id",
        "{\"api_name\":\"id\",\"json_path\":\"$.territories[3].id\"}");
    Answer list = api.get(path).hasStatus(200);
    assertThat(list.at("/territories").size()).isEqualTo(2);
    assertThat(list.at("/territories/0/id").asString()).isEqualTo(first);
    assertThat(list.at("/territories/0/Reporting_To/Name").isString()).isTrue();
    assertThat(list.at("/info/count").asInt()).isEqualTo(2);
    assertThat(api.get(path + "/" + second).at("/territories/0/id").asString()).isEqualTo(second);
    api.delete(path + "/" + second).hasStatus(200);
    api.get(path + "/" + second).hasStatus(204);
    api.delete(path + "/" + second)
        .isError(400, "INVALID_DATA", "Invalid Territory Id", "{\"resource_path_index\":3}");
    Answer removed = api.delete(path + "?ids=" + first + ",5").hasStatus(207);
    assertThat(removed.at("/territories/0/message").asString())
        .isEqualTo("Territory removed from the user successfully");
    removed.hasCode("/territories/1", "INVALID_DATA");
    api.get(path).hasStatus(204);
    api.get("/crm/v8/users/5/territories")
        .isError(
            400,
            "INVALID_DATA",
            "the related id given seems to be invalid",
            "{\"resource_path_index\":1}");
    api.put(
            "/crm/v8/users/" + ORG.adminId() + "/territories",
            "{\"territories\":[{\"id\":\"" + first + "\"}]}")
        .isError(403, "NOT_ALLOWED", "Logged in user can't update their territories", "{}");
  }
}
