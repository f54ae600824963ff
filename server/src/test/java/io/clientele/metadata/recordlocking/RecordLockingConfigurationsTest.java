package io.clientele.metadata.recordlocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.metadata.layouts.TestLayouts;
import io.clientele.metadata.recordlocking.RecordLocking.LockType;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How records of a module are locked. Reference: Record Locking Configuration. */
@Proves({
  "GET /crm/{version}/settings/record_locking_configurations",
  "GET /crm/{version}/settings/record_locking_configurations/{configuration}",
  "POST /crm/{version}/settings/record_locking_configurations",
  "PUT /crm/{version}/settings/record_locking_configurations",
  "PUT /crm/{version}/settings/record_locking_configurations/{configuration}",
  "DELETE /crm/{version}/settings/record_locking_configurations",
  "DELETE /crm/{version}/settings/record_locking_configurations/{configuration}"
})
class RecordLockingConfigurationsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String ROOT = "$.record_locking_configurations[0]";
  private static final String RULE =
      "{'name':'%s','criteria':{'comparator':'equal','field':{'api_name':'%s'},'value':'%s'}}";

  private final Api api = ORG.api();

  private static String path(String module, String id) {
    return "/crm/v8/settings/record_locking_configurations" + id + "?module=" + module;
  }

  private static String body(String configuration) {
    return ("{'record_locking_configurations':[" + configuration + "]}").replace('\'', '"');
  }

  private String create(String module, String configuration) {
    Answer answer = api.post(path(module, ""), body(configuration)).hasStatus(201);
    assertThat(answer.at("/record_locking_configurations/0/message").asString())
        .isEqualTo("record locking configuration created successfully");
    return answer.at("/record_locking_configurations/0/details/id").asString();
  }

  private JsonNode read(String module) {
    return api.get(path(module, "")).hasStatus(200).at("/record_locking_configurations/0");
  }

  private static void isError(Answer answer, String code, String message, String details) {
    answer.hasStatus(400);
    JsonNode error = answer.at("/record_locking_configurations/0");
    assertThat(error.path("code").asString("")).as(answer::toString).isEqualTo(code);
    assertThat(error.path("message").asString("")).as(answer::toString).isEqualTo(message);
    assertThat(error.path("details"))
        .as(answer::toString)
        .isEqualTo(Json.MAPPER.readTree(details.replace('\'', '"')));
  }

  private void refused(String configuration, String code, String message, String details) {
    isError(api.post(path("Cases", ""), body(configuration)), code, message, details);
  }

  private static String at(String name, String path) {
    return "{'api_name':'" + name + "','json_path':'" + ROOT + path + "'}";
  }

  private static String oneOf(String values, String name, String path) {
    return "{'supported_values':[" + values + "]," + at(name, path).substring(1);
  }

  private static String depends(String dependee, String name) {
    return "{'dependee':" + at(dependee, "." + dependee) + "," + at(name, "." + name).substring(1);
  }

  @Test
  void aConfigurationIsKeptWithItsDefaults() {
    api.get(path("Vendors", "")).hasStatus(204).hasNoBody();
    String id = create("Vendors", "{'lock_type':'manual'}");
    JsonNode kept = read("Vendors");
    assertThat(kept.path("id").asString()).isEqualTo(id);
    assertThat(kept.path("lock_type").asString()).isEqualTo("manual");
    assertThat(kept.path("locked_for").asString()).isEqualTo("all_profiles");
    assertThat(kept.path("feature_type").asString()).isEqualTo("record_locking");
    assertThat(kept.path("restricted_actions")).hasSize(1);
    assertThat(kept.at("/restricted_actions/0").asString()).isEqualTo("update");
    assertThat(kept.path("lock_for_portal_users").asBoolean()).isTrue();
    assertThat(kept.path("system_defined").asBoolean()).isFalse();
    assertThat(kept.path("locking_rules")).isEmpty();
    assertThat(kept.path("excluded_fields")).isEmpty();
    assertThat(kept.path("lock_excluded_profiles").isNull()).isTrue();
    assertThat(kept.path("restricted_custom_buttons").isNull()).isTrue();
    assertThat(kept.at("/created_by/id").asString()).isEqualTo(Long.toString(ORG.adminId()));
    assertThat(api.get(path("Vendors", "/" + id)).at("/record_locking_configurations/0"))
        .isEqualTo(kept);
    api.get(path("Vendors", "") + "&feature_type=record_locking").hasStatus(200);
    api.get(path("Vendors", "") + "&feature_type=other")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"feature_type\"}");
    api.post(path("Vendors", ""), body("{'lock_type':'manual'}"))
        .isError(
            400,
            "LIMIT_EXCEEDED",
            "Configuration already created for this module",
            "{\"param_name\":\"module\",\"limit\":1}");
  }

  @Test
  void aConfigurationIsToldWhole() {
    TestLayouts leads = new TestLayouts(api, "Leads");
    String profile = leads.profile("Administrator");
    String city = leads.field("City");
    create(
        "Leads",
        "{'lock_type':'both','locked_for':'all_profiles_except_excluded_profiles',"
            + "'lock_excluded_profiles':[{'id':'"
            + profile
            + "'}],'excluded_fields':[{'id':'"
            + city
            + "'},{'api_name':'Annual_Revenue'}],'restricted_actions':['delete','tags'],"
            + "'restricted_communications':['send_mail'],'restricted_custom_buttons':null,"
            + "'lock_for_portal_users':false,'locking_rules':[{'name':'Old',"
            + "'lock_existing_records':true,'criteria':{'group_operator':'AND','group':["
            + "{'comparator':'less_than','field':{'api_name':'Created_Time'},"
            + "'value':'2018-10-01T01:00:00+05:30'},{'comparator':'equal','field':{'id':'"
            + city
            + "'},'value':'Paris'}]}}]}");
    JsonNode kept = read("Leads");
    assertThat(kept.at("/lock_excluded_profiles/0/name").asString()).isEqualTo("Administrator");
    assertThat(kept.at("/excluded_fields/0/api_name").asString()).isEqualTo("City");
    assertThat(kept.at("/excluded_fields/1/api_name").asString()).isEqualTo("Annual_Revenue");
    assertThat(kept.at("/restricted_actions").toString())
        .isEqualTo("[\"update\",\"delete\",\"tags\"]");
    JsonNode rule = kept.at("/locking_rules/0");
    assertThat(rule.path("name").asString()).isEqualTo("Old");
    assertThat(rule.path("lock_existing_records").asBoolean()).isTrue();
    assertThat(rule.at("/criteria/group/1/field/id").asString()).isEqualTo(city);
    assertThat(rule.at("/criteria/group/1/value").asString()).isEqualTo("Paris");
    RecordLocking locking =
        RecordLocking.of(ORG.metadata(), ORG.metadata().get("Leads")).orElseThrow();
    assertThat(locking.lockType()).isEqualTo(LockType.BOTH);
    assertThat(locking.excludedFields()).containsExactlyInAnyOrder("City", "Annual_Revenue");
    assertThat(locking.excludedProfiles()).containsExactly(Long.valueOf(profile));
    assertThat(locking.restrictedActions()).contains("update", "delete", "tags");
    assertThat(locking.lockForPortalUsers()).isFalse();
    assertThat(locking.rules()).hasSize(1);
    assertThat(RecordLocking.of(ORG.metadata(), ORG.metadata().get("Quotes"))).isEmpty();
  }

  @Test
  void aConfigurationIsChangedAndDeleted() {
    String first = RULE.formatted("One", "Subject", "a");
    String id = create("Quotes", "{'lock_type':'automatic','locking_rules':[" + first + "]}");
    String rule = read("Quotes").at("/locking_rules/0/id").asString();
    String second = RULE.formatted("Two", "Subject", "b");
    String changed =
        "{'restricted_actions':null,'lock_type':'both','locking_rules':[{'id':'"
            + rule
            + "','name':'Uno'},"
            + second
            + "]}";
    Answer answer = api.put(path("Quotes", "/" + id), body(changed)).hasStatus(200);
    assertThat(answer.at("/record_locking_configurations/0/message").asString())
        .isEqualTo("record locking configuration updated successfully");
    JsonNode kept = read("Quotes");
    assertThat(kept.path("lock_type").asString()).isEqualTo("both");
    assertThat(kept.at("/restricted_actions/0").asString()).isEqualTo("update");
    assertThat(kept.path("locking_rules")).hasSize(2);
    assertThat(kept.at("/locking_rules/0/id").asString()).isEqualTo(rule);
    assertThat(kept.at("/locking_rules/0/name").asString()).isEqualTo("Uno");
    assertThat(kept.at("/locking_rules/0/criteria/value").asString()).isEqualTo("a");
    String gone = "{'id':'" + id + "','locking_rules':[{'id':'" + rule + "','_delete':true}]}";
    api.put(path("Quotes", ""), body(gone)).hasStatus(200);
    assertThat(read("Quotes").path("locking_rules")).hasSize(1);
    String three =
        RULE.formatted("3", "Subject", "3")
            + ","
            + RULE.formatted("4", "Subject", "4")
            + ","
            + RULE.formatted("5", "Subject", "5");
    String five = three + "," + RULE.formatted("6", "Subject", "6") + "," + first;
    isError(
        api.put(path("Quotes", ""), body("{'locking_rules':[" + five + "]}")),
        "LIMIT_EXCEEDED",
        "Maximum limit for locking rules exceeded",
        "{'limit':5,'available_limit':4," + at("locking_rules", ".locking_rules").substring(1));
    isError(
        api.put(path("Quotes", ""), body("{'id':'1'}")),
        "INVALID_DATA",
        "the id given seems to be invalid",
        at("id", ".id"));
    Answer deleted = api.delete(path("Quotes", "/" + id)).hasStatus(200);
    assertThat(deleted.at("/record_locking_configurations/0/message").asString())
        .isEqualTo("record locking configuration deleted");
    api.get(path("Quotes", "")).hasStatus(204);
    create("Quotes", "{'lock_type':'manual'}");
    api.delete(path("Quotes", "")).hasStatus(200);
    api.get(path("Quotes", "")).hasStatus(204);
  }

  @Test
  void wordsAreThoseOfTheReference() {
    refused("{}", "MANDATORY_NOT_FOUND", "required field not found", at("lock_type", ".lock_type"));
    refused(
        "{'lock_type':'x'}",
        "INVALID_DATA",
        "lock_type not found",
        oneOf("'manual','automatic','both'", "lock_type", ".lock_type"));
    refused(
        "{'lock_type':7}",
        "INVALID_DATA",
        "lock_type not found",
        oneOf("'manual','automatic','both'", "lock_type", ".lock_type"));
    refused(
        "{'lock_type':'manual','locked_for':'x'}",
        "INVALID_DATA",
        "locked_for not found",
        oneOf(
            "'all_profiles','all_profiles_except_excluded_profiles'", "locked_for", ".locked_for"));
    refused(
        "{'lock_type':'manual','feature_type':'x'}",
        "INVALID_DATA",
        "invalid data",
        at("feature_type", ".feature_type"));
    refused(
        "{'lock_type':'manual','restricted_actions':['update','x']}",
        "INVALID_DATA",
        "action not found",
        oneOf(
            "'convert','update','delete','change_owner','tags'",
            "restricted_actions",
            ".restricted_actions[1]"));
    refused(
        "{'lock_type':'manual','restricted_communications':['x']}",
        "INVALID_DATA",
        "communications not found",
        oneOf(
            "'send_mail','send_survey','send_portal_invitation'",
            "restricted_communications",
            ".restricted_communications[0]"));
    refused(
        "{'lock_type':'manual','restricted_communications':['send_survey']}",
        "NOT_SUPPORTED",
        "communications not found",
        at("restricted_communications", ".restricted_communications"));
    refused(
        "{'lock_type':'manual','restricted_custom_buttons':[{'id':'1'}]}",
        "INVALID_DATA",
        "custom button not found",
        at("id", ".restricted_custom_buttons[0].id"));
    refused(
        "{'lock_type':'manual','lock_excluded_profiles':[{'id':'1'}]}",
        "INVALID_DATA",
        "lock_excluded_profiles not found",
        at("id", ".lock_excluded_profiles[0].id"));
    refused(
        "{'lock_type':'manual','lock_for_portal_users':'yes'}",
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'boolean',"
            + at("lock_for_portal_users", ".lock_for_portal_users").substring(1));
    refused(
        "{'lock_type':'manual','excluded_fields':7}",
        "INVALID_DATA",
        "invalid data",
        "{'expected_data_type':'jsonarray',"
            + at("excluded_fields", ".excluded_fields").substring(1));
  }

  @Test
  void keysThatNeedOthersAreTold() {
    refused(
        "{'lock_type':'manual','locked_for':'all_profiles_except_excluded_profiles'}",
        "DEPENDENT_FIELD_MISSING",
        "lock_excluded_profiles should have been given when locked_for is given as"
            + " all_profiles_except_excluded_profiles ",
        depends("locked_for", "lock_excluded_profiles"));
    refused(
        "{'lock_type':'both'}",
        "DEPENDENT_FIELD_MISSING",
        "locking_rules should have been given when lock_type is given as automatic or both",
        depends("lock_type", "locking_rules"));
  }

  @Test
  void limitsAreThoseOfTheReference() {
    for (List<String> limit :
        List.of(
            List.of("restricted_custom_buttons", "restricted custom buttons", "30"),
            List.of("excluded_fields", "excluded fields", "15"),
            List.of("lock_excluded_profiles", "excluded profiles", "15"))) {
      String many =
          String.join(",", Collections.nCopies(Integer.parseInt(limit.get(2)) + 1, "{'id':'1'}"));
      refused(
          "{'lock_type':'manual','" + limit.get(0) + "':[" + many + "]}",
          "LIMIT_EXCEEDED",
          "Maximum limit for " + limit.get(1) + " exceeded",
          "{'limit':"
              + limit.get(2)
              + ",'available_limit':"
              + limit.get(2)
              + ","
              + at(limit.get(0), "." + limit.get(0)).substring(1));
    }
  }

  @Test
  void excludedFieldsAreFound() {
    TestLayouts cases = new TestLayouts(api, "Cases");
    String of = "{'lock_type':'manual','excluded_fields':[%s]}";
    String there = ".excluded_fields[0].";
    refused(
        of.formatted("{}"),
        "EXPECTED_FIELD_MISSING",
        "Field Id and apiname is missing.",
        "{'expected_fields':["
            + at("api_name", there + "api_name")
            + ","
            + at("id", there + "id")
            + "]}");
    refused(
        of.formatted("{'id':'" + cases.field("Email") + "','api_name':'Phone'}"),
        "AMBIGUITY_DURING_PROCESSING",
        "Field Id and apiname are ambiguous",
        "{'ambiguity_due_to':["
            + at("api_name", there + "api_name")
            + ","
            + at("id", there + "id")
            + "]}");
    refused(of.formatted("{'id':'1'}"), "INVALID_DATA", "field not found", at("id", there + "id"));
    refused(
        of.formatted("{'api_name':'Nothing'}"),
        "INVALID_DATA",
        "field not found",
        at("api_name", there + "api_name"));
    for (String name : List.of("Tag", "Owner", "Created_Time")) {
      refused(
          of.formatted("{'api_name':'" + name + "'}"),
          "NOT_SUPPORTED",
          "Field not supported",
          at("api_name", there + "api_name"));
    }
  }

  @Test
  void rulesAreChecked() {
    String of = "{'lock_type':'automatic','locking_rules':[%s]}";
    String field = ".locking_rules[0].criteria.field.";
    refused(
        of.formatted("{'name':'x'}"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("criteria", ".locking_rules[0].criteria"));
    refused(
        of.formatted(RULE.formatted("x", "Nothing", "1")),
        "INVALID_DATA",
        "field not found",
        at("api_name", field + "api_name"));
    refused(
        of.formatted(RULE.formatted("x", "Tag", "1")),
        "NOT_SUPPORTED",
        "field not supported",
        at("api_name", field + "api_name"));
    refused(
        of.formatted("{'name':'x','criteria':{'comparator':'equal','field':{},'value':1}}"),
        "EXPECTED_FIELD_MISSING",
        "Field Id and apiname is missing.",
        "{'expected_fields':["
            + at("api_name", field + "api_name")
            + ","
            + at("id", field + "id")
            + "]}");
    String one = RULE.formatted("One", "Subject", "a");
    refused(
        of.formatted(one + "," + RULE.formatted("one", "Subject", "b")),
        "DUPLICATE_DATA",
        "Duplicate rule name found, Enter unique rulename.",
        at("name", ".locking_rules[1].name"));
    refused(
        of.formatted(one + "," + RULE.formatted("Two", "Subject", "a")),
        "DUPLICATE_DATA",
        "Duplicate criteria found, Enter unique criteria.",
        at("criteria", ".locking_rules[1].criteria"));
    isError(
        api.post(path("Tasks", ""), body(of.formatted(one))),
        "NOT_SUPPORTED",
        "field not supported",
        at("api_name", field + "api_name"));
    isError(
        api.post(path("Tasks", ""), body(of.formatted(RULE.formatted("x", "Status", "Open")))),
        "NOT_SUPPORTED",
        "value not supported",
        at("value", ".locking_rules[0].criteria.value"));
    create("Tasks", of.formatted(RULE.formatted("x", "Status", "Completed")));
  }

  @Test
  void whatTheSystemMadeStays() {
    String id = create("Solutions", "{'lock_type':'manual'}");
    makeSystemDefined(Long.parseLong(id));
    String details = "{\"resource_path_index\":1}";
    for (String one : List.of("", "/" + id)) {
      api.put(path("Solutions", one), body("{'lock_type':'manual'}"))
          .isError(
              400, "NOT_ALLOWED", "Configuration created by system cannot be updated", details);
      api.delete(path("Solutions", one))
          .isError(
              400, "NOT_ALLOWED", "Configuration created by system cannot be deleted", details);
    }
  }

  /** As no operation does it. */
  private static void makeSystemDefined(long id) {
    ORG.server()
        .installation()
        .changes()
        .change(
            ORG.orgId(),
            ORG.adminId(),
            change -> {
              change.metadata().settings(RecordLocking.NOUN).stream()
                  .filter(setting -> setting.id() == id)
                  .forEach(
                      setting ->
                          change.update(
                              setting,
                              ((ObjectNode) setting.body().deepCopy())
                                  .put("system_defined", true)));
              return true;
            });
  }

  @Test
  void modulesIdsAndRightsAreChecked() {
    api.get("/crm/v8/settings/record_locking_configurations")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    api.get(path("Nothing", ""))
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
    api.post(path("Campaigns", ""), "{}")
        .isError(
            400,
            "NOT_SUPPORTED",
            "the module name given is not supported for the  feature",
            "{\"param_name\":\"module\"}");
    String invalid = "{\"resource_path_index\":2}";
    for (String wrong : List.of("/1", "/x")) {
      api.get(path("Invoices", wrong))
          .isError(400, "INVALID_DATA", "the id given seems to be invalid", invalid);
      api.delete(path("Invoices", wrong))
          .isError(400, "INVALID_DATA", "the id given seems to be invalid", invalid);
    }
    api.delete(path("Invoices", ""))
        .isError(400, "INVALID_DATA", "the id given seems to be invalid", invalid);
    Api other = ORG.api(TestUsers.standard(ORG, "locking@example.com"), TestOrg.ALL_SCOPES);
    for (Answer answer :
        List.of(
            other.get(path("Invoices", "")),
            other.post(path("Invoices", ""), "{}"),
            other.put(path("Invoices", ""), "{}"),
            other.delete(path("Invoices", "")))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
    }
  }
}
