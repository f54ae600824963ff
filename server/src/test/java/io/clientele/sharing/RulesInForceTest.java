package io.clientele.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.OrgPeople;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;

/** What defaults and rules do to the records of others, as soon as they are there. */
class RulesInForceTest {
  private static final String ALL = "{\"type\":\"all_users\"}";

  private final RuleOrg rules = new RuleOrg();
  private final OrgPeople people = new OrgPeople(rules.org);
  private final long head = people.addRole("Head", people.role("CEO"), false);
  private final long desk = people.addRole("Desk", head, false);
  private final Api owner = as(people.addUser("Owner", people.role("Manager")));
  private final Api boss = as(people.addUser("Boss", head));
  private final Api clerk = as(people.addUser("Clerk", desk));
  private final String lead = create("\"City\":\"Ulm\"");
  private final String other = create("\"City\":\"Bonn\"");

  @Test
  void theDefaultOfTheModuleOpensItsRecords() {
    sees(clerk, lead, false);
    share("public_read_only");
    sees(clerk, lead, true);
    changes(clerk, lead, false);
    share("public_read_write");
    changes(clerk, lead, true);
    clerk.delete("/crm/v8/Leads/" + lead).hasStatus(400);
    share("public");
    clerk.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    share("private");
    sees(clerk, other, false);
    sees(owner, other, true);
  }

  @Test
  void aRuleSharesWhatOthersOwn() {
    String id =
        rules.created(
            "Leads", rules.byOwner("R", "read", RuleOrg.source("roles", "" + desk, false)));
    sees(clerk, lead, true);
    changes(clerk, lead, false);
    sees(boss, lead, false);
    String change = rules.byOwner("R", "read_write", RuleOrg.source("roles", "" + head, true));
    rules.api.put(RuleOrg.one(id), RuleOrg.body(change)).hasStatus(200);
    changes(boss, lead, true);
    changes(clerk, lead, true);
    String activate = RuleOrg.RULES + "/" + id + "/actions/activate?module=Leads";
    rules.api.delete(activate).hasStatus(200);
    sees(clerk, lead, false);
    rules.api.put(activate, "").hasStatus(200);
    sees(clerk, lead, true);
    rules.api.delete(RuleOrg.one(id)).hasStatus(200);
    sees(clerk, lead, false);
  }

  @Test
  void superiorsOfThoseItIsSharedWithWhenItSaysSo() {
    String group = "" + people.addGroup("Desks", "roles", desk, false);
    String rule = rules.byOwner("R", "read", RuleOrg.source("groups", group, false));
    String id = rules.created("Leads", rule);
    sees(clerk, lead, true);
    sees(boss, lead, false);
    String change = rule.replace("\"superiors_allowed\":false", "\"superiors_allowed\":true");
    rules.api.put(RuleOrg.one(id), RuleOrg.body(change)).hasStatus(200);
    sees(boss, lead, true);
  }

  @Test
  void aRuleSharesWhatMeetsCriteria() {
    String city = "{\"comparator\":\"equal\",\"field\":{\"api_name\":\"City\"},\"value\":\"Ulm\"}";
    String id = rules.created("Leads", RuleOrg.byCriteria("R", city, ALL));
    sees(clerk, lead, true);
    sees(clerk, other, false);
    assertThat(clerk.get("/crm/v8/Leads?fields=City").ids()).containsExactly(lead);
    rules.api.put("/crm/v8/Leads/" + other, "{\"data\":[{\"City\":\"Ulm\"}]}").hasStatus(200);
    sees(clerk, other, true);
    rules.api.post(RuleOrg.RULES + "/actions/run?module=Leads", "").hasStatus(200);
    rules.org.server().installation().jobs().runDue(rules.org.orgId());
    sees(clerk, other, true);
    rules.api.delete(RuleOrg.one(id)).hasStatus(200);
    sees(clerk, other, false);
  }

  private void share(String type) {
    String module = Long.toString(rules.org.metadata().get("Leads").id());
    rules
        .api
        .put(
            "/crm/v8/settings/data_sharing",
            "{\"data_sharing\":[{\"share_type\":\"%s\",\"module\":{\"id\":\"%s\"}}]}"
                .formatted(type, module))
        .hasStatus(200);
  }

  private static void sees(Api user, String record, boolean expected) {
    user.get("/crm/v8/Leads/" + record).hasStatus(expected ? 200 : 204);
  }

  private static void changes(Api user, String record, boolean expected) {
    user.put("/crm/v8/Leads/" + record, "{\"data\":[{\"Company\":\"X\"}]}")
        .hasStatus(expected ? 200 : 400);
  }

  private Api as(long user) {
    return rules.org.api(user, TestOrg.ALL_SCOPES);
  }

  private String create(String fields) {
    return owner
        .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Doe\"," + fields + "}]}")
        .savedId(0);
  }
}
