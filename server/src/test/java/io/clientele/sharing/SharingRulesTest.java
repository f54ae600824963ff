package io.clientele.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.OrgPeople;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data sharing rules as settings. References: Data Sharing APIs. */
@Proves({
  "GET /crm/{version}/settings/data_sharing/rules",
  "POST /crm/{version}/settings/data_sharing/rules",
  "PUT /crm/{version}/settings/data_sharing/rules",
  "GET /crm/{version}/settings/data_sharing/rules/{rule}",
  "PUT /crm/{version}/settings/data_sharing/rules/{rule}",
  "DELETE /crm/{version}/settings/data_sharing/rules/{rule}",
  "PUT /crm/{version}/settings/data_sharing/rules/{rule}/actions/activate",
  "DELETE /crm/{version}/settings/data_sharing/rules/{rule}/actions/activate"
})
class SharingRulesTest {
  private static final String CITY =
      "{\"comparator\":\"equal\",\"field\":{\"api_name\":\"City\"},\"value\":\"Ulm\"}";
  private static final String ALL = "{\"type\":\"all_users\"}";
  private static final String UNKNOWN = "the given sharing rule id seems invalid.";
  private static final String THIRD = "{\"resource_path_index\":3}";

  private final RuleOrg rules = new RuleOrg();
  private final Api api = rules.api;

  @Test
  void anOrgHasNoRules() {
    api.get(RuleOrg.RULES).hasStatus(204).hasNoBody();
    api.get(RuleOrg.LEADS).hasStatus(204).hasNoBody();
  }

