package io.clientele.records.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.OrgPeople;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why a user may do something with a record, or may not. */
@Proves("GET /clientele/v1/access/explain")
class ExplainTest {
  private static final String PATH = "/clientele/v1/access/explain";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final OrgPeople people = new OrgPeople(org);
  private final long sales = people.addRole("Sales", people.role("Manager"), false);
  private final long desk = people.addRole("Desk", people.role("Manager"), true);
  private final long boss = people.addUser("Boss", people.role("Manager"));
  private final long rep = people.addUser("Rep", sales);
  private final long clerk = people.addUser("Clerk", desk);
  private final long mate = people.addUser("Mate", desk);
  private final String lead = create(rep, "Leads", "\"Last_Name\":\"Doe\",\"City\":\"Ulm\"");

  @Test
  void administratorsOwnersAndThoseAboveThem() {
    Answer admin = explain(org.adminId(), "Leads", lead, "delete");
    assertThat(allowed(admin)).isTrue();
    assertThat(kinds(admin)).containsExactly("profile", "administrator");
    Answer own = explain(rep, "Leads", lead, "update");
    assertThat(allowed(own)).isTrue();
    assertThat(kinds(own)).containsExactly("profile", "owner");
    assertThat(own.at("/access/record/Owner/id").asString()).isEqualTo("" + rep);
    assertThat(own.at("/access/user/name").asString()).isEqualTo("Rep");
    assertThat(own.at("/access/module/api_name").asString()).isEqualTo("Leads");
    Answer above = explain(boss, "Leads", lead, "delete");
    assertThat(allowed(above)).isTrue();
    assertThat(messages(above))
        .contains("The role of the owner, Rep (Sales), is below the role Manager of Boss.");
    Answer stranger = explain(clerk, "Leads", lead, "read");
    assertThat(allowed(stranger)).isFalse();
    assertThat(kinds(stranger)).containsExactly("profile", "default", "owner", "nothing_else");
    assertThat(messages(stranger))
        .contains("Records of Leads are private.")
        .contains("The owner is Rep (Sales); neither is that Clerk, nor is the role below Desk.");
  }

  @Test
  void defaultsPeersSharesAndTerritories() {
    String product = create(rep, "Products", "\"Product_Name\":\"Pen\"");
    assertThat(kinds(explain(clerk, "Products", product, "read"))).contains("default");
    assertThat(allowed(explain(clerk, "Products", product, "update"))).isFalse();
    String own = create(clerk, "Leads", "\"Last_Name\":\"Roe\"");
    assertThat(messages(explain(mate, "Leads", own, "read")))
        .contains(
            "The owner, Clerk (Desk), has the same role as Mate, and its users see each other's"
                + " records.");
    people.share(lead, "Leads", "users", clerk, "read_write", false);
    Answer shared = explain(clerk, "Leads", lead, "update");
    assertThat(allowed(shared)).isTrue();
    assertThat(kinds(shared)).containsExactly("profile", "share");
    assertThat(allowed(explain(clerk, "Leads", lead, "delete"))).isFalse();
    String note = create(rep, "Leads/" + lead + "/Notes", "\"Note_Content\":\"Hi\"");
    assertThat(kinds(explain(clerk, "Notes", note, "read"))).containsExactly("profile", "parent");
    assertThat(allowed(explain(mate, "Notes", note, "read"))).isFalse();
  }

  @Test
  void rulesByTheirNames() {
    rule(
        "Sales to desk",
        "\"type\":\"Record_Owner_Based\",\"permission_type\":\"read\",\"shared_from\":"
            + source(sales));
    rule(
        "Ulm",
        "\"type\":\"Criteria_Based\",\"permission_type\":\"read_write\",\"criteria\":{\"comparator\":"
            + "\"equal\",\"field\":{\"api_name\":\"City\"},\"value\":\"Ulm\"}");
    Answer read = explain(clerk, "Leads", lead, "read");
    assertThat(kinds(read)).containsExactly("profile", "rule", "rule");
    assertThat(read.at("/access/reasons/1/name").asString()).isEqualTo("Sales to desk");
    assertThat(messages(read))
        .contains(
            "The rule 'Sales to desk' shares the records of the owner, Rep (Sales), with Clerk.")
        .contains(
            "The record meets the criteria of the rule 'Ulm', which shares such records with Clerk.");
    Answer update = explain(clerk, "Leads", lead, "update");
    assertThat(kinds(update)).containsExactly("profile", "rule");
    assertThat(update.at("/access/reasons/1/name").asString()).isEqualTo("Ulm");
    assertThat(allowed(explain(clerk, "Leads", lead, "delete"))).isFalse();
  }

