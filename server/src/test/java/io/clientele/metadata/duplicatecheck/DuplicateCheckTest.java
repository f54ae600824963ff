package io.clientele.metadata.duplicatecheck;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.metadata.Settings;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reference: Duplicate Check Option. */
@Proves({
  "GET /crm/{version}/settings/duplicate_check_preference",
  "POST /crm/{version}/settings/duplicate_check_preference",
  "PUT /crm/{version}/settings/duplicate_check_preference",
  "DELETE /crm/{version}/settings/duplicate_check_preference"
})
class DuplicateCheckTest {
  private static final String BASE = "/crm/v8/settings/duplicate_check_preference";
  private static final String PATH = BASE + "?module=Leads";
  private static final String NOUN = "duplicate_check_preference";
  private static final String CONVERTED =
      "{\"duplicate_check_preference\":{\"type\":\"converted_records\",\"type_configurations\":[]}}";

  /** Nothing is enabled in it. */
  private static final TestOrg EMPTY = TestOrg.create();

  @BeforeAll
  static void makeFieldsUnique() {
    makeUnique(EMPTY);
  }

  @Test
  void convertedLeadsAreLookedAt() {
    Api api = TestOrg.create().api();
    api.get(PATH).hasStatus(204).hasNoBody();
    message(
        api.post(PATH, CONVERTED), "Duplicate check enabled for converted_records successfully.");
    assertThat(api.get(PATH).hasStatus(200).text()).isEqualTo(CONVERTED);
    api.post(PATH, CONVERTED).isError(400, "ALREADY_CONFIGURED", "already configured.", "{}");
    message(api.delete(PATH), "Duplicate check disabled for converted_records successfully.");
    api.get(PATH).hasStatus(204);
    api.delete(PATH)
        .isError(
            403,
            "FEATURE_NOT_ENABLED",
            "The DuplicateCheckPreference for mapped_module_records feature is not yet enabled."
                + " Please enable it before doing this action.",
            "{}");
  }

  @Test
  void contactsAreLookedAtByPairsOfUniqueFields() {
    TestOrg org = TestOrg.create();
    makeUnique(org);
    Api api = org.api();
    String byName = "{\"api_name\":\"Email\"}";
    message(
        api.post(PATH, mapped(pair(byName, byName), "{\"api_name\":\"Contacts\"}")),
        "Duplicate check enabled for mapped_module_records successfully.");
    String email = named(org, "Leads", "Email");
    String other = named(org, "Contacts", "Email");
    String module =
        "{\"api_name\":\"Contacts\",\"name\":\"Contacts\",\"id\":\"" + moduleId(org) + "\"}";
    assertThat(api.get(PATH).hasStatus(200).text()).isEqualTo(mapped(pair(other, email), module));
    String phone = named(org, "Leads", "Phone");
    String skipped = "{\"api_name\":\"Email\",\"selected\":\"None\"}";
    String pairs = pair(named(org, "Contacts", "Phone"), phone) + "," + pair(skipped, byName);
    message(
        api.put(PATH, mapped(pairs, module)),
        "Updated fieldMapping for mapped_module_records successfully.");
    assertThat(api.get(PATH).text())
        .isEqualTo(mapped(pair(named(org, "Contacts", "Phone"), phone), module));
    DuplicateCheckPreference found = DuplicateCheckPreference.find(org.metadata()).orElseThrow();
    assertThat(found.mappings().getFirst().mapped().apiName()).isEqualTo("Phone");
    message(api.put(PATH, CONVERTED), "Updated fieldMapping for converted_records successfully.");
    assertThat(api.get(PATH).text()).isEqualTo(CONVERTED);
    message(api.delete(PATH), "Duplicate check disabled for converted_records successfully.");
    assertThat(DuplicateCheckPreference.find(org.metadata())).isEmpty();
  }

  @Test
  void whatIsNotEnabledIsNotChanged() {
    EMPTY
        .api()
        .put(PATH, CONVERTED)
        .hasStatus(403)
        .keyIsError(
            NOUN,
            "FEATURE_NOT_ENABLED",
            "The DuplicateCheckPreference for converted_records feature is not yet enabled."
                + " Please enable it before doing this action.",
            "{}");
  }

