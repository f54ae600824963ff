package io.clientele.records.emailsharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shared mails of records. References: Share Emails, Unshare Emails, Get Email Shared Details. */
@Proves({
  "POST /crm/{version}/{module}/{id}/actions/share_emails",
  "POST /crm/{version}/{module}/{id}/actions/unshare_emails",
  "POST /crm/{version}/{module}/actions/share_emails",
  "POST /crm/{version}/{module}/actions/unshare_emails",
  "GET /crm/{version}/{module}/{id}/__emails_sharing_details"
})
class EmailSharingTest {
  private static final String UNKNOWN = "the related id given seems to be invalid";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final String lead = lead();

  @Test
  void mailsOfARecordAreSharedAndNoLonger() {
    assertThat(details(lead).at("/__emails_sharing_details").toString())
        .isEqualTo("[{\"available_types\":[\"emails_sent_from_crm\"],\"share_from_users\":[]}]");
    Answer shared = api.post(share(lead), "{}").hasStatus(200);
    assertThat(shared.at("/data").toString()).isEqualTo(success("Successfully shared"));
    Answer details = details(lead);
    assertThat(details.at("/__emails_sharing_details/0/available_types").toString())
        .isEqualTo("[\"emails_sent_from_crm\",\"all_imap_shared_users\",\"all_emails\"]");
    assertThat(details.at("/__emails_sharing_details/0/share_from_users").toString())
        .isEqualTo(
            "[{\"name\":\"Patricia Boyle\",\"_type\":null,\"id\":\"" + org.adminId() + "\"}]");
    api.post(share(lead), "{}")
        .hasStatus(400)
        .rowIsError(
            0,
            "ALREADY_SHARED",
            "Emails are already shared to the colleagues already",
            "{\"id\":\"" + lead + "\"}");
    Answer revoked = api.post(unshare(lead), "{}").hasStatus(200);
    assertThat(revoked.at("/data").toString()).isEqualTo(success("Sharing revoked successfully"));
    assertThat(users(lead)).isEmpty();
    api.post(unshare(lead), "{}")
        .hasStatus(400)
        .rowIsError(
            0,
            "NOT_SHARED",
            "Emails are not  shared to the colleagues already",
            "{\"id\":\"" + lead + "\"}");
  }

  @Test
  void everyUserSharesMailsOfTheirOwn() {
    long one = TestUsers.standard(org, "one@example.com");
    long two = TestUsers.standard(org, "two@example.com");
    Api first = org.api(one, TestOrg.ALL_SCOPES);
    first.post(share(lead), "{}").isError(400, "INVALID_DATA", UNKNOWN, index(2));
    first
        .get("/crm/v8/Leads/" + lead + "/__emails_sharing_details")
        .isError(400, "INVALID_DATA", UNKNOWN, index(2));
    TestUsers.open(org, "Leads");
    first.post(share(lead), "{}").hasStatus(200);
    org.api(two, TestOrg.ALL_SCOPES).post(share(lead), "{}").hasStatus(200);
    assertThat(users(lead)).containsExactly(Long.toString(one), Long.toString(two));
    api.post(unshare(lead), "{}").hasCode("/data/0", "NOT_SHARED");
    api.delete("/crm/v8/users/" + one).hasStatus(200);
    assertThat(users(lead)).containsExactly(Long.toString(two));
  }

  @Test
  void severalRecordsHaveAnOutcomeEach() {
    String second = lead();
    api.post(share(second), "{}").hasStatus(200);
    Answer mixed =
        api.post("/crm/v8/Leads/actions/share_emails", ids(lead, second, lead, "1")).hasStatus(207);
    mixed.hasCode("/data/0", "SUCCESS").hasCode("/data/1", "ALREADY_SHARED");
    mixed.rowIsError(2, "DUPLICATE_DATA", "Duplicate Data", "{\"id\":\"" + lead + "\"}");
    mixed.rowIsError(3, "INVALID_DATA", UNKNOWN, "{\"id\":\"1\"}");
    assertThat(users(lead)).hasSize(1);
    String revoke = "/crm/v8/Leads/actions/unshare_emails";
    api.post(revoke, ids(lead, second)).hasStatus(200);
    assertThat(users(second)).isEmpty();
    api.post(revoke, ids(lead, "1")).hasStatus(400).hasCode("/data/0", "NOT_SHARED");
  }

