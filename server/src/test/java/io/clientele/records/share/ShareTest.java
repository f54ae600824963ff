package io.clientele.records.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.Shape;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shares of records. References: Share Records, Share Permissions, Revoke Shared Records. */
@Proves({
  "GET /crm/{version}/{module}/{id}/actions/share",
  "POST /crm/{version}/{module}/{id}/actions/share",
  "PUT /crm/{version}/{module}/{id}/actions/share",
  "DELETE /crm/{version}/{module}/{id}/actions/share"
})
class ShareTest {
  private static final Shape SHARE =
      Shape.of(
          """
          shared_with: object, share_related_records: flag, shared_through: object,
          shared_time: time, permission: text, shared_by: object, type: text""");

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final long user = TestUsers.standard(org, "one@example.com");
  private final String lead = lead("L");
  private final String path = "/crm/v8/Leads/" + lead + "/actions/share";

  @Test
  void recordsAreSharedAndListed() {
    api.get(path).hasStatus(204);
    String role = role("Manager");
    String group = group("G", user);
    Answer made =
        api.post(
                path, share(with("roles", role, "read_only"), with("groups", group, "full_access")))
            .hasStatus(201);
    assertThat(made.at("/share/1").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{},\"message\":\"record will be shared"
                + " successfully\",\"status\":\"success\"}");
    Answer list = api.get(path).hasStatus(200);
    list.at("/share").forEach(SHARE::check);
    assertThat(list.at("/share/0/shared_with/name").asString()).isEqualTo("G");
    assertThat(list.at("/share/1/shared_with").toString())
        .isEqualTo("{\"name\":\"Manager\",\"id\":\"" + role + "\",\"type\":\"roles\"}");
    assertThat(list.at("/share/0/shared_through/id").asString()).isEqualTo(lead);
    assertThat(api.get(path + "?sharedTo=" + user).at("/share").size()).isEqualTo(2);
    api.get(path + "?current_user=true").hasStatus(204);
    api.get(path + "?approved=false").hasStatus(204);
    api.get(path + "?view=manage").hasStatus(200);

    api.post(path, share(with("roles", role, "read_write"))).hasStatus(201);
    assertThat(permissions()).containsExactlyInAnyOrder("read_write", "full_access");
    api.put(path, share(with("groups", group, "read_only"))).hasStatus(201);
    assertThat(permissions()).containsExactly("read_only");
    assertThat(
            api.get("/crm/v8/settings/user_groups/" + group + "/actions/associations")
                .at("/associations/0/type")
                .asString())
        .isEqualTo("record_sharing");

    api.post(path, "{\"share\":[{\"type\":\"public\",\"permission\":\"read_only\"}]}")
        .hasStatus(201);
    Answer all = api.get(path).hasStatus(200);
    assertThat(all.at("/share").size()).isEqualTo(1);
    assertThat(all.at("/share/0/type").asString()).isEqualTo("public");
    assertThat(api.get(path + "?current_user=true").at("/share").size()).isEqualTo(1);

    assertThat(api.delete(path).hasStatus(200).at("/share").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + lead
                + "\"},\"message\":\"Sharing Revoked\",\"status\":\"success\"}");
    api.get(path).hasStatus(204);
    api.delete(path)
        .isError(
            400, "CANNOT_PROCESS", "No sharing through this record is available to revoke", "{}");
  }

  @Test
  void wrongSharesAreRefusedAndRightOnesKept() {
    String role = role("Manager");
    Answer mixed =
        api.post(path, share(with("roles", role, "read_only"), with("users", "1", "read_only")))
            .hasStatus(207);
    mixed.itemIsError(
        "share", 1, "INVALID_DATA", "invalid user Id", "{" + at(1, "id", "shared_with.id") + "}");
    assertThat(permissions()).containsExactly("read_only");
    refused(with("groups", "1", "read_only"), "invalid group Id", at(0, "id", "shared_with.id"));
    refused(
        with("roles", Long.toString(user), "read_only"),
        "invalid role Id",
        at(0, "id", "shared_with.id"));
    refused(
        with("roles", role, "write"),
        "invalid data",
        "\"regex\":\"read_only|read_write|full_access\"," + at(0, "permission", "permission"));
    refused(
        with("roles", role, "read_only").replace("private", "x"),
        "invalid data",
        "\"regex\":\"private|public\"," + at(0, "type", "type"));
    refused(
        with("roles", role, "read_only").replace("private", "public"),
        "invalid data",
        "\"dependee\":{\"api_name\":\"type\",\"json_path\":\"$.share[0].type\"},"
            + at(0, "shared_with", "shared_with"));
    refused(
        with("users", Long.toString(org.adminId()), "read_only"),
        "cannot share to the user",
        at(0, "shared_with", "shared_with"));
    long waiting = TestUsers.create(org, "w@example.com", "Standard", "active", false);
    refused(
        with("users", Long.toString(waiting), "read_only"),
        "cannot share to the user",
        at(0, "shared_with", "shared_with"));
    for (String key : List.of("type", "permission", "shared_with")) {
      String without = with("roles", role, "read_only").replace("\"" + key + "\":", "\"x\":");
      if (!key.equals("type")) {
        api.post(path, share(without))
            .hasStatus(400)
            .itemIsError(
                "share",
                0,
                "MANDATORY_NOT_FOUND",
                "required field not found",
                "{" + at(0, key, key) + "}");
      }
    }
    assertThat(permissions()).containsExactly("read_only");
  }

