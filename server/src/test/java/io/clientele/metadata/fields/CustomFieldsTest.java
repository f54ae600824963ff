package io.clientele.metadata.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields of every type are made, written, changed and taken away. */
@Proves(
    value = {
      "POST /crm/{version}/settings/fields",
      "PATCH /crm/{version}/settings/fields",
      "PATCH /crm/{version}/settings/fields/{field}",
      "DELETE /crm/{version}/settings/fields/{field}"
    },
    area = "")
class CustomFieldsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();

  private static String create(String module, String field) {
    return API.post("/crm/v8/settings/fields?module=" + module, "{\"fields\":[" + field + "]}")
        .hasStatus(201)
        .at("/fields/0/details/id")
        .asString();
  }

  @Test
  void aSubformOfTheSameNameStartsAnew() {
    TestOrg org = TestOrg.create();
    Api api = org.api();
    String row = "{\"data\":[{\"Last_Name\":\"A\",\"Company\":\"C\",\"Parts\":[{}]}]}";
    for (int round = 0; round < 2; round++) {
      String id =
          api.post(
                  "/crm/v8/settings/fields?module=Leads",
                  "{\"fields\":[{\"field_label\":\"Parts\",\"data_type\":\"subform\"}]}")
              .hasStatus(201)
              .at("/fields/0/details/id")
              .asString();
      api.post("/crm/v8/Leads", row).hasStatus(201);
      api.delete("/crm/v8/settings/fields/" + id + "?module=Leads").hasStatus(200);
    }
  }

  @Test
  void everyTypeKeepsItsValues() {
    Map<String, List<String>> types =
        Map.ofEntries(
            Map.entry("\"data_type\":\"text\",\"length\":40", List.of("\"short\"")),
            Map.entry(
                "\"data_type\":\"textarea\",\"textarea\":{\"type\":\"small\"}",
                List.of("\"a\\nb\"")),
            Map.entry("\"data_type\":\"email\"", List.of("\"a@example.com\"")),
            Map.entry("\"data_type\":\"phone\"", List.of("\"+1 555 0100\"")),
            Map.entry("\"data_type\":\"website\"", List.of("\"www.example.com\"")),
            Map.entry("\"data_type\":\"integer\"", List.of("42")),
            Map.entry("\"data_type\":\"bigint\"", List.of("\"123456789012345\"")),
            Map.entry("\"data_type\":\"double\",\"decimal_place\":3", List.of("1.125")),
            Map.entry(
                "\"data_type\":\"currency\",\"decimal_place\":4,\"currency\":{\"rounding_option\":\"normal\",\"precision\":2}",
                List.of("12.3456")),
            Map.entry("\"data_type\":\"percent\"", List.of("50")),
            Map.entry("\"data_type\":\"boolean\"", List.of("true")),
            Map.entry("\"data_type\":\"date\"", List.of("\"2026-02-03\"")),
            Map.entry("\"data_type\":\"datetime\"", List.of("\"2026-02-03T04:05:06+05:30\"")),
            Map.entry(
                "\"data_type\":\"picklist\",\"pick_list_values\":[{\"display_value\":\"East\",\"actual_value\":\"IN_East\"}]",
                List.of("\"IN_East\"")),
            Map.entry(
                "\"data_type\":\"multiselectpicklist\",\"pick_list_values\":[{\"display_value\":\"Mon\"},{\"display_value\":\"Tue\"}]",
                List.of("[\"Mon\",\"Tue\"]")));
    String existing =
        API.post("/crm/v8/Vendors", "{\"data\":[{\"Vendor_Name\":\"Before\"}]}")
            .hasStatus(201)
            .savedId(0);
    int number = 0;
    for (var type : types.entrySet()) {
      String label = "Own Field " + number++;
      create("Vendors", "{\"field_label\":\"" + label + "\"," + type.getKey() + "}");
      String name = label.replace(' ', '_');
      String value = type.getValue().getFirst();
      String id =
          API.post(
                  "/crm/v8/Vendors",
                  "{\"data\":[{\"Vendor_Name\":\"V\",\"" + name + "\":" + value + "}]}")
              .hasStatus(201)
              .savedId(0);
      Answer read = API.get("/crm/v8/Vendors/" + id + "?fields=" + name).hasStatus(200);
      assertThat(read.at("/data/0/" + name).toString()).as(type.getKey()).isEqualTo(value);
      Answer old = API.get("/crm/v8/Vendors/" + existing + "?fields=" + name).hasStatus(200);
      assertThat(old.at("/data/0/" + name).toString())
          .as("before " + type.getKey())
          .isIn("null", "false", "[]");
    }
  }

  private static Answer post(String module, String row) {
    return API.post("/crm/v8/" + module, "{\"data\":[" + row + "]}");
  }

  private static Answer createAnswer(String module, String field) {
    return API.post("/crm/v8/settings/fields?module=" + module, "{\"fields\":[" + field + "]}");
  }

  private static Answer patch(String module, String field) {
    return API.patch("/crm/v8/settings/fields?module=" + module, "{\"fields\":[" + field + "]}");
  }

  @Test
  void uniqueValuesAreKeptUnique() {
    create(
        "Leads",
        "{\"field_label\":\"Badge\",\"data_type\":\"text\",\"unique\":{\"case_sensitive\":false}}");
    String first =
        post("Leads", "{\"Last_Name\":\"A\",\"Badge\":\"x1\"}").hasStatus(201).savedId(0);
    Answer second = post("Leads", "{\"Last_Name\":\"B\",\"Badge\":\"X1\"}").hasStatus(400);
    assertThat(second.at("/data/0/code").asString()).isEqualTo("DUPLICATE_DATA");
    assertThat(second.at("/data/0/details/duplicate_record/id").asString()).isEqualTo(first);
    Answer both =
        post("Leads", "{\"Last_Name\":\"C\",\"Badge\":\"y\"},{\"Last_Name\":\"D\",\"Badge\":\"Y\"}")
            .hasStatus(207);
    assertThat(both.at("/data/1/details/api_name").asString()).isEqualTo("Badge");
    API.put("/crm/v8/Leads/" + first, "{\"data\":[{\"Badge\":\"X1\"}]}").hasStatus(200);
    API.put("/crm/v8/Leads/" + first, "{\"data\":[{\"Badge\":\"Y\"}]}").hasStatus(400);
  }

  @Test
  void aFieldBecomesUniqueOnlyWhenItsValuesAre() {
    String id = create("Cases", "{\"field_label\":\"Ticket\",\"data_type\":\"integer\"}");
    post("Cases", "{\"Subject\":\"A\",\"Status\":\"New\",\"Case_Origin\":\"Email\",\"Ticket\":7}")
        .hasStatus(201);
    String other =
        post(
                "Cases",
                "{\"Subject\":\"B\",\"Status\":\"New\",\"Case_Origin\":\"Email\",\"Ticket\":7}")
            .hasStatus(201)
            .savedId(0);
    String unique = "{\"id\":\"" + id + "\",\"unique\":{\"case_sensitive\":false}}";
    patch("Cases", unique).hasStatus(400).hasCode("/fields/0", "DUPLICATE_DATA");
    API.put("/crm/v8/Cases/" + other, "{\"data\":[{\"Ticket\":8}]}").hasStatus(200);
    patch("Cases", unique).hasStatus(200);
    API.put("/crm/v8/Cases/" + other, "{\"data\":[{\"Ticket\":7}]}").hasStatus(400);
    patch("Cases", "{\"id\":\"" + id + "\",\"unique\":{\"_disable\":null}}").hasStatus(200);
    API.put("/crm/v8/Cases/" + other, "{\"data\":[{\"Ticket\":7}]}").hasStatus(200);
  }

  @Test
  void lookupsPointBothWays() {
    String id =
        create(
            "Contacts",
            "{\"field_label\":\"Favourite\",\"data_type\":\"lookup\",\"lookup\":{\"module\":{\"api_name\":\"Products\"},\"display_label\":\"Fans\"}}");
    String product = post("Products", "{\"Product_Name\":\"Tea\"}").hasStatus(201).savedId(0);
    String contact =
        post("Contacts", "{\"Last_Name\":\"Fan\",\"Favourite\":{\"id\":\"" + product + "\"}}")
            .hasStatus(201)
            .savedId(0);
    assertThat(
            API.get("/crm/v8/Contacts/" + contact + "?fields=Favourite")
                .at("/data/0/Favourite/name")
                .asString())
        .isEqualTo("Tea");
    assertThat(API.get("/crm/v8/settings/related_lists?module=Products").toString())
        .contains("\"Fans\"");
    API.delete("/crm/v8/settings/fields/" + id + "?module=Contacts").hasStatus(200);
    assertThat(API.get("/crm/v8/settings/related_lists?module=Products").toString())
        .doesNotContain("\"Fans\"");
    assertThat(API.get("/crm/v8/Contacts/" + contact).hasStatus(200).at("/data/0").has("Favourite"))
        .isFalse();
  }

  @Test
  void manyRecordsAndUsersAndRows() {
    create(
        "Deals",
        "{\"field_label\":\"Partners\",\"data_type\":\"multiselectlookup\",\"multiselectlookup\":{\"connected_details\":{\"module\":{\"api_name\":\"Accounts\"}},\"display_label\":\"Partner Deals\"}}");
    create(
        "Deals",
        "{\"field_label\":\"Team\",\"data_type\":\"multiuserlookup\",\"multiuserlookup\":{}}");
    create("Deals", "{\"field_label\":\"Steps\",\"data_type\":\"subform\"}");
    create("Steps", "{\"field_label\":\"What\",\"data_type\":\"text\"}");
    String account = post("Accounts", "{\"Account_Name\":\"Acme\"}").hasStatus(201).savedId(0);
    String deal =
        post(
                "Deals",
                "{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\",\"Closing_Date\":\"2026-12-01\",\"Pipeline\":\"Standard (Standard)\",\"Partners\":[{\"Partners\":{\"id\":\""
                    + account
                    + "\"}}],\"Team\":[{\"Team\":{\"id\":\""
                    + ORG.adminId()
                    + "\"}}],\"Steps\":[{\"What\":\"call\"},{\"What\":\"write\"}]}")
            .hasStatus(201)
            .savedId(0);
    Answer read = API.get("/crm/v8/Deals/" + deal).hasStatus(200);
    assertThat(read.at("/data/0/Partners/0/Partners/name").asString()).isEqualTo("Acme");
    assertThat(read.at("/data/0/Team/0/Team/id").asString())
        .isEqualTo(Long.toString(ORG.adminId()));
    assertThat(read.at("/data/0/Steps/1/What").asString()).isEqualTo("write");
  }

  @Test
  void autoNumbersCountFromTheirStart() {
    String before = post("Campaigns", "{\"Campaign_Name\":\"A\"}").hasStatus(201).savedId(0);
    create(
        "Campaigns",
        "{\"field_label\":\"Run\",\"data_type\":\"autonumber\",\"auto_number\":{\"start_number\":\"100\",\"prefix\":\"R-\"},\"_update_existing_records\":true}");
    String after = post("Campaigns", "{\"Campaign_Name\":\"B\"}").hasStatus(201).savedId(0);
    assertThat(value("Campaigns", before, "Run")).isEqualTo("R-100");
    assertThat(value("Campaigns", after, "Run")).isEqualTo("R-101");
    createAnswer(
            "Campaigns",
            "{\"field_label\":\"Run 2\",\"data_type\":\"autonumber\",\"auto_number\":{\"start_number\":1}}")
        .hasStatus(400)
        .hasCode("/fields/0", "LIMIT_EXCEEDED");
  }

  private static String value(String module, String id, String field) {
    return API.get("/crm/v8/" + module + "/" + id + "?fields=" + field)
        .hasStatus(200)
        .at("/data/0/" + field)
        .asString();
  }

  @Test
  void changesOfAFieldCheckWhatIsStored() {
    String id =
        create("Solutions", "{\"field_label\":\"Code\",\"data_type\":\"text\",\"length\":20}");
    post("Solutions", "{\"Solution_Title\":\"S\",\"Code\":\"0123456789\"}").hasStatus(201);
    patch("Solutions", "{\"id\":\"" + id + "\",\"length\":5}")
        .hasStatus(400)
        .hasCode("/fields/0", "DEPENDENT_MISMATCH");
    patch("Solutions", "{\"id\":\"" + id + "\",\"length\":10,\"field_label\":\"New Code\"}")
        .hasStatus(200);
    post("Solutions", "{\"Solution_Title\":\"S\",\"Code\":\"0123456789a\"}").hasStatus(400);
    assertThat(
            API.get("/crm/v8/settings/fields/" + id + "?module=Solutions")
                .at("/fields/0/field_label")
                .asString())
        .isEqualTo("New Code");
    patch("Solutions", "{\"id\":\"" + id + "\",\"data_type\":\"integer\"}")
        .hasStatus(400)
        .hasCode("/fields/0", "INVALID_DATA");
  }

  @Test
  void pickListsGrowAndShrink() {
    String id =
        create(
            "Products",
            "{\"field_label\":\"Size\",\"data_type\":\"picklist\",\"enable_colour_code\":true,\"pick_list_values\":[{\"display_value\":\"Small\",\"colour_code\":\"#ff0000\"},{\"display_value\":\"Large\"}]}");
    patch(
            "Products",
            "{\"id\":\""
                + id
                + "\",\"pick_list_values\":[{\"display_value\":\"Medium\",\"sequence_number\":2}]}")
        .hasStatus(200);
    Answer values =
        API.get("/crm/v8/settings/fields/" + id + "/pick_list_values?module=Products")
            .hasStatus(200);
    assertThat(values.at("/pick_list_values/1/display_value").asString()).isEqualTo("Medium");
    assertThat(values.at("/pick_list_values/0/colour_code").asString()).isEqualTo("#ff0000");
    patch(
            "Products",
            "{\"id\":\""
                + id
                + "\",\"pick_list_values\":[{\"actual_value\":\"Large\",\"_delete\":true}]}")
        .hasStatus(200);
    patch(
            "Products",
            "{\"id\":\"" + id + "\",\"pick_list_values\":[{\"display_value\":\"small\"}]}")
        .hasStatus(400)
        .hasCode("/fields/0", "DUPLICATE_DATA");
    createAnswer("Products", "{\"field_label\":\"No values\",\"data_type\":\"picklist\"}")
        .hasCode("/fields/0", "EXPECTED_DEPENDENT_FIELD_MISSING");
    createAnswer(
            "Products",
            "{\"field_label\":\"Both\",\"data_type\":\"picklist\",\"pick_list_values\":[{\"display_value\":\"A\"}],\"global_picklist\":{\"id\":\"1\"}}")
        .hasCode("/fields/0", "AMBIGUITY_DURING_PROCESSING");
  }

  @Test
  void defaultsAndProfilesAreKept() {
    String profile = Long.toString(ORG.metadata().settings("profile").get(1).id());
    String id =
        create(
            "Accounts",
            "{\"field_label\":\"Tier\",\"data_type\":\"text\",\"default_value\":\"Bronze\",\"tooltip\":{\"name\":\"static_text\",\"value\":\"How good\"},\"private\":{\"type\":\"High\"},\"hipaa_compliance_enabled\":true,\"crypt\":{\"mode\":\"encryption\"},\"profiles\":[{\"id\":\""
                + profile
                + "\",\"permission_type\":\"read_only\"}]}");
    String account = post("Accounts", "{\"Account_Name\":\"A\"}").hasStatus(201).savedId(0);
    assertThat(value("Accounts", account, "Tier")).isEqualTo("Bronze");
    Answer field = API.get("/crm/v8/settings/fields/" + id + "?module=Accounts").hasStatus(200);
    assertThat(field.at("/fields/0/profiles/1/permission_type").asString()).isEqualTo("read_only");
    assertThat(field.at("/fields/0/tooltip/value").asString()).isEqualTo("How good");
    assertThat(field.at("/fields/0/crypt/mode").asString()).isEqualTo("encryption");
    assertThat(field.at("/fields/0/custom_field").asBoolean()).isTrue();
    assertThat(API.get("/crm/v8/settings/layouts?module=Accounts").toString()).contains("\"Tier\"");
  }

  @Test
  void deletingAFieldFreesItsData() {
    String id = create("Tasks", "{\"field_label\":\"Gone\",\"data_type\":\"integer\"}");
    String task = post("Tasks", "{\"Subject\":\"T\",\"Gone\":5}").hasStatus(201).savedId(0);
    API.delete("/crm/v8/settings/fields/" + id + "?module=Tasks")
        .hasStatus(200)
        .hasCode("/fields/0", "SUCCESS");
    API.get("/crm/v8/settings/fields/" + id + "?module=Tasks").hasStatus(400);
    create("Tasks", "{\"field_label\":\"Gone\",\"data_type\":\"text\"}");
    assertThat(API.get("/crm/v8/Tasks/" + task + "?fields=Gone").at("/data/0/Gone").isNull())
        .isTrue();
    String standard =
        Long.toString(ORG.metadata().get("Tasks").field("Subject").orElseThrow().id());
    API.delete("/crm/v8/settings/fields/" + standard + "?module=Tasks")
        .hasStatus(400)
        .hasCode("", "NOT_ALLOWED");
  }

  @Test
  void mistakesAreNamed() {
    String[][] cases = {
      {"{\"data_type\":\"text\"}", "MANDATORY_NOT_FOUND", "field_label"},
      {"{\"field_label\":\"X1\"}", "MANDATORY_NOT_FOUND", "data_type"},
      {"{\"field_label\":\"X1\",\"data_type\":\"nothing\"}", "INVALID_DATA", "data_type"},
      {"{\"field_label\":5,\"data_type\":\"text\"}", "INVALID_DATA", "field_label"},
      {"{\"field_label\":\"a<b\",\"data_type\":\"text\"}", "INVALID_DATA", "field_label"},
      {"{\"field_label\":\"Company\",\"data_type\":\"text\"}", "DUPLICATE_DATA", "field_label"},
      {
        "{\"field_label\":\"X1\",\"data_type\":\"text\",\"api_name\":\"Company\"}",
        "DUPLICATE_DATA",
        "api_name"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"text\",\"api_name\":\"settings\"}",
        "RESERVED_KEYWORD_NOT_ALLOWED",
        "api_name"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"text\",\"api_name\":\"9x\"}",
        "INVALID_DATA",
        "api_name"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"text\",\"length\":256}",
        "DEPENDENT_MISMATCH",
        "length"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"textarea\"}", "DEPENDENT_FIELD_MISSING", "textarea"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"fileupload\",\"length\":3}",
        "DEPENDENT_MISMATCH",
        "length"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"autonumber\"}",
        "DEPENDENT_FIELD_MISSING",
        "auto_number"
      },
      {"{\"field_label\":\"X1\",\"data_type\":\"lookup\"}", "DEPENDENT_FIELD_MISSING", "lookup"},
      {
        "{\"field_label\":\"X1\",\"data_type\":\"lookup\",\"lookup\":{\"module\":{\"api_name\":\"Nothing\"},\"display_label\":\"L\"}}",
        "INVALID_DATA",
        "module"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"date\",\"tooltip\":{\"name\":\"static_text\",\"value\":\"x\"}}",
        "DEPENDENT_MISMATCH",
        "name"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"date\",\"tooltip\":{\"name\":\"info_icon\"}}",
        "MANDATORY_NOT_FOUND",
        "value"
      },
      {"{\"field_label\":\"X1\",\"data_type\":\"boolean\",\"unique\":{}}", "NOT_ALLOWED", "unique"},
      {
        "{\"field_label\":\"X1\",\"data_type\":\"email\",\"external\":{\"type\":\"user\"}}",
        "NOT_ALLOWED",
        "external"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"textarea\",\"textarea\":{\"type\":\"small\"},\"filterable\":true}",
        "NOT_ALLOWED",
        "filterable"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"currency\",\"decimal_place\":2,\"currency\":{\"rounding_option\":\"normal\",\"precision\":3}}",
        "DEPENDENT_MISMATCH",
        "precision"
      },
      {
        "{\"field_label\":\"X1\",\"data_type\":\"text\",\"profiles\":[{\"id\":\"5\"}]}",
        "INVALID_DATA",
        "id"
      },
    };
    for (String[] one : cases) {
      Answer answer = createAnswer("Leads", one[0]).hasStatus(400).hasCode("/fields/0", one[1]);
      assertThat(answer.at("/fields/0/details/api_name").asString()).as(one[0]).isEqualTo(one[2]);
    }
    createAnswer(
            "Leads",
            "{\"field_label\":\"X1\",\"data_type\":\"boolean\",\"crypt\":{\"mode\":\"encryption\"}}")
        .hasStatus(400)
        .hasCode("/fields/0", "NOT_SUPPORTED");
    API.post("/crm/v8/settings/fields?module=Leads", "{\"fields\":{}}")
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
    API.post("/crm/v8/settings/fields?module=Leads", "{}")
        .hasStatus(400)
        .hasCode("", "MANDATORY_NOT_FOUND");
    API.post("/crm/v8/settings/fields", "{}").hasStatus(400).hasCode("", "REQUIRED_PARAM_MISSING");
    API.post("/crm/v8/settings/fields?module=Nope", "{}")
        .hasStatus(400)
        .hasCode("", "INVALID_MODULE");
    patch("Leads", "{\"field_label\":\"Y\"}")
        .hasStatus(400)
        .hasCode("/fields/0", "MANDATORY_NOT_FOUND");
    patch("Leads", "{\"id\":\"5\"}").hasStatus(400).hasCode("/fields/0", "INVALID_DATA");
  }

  @Test
  void formulasAndRollupsAreCreatedAndChanged() {
    String id =
        create(
            "Accounts",
            "{\"field_label\":\"Twice\",\"data_type\":\"formula\",\"decimal_place\":2,\"formula\":{\"return_type\":\"double\",\"expression\":\"${Accounts.Employees} * 2\"}}");
    create(
        "Accounts",
        "{\"field_label\":\"People\",\"data_type\":\"rollup_summary\",\"rollup_summary\":{\"return_type\":\"integer\",\"related_list\":{\"api_name\":\"Contacts\"},\"expression\":{\"function\":\"COUNT\",\"function_parameters\":[{\"api_name\":\"id\"}]}}}");
    String account =
        post("Accounts", "{\"Account_Name\":\"F\",\"Employees\":21}").hasStatus(201).savedId(0);
    post("Contacts", "{\"Last_Name\":\"C\",\"Account_Name\":{\"id\":\"" + account + "\"}}")
        .hasStatus(201);
    Answer read = API.get("/crm/v8/Accounts/" + account).hasStatus(200);
    assertThat(read.at("/data/0/Twice").asInt()).isEqualTo(42);
    assertThat(read.at("/data/0/People").asInt()).isEqualTo(1);
    patch(
            "Accounts",
            "{\"id\":\"" + id + "\",\"formula\":{\"expression\":\"${Accounts.Employees} + 1\"}}")
        .hasStatus(200);
    assertThat(API.get("/crm/v8/Accounts/" + account).at("/data/0/Twice").asInt()).isEqualTo(22);
    patch("Accounts", "{\"id\":\"" + id + "\",\"formula\":{\"return_type\":\"text\"}}")
        .hasStatus(400)
        .hasCode("/fields/0", "NOT_ALLOWED");
    String[][] cases = {
      {"${Accounts.Employees} +", "SYNTAX_ERROR"},
      {"(${Accounts.Employees} + 1", "MISSING_BRACES"},
      {"Sqrt(1, 2)", "INCORRECT_NUMBER_OF_PARAM"},
      {"Sqrt('a')", "INCORRECT_DATA_TYPE_PARAM"},
      {"${Accounts.Nothing} + 1", "PARTICIPATING_FIELD_NOT_FOUND"},
      {"1 + ".repeat(6000) + "1", "DYNAMIC_EXPRESSION_LENGTH_EXCEEDED"},
    };
    for (String[] one : cases) {
      createAnswer(
              "Accounts",
              "{\"field_label\":\"Bad\",\"data_type\":\"formula\",\"formula\":{\"return_type\":\"double\",\"expression\":\""
                  + one[0]
                  + "\"}}")
          .hasStatus(400)
          .hasCode("/fields/0", one[1]);
    }
    createAnswer("Accounts", "{\"field_label\":\"Bad\",\"data_type\":\"formula\"}")
        .hasCode("/fields/0", "DEPENDENT_FIELD_MISSING");
    String employees =
        create("Accounts", "{\"field_label\":\"Own Count\",\"data_type\":\"integer\"}");
    create(
        "Accounts",
        "{\"field_label\":\"On Own\",\"data_type\":\"formula\",\"formula\":{\"return_type\":\"double\",\"expression\":\"${Accounts.Own Count} * 2\"}}");
    API.delete("/crm/v8/settings/fields/" + employees + "?module=Accounts")
        .hasStatus(400)
        .hasCode("", "NOT_ALLOWED");
  }
}