  @Test
  void bodiesPathsAndPermissionsAreChecked() {
    String all = "/crm/v8/Leads/actions/share_emails";
    api.post(all, "{}")
        .isError(400, "MANDATORY_NOT_FOUND", "expected key is missing", "{\"api_name\":\"ids\"}");
    api.post(all, "{\"ids\":{}}").isError(400, "INVALID_DATA", "invalid data", type("jsonarray"));
    api.post(all, "{\"ids\":[{}]}").isError(400, "INVALID_DATA", "invalid data", type("bigint"));
    api.post(all, ids(Collections.nCopies(101, "1").toArray(String[]::new)))
        .isError(
            400, "INVALID_DATA", "invalid data", "{\"maximum_length\":100,\"api_name\":\"ids\"}");
    for (String id : List.of("1", "x", Long.toString(org.adminId()))) {
      api.post(share(id), "{}").isError(400, "INVALID_DATA", UNKNOWN, index(2));
    }
    api.post("/crm/v8/Tasks/1/actions/share_emails", "{}")
        .isError(400, "NOT_SUPPORTED", "the given module is not supported in api", index(0));
    api.post("/crm/v8/Nothing/1/actions/share_emails", "{}").hasCode("", "INVALID_MODULE");
    Api other = org.api(TestUsers.standard(org, "one@example.com"), TestOrg.ALL_SCOPES);
    TestUsers.open(org, "Leads");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Delete_Leads");
    other.post(share(lead), "{}").hasStatus(200);
    other
        .post(unshare(lead), "{}")
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Delete_Leads\"]}");
    org.api(org.adminId(), "ZohoCRM.modules.leads.READ").post(share(lead), "{}").hasStatus(401);
  }

  @Test
  void theyStayInTheBinAndGoWithTheRecord() {
    api.post(share(lead), "{}").hasStatus(200);
    api.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    api.post(unshare(lead), "{}").isError(400, "INVALID_DATA", UNKNOWN, index(2));
    String bin = "/crm/v8/settings/recycle_bin/" + lead;
    api.post(bin + "/actions/restore", "{}").hasStatus(200);
    assertThat(users(lead)).hasSize(1);
    api.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    api.delete(bin).hasStatus(200);
    assertThat(kept()).isZero();
  }

  private int kept() {
    return org.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                        io.clientele.db.Sql.sql(
                            "select count(*) from " + org.org().table("email_share")),
                        row -> row.getInt(1))
                    .getFirst());
  }

  private String success(String message) {
    return "[{\"code\":\"SUCCESS\",\"details\":{\"id\":\"%s\"},\"message\":\"%s\",\"status\":\"success\"}]"
        .formatted(lead, message);
  }

  private static String index(int place) {
    return "{\"resource_path_index\":" + place + "}";
  }

  private static String type(String type) {
    return "{\"expected_data_type\":\"" + type + "\",\"api_name\":\"ids\"}";
  }

  private static String ids(String... ids) {
    return "{\"ids\":[\"" + String.join("\",\"", ids) + "\"]}";
  }

  private static String share(String id) {
    return "/crm/v8/Leads/" + id + "/actions/share_emails";
  }

  private static String unshare(String id) {
    return "/crm/v8/Leads/" + id + "/actions/unshare_emails";
  }

  private Answer details(String id) {
    return api.get("/crm/v8/Leads/" + id + "/__emails_sharing_details").hasStatus(200);
  }

  private List<String> users(String id) {
    return details(id)
        .at("/__emails_sharing_details/0/share_from_users")
        .valueStream()
        .map(user -> user.path("id").asString())
        .toList();
  }

  private String lead() {
    return api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"L\"}]}").savedId(0);
  }
}
