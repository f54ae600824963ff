package io.clientele.records.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which fields go where, and which records a lead may already be. */
@Proves({
  "GET /crm/{version}/Leads/{id}/__conversion_options",
  "GET /clientele/v1/settings/lead_conversion_mapping",
  "PUT /clientele/v1/settings/lead_conversion_mapping"
})
class LeadConversionMappingTest {
  private static final String PATH = "/clientele/v1/settings/lead_conversion_mapping";

  @Test
  void customFieldsGoWhereTheyAreMapped() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    field(api, "Leads", "Code", "\"unique\":{\"case_sensitive\":false}");
    field(api, "Contacts", "Key", "\"unique\":{\"case_sensitive\":false}");
    JsonNode standard = api.get(PATH).hasStatus(200).at("/lead_conversion_mapping");
    assertThat(standard.at("/0/mapped_module/api_name").asString()).isEqualTo("Accounts");
    assertThat(standard.at("/0/field_mappings/0/current_field/api_name").asString())
        .isEqualTo("Company");
    assertThat(standard.at("/0/field_mappings/0/mapped_field/api_name").asString())
        .isEqualTo("Account_Name");

    api.put(PATH, mapping("Contacts", pair("Code", "Key"), pair("Company", "Department")))
        .hasStatus(200);
    assertThat(api.get(PATH).at("/lead_conversion_mapping/1/field_mappings").size()).isEqualTo(3);
    String contact =
        convert(api, lead(api, "C-1", "Acme"), "").at("/data/0/details/Contacts/id").asString();
    JsonNode read = api.get("/crm/v8/Contacts/" + contact).at("/data/0");
    assertThat(read.path("Key").asString()).isEqualTo("C-1");
    assertThat(read.path("Department").asString()).isEqualTo("Acme");
    assertThat(read.path("Last_Name").asString()).isEqualTo("Lee");
    assertThat(read.path("Email").isNull()).isTrue();

