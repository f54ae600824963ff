package io.clientele.metadata.contactroles;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The roles of contacts. Reference: Contact Roles. */
@Proves({
  "GET /crm/{version}/Contacts/roles",
  "POST /crm/{version}/Contacts/roles",
  "PUT /crm/{version}/Contacts/roles",
  "DELETE /crm/{version}/Contacts/roles",
  "GET /crm/{version}/Contacts/roles/{role}",
  "PUT /crm/{version}/Contacts/roles/{role}",
  "DELETE /crm/{version}/Contacts/roles/{role}"
})
class ContactRolesTest {
  private static final String ROLES = "/crm/v8/Contacts/roles";
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void anOrgBeginsWithTheUsualRoles() {
    Answer all = api.get(ROLES).hasStatus(200);
    assertThat(names(all)).contains("Decision Maker", "Economic Decision Maker", "Purchasing");
    assertThat(all.at("/contact_roles/0/sequence_number").asInt()).isEqualTo(1);
    String id = all.at("/contact_roles/2/id").asString();
    Answer one = api.get(ROLES + "/" + id).hasStatus(200);
    assertThat(one.at("/contact_roles/0/sequence_number").asInt()).isEqualTo(3);
    assertThat(one.at("/contact_roles").size()).isEqualTo(1);
    api.get(ROLES + "/1").hasStatus(204).hasNoBody();
    api.get(ROLES + "/x").hasStatus(204);
  }

  @Test
  void rolesAreAddedAtTheirPlace() {
    List<String> before = names(api.get(ROLES));
    Answer added =
        api.post(
                ROLES,
                "{\"contact_roles\":[{\"name\":\"Sales Lead\",\"sequence_number\":2},{\"name\":\"Auditor\"}]}")
            .hasStatus(200)
            .hasCode("/contact_roles/0", "SUCCESS");
    assertThat(added.at("/contact_roles/0/message").asString()).isEqualTo("contact role added");
    List<String> after = names(api.get(ROLES));
    assertThat(after.get(1)).isEqualTo("Sales Lead");
    assertThat(after.getLast()).isEqualTo("Auditor");
    assertThat(after).hasSize(before.size() + 2);
    assertThat(after.get(2)).isEqualTo(before.get(1));
  }

  @Test
  void mistakesInNewRoles() {
    api.post(
            ROLES,
            "{\"contact_roles\":[{\"sequence_number\":1},{\"name\":5},{\"name\":\"purchasing\"},{\"name\":\"%s\"},{\"name\":\"Fine\",\"sequence_number\":\"x\"},{\"name\":\"Good\"}]}"
                .formatted("x".repeat(51)))
        .hasStatus(207)
        .itemIsError(
            "contact_roles",
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"name\",\"json_path\":\"$.contact_roles[0].name\"}")
        .itemIsError(
            "contact_roles",
            1,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"text\",\"api_name\":\"name\",\"json_path\":\"$.contact_roles[1].name\"}")
        .itemIsError(
            "contact_roles",
            2,
            "DUPLICATE_DATA",
            "duplicate data",
            "{\"api_name\":\"name\",\"json_path\":\"$.contact_roles[2].name\"}")
        .hasCode("/contact_roles/3", "INVALID_DATA")
        .hasCode("/contact_roles/4", "INVALID_DATA")
        .hasCode("/contact_roles/5", "SUCCESS");
    assertThat(names(api.get(ROLES))).contains("Good").doesNotContain("Fine");
    api.post(ROLES, "{}").hasStatus(400).hasCode("", "MANDATORY_NOT_FOUND");
  }

  @Test
  void thereAreAtMostAHundred() {
    int free = 100 - names(api.get(ROLES)).size();
    String many =
        IntStream.range(0, free)
            .mapToObj("{\"name\":\"R%d\"}"::formatted)
            .collect(Collectors.joining(","));
    api.post(ROLES, "{\"contact_roles\":[" + many + "]}").hasStatus(200);
    api.post(ROLES, "{\"contact_roles\":[{\"name\":\"More\"}]}")
        .hasStatus(400)
        .itemIsError(
            "contact_roles",
            0,
            "LIMIT_EXCEEDED",
            "Contact Role feature limit exceeded",
            "{\"limit\":100}");
  }

