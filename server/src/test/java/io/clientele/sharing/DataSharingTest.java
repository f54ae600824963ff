package io.clientele.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The defaults of an org. References: Retrieve and Update Default Organization Permissions. */
@Proves({"GET /crm/{version}/settings/data_sharing", "PUT /crm/{version}/settings/data_sharing"})
class DataSharingTest {
  private static final String PATH = "/crm/v8/settings/data_sharing";
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void anOrgBeginsPrivate() {
    Answer all = api.get(PATH).hasStatus(200);
    assertThat(type(all, "Leads")).isEqualTo("private");
    assertThat(type(all, "Products")).isEqualTo("public_read_only");
    assertThat(type(all, "Emails")).isEqualTo("public");
    assertThat(of(all, "Invoices").path("public_in_portals").asBoolean(true)).isFalse();
    assertThat(of(all, "Invoices").path("rule_computation_running").asBoolean(true)).isFalse();
    assertThat(of(all, "Notes").isMissingNode()).isTrue();
  }

  @Test
  void modulesAreChangedAndStaySo() {
    api.put(PATH, body(change("public_read_write", "Deals"), change("public", "Tasks")))
        .hasStatus(200)
        .hasCode("/data_sharing/0", "SUCCESS");
    Answer changed = api.put(PATH, body(change("public", "Deals"))).hasStatus(200);
    assertThat(changed.at("/data_sharing/0/details/module").asString()).isEqualTo("Deals");
    assertThat(changed.at("/data_sharing/0/message").asString())
        .isEqualTo("data sharing settings updated successfully");
    org.server().installation().metadata().changed(org.orgId());
    assertThat(type(api.get(PATH), "Deals")).isEqualTo("public");
    assertThat(type(api.get(PATH), "Tasks")).isEqualTo("public");
    assertThat(type(api.get(PATH), "Calls")).isEqualTo("private");
  }

  @Test
  void mistakes() {
    String id = id("Leads");
    String none = "\"module\":{\"id\":\"%s\"}}".formatted(id);
    api.put(
            PATH,
            body(
                "{\"share_type\":\"open\"," + none,
                "{\"share_type\":7," + none,
                "{\"share_type\":\"public\",\"module\":{\"id\":\"%s\",\"api_name\":7}}"
                    .formatted(id),
                "{\"share_type\":\"public\",\"module\":{\"id\":\"%s\"}}".formatted(id("Notes")),
                "{\"share_type\":\"public\",\"module\":{\"id\":\"%s\",\"api_name\":\"Deals\"}}"
                    .formatted(id),
                "{\"share_type\":\"public\",\"module\":{\"id\":\"x\"}}",
                "{" + none,
                "{\"share_type\":\"public\"}",
                "{\"share_type\":\"public\",\"module\":\"Leads\"}"))
        .hasStatus(400)
        .itemIsError(
            "data_sharing",
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"regex\":\"private|public_read_only|public_read_write|public\",\"api_name\":\"share_type\",\"json_path\":\"$.data_sharing[0].share_type\"}")
        .itemIsError(
            "data_sharing",
            1,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"text\",\"api_name\":\"share_type\",\"json_path\":\"$.data_sharing[1].share_type\"}")
        .itemIsError(
            "data_sharing",
            2,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"text\",\"api_name\":\"api_name\",\"json_path\":\"$.data_sharing[2].module.api_name\"}")
        .itemIsError("data_sharing", 3, "INVALID_DATA", "invalid data", module(3))
        .itemIsError("data_sharing", 4, "INVALID_DATA", "invalid data", module(4))
        .itemIsError(
            "data_sharing",
            5,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"bigint\",\"api_name\":\"id\",\"json_path\":\"$.data_sharing[5].module.id\"}")
        .hasCode("/data_sharing/6", "MANDATORY_NOT_FOUND")
        .hasCode("/data_sharing/7", "MANDATORY_NOT_FOUND")
        .hasCode("/data_sharing/8", "INVALID_DATA");
    String many =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> change("public", "Leads"))
            .collect(Collectors.joining(","));
    api.put(PATH, "{\"data_sharing\":[" + many + "]}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":100,\"api_name\":\"data_sharing\",\"json_path\":\"$.data_sharing\"}");
    assertThat(type(api.get(PATH), "Leads")).isEqualTo("private");
  }

  @Test
  void aModuleOfPublicPortalsStaysAsItIs() {
    var changes = org.server().installation().changes();
    changes.change(
        org.orgId(),
        org.adminId(),
        change -> {
          var body = Json.MAPPER.createObjectNode().put("share_type", "public_read_only");
          long module = change.metadata().get("Cases").id();
          change.insert(
              change.nextId(),
              "data_sharing",
              module,
              "Cases",
              body.put("public_in_portals", true));
          return module;
        });
    api.put(PATH, body(change("private", "Cases")))
        .hasStatus(400)
        .itemIsError(
            "data_sharing",
            0,
            "NOT_ALLOWED",
            "Cannot change the data sharing setting as module is made public in portals",
            module(0));
    assertThat(of(api.get(PATH), "Cases").path("public_in_portals").asBoolean()).isTrue();
  }

  @Test
  void whoMaySeeAndChangeThem() {
    long user = TestUsers.standard(org, "standard@example.com");
    Api standard = org.api(user, TestOrg.ALL_SCOPES);
    String details = "{\"permissions\":[\"Crm_Implied_Manage_Data_Sharing\"]}";
    standard.get(PATH).isError(403, "NO_PERMISSION", "permission denied", details);
    standard.put(PATH, body()).isError(403, "NO_PERMISSION", "permission denied", details);
    Api reader = org.api(org.adminId(), "ZohoCRM.settings.data_sharing.READ");
    reader.get(PATH).hasStatus(200);
    reader.put(PATH, body(change("public", "Leads"))).hasStatus(401);
  }

  private String change(String type, String module) {
    return "{\"share_type\":\"%s\",\"module\":{\"api_name\":\"%s\",\"id\":\"%s\"}}"
        .formatted(type, module, id(module));
  }

  private static String body(String... items) {
    return "{\"data_sharing\":[" + String.join(",", items) + "]}";
  }

  private static String module(int index) {
    return "{\"api_name\":\"module\",\"json_path\":\"$.data_sharing[%d].module\"}".formatted(index);
  }

  private String id(String module) {
    return Long.toString(org.metadata().get(module).id());
  }

  private static String type(Answer answer, String module) {
    return of(answer, module).path("share_type").asString("");
  }

  private static JsonNode of(Answer answer, String module) {
    return answer
        .at("/data_sharing")
        .valueStream()
        .filter(one -> one.path("module").path("api_name").asString("").equals(module))
        .findFirst()
        .orElseGet(() -> Json.MAPPER.missingNode());
  }
}