    String second =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Lee\",\"Company\":\"B\"}]}")
            .savedId(0);
    api.put("/crm/v8/Leads", "{\"data\":[{\"id\":\"" + second + "\",\"Code\":\"c-2\"}]}")
        .hasStatus(200);
    api.put("/crm/v8/Contacts", "{\"data\":[{\"id\":\"" + contact + "\",\"Key\":\"C-2\"}]}")
        .hasStatus(200);
    JsonNode options =
        api.get("/crm/v8/Leads/" + second + "/__conversion_options")
            .hasStatus(200)
            .at("/__conversion_options");
    assertThat(options.at("/module_preference/api_name").asString()).isEqualTo("Contacts");
    assertThat(options.at("/Contacts/0/id").asString()).isEqualTo(contact);
    JsonNode matched = options.at("/preference_field_matched_value/Contacts/0");
    assertThat(matched.at("/field/api_name").asString()).isEqualTo("Key");
    assertThat(matched.at("/field/unique").asBoolean()).isTrue();
    assertThat(matched.path("matched_lead_value").asString()).isEqualTo("c-2");
    Answer duplicate = convert(api, second, "").hasStatus(400);
    duplicate.hasCode("/data/0", "DUPLICATE_DATA");
    assertThat(duplicate.at("/data/0/details/id").asString()).isEqualTo(contact);
    assertThat(
            convert(api, second, "\"add_to_existing_record\":true")
                .hasStatus(200)
                .at("/data/0/details/Contacts/id")
                .asString())
        .isEqualTo(contact);
  }

  @Test
  void theDuplicateCheckPreferenceFindsContacts() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    field(api, "Leads", "Code", "\"unique\":{\"case_sensitive\":false}");
    field(api, "Contacts", "Key", "\"unique\":{\"case_sensitive\":false}");
    String contact =
        api.post("/crm/v8/Contacts", "{\"data\":[{\"Last_Name\":\"X\",\"Key\":\"K\"}]}").savedId(0);
    String lead = lead(api, "k", "None");
    api.get("/crm/v8/Leads/" + lead + "/__conversion_options").hasStatus(204);
    api.post(
            "/crm/v8/settings/duplicate_check_preference?module=Leads",
            "{\"duplicate_check_preference\":{\"type\":\"mapped_module_records\",\"type_configurations\":[{\"field_mappings\":[{\"mapped_field\":{\"api_name\":\"Key\"},\"current_field\":{\"api_name\":\"Code\"}}],\"mapped_module\":{\"api_name\":\"Contacts\"}}]}}")
        .hasStatus(200);
    assertThat(
            api.get("/crm/v8/Leads/" + lead + "/__conversion_options")
                .hasStatus(200)
                .at("/__conversion_options/Contacts/0/id")
                .asString())
        .isEqualTo(contact);
  }

  @Test
  void emailThenCompanyThenName() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    String account =
        api.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Acme\"}]}").savedId(0);
    String byName =
        api.post(
                "/crm/v8/Contacts",
                "{\"data\":[{\"First_Name\":\"Ann\",\"Last_Name\":\"Lee\",\"Account_Name\":\"%s\"}]}"
                    .formatted(account))
            .savedId(0);
    String lead =
        api.post(
                "/crm/v8/Leads",
                "{\"data\":[{\"First_Name\":\"ann\",\"Last_Name\":\"lee\",\"Company\":\"ACME\",\"Email\":\"a@x.example\"}]}")
            .savedId(0);
    String path = "/crm/v8/Leads/" + lead + "/__conversion_options";
    JsonNode options = api.get(path).hasStatus(200).at("/__conversion_options");
    assertThat(options.at("/module_preference/api_name").asString()).isEqualTo("Accounts");
    assertThat(options.at("/Accounts/0/id").asString()).isEqualTo(account);
    assertThat(options.at("/Accounts/0/$editable").asBoolean()).isTrue();
    assertThat(options.at("/Contacts/0/id").asString()).isEqualTo(byName);
    assertThat(options.at("/Contacts/0/Account_Name/name").asString()).isEqualTo("Acme");
    assertThat(options.at("/preference_field_matched_value/Contacts/0/field/api_name").asString())
        .isEqualTo("Full_Name");
    assertThat(options.path("modules_with_multiple_layouts").isNull()).isTrue();
    api.post("/crm/v8/Contacts", "{\"data\":[{\"Last_Name\":\"E\",\"Email\":\"A@X.example\"}]}")
        .hasStatus(201);
    JsonNode better = api.get(path).at("/__conversion_options");
    assertThat(better.at("/module_preference/api_name").asString()).isEqualTo("Contacts");
    assertThat(better.at("/Contacts/0/Email").asString()).isEqualTo("A@X.example");

    String invalid = "the given id seems to be invalid";
    for (String id : new String[] {"123", "x"}) {
      api.get("/crm/v8/Leads/" + id + "/__conversion_options")
          .isError(400, "INVALID_DATA", invalid, "{\"resource_path_index\":1}");
    }
    convert(api, lead, "").hasStatus(200);
    api.get(path).isError(400, "INVALID_DATA", invalid, "{\"resource_path_index\":1}");
  }

  @Test
  void wrongMappingsAreRefused() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    invalid(api, mapping("Leads", pair("Company", "Email")), "mapped_module");
    invalid(api, mapping("Contacts", pair("Nothing", "Email")), "field_mappings[0].current_field");
    invalid(api, mapping("Contacts", pair("Company", "Email")), "field_mappings[0].mapped_field");
    invalid(api, mapping("Contacts", pair("Company", "Owner")), "field_mappings[0].mapped_field");
    invalid(
        api, mapping("Contacts", pair("Company", "Last_Name")), "field_mappings[0].mapped_field");
    api.put(PATH, mapping("Contacts", pair("Company", "Title"), pair("City", "Title")))
        .hasStatus(400)
        .itemIsError(
            "lead_conversion_mapping",
            0,
            "DUPLICATE_DATA",
            "duplicate data",
            "{\"api_name\":\"mapped_field\",\"json_path\":\"$.lead_conversion_mapping[0].field_mappings[1].mapped_field\"}");
    long user = TestUsers.standard(org, "mapper@example.com");
    org.api(user, TestOrg.ALL_SCOPES)
        .put(PATH, mapping("Contacts"))
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
  }

  private static void invalid(Api api, String body, String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    api.put(PATH, body)
        .hasStatus(400)
        .itemIsError(
            "lead_conversion_mapping",
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"api_name\":\"%s\",\"json_path\":\"$.lead_conversion_mapping[0].%s\"}"
                .formatted(name, path));
  }

  private static String mapping(String module, String... pairs) {
    return "{\"lead_conversion_mapping\":[{\"mapped_module\":{\"api_name\":\"%s\"},\"field_mappings\":[%s]}]}"
        .formatted(module, String.join(",", pairs));
  }

  private static String pair(String lead, String target) {
    return "{\"current_field\":{\"api_name\":\"%s\"},\"mapped_field\":{\"api_name\":\"%s\"}}"
        .formatted(lead, target);
  }

  private static void field(Api api, String module, String label, String more) {
    api.post(
            "/crm/v8/settings/fields?module=" + module,
            "{\"fields\":[{\"field_label\":\"%s\",\"data_type\":\"text\",\"length\":50,%s}]}"
                .formatted(label, more))
        .hasStatus(201);
  }

  private static String lead(Api api, String code, String company) {
    return api.post(
            "/crm/v8/Leads",
            "{\"data\":[{\"Last_Name\":\"Lee\",\"Company\":\"%s\",\"Code\":\"%s\",\"Email\":\"l@x.example\"}]}"
                .formatted(company, code))
        .savedId(0);
  }

  private static Answer convert(Api api, String lead, String options) {
    return api.post("/crm/v8/Leads/" + lead + "/actions/convert", "{\"data\":[{" + options + "}]}");
  }
}