  @Test
  void rolesAreRenamedAndMoved() {
    Answer all = api.get(ROLES);
    String first = all.at("/contact_roles/0/id").asString();
    String second = all.at("/contact_roles/1/id").asString();
    api.put(
            ROLES,
            "{\"contact_roles\":[{\"id\":\"%s\",\"name\":\"Boss\",\"sequence_number\":3},{\"name\":\"x\"},{\"id\":\"%s\",\"name\":\"BOSS\"},{\"id\":\"7\",\"name\":\"y\"}]}"
                .formatted(first, second))
        .hasStatus(207)
        .hasCode("/contact_roles/0", "SUCCESS")
        .itemIsError(
            "contact_roles",
            1,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"id\",\"json_path\":\"$.contact_roles[1].id\"}")
        .itemIsError(
            "contact_roles",
            2,
            "DUPLICATE_DATA",
            "duplicate data",
            "{\"api_name\":\"name\",\"json_path\":\"$.contact_roles[2].name\",\"id\":\"%s\"}"
                .formatted(second))
        .itemIsError("contact_roles", 3, "INVALID_DATA", "invalid data", "{\"id\":\"7\"}");
    assertThat(names(api.get(ROLES)).get(2)).isEqualTo("Boss");
    api.put(ROLES + "/" + second, "{\"contact_roles\":[{\"name\":\"Other\"}]}").hasStatus(200);
    assertThat(names(api.get(ROLES)).getFirst()).isEqualTo("Other");
    api.put(ROLES + "/" + second, "{\"contact_roles\":[{}]}")
        .hasStatus(400)
        .itemIsError(
            "contact_roles",
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"name\",\"json_path\":\"$.contact_roles[0]\"}");
    api.put(ROLES + "/99", "{\"contact_roles\":[{\"name\":\"Other\"}]}")
        .hasStatus(400)
        .itemIsError("contact_roles", 0, "INVALID_DATA", "invalid data", "{\"id\":\"99\"}");
  }

  @Test
  void rolesAreDeletedButForTheLast() {
    Answer all = api.get(ROLES);
    List<String> ids =
        all.at("/contact_roles").valueStream().map(role -> role.path("id").asString()).toList();
    api.delete(ROLES).hasStatus(400).hasCode("", "REQUIRED_PARAM_MISSING");
    api.delete(ROLES + "/" + ids.getFirst()).hasStatus(200);
    api.delete(ROLES + "/" + ids.getFirst())
        .hasStatus(400)
        .itemIsError(
            "contact_roles",
            0,
            "INVALID_DATA",
            "contact role not deleted",
            "{\"id\":\"" + ids.getFirst() + "\"}");
    api.delete(ROLES + "?ids=" + String.join(",", ids.subList(1, ids.size())))
        .hasStatus(207)
        .itemIsError(
            "contact_roles",
            ids.size() - 2,
            "LOWER_LIMIT_REACHED",
            "Lower limit reached",
            "{\"limit\":1,\"id\":\"" + ids.getLast() + "\"}");
    assertThat(api.get(ROLES).at("/contact_roles").size()).isEqualTo(1);
    assertThat(api.get(ROLES).at("/contact_roles/0/sequence_number").asInt()).isEqualTo(1);
  }

  @Test
  void scopeAndProfileMustAllowIt() {
    org.api(org.adminId(), "ZohoCRM.modules.leads.ALL")
        .get(ROLES)
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    long user = TestUsers.standard(org, "roles@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Create_Contacts");
    org.api(user, TestOrg.ALL_SCOPES)
        .post(ROLES, "{\"contact_roles\":[{\"name\":\"Z\"}]}")
        .hasStatus(403)
        .hasCode("", "NO_PERMISSION");
  }

  private static List<String> names(Answer roles) {
    return roles
        .at("/contact_roles")
        .valueStream()
        .map(role -> role.path("name").asString())
        .toList();
  }
}