  @Test
  void aRuleAboutOwners() {
    String group = rules.group("Berlin");
    Answer made =
        rules
            .create(
                "Leads",
                rules.byOwner("East", "read_write", RuleOrg.source("groups", group, false)))
            .hasStatus(201)
            .hasCode("/sharing_rules/0", "SUCCESS");
    assertThat(made.at("/sharing_rules/0/message").asString())
        .isEqualTo("sharing rule is created successfully");
    String id = made.at("/sharing_rules/0/details/id").asString();
    String leads = Long.toString(rules.org.metadata().get("Leads").id());
    String expected =
        """
        {"id":"%s","name":"East","type":"Record_Owner_Based","permission_type":"read_write","superiors_allowed":false,
         "shared_from":{"resource":{"name":"Manager","id":"%s"},"type":"roles","subordinates":true},
         "shared_to":{"resource":{"name":"Berlin","id":"%s"},"type":"groups","subordinates":false},
         "module":{"api_name":"Leads","name":"Leads","id":"%s"},"status":"active","match_limit_exceeded":false}
        """
            .formatted(id, rules.manager, group, leads);
    Answer all = api.get(RuleOrg.RULES).hasStatus(200);
    assertThat(all.at("/sharing_rules/0")).isEqualTo(Json.MAPPER.readTree(expected));
    assertThat(all.at("/info"))
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"per_page\":200,\"count\":1,\"page\":1,\"more_records\":false}"));
    assertThat(api.get(RuleOrg.RULES + "/" + id).at("/sharing_rules/0/criteria").isNull()).isTrue();
    api.get(RuleOrg.RULES + "?module=Deals").hasStatus(204);
  }

  @Test
  void aRuleWithCriteria() {
    String id = rules.created("Leads", RuleOrg.byCriteria("Ulm", CITY, ALL));
    rules.created("Deals", RuleOrg.byCriteria("Ulm", amount(), ALL));
    Answer one = api.get(RuleOrg.one(id)).hasStatus(200);
    assertThat(one.at("/sharing_rules/0/criteria/field/api_name").asString()).isEqualTo("City");
    assertThat(one.at("/sharing_rules/0/criteria/value").asString()).isEqualTo("Ulm");
    assertThat(one.at("/sharing_rules/0/shared_from").isNull()).isTrue();
    assertThat(one.at("/sharing_rules/0/shared_to"))
        .isEqualTo(
            Json.MAPPER.readTree(
                "{\"resource\":null,\"type\":\"all_users\",\"subordinates\":false}"));
    assertThat(names(api.get(RuleOrg.RULES))).containsExactly("Ulm", "Ulm");
    assertThat(names(api.get(RuleOrg.RULES + "?per_page=1&page=2"))).containsExactly("Ulm");
    api.get(RuleOrg.RULES + "?page=3&per_page=1").hasStatus(204);
  }

  @Test
  void aRuleIsChanged() {
    String first = rules.created("Leads", rules.byOwner("First", "read", ALL));
    String second = rules.created("Leads", rules.byOwner("Second", "read", ALL));
    api.put(
            RuleOrg.one(first),
            RuleOrg.body(
                RuleOrg.byCriteria("Only Ulm", CITY, RuleOrg.source("roles", rules.ceo, false))))
        .hasStatus(200)
        .hasCode("/sharing_rules/0", "SUCCESS");
    Answer changed = api.get(RuleOrg.one(first));
    assertThat(changed.at("/sharing_rules/0/name").asString()).isEqualTo("Only Ulm");
    assertThat(changed.at("/sharing_rules/0/type").asString()).isEqualTo("Criteria_Based");
    assertThat(changed.at("/sharing_rules/0/shared_to/resource/name").asString()).isEqualTo("CEO");
    assertThat(changed.at("/sharing_rules/0/status").asString()).isEqualTo("active");
    String nameless =
        rules
            .byOwner("x", "read_write_delete", ALL)
            .replace("\"name\":\"x\"", "\"id\":\"" + second + "\"");
    api.put(RuleOrg.LEADS, RuleOrg.body(nameless)).hasStatus(200);
    Answer kept = api.get(RuleOrg.one(second));
    assertThat(kept.at("/sharing_rules/0/name").asString()).isEqualTo("Second");
    assertThat(kept.at("/sharing_rules/0/permission_type").asString())
        .isEqualTo("read_write_delete");
    api.put(RuleOrg.one(second), RuleOrg.body(rules.byOwner("ONLY ULM", "read", ALL)))
        .hasStatus(400)
        .itemIsError("sharing_rules", 0, "DUPLICATE_DATA", "duplicate data", at("name"));
    api.put(RuleOrg.LEADS, RuleOrg.body(rules.byOwner("x", "read", ALL)))
        .itemIsError(
            "sharing_rules", 0, "MANDATORY_NOT_FOUND", "required field not found", at("id"));
    api.put(RuleOrg.LEADS, RuleOrg.body(nameless.replace(second, "17")))
        .hasStatus(400)
        .itemIsError("sharing_rules", 0, "INVALID_DATA", "invalid data", at("id"));
    api.put(RuleOrg.one(first), RuleOrg.body(nameless))
        .itemIsError("sharing_rules", 0, "INVALID_DATA", "invalid data", at("id"));
  }

  @Test
  void aRuleIsDeactivatedActivatedAndDeleted() {
    String id = rules.created("Leads", rules.byOwner("R", "read", ALL));
    String activate = RuleOrg.RULES + "/" + id + "/actions/activate?module=Leads";
    api.put(activate, "")
        .isError(400, "ID_ALREADY_ACTIVE", "data sharing rule is already activated.", THIRD);
    Answer off = api.delete(activate).hasStatus(200).hasCode("/sharing_rules/0", "SUCCESS");
    assertThat(off.at("/sharing_rules/0/details/id").asString()).isEqualTo(id);
    assertThat(api.get(RuleOrg.one(id)).at("/sharing_rules/0/status").asString())
        .isEqualTo("inactive");
    api.delete(activate)
        .isError(400, "ID_ALREADY_DEACTIVATED", "data sharing rule is already deactivated.", THIRD);
    api.put(RuleOrg.one(id), RuleOrg.body(rules.byOwner("R2", "read", ALL))).hasStatus(200);
    assertThat(api.get(RuleOrg.one(id)).at("/sharing_rules/0/status").asString())
        .isEqualTo("inactive");
    api.put(activate, "").hasStatus(200);
    assertThat(api.get(RuleOrg.one(id)).at("/sharing_rules/0/status").asString())
        .isEqualTo("active");
    Answer gone = api.delete(RuleOrg.one(id)).hasStatus(200);
    assertThat(gone.at("/sharing_rules/0/message").asString()).isEqualTo("Sharing Rule deleted");
    api.delete(RuleOrg.one(id)).isError(400, "INVALID_DATA", UNKNOWN, THIRD);
    api.get(RuleOrg.one(id)).isError(400, "INVALID_DATA", UNKNOWN, THIRD);
    api.put(activate, "").isError(400, "INVALID_DATA", UNKNOWN, THIRD);
    api.get(RuleOrg.RULES).hasStatus(204);
  }

  @Test
  void mistakesInNewRules() {
    String good = rules.byOwner("R", "read", ALL);
    mistake("{}", "MANDATORY_NOT_FOUND", "required field not found", at("type"));
    mistake(
        good.replace("\"name\":\"R\",", ""),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("name"));
    mistake(
        good.replace("\"R\"", "7"),
        "INVALID_DATA",
        "invalid data",
        "{\"expected_data_type\":\"text\",\"api_name\":\"name\",\"json_path\":\"$.sharing_rules[0].name\"}");
    mistake(
        good.replace("\"read\"", "\"full\""),
        "INVALID_DATA",
        "the value given is invalid",
        "{\"supported_values\":[\"read\",\"read_write\",\"read_write_delete\"],\"api_name\":\"permission_type\",\"json_path\":\"$.sharing_rules[0].permission_type\"}");
    mistake(
        good.replace("{\"name\"", "{\"status\":\"inactive\",\"name\""),
        "NOT_ALLOWED",
        "status is not allowed in this api",
        at("status"));
    mistake(
        RuleOrg.byCriteria("R", CITY, ALL).replace("\"criteria\":", "\"other\":"),
        "DEPENDENT_FIELD_MISSING",
        "dependent field missing",
        dependent("type", "$.sharing_rules[0].type", "criteria", "$.sharing_rules[0].criteria"));
    mistake(
        good.replace("shared_from", "other"),
        "DEPENDENT_FIELD_MISSING",
        "dependent field missing",
        dependent(
            "type", "$.sharing_rules[0].type", "shared_from", "$.sharing_rules[0].shared_from"));
    mistake(
        good.replace(ALL, "{\"type\":\"groups\"}"),
        "DEPENDENT_FIELD_MISSING",
        "dependent field missing",
        dependent(
            "type",
            "$.sharing_rules[0].shared_to.type",
            "resource",
            "$.sharing_rules[0].shared_to.resource"));
    String mismatch =
        dependent(
            "type",
            "$.sharing_rules[0].shared_to.type",
            "id",
            "$.sharing_rules[0].shared_to.resource.id");
    for (String to :
        List.of(RuleOrg.source("groups", rules.ceo, false), RuleOrg.source("roles", "99", false))) {
      mistake(
          good.replace(ALL, to), "DEPENDENT_FIELD_MISMATCH", "dependent field mismatch", mismatch);
    }
    mistake(
        good.replace(ALL, RuleOrg.source("groups", rules.group("G"), true)),
        "DEPENDENT_FIELD_MISMATCH",
        "dependent field mismatch",
        dependent(
            "type",
            "$.sharing_rules[0].shared_to.type",
            "subordinates",
            "$.sharing_rules[0].shared_to.subordinates"));
    mistake(
        RuleOrg.byCriteria("R", CITY.replace("City", "Nowhere"), ALL),
        "INVALID_DATA",
        "invalid data",
        "{\"api_name\":\"api_name\",\"json_path\":\"$.sharing_rules[0].criteria.field.api_name\"}");
    api.get(RuleOrg.RULES).hasStatus(204);
    rules.created("Leads", good);
    mistake(good, "DUPLICATE_DATA", "duplicate data", at("name"));
  }

  private void mistake(String rule, String code, String message, String details) {
    rules
        .create("Leads", rule)
        .hasStatus(400)
        .itemIsError("sharing_rules", 0, code, message, details);
  }

  @Test
  void aModuleHasAtMostAHundred() {
    for (int i = 0; i < 100; i++) {
      rules.created("Solutions", rules.byOwner("R" + i, "read", ALL));
    }
    rules
        .create("Solutions", rules.byOwner("More", "read", ALL))
        .hasStatus(400)
        .itemIsError(
            "sharing_rules", 0, "INVALID_DATA", "Module limit exceeded", "{\"limit\":100}");
  }

  @Test
  void whatIsWrongAroundTheBody() {
    String rule = rules.byOwner("R", "read", ALL);
    api.post(RuleOrg.LEADS, RuleOrg.body(rule, rule))
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":1,\"api_name\":\"sharing_rules\",\"json_path\":\"$.sharing_rules\"}");
    api.post(RuleOrg.LEADS, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"sharing_rules\",\"json_path\":\"$.sharing_rules\"}");
    api.post(RuleOrg.RULES, RuleOrg.body(rule))
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    for (String module : List.of("Nothing", "Notes", "Quoted_Items", "users", "Emails")) {
      api.get(RuleOrg.RULES + "?module=" + module)
          .isError(
              400,
              "INVALID_DATA",
              "the module name given seems to be invalid",
              "{\"param_name\":\"module\"}");
    }
    String id = rules.created("Leads", rule);
    api.get(RuleOrg.RULES + "/" + id + "?module=Deals")
        .isError(400, "INVALID_DATA", UNKNOWN, THIRD);
    api.put(RuleOrg.RULES + "/" + id + "?module=Deals", RuleOrg.body(rule))
        .isError(400, "INVALID_DATA", UNKNOWN, THIRD);
    var other = new RuleOrg();
    other.api.get(RuleOrg.one(id)).isError(400, "INVALID_DATA", UNKNOWN, THIRD);
    other.api.get(RuleOrg.RULES + "/x").isError(400, "INVALID_DATA", UNKNOWN, THIRD);
  }

  @Test
  void whoMaySeeAndChangeRules() {
    long user = TestUsers.standard(rules.org, "standard@example.com");
    Api standard = rules.org.api(user, TestOrg.ALL_SCOPES);
    String details = "{\"permissions\":[\"Crm_Implied_Manage_Data_Sharing\"]}";
    standard.get(RuleOrg.RULES).isError(403, "NO_PERMISSION", "permission denied", details);
    standard
        .post(RuleOrg.LEADS, RuleOrg.body(rules.byOwner("R", "read", ALL)))
        .isError(403, "NO_PERMISSION", "permission denied", details);
    standard.delete(RuleOrg.one("1")).isError(403, "NO_PERMISSION", "permission denied", details);
    Api reader = rules.org.api(rules.org.adminId(), "ZohoCRM.settings.data_sharing.READ");
    reader.get(RuleOrg.RULES).hasStatus(204);
    reader.post(RuleOrg.LEADS, "{}").hasStatus(401);
  }

  @Test
  void aFieldThatARuleAsksForStays() {
    String made =
        api.post(
                "/crm/v8/settings/fields?module=Leads",
                "{\"fields\":[{\"field_label\":\"Region\",\"data_type\":\"text\",\"length\":20}]}")
            .at("/fields/0/details/id")
            .asString();
    String id =
        rules.created("Leads", RuleOrg.byCriteria("R", CITY.replace("City", "Region"), ALL));
    String field = "/crm/v8/settings/fields/" + made + "?module=Leads";
    api.delete(field).hasStatus(400);
    api.delete(RuleOrg.one(id)).hasStatus(200);
    api.delete(field).hasStatus(200);
  }

  @Test
  void aRoleThatGoesLeavesItsRulesToTheOneThatFollows() {
    var people = new OrgPeople(rules.org);
    long gone = people.addRole("Gone", people.role("CEO"), false);
    String id =
        rules.created(
            "Leads", rules.byOwner("R", "read", RuleOrg.source("roles", "" + gone, false)));
    api.delete("/crm/v8/settings/roles/" + gone + "?transfer_to_id=" + rules.manager)
        .hasStatus(200);
    assertThat(api.get(RuleOrg.one(id)).at("/sharing_rules/0/shared_to/resource/id").asString())
        .isEqualTo(rules.manager);
  }

  private static String amount() {
    return "{\"comparator\":\"greater_than\",\"field\":{\"api_name\":\"Amount\"},\"value\":10}";
  }

  private static List<String> names(Answer answer) {
    return answer
        .at("/sharing_rules")
        .valueStream()
        .map(rule -> rule.path("name").asString())
        .toList();
  }

  private static String at(String name) {
    return "{\"api_name\":\"%1$s\",\"json_path\":\"$.sharing_rules[0].%1$s\"}".formatted(name);
  }

  private static String dependent(String on, String onPath, String name, String path) {
    return "{\"dependee\":{\"api_name\":\"%s\",\"json_path\":\"%s\"},\"api_name\":\"%s\",\"json_path\":\"%s\"}"
        .formatted(on, onPath, name, path);
  }
}