  @Test
  void onlyLeadsHaveThePreference() {
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      EMPTY
          .api()
          .send(method, BASE, CONVERTED)
          .isError(
              400,
              "REQUIRED_PARAM_MISSING",
              "One of the expected parameter is missing",
              "{\"param_name\":\"module\"}");
      EMPTY
          .api()
          .send(method, BASE + "?module=x", CONVERTED)
          .isError(
              400,
              "INVALID_MODULE",
              "the module name given seems to be invalid",
              "{\"param_name\":\"module\"}");
    }
    unsupported("GET", "the given module is not supported for this api");
    unsupported("DELETE", "the given module is not supported for this api");
    unsupported("POST", "The feature not avilable in the given module");
    unsupported("PUT", "The feature not avilable in the given module.");
  }

  @Test
  void wrongBodiesAreRefused() {
    String name = "{\"api_name\":\"Email\"}";
    String contacts = "{\"api_name\":\"Contacts\"}";
    refused("{}", "MANDATORY_NOT_FOUND", "required field not found", at(NOUN, ""));
    refused(
        "{\"duplicate_check_preference\":[]}",
        "INVALID_DATA",
        "invalid data",
        with("\"expected_data_type\":\"jsonobject\"", at(NOUN, "")));
    refused(
        "{\"duplicate_check_preference\":{}}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("type", ".type"));
    refused(
        "{\"duplicate_check_preference\":{\"type\":\"x\"}}",
        "INVALID_DATA",
        "invalid data",
        with(
            "\"supported_values\":[\"converted_records\",\"mapped_module_records\"]",
            at("type", ".type")));
    refused(
        "{\"duplicate_check_preference\":{\"type\":\"mapped_module_records\"}}",
        "DEPENDENT_FIELD_MISSING",
        "Dependent Field missing",
        with(
            "\"dependee\":" + at("type", ".type"),
            at("type_configurations", ".type_configurations")));
    refused(
        configured("{}"),
        "INVALID_DATA",
        "invalid data",
        with(
            "\"expected_data_type\":\"jsonarray\"",
            at("type_configurations", ".type_configurations")));
    refused(
        configured("[]"),
        "INVALID_DATA",
        "invalid data",
        at("type_configurations", ".type_configurations"));
    refused(
        configured("[5]"),
        "INVALID_DATA",
        "invalid data",
        with(
            "\"expected_data_type\":\"jsonobject\"",
            at("type_configurations", ".type_configurations[0]")));
    String first = ".type_configurations[0]";
    refused(
        configured("[{\"mapped_module\":" + contacts + "}]"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("field_mappings", first + ".field_mappings"));
    refused(
        configured("[{\"field_mappings\":[]}]"),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("mapped_module", first + ".mapped_module"));
    refused(
        mapped("", contacts),
        "INVALID_DATA",
        "invalid data",
        at("field_mappings", first + ".field_mappings"));
    refused(
        mapped("{\"current_field\":" + name + "}", contacts),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("mapped_field", first + ".field_mappings[0].mapped_field"));
    refused(
        mapped("{\"mapped_field\":" + name + "}", contacts),
        "MANDATORY_NOT_FOUND",
        "required field not found",
        at("current_field", first + ".field_mappings[0].current_field"));
    String field = first + ".field_mappings[0].mapped_field";
    refused(
        mapped(pair("{\"api_name\":\"Nothing\"}", name), contacts),
        "INVALID_DATA",
        "invalid data",
        at("api_name", field + ".api_name"));
    refused(
        mapped(pair("{\"id\":\"1\"}", name), contacts),
        "INVALID_DATA",
        "invalid data",
        at("id", field + ".id"));
    refused(
        mapped(pair("{\"id\":true}", name), contacts),
        "INVALID_DATA",
        "invalid data",
        with("\"expected_data_type\":\"bigint\"", at("id", field + ".id")));
    refused(
        mapped(pair("{}", name), contacts),
        "EXPECTED_FIELD_MISSING",
        "Specify at least one field.",
        "{\"expected_fields\":["
            + at("id", field + ".id")
            + ","
            + at("api_name", field + ".api_name")
            + "]}");
    String id = EMPTY.metadata().get("Contacts").field("Phone").orElseThrow().id() + "";
    refused(
        mapped(pair("{\"api_name\":\"Email\",\"id\":\"" + id + "\"}", name), contacts),
        "AMBIGUITY_DURING_PROCESSING",
        "two different crm fields are found",
        "{\"ambiguity_due_to\":["
            + at("id", field + ".id")
            + ","
            + at("api_name", field + ".api_name")
            + "]}");
    refused(
        mapped(pair(name, "{\"api_name\":\"Last_Name\"}"), contacts),
        "NOT_ALLOWED",
        "the given current_field API name is not a unique field API name.",
        at("api_name", first + ".field_mappings[0].current_field.api_name"));
    EMPTY
        .api()
        .post(PATH, mapped(pair(name, name), "{\"api_name\":\"Accounts\"}"))
        .hasStatus(403)
        .keyIsError(
            NOUN,
            "FEATURE_NOT_ENABLED",
            "feature not support in this module",
            at("mapped_module", first + ".mapped_module.id"));
    EMPTY.api().get(PATH).hasStatus(204);
  }

  @Test
  void thePreferenceNeedsThePermissionToCustomize() {
    TestOrg org = TestOrg.create();
    long user = TestUsers.standard(org, "nobody@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Customize_Zoho_CRM");
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    String permissions = "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}";
    for (Answer answer : List.of(other.get(PATH), other.post(PATH, CONVERTED))) {
      answer.isError(
          403, "NO_PERMISSION", "You don't have permission to perform this operation", permissions);
    }
    for (Answer answer : List.of(other.put(PATH, CONVERTED), other.delete(PATH))) {
      answer.isError(
          403, "NO_PERMISSION", "the user doesn't have permission for that module.", permissions);
    }
    org.api(org.adminId(), "ZohoCRM.settings.duplicate_check_preference.READ")
        .post(PATH, CONVERTED)
        .hasStatus(401);
  }

  private static void message(Answer answer, String message) {
    assertThat(answer.hasStatus(200).text())
        .isEqualTo(
            "{\"duplicate_check_preference\":{\"code\":\"SUCCESS\",\"details\":{},\"message\":\""
                + message
                + "\",\"status\":\"success\"}}");
  }

  private static void unsupported(String method, String message) {
    EMPTY
        .api()
        .send(method, BASE + "?module=Deals", CONVERTED)
        .isError(400, "NOT_SUPPORTED", message, "{\"param_name\":\"module\"}");
  }

  private static void refused(String body, String code, String message, String details) {
    EMPTY.api().post(PATH, body).isError(400, code, message, details);
  }

  private static String with(String detail, String details) {
    return "{" + detail + "," + details.substring(1);
  }

  private static String at(String name, String path) {
    return "{\"api_name\":\"" + name + "\",\"json_path\":\"$." + NOUN + path + "\"}";
  }

  private static String configured(String configurations) {
    return "{\"duplicate_check_preference\":{\"type\":\"mapped_module_records\","
        + "\"type_configurations\":"
        + configurations
        + "}}";
  }

  private static String mapped(String pairs, String module) {
    return configured("[{\"field_mappings\":[" + pairs + "],\"mapped_module\":" + module + "}]");
  }

  private static String pair(String mapped, String current) {
    return "{\"mapped_field\":" + mapped + ",\"current_field\":" + current + "}";
  }

  private static String named(TestOrg org, String module, String field) {
    long id = org.metadata().get(module).field(field).orElseThrow().id();
    return "{\"api_name\":\"" + field + "\",\"name\":\"" + module + "\",\"id\":\"" + id + "\"}";
  }

  private static long moduleId(TestOrg org) {
    return org.metadata().get("Contacts").id();
  }

  /** As if Email and Phone of both modules allowed no duplicates. */
  private static void makeUnique(TestOrg org) {
    var installation = org.server().installation();
    installation
        .database()
        .change(
            tx -> {
              for (String module : List.of("Leads", "Contacts")) {
                tx.update(
                    sql(
                        "update "
                            + org.org().table("setting")
                            + " set body = body || '{\"unique\":{\"casesensitive\":false}}'"
                            + " where noun = 'field' and parent_id = ?"
                            + " and api_name in ('Email', 'Phone')",
                        org.metadata().get(module).id()));
              }
              Settings.changed(tx, org.org());
            });
    installation.metadata().changed(org.orgId());
  }
}