  @Test
  void profilesAndLocks() {
    api.post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            "{\"record_locking_configurations\":[{\"lock_type\":\"manual\",\"locked_for\":\"all_profiles\","
                + "\"restricted_actions\":[\"update\",\"delete\"]}]}")
        .hasStatus(201);
    api.post(
            "/crm/v8/Leads/" + lead + "/Locking_Information__s",
            "{\"data\":[{\"Locked_Reason__s\":\"Audit\"}]}")
        .hasStatus(201);
    Answer locked = explain(rep, "Leads", lead, "update");
    assertThat(allowed(locked)).isFalse();
    assertThat(kinds(locked)).containsExactly("profile", "owner", "lock");
    assertThat(allowed(explain(rep, "Leads", lead, "delete"))).isFalse();
    assertThat(allowed(explain(rep, "Leads", lead, "read"))).isTrue();
    assertThat(allowed(explain(org.adminId(), "Leads", lead, "update"))).isFalse();
    TestUsers.refuse(org, "Standard", "Crm_Implied_Delete_Leads");
    Answer refused = explain(rep, "Leads", lead, "delete");
    assertThat(refused.at("/access/reasons/0/grants").asBoolean(true)).isFalse();
    assertThat(messages(refused))
        .contains("The profile Standard lacks the permission Crm_Implied_Delete_Leads.");
  }

  @Test
  void whoMayAskAboutWhom() {
    Api self = org.api(rep, TestOrg.ALL_SCOPES);
    assertThat(allowed(self.get(path("Leads", lead)).hasStatus(200))).isTrue();
    self.get(path("Leads", lead) + "&user=" + clerk)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Manage_Data_Sharing\"]}");
    String record = "{\"param_name\":\"record\"}";
    Api other = org.api(clerk, TestOrg.ALL_SCOPES);
    other.get(path("Leads", lead)).isError(400, "INVALID_DATA", "invalid data", record);
    other.get(path("Leads", "17")).isError(400, "INVALID_DATA", "invalid data", record);
    api.get(path("Leads", "x")).isError(400, "INVALID_DATA", "invalid data", record);
    api.get(path("Deals", lead)).isError(400, "INVALID_DATA", "invalid data", record);
    api.get(path("Leads", lead) + "&user=7")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"user\"}");
    api.get(path("Leads", lead) + "&action=see").hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(path("Nothing", lead)).hasStatus(400).hasCode("", "INVALID_MODULE");
    api.get(path("users", lead)).hasStatus(400);
    api.get(PATH + "?module=Leads").hasStatus(400).hasCode("", "REQUIRED_PARAM_MISSING");
    api.get(PATH + "?record=" + lead).hasStatus(400).hasCode("", "REQUIRED_PARAM_MISSING");
    org.api(rep, "ZohoCRM.modules.ALL").get(path("Leads", lead)).hasStatus(401);
  }

  private void rule(String name, String rest) {
    api.post(
            "/crm/v8/settings/data_sharing/rules?module=Leads",
            "{\"sharing_rules\":[{\"name\":\"%s\",\"superiors_allowed\":false,\"shared_to\":%s,%s}]}"
                .formatted(name, source(desk), rest))
        .hasStatus(201);
  }

  private static String source(long role) {
    return "{\"type\":\"roles\",\"resource\":{\"id\":\"" + role + "\"}}";
  }

  private String create(long user, String path, String fields) {
    return org.api(user, TestOrg.ALL_SCOPES)
        .post("/crm/v8/" + path, "{\"data\":[{" + fields + "}]}")
        .savedId(0);
  }

  private static String path(String module, String record) {
    return PATH + "?module=" + module + "&record=" + record;
  }

  private Answer explain(long user, String module, String record, String action) {
    return api.get(path(module, record) + "&user=" + user + "&action=" + action).hasStatus(200);
  }

  private static boolean allowed(Answer answer) {
    return answer.at("/access/allowed").asBoolean();
  }

  private static List<String> kinds(Answer answer) {
    return texts(answer, "kind");
  }

  private static List<String> messages(Answer answer) {
    return texts(answer, "message");
  }

  private static List<String> texts(Answer answer, String key) {
    return answer
        .at("/access/reasons")
        .valueStream()
        .map(reason -> reason.path(key).asString())
        .toList();
  }
}
