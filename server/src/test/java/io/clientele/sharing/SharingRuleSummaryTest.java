package io.clientele.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules found, counted and run again. References: Search, Summary, Rerun Data Sharing Rules. */
@Proves({
  "POST /crm/{version}/settings/data_sharing/rules/search",
  "GET /crm/{version}/settings/data_sharing/rules/actions/summary",
  "POST /crm/{version}/settings/data_sharing/rules/actions/summary",
  "POST /crm/{version}/settings/data_sharing/rules/actions/run"
})
class SharingRuleSummaryTest {
  private static final String SEARCH = RuleOrg.RULES + "/search";
  private static final String SUMMARY = RuleOrg.RULES + "/actions/summary";
  private static final String RUN = RuleOrg.RULES + "/actions/run?module=Leads";
  private static final String ALL = "{\"type\":\"all_users\"}";

  private final RuleOrg rules = new RuleOrg();
  private final Api api = rules.api;
  private final String group = rules.group("Berlin");
  private final String east =
      rules.created("Leads", rules.byOwner("East", "read", RuleOrg.source("groups", group, false)));
  private final String west =
      rules.created(
          "Leads", rules.byOwner("West", "read_write", RuleOrg.source("roles", rules.ceo, true)));
  private final String ulm =
      rules.created(
          "Deals",
          RuleOrg.byCriteria(
              "Ulm east",
              "{\"comparator\":\"equal\",\"field\":{\"api_name\":\"Deal_Name\"},\"value\":\"Ulm\"}",
              ALL));

  @Test
  void rulesAreFound() {
    assertThat(found(is("name", "like", "\"EAST\""))).containsExactly(east, ulm);
    assertThat(found(is("permission_type", "equal", "\"read_write\""))).containsExactly(west);
    assertThat(found(is("superiors_allowed", "equal", "true"))).containsExactly(ulm);
    assertThat(found(is("superiors_allowed", "equal", "\"false\""))).containsExactly(east, west);
    assertThat(found(is("shared_from.type", "equal", "\"${EMPTY}\""))).containsExactly(ulm);
    assertThat(found(is("shared_to.type", "equal", "\"all_users\""))).containsExactly(ulm);
    assertThat(found(is("shared_to.resource.id", "in", "[\"%s\"]".formatted(group))))
        .containsExactly(east);
    assertThat(found(is("shared_from.resource.id", "in", "[%s]".formatted(rules.manager))))
        .containsExactly(east, west);
    api.delete(RuleOrg.RULES + "/" + west + "/actions/activate?module=Leads").hasStatus(200);
    assertThat(found(is("status", "equal", "\"inactive\""))).containsExactly(west);
    String both =
        group(
            "and",
            is("status", "equal", "\"active\""),
            group(
                "or",
                is("shared_to.type", "equal", "\"groups\""),
                is("shared_to.type", "equal", "\"roles\"")));
    assertThat(found(both)).containsExactly(east);
    api.post(SEARCH, filters(is("name", "like", "\"South\""))).hasStatus(204).hasNoBody();
    Answer deals = api.post(SEARCH + "?module=Deals", filters(is("name", "like", "\"east\"")));
    assertThat(deals.at("/sharing_rules").size()).isEqualTo(1);
    assertThat(deals.at("/info/count").asInt()).isEqualTo(1);
  }