  @Test
  void aRecordHasSoManySharesOfEachType() {
    String groups =
        Stream.of("A", "B", "C", "D", "E", "F")
            .map(name -> with("groups", group(name, user), "read_only"))
            .collect(Collectors.joining(","));
    api.post(path, share(groups))
        .hasStatus(207)
        .itemIsError(
            "share",
            5,
            "LIMIT_EXCEEDED",
            "Cannot share a record to more than 5 groups",
            "{\"limit\":5," + at(5, "type", "shared_with.type") + "}");
    assertThat(permissions()).hasSize(5);
    String many = Stream.generate(() -> "{}").limit(21).collect(Collectors.joining(","));
    api.post(path, share(many))
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":20,\"api_name\":\"share\",\"json_path\":\"$.share\"}");
  }

  @Test
  void bodiesAndPathsAreChecked() {
    String everybody = "{\"type\":\"public\",\"permission\":\"read_only\"}";
    api.post(path, share(everybody, with("roles", role("CEO"), "read_only")))
        .isError(
            400,
            "AMBIGUITY_DURING_PROCESSING",
            "For public sharing more than one json object is given",
            "{\"ambiguity_due_to\":[{\"api_name\":\"type\",\"json_path\":\"$.share[0].type\"}]}");
    api.post(path, share(everybody).replace("]}", "],\"notify_shared_members\":true}"))
        .isError(
            403,
            "NOT_ALLOWED",
            "Feeds is not enabled for this org",
            "{\"api_name\":\"notify_shared_members\",\"json_path\":\"$.notify_shared_members\"}");
    api.post(path, "{}").hasStatus(400);
    for (String name : List.of("view", "approved")) {
      api.get(path + "?" + name + "=x")
          .isError(
              400,
              "PATTERN_NOT_MATCHED",
              "Please check whether the input values are correct",
              "{\"api_name\":\"" + name + "\"}");
    }
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      for (String id : List.of("1", "x", Long.toString(user))) {
        api.send(method, "/crm/v8/Leads/" + id + "/actions/share", share(everybody))
            .isError(400, "INVALID_DATA", "ENTITY_ID_INVALID", "{\"resource_path_index\":1}");
      }
      api.send(method, "/crm/v8/Tasks/1/actions/share", share(everybody))
          .isError(
              403, "NOT_ALLOWED", "Record Level Sharing is not supported for this module", "{}");
      api.send(method, "/crm/v8/Nothing/1/actions/share", share(everybody))
          .hasCode("", "INVALID_MODULE");
    }
  }

  @Test
  void sharingNeedsItsPermission() {
    TestUsers.refuse(org, "Standard", "Crm_Implied_Share_Leads");
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    String body = share(with("roles", role("CEO"), "read_only"));
    for (Answer answer :
        List.of(other.post(path, body), other.put(path, body), other.delete(path))) {
      answer.isError(403, "NO_PERMISSION", "permission denied - access the api", "{}");
    }
    org.api(org.adminId(), "ZohoCRM.share.contacts.ALL").get(path).hasStatus(401);
    org.api(org.adminId(), "ZohoCRM.share.leads.ALL").get(path).hasStatus(204);
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Leads");
    other
        .get(path)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_View_Leads\"]}");
  }

  @Test
  void sharesComeBackWithTheirRecordAndGoWithIt() {
    api.post(path, share(with("roles", role("CEO"), "read_only"))).hasStatus(201);
    api.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    api.get(path).isError(400, "INVALID_DATA", "ENTITY_ID_INVALID", "{\"resource_path_index\":1}");
    api.post("/crm/v8/settings/recycle_bin/" + lead + "/actions/restore", "{}").hasStatus(200);
    assertThat(permissions()).containsExactly("read_only");
  }

  @Test
  void aShareLetsItsUserDoWhatItSays() {
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    String record = "/crm/v8/Leads/" + lead;
    String change = "{\"data\":[{\"Company\":\"X\"}]}";
    String id = Long.toString(user);
    other.get(record).hasStatus(204);
    other
        .get(path)
        .isError(400, "INVALID_DATA", "ENTITY_ID_INVALID", "{\"resource_path_index\":1}");
    api.post(path, share(with("users", id, "read_only"))).hasStatus(201);
    other.get(record).hasStatus(200);
    assertThat(other.get("/crm/v8/Leads?fields=Last_Name").at("/data").size()).isEqualTo(1);
    other.put(record, change).hasStatus(400);
    assertThat(api.get(path).at("/share/0/shared_with/zuid").asString()).isEqualTo(id);
    refused(
        with("users", id, "read_only"),
        "cannot share to the user",
        at(0, "shared_with", "shared_with"));
    assertThat(permissions()).containsExactly("read_only");
    for (Answer answer :
        List.of(
            other.post(path, share(with("roles", role("CEO"), "read_only"))),
            other.put(path, share(with("roles", role("CEO"), "read_only"))),
            other.delete(path))) {
      answer.isError(403, "INVALID_DATA", "Shared record cannot be shared to other users", "{}");
    }
    assertThat(other.get(path + "?current_user=true").at("/share").size()).isEqualTo(1);
    api.post(path, share(with("users", id, "read_write"))).hasStatus(201);
    other.put(record, change).hasStatus(200);
    other.delete(record).hasStatus(400);
    api.put(path, share(with("groups", group("G", user), "full_access"))).hasStatus(201);
    other.delete(record).hasStatus(200);
  }

  @Test
  void everybodyAndRolesSeeWhatIsSharedWithThem() {
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    String record = "/crm/v8/Leads/" + lead;
    api.post(path, "{\"share\":[{\"type\":\"public\",\"permission\":\"read_only\"}]}")
        .hasStatus(201);
    other.get(record).hasStatus(200);
    api.put(path, share(with("roles", role("CEO"), "read_only"))).hasStatus(201);
    other.get(record).hasStatus(204);
    api.put(path, share(with("roles", role("Manager"), "read_only"))).hasStatus(201);
    other.get(record).hasStatus(200);
    api.delete(path).hasStatus(200);
    other.get(record).hasStatus(204);
  }

  @Test
  void relatedRecordsAreSharedAlong() {
    String account =
        api.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"A\"}]}").savedId(0);
    String contact =
        api.post(
                "/crm/v8/Contacts",
                "{\"data\":[{\"Last_Name\":\"C\",\"Account_Name\":{\"id\":\"" + account + "\"}}]}")
            .savedId(0);
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    String shares = "/crm/v8/Accounts/" + account + "/actions/share";
    String alone = with("users", Long.toString(user), "read_only");
    api.put(shares, share(alone)).hasStatus(201);
    other.get("/crm/v8/Contacts/" + contact).hasStatus(204);
    api.put(shares, share(alone.replace("{\"shared", "{\"share_related_records\":true,\"shared")))
        .hasStatus(201);
    other.get("/crm/v8/Contacts/" + contact).hasStatus(200);
    assertThat(api.get(shares).at("/share/0/share_related_records").asBoolean()).isTrue();
  }

  private void refused(String entry, String message, String details) {
    api.post(path, share(entry))
        .hasStatus(400)
        .itemIsError("share", 0, "INVALID_DATA", message, "{" + details + "}");
  }

  private static String at(int index, String name, String place) {
    return "\"api_name\":\"%s\",\"json_path\":\"$.share[%d].%s\"".formatted(name, index, place);
  }

  private List<String> permissions() {
    return api.get(path)
        .hasStatus(200)
        .at("/share")
        .valueStream()
        .map(one -> one.path("permission").asString())
        .toList();
  }

  private static String share(String... entries) {
    return "{\"share\":[" + String.join(",", entries) + "]}";
  }

  private static String with(String type, String id, String permission) {
    return "{\"shared_with\":{\"type\":\"%s\",\"id\":\"%s\"},\"permission\":\"%s\",\"type\":\"private\"}"
        .formatted(type, id, permission);
  }

  private String lead(String name) {
    return api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"" + name + "\"}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private String group(String name, long userId) {
    return api.post(
            "/crm/v8/settings/user_groups",
            "{\"user_groups\":[{\"name\":\""
                + name
                + "\",\"sources\":[{\"type\":\"users\",\"source\":{\"id\":\""
                + userId
                + "\"}}]}]}")
        .hasStatus(201)
        .at("/user_groups/0/details/id")
        .asString();
  }

  private String role(String name) {
    return org.metadata().people().roles().values().stream()
        .filter(role -> role.name().equals(name))
        .findFirst()
        .map(role -> Long.toString(role.id()))
        .orElseThrow();
  }
}
