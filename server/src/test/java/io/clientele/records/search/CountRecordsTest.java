package io.clientele.records.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** How many records there are. Reference: Record Count in a Module. */
@Proves("GET /crm/{version}/{module}/actions/count")
class CountRecordsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();

  private static int count(String module, String parameters) {
    Answer answer = API.get("/crm/v8/" + module + "/actions/count?" + parameters).hasStatus(200);
    assertThat(answer.json().propertyNames()).containsExactly("count");
    assertThat(answer.at("/count").isNumber()).isTrue();
    return answer.at("/count").asInt();
  }

  @Test
  void allThatAreThereNow() {
    var contacts = new Searches(API, "Contacts", "Last_Name");
    assertThat(count("Contacts", "")).isZero();
    String id = contacts.create("{\"Last_Name\":\"One\",\"Email\":\"one@count.example.com\"}");
    contacts.create("{\"Last_Name\":\"Two\",\"Phone\":\"+1 555 010 0199\"}");
    assertThat(count("Contacts", "")).isEqualTo(2);
    assertThat(count("Contacts", "email=one%40count.example.com")).isEqualTo(1);
    assertThat(count("Contacts", "phone=5550100199")).isEqualTo(1);
    assertThat(count("Contacts", "word=tw")).isEqualTo(1);
    assertThat(count("Contacts", "criteria=(Last_Name:starts_with:t)")).isEqualTo(1);
    assertThat(count("Contacts", "criteria=(Last_Name:equals:one)&word=two")).isEqualTo(1);
    API.delete("/crm/v8/Contacts/" + id).hasStatus(200);
    assertThat(count("Contacts", "")).isEqualTo(1);
  }

  @Test
  void thoseOfAView() {
    var leads = new Searches(API, "Leads", "Last_Name");
    leads.create("{\"Last_Name\":\"Red\",\"Industry\":\"ASP\"}");
    leads.create("{\"Last_Name\":\"Blue\"}");
    String view =
        API.post(
                "/crm/v8/settings/custom_views?module=Leads",
                """
                {"custom_views":[{"name":"Red ones","access_type":"public","fields":[{"api_name":"id"}],
                  "criteria":{"field":{"api_name":"Last_Name"},"comparator":"equal","value":"Red"}}]}""")
            .hasStatus(201)
            .at("/custom_views/0/details/id")
            .asString();
    assertThat(count("Leads", "cvid=" + view)).isEqualTo(1);
    assertThat(count("Leads", "")).isEqualTo(2);
    assertThat(count("Leads", "converted=true")).isZero();
    assertThat(leads.answer("criteria", "(Last_Name:in:Red,Blue)", "cvid=" + view).ids())
        .hasSize(1);
    API.get("/crm/v8/Leads/actions/count?word=red&cvid=" + view)
        .isError(
            400,
            "AMBIGUITY_DURING_PROCESSING",
            "Please use either Cvid or Search Params. Combination of both the params is not allowed",
            "{\"ambiguity_due_to\":[{\"param_name\":\"cvid\"},{\"param_name\":\"word\"}]}");
    API.get("/crm/v8/Leads/actions/count?cvid=1")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"cvid\"}");
  }

  @Test
  void mistakes() {
    API.get("/crm/v8/Activities/actions/count")
        .isError(
            400,
            "NOT_SUPPORTED",
            "the given module is not supported for count",
            "{\"module\":\"Activities\"}");
    API.get("/crm/v8/Leads/actions/count?word=a")
        .isError(
            400,
            "INVALID_DATA",
            "provide atleast 2 letters for search",
            "{\"param_name\":\"word\"}");
    API.get("/crm/v8/Nothing/actions/count").hasCode("", "INVALID_MODULE").hasStatus(400);
    ORG.api(ORG.adminId(), "ZohoCRM.modules.contacts.READ")
        .get("/crm/v8/Leads/actions/count")
        .hasCode("", "OAUTH_SCOPE_MISMATCH")
        .hasStatus(401);
  }

  @Test
  void whoMayNotReadSeesNothing() {
    TestOrg other = TestOrg.create();
    long user = TestUsers.standard(other, "reader@example.com");
    TestUsers.refuse(other, "Standard", "Crm_Implied_View_Vendors");
    Api reader = other.api(user, TestOrg.ALL_SCOPES);
    for (String path : new String[] {"search?word=abc", "actions/count"}) {
      reader
          .get("/crm/v8/Vendors/" + path)
          .isError(
              403,
              "NO_PERMISSION",
              "permission denied",
              "{\"permissions\":[\"Crm_Implied_View_Vendors\"]}");
    }
  }
}