  @Test
  void mistakesInFilters() {
    api.post(SEARCH, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"filters\",\"json_path\":\"$.filters\"}");
    api.post(SEARCH, "{\"filters\":[]}")
        .isError(
            400,
            "EXPECTED_FIELD_MISSING",
            "Specify at least one field.",
            "{\"expected_fields\":[{\"api_name\":\"group\",\"json_path\":\"$.filters[0].group\"},{\"api_name\":\"field\",\"json_path\":\"$.filters[0].field\"}]}");
    String name = is("name", "like", "\"x\"");
    api.post(SEARCH, filters(name + "," + name))
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":1,\"api_name\":\"filters\",\"json_path\":\"$.filters\"}");
    api.post(SEARCH, filters(group("xor", name)))
        .isError(
            400,
            "INVALID_DATA",
            "the value given is invalid",
            "{\"api_name\":\"group_operator\",\"json_path\":\"$.filters[0].group_operator\",\"supported_values\":[\"or\",\"and\"]}");
    api.post(SUMMARY, filters(is("name", "equal", "\"x\"")))
        .isError(
            400,
            "DEPENDENT_MISMATCH",
            "dependent mismatch",
            "{\"dependee\":{\"api_name\":\"api_name\",\"json_path\":\"$.filters[0].field.api_name\"},\"api_name\":\"comparator\",\"json_path\":\"$.filters[0].comparator\"}");
    api.post(SEARCH, filters("{\"field\":{\"api_name\":\"name\"},\"comparator\":\"like\"}"))
        .isError(
            400,
            "DEPENDENT_FIELD_MISSING",
            "dependent field missing",
            "{\"dependee\":{\"api_name\":\"field\",\"json_path\":\"$.filters[0].field\"},\"api_name\":\"value\",\"json_path\":\"$.filters[0].value\"}");
    api.post(SEARCH, filters(is("id", "equal", "\"x\"")))
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
    for (String wrong :
        List.of(
            "7",
            "{\"field\":7}",
            "{\"field\":{}}",
            "{\"group\":7,\"group_operator\":\"or\"}",
            "{\"group\":[7],\"group_operator\":\"or\"}",
            is("name", "like", "{}"),
            is("shared_to.resource.id", "in", "[]"))) {
      api.post(SEARCH, filters(wrong)).hasStatus(400);
    }
    api.post(SEARCH, "{\"filters\":7}").hasStatus(400);
    api.post(SEARCH + "?module=x", filters(name)).hasStatus(400);
  }

  @Test
  void rulesAreCounted() {
    Answer all = api.get(SUMMARY).hasStatus(200);
    assertThat(of(all, "Leads").path("rule_count").asInt()).isEqualTo(2);
    assertThat(of(all, "Deals").path("rule_count").asInt()).isEqualTo(1);
    assertThat(of(all, "Tasks").path("rule_count").asInt(-1)).isZero();
    assertThat(of(all, "Tasks").path("rule_computation_status").asBoolean(true)).isFalse();
    Answer deals = api.get(SUMMARY + "?module=Deals").hasStatus(200);
    assertThat(deals.at("/sharing_rules_summary").size()).isEqualTo(1);
    Answer some = api.post(SUMMARY, filters(is("name", "like", "\"east\""))).hasStatus(200);
    assertThat(some.at("/sharing_rules_summary").size()).isEqualTo(2);
    assertThat(of(some, "Leads").path("rule_count").asInt()).isEqualTo(1);
    api.post(SUMMARY, filters(is("name", "like", "\"south\""))).hasStatus(204).hasNoBody();
  }

  @Test
  void rulesAreRunAgain() {
    Answer scheduled = api.post(RUN, "").hasStatus(200);
    assertThat(scheduled.at("/sharing_rules/0/code").asString()).isEqualTo("SCHEDULED");
    assertThat(isRunning("Leads")).isTrue();
    assertThat(isRunning("Deals")).isFalse();
    String wait = "The scheduler is currently running";
    api.post(RUN, "").isError(400, "CANNOT_PROCESS", wait, "{}");
    api.delete(RuleOrg.one(east)).isError(400, "CANNOT_PROCESS", wait, "{}");
    api.delete(RuleOrg.RULES + "/" + east + "/actions/activate?module=Leads")
        .isError(400, "CANNOT_PROCESS", wait, "{}");
    api.put(RuleOrg.one(east), RuleOrg.body(rules.byOwner("x", "read", ALL)))
        .isError(400, "CANNOT_PROCESS", wait, "{}");
    rules.org.server().installation().jobs().runDue(rules.org.orgId());
    assertThat(isRunning("Leads")).isFalse();
    api.delete(RuleOrg.one(east)).hasStatus(200);
    api.post(RUN.replace("Leads", "Cases"), "").hasStatus(204).hasNoBody();
    api.post(RuleOrg.RULES + "/actions/run", "")
        .hasStatus(400)
        .hasCode("", "REQUIRED_PARAM_MISSING");
    rules
        .org
        .api(rules.org.adminId(), "ZohoCRM.settings.data_sharing.CREATE")
        .post(RUN, "")
        .hasStatus(401);
    rules
        .org
        .api(rules.org.adminId(), "ZohoCRM.settings.data_sharing.READ")
        .post(SEARCH, filters(is("name", "like", "\"\"")))
        .hasStatus(200);
    assertThat(TestOrg.ALL_SCOPES).contains("ZohoCRM.settings.ALL");
  }

  private boolean isRunning(String module) {
    boolean running = of(api.get(SUMMARY), module).path("rule_computation_status").asBoolean();
    boolean shown =
        api.get("/crm/v8/settings/data_sharing")
            .at("/data_sharing")
            .valueStream()
            .filter(one -> one.path("module").path("api_name").asString().equals(module))
            .allMatch(one -> one.path("rule_computation_running").asBoolean());
    assertThat(shown).isEqualTo(running);
    return running;
  }

  private List<String> found(String filter) {
    return api.post(SEARCH, filters(filter))
        .hasStatus(200)
        .at("/sharing_rules")
        .valueStream()
        .map(rule -> rule.path("id").asString())
        .toList();
  }

  private static JsonNode of(Answer answer, String module) {
    return answer
        .at("/sharing_rules_summary")
        .valueStream()
        .filter(one -> one.path("module").path("api_name").asString("").equals(module))
        .findFirst()
        .orElseThrow();
  }

  private static String filters(String filter) {
    return "{\"filters\":[" + filter + "]}";
  }

  private static String is(String field, String comparator, String value) {
    return "{\"field\":{\"api_name\":\"%s\"},\"comparator\":\"%s\",\"value\":%s}"
        .formatted(field, comparator, value);
  }

  private static String group(String operator, String... parts) {
    return "{\"group_operator\":\"%s\",\"group\":[%s]}"
        .formatted(operator, String.join(",", parts));
  }
}
