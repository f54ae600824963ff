package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** POST /{module}. Reference: Insert Records. */
@Proves("POST /crm/{version}/{module}")
class CreateRecordsTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void aLeadIsCreatedAndReadBack() {
    Answer created =
        create(
                "Leads",
                """
                {"Last_Name":"Smith","First_Name":"Anna","Company":"Acme","Email":"anna@example.com",
                 "Annual_Revenue":1000.5,"No_of_Employees":12,"Lead_Source":"Cold Call",
                 "Website":"https://acme.example","Tag":[{"name":"vip"}]}""")
            .hasStatus(201);
    assertThat(created.at("/data/0/code").asString()).isEqualTo("SUCCESS");
    assertThat(created.at("/data/0/message").asString()).isEqualTo("record added");
    assertThat(created.at("/data/0/status").asString()).isEqualTo("success");
    assertThat(created.at("/data/0/details/Created_By/name").asString())
        .isEqualTo("Patricia Boyle");
    Answer read = api.get("/crm/v8/Leads/" + created.savedId(0)).hasStatus(200);
    assertThat(read.at("/data/0/Full_Name").asString()).isEqualTo("Anna Smith");
    assertThat(read.at("/data/0/Annual_Revenue").decimalValue()).isEqualByComparingTo("1000.5");
    assertThat(read.at("/data/0/No_of_Employees").isInt()).isTrue();
    assertThat(read.at("/data/0/Owner/email").asString()).contains("@example.com");
    assertThat(read.at("/data/0/Tag/0/name").asString()).isEqualTo("vip");
    assertThat(read.at("/data/0/Created_Time").asString()).endsWith("+05:30");
    assertThat(read.at("/data/0/Layout/name").asString()).isEqualTo("Standard");
    assertThat(read.at("/data/0/$approval_state").asString()).isEqualTo("approved");
    assertThat(read.at("/data/0/Email_Opt_Out").isBoolean()).isTrue();
  }

  @Test
  void mixedRowsAnswer207InOrder() {
    Answer answer =
        create(
                "Leads",
                "{\"Last_Name\":\"Good\"}",
                "{\"Company\":\"Bad\"}",
                "{\"Last_Name\":\"Too\"}")
            .hasStatus(207)
            .rowIsError(
                1,
                "MANDATORY_NOT_FOUND",
                "required field not found",
                about("Last_Name", "$.data[1].Last_Name"));
    assertThat(api.get("/crm/v8/Leads/" + answer.savedId(2)).at("/data/0/Last_Name").asString())
        .isEqualTo("Too");
  }

  @Test
  void valuesMustFitTheirFields() {
    rejects("Leads", "\"Last_Name\":12", expected("text", "Last_Name"));
    rejects("Leads", "\"Email\":\"nobody\"", expected("email", "Email"));
    rejects("Leads", "\"Phone\":\"+49<script>\"", expected("phone", "Phone"));
    rejects("Leads", "\"Website\":\"no address\"", expected("website", "Website"));
    rejects("Leads", "\"No_of_Employees\":\"many\"", expected("integer", "No_of_Employees"));
    rejects("Leads", "\"No_of_Employees\":1.5", expected("integer", "No_of_Employees"));
    rejects("Leads", "\"Annual_Revenue\":\"much\"", expected("currency", "Annual_Revenue"));
    rejects("Leads", "\"Annual_Revenue\":1e999999999", expected("currency", "Annual_Revenue"));
    rejects("Leads", "\"Email_Opt_Out\":\"perhaps\"", expected("boolean", "Email_Opt_Out"));
    rejects(
        "Leads",
        "\"Owner\":\"Patricia\"",
        "{\"api_name\":\"Owner\",\"json_path\":\"$.data[0].Owner\"}");
    rejects("Leads", "\"Tag\":\"vip\"", expected("jsonarray", "Tag"));
    rejects("Deals", "\"Closing_Date\":\"2026-02-30\"", expected("date", "Closing_Date"));
    rejects("Events", "\"Start_DateTime\":\"tomorrow\"", expected("datetime", "Start_DateTime"));
    rejects("Leads", "\"Last_Name\":\"" + "x".repeat(81) + "\"", tooLong(80, "Last_Name"));
    rejects("Leads", "\"No_of_Employees\":1234567890", tooLong(9, "No_of_Employees"));
  }

  @Test
  void nullCharactersAreRefused() {
    rejects("Leads", "\"Last_Name\":\"a\\u0000b\"", expected("text", "Last_Name"));
  }

  @Test
  void closedListsRefuseOtherValues() {
    Answer answer =
        create("Deals", "{\"Deal_Name\":\"Big\",\"Stage\":\"Somewhere\"}").hasStatus(400);
    assertThat(answer.at("/data/0/code").asString()).isEqualTo("INVALID_DATA");
    assertThat(answer.at("/data/0/details/supported_values/0").asString())
        .isEqualTo("Qualification");
  }

  @Test
  void openListsTakeOtherValues() {
    Answer created =
        create("Leads", "{\"Last_Name\":\"Smith\",\"Lead_Source\":\"Pigeon\"}").hasStatus(201);
    assertThat(api.get("/crm/v8/Leads/" + created.savedId(0)).at("/data/0/Lead_Source").asString())
        .isEqualTo("Pigeon");
  }

  @Test
  void aStageSaysHowProbableADealIs() {
    Answer created =
        create("Deals", "{\"Deal_Name\":\"Big\",\"Stage\":\"Qualification\",\"Amount\":1000}")
            .hasStatus(201);
    Answer deal = api.get("/crm/v8/Deals/" + created.savedId(0));
    int probability = deal.at("/data/0/Probability").asInt();
    assertThat(probability).isPositive();
    assertThat(deal.at("/data/0/Expected_Revenue").decimalValue())
        .isEqualByComparingTo(Integer.toString(10 * probability));
  }

  @Test
  void lookupsNameTheirRecord() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}").savedId(0);
    for (String value : new String[] {"{\"id\":\"%s\"}", "{\"id\":%s}", "\"%s\"", "%s"}) {
      String row = "{\"Last_Name\":\"Smith\",\"Account_Name\":" + value.formatted(account) + "}";
      Answer contact = api.get("/crm/v8/Contacts/" + create("Contacts", row).savedId(0));
      assertThat(contact.at("/data/0/Account_Name/name").asString()).isEqualTo("Acme");
      assertThat(contact.at("/data/0/Account_Name/id").asString()).isEqualTo(account);
    }
  }

  @Test
  void lookupsMustNameSomething() {
    String message = "the id given seems to be invalid";
    create("Contacts", "{\"Last_Name\":\"Smith\",\"Account_Name\":{\"id\":\"123\"}}")
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", message, about("Account_Name", "$.data[0].Account_Name.id"));
    create("Contacts", "{\"Last_Name\":\"Smith\",\"Owner\":{\"id\":\"123\"}}")
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", message, about("Owner", "$.data[0].Owner.id"));
    String foreign =
        TestOrg.create()
            .api()
            .post("/crm/v8/Accounts", data("{\"Account_Name\":\"Other\"}"))
            .savedId(0);
    create("Contacts", "{\"Last_Name\":\"Smith\",\"Account_Name\":{\"id\":\"" + foreign + "\"}}")
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", message, about("Account_Name", "$.data[0].Account_Name.id"));
  }

  @Test
  void activitiesRelateToRecordsOfManyModules() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}").savedId(0);
    String task = "{\"Subject\":\"Call back\",\"What_Id\":{\"id\":\"" + account + "\"}%s}";
    String id =
        create("Tasks", task.formatted(",\"$se_module\":\"Accounts\"")).hasStatus(201).savedId(0);
    Answer read = api.get("/crm/v8/Tasks/" + id);
    assertThat(read.at("/data/0/What_Id/name").asString()).isEqualTo("Acme");
    assertThat(read.at("/data/0/$se_module").asString()).isEqualTo("Accounts");
    Answer missing = create("Tasks", task.formatted("")).hasStatus(400);
    assertThat(missing.at("/data/0/code").asString()).isEqualTo("DEPENDENT_FIELD_MISSING");
    Answer activities = api.get("/crm/v2/Activities?fields=Subject,Activity_Type,What_Id");
    assertThat(activities.hasStatus(200).at("/data/0/Activity_Type").asString()).isEqualTo("Tasks");
    assertThat(activities.at("/data/0/What_Id/name").asString()).isEqualTo("Acme");
  }

  @Test
  void unknownAndReadOnlyFieldsArePassedOver() {
    Answer created =
        create(
                "Leads",
                "{\"Last_Name\":\"Smith\",\"Nonsense\":1,\"Full_Name\":\"X\",\"Created_Time\":\"y\",\"Converted__s\":true}")
            .hasStatus(201);
    Answer read = api.get("/crm/v8/Leads/" + created.savedId(0));
    assertThat(read.at("/data/0/Full_Name").asString()).isEqualTo("Smith");
    assertThat(read.at("/data/0/Converted__s").asBoolean(true)).isFalse();
  }

  @Test
  void theBodyIsChecked() {
    String broken = "{\"expected_data_type\":\"jsonobject\"}";
    for (String body : new String[] {"", "{", "[]", "null", "\"x\"", "{\"data\":[]} extra"}) {
      api.post("/crm/v8/Leads", body).isError(400, "INVALID_DATA", "body", broken);
    }
    api.post("/crm/v8/Leads", "{}")
        .isError(400, "MANDATORY_NOT_FOUND", "required field not found", about("data", "$.data"));
    for (String value : new String[] {"{}", "[]", "\"x\"", "1"}) {
      Answer answer = api.post("/crm/v8/Leads", "{\"data\":" + value + "}").hasStatus(400);
      assertThat(answer.at("/details/expected_data_type").asString()).isEqualTo("jsonarray");
    }
    create("Leads", "1")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonobject\",\"json_path\":\"$.data[0]\"}");
    String rows =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"Last_Name\":\"x\"}")
            .collect(Collectors.joining(","));
    api.post("/crm/v8/Leads", "{\"data\":[" + rows + "]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "LIMIT_EXCEEDED",
            "count of records in your request exceeds the limit",
            "{\"maximum_length\":100,\"api_name\":\"data\"}");
  }

  @Test
  void executionKeysAreChecked() {
    api.post(
            "/crm/v8/Leads",
            "{\"data\":[{\"Last_Name\":\"x\"}],\"trigger\":[\"workflow\",\"approval\"]}")
        .hasStatus(201);
    Answer trigger =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"x\"}],\"trigger\":[\"magic\"]}");
    assertThat(trigger.hasStatus(400).at("/details/json_path").asString())
        .isEqualTo("$.trigger[0]");
    Answer apply =
        api.post(
            "/crm/v8/Leads",
            "{\"data\":[{\"Last_Name\":\"x\"}],\"apply_feature_execution\":[{\"name\":\"magic\"}]}");
    assertThat(apply.hasStatus(400).at("/details/supported_values").size()).isEqualTo(7);
    Answer rule =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"x\"}],\"lar_id\":\"zero\"}");
    assertThat(rule.hasStatus(400).at("/details/api_name").asString()).isEqualTo("lar_id");
  }

  @Test
  void everyStandardModuleTakesARecord() {
    String product = create("Products", "{\"Product_Name\":\"Pump\"}").savedId(0);
    String vendor = create("Vendors", "{\"Vendor_Name\":\"Pumps Ltd\"}").savedId(0);
    String items =
        ":[{\"Product_Name\":{\"id\":\"" + product + "\"},\"Quantity\":2,\"List_Price\":10.5}]";
    String[][] rows = {
      {"Campaigns", "{\"Campaign_Name\":\"Spring\"}"},
      {"Tasks", "{\"Subject\":\"Write\"}"},
      {
        "Events",
        "{\"Event_Title\":\"Meet\",\"Start_DateTime\":\"2026-01-01T10:00:00+05:30\",\"End_DateTime\":\"2026-01-01T11:00:00Z\"}"
      },
      {
        "Calls",
        "{\"Subject\":\"Ring\",\"Call_Type\":\"Outbound\",\"Call_Start_Time\":\"2026-01-01T10:00:00+0530\",\"Call_Duration\":\"00:20\"}"
      },
      {
        "Price_Books",
        "{\"Price_Book_Name\":\"List\",\"Pricing_Details\":[{\"from_range\":1,\"to_range\":5,\"discount\":2}]}"
      },
      {"Cases", "{\"Subject\":\"Broken\",\"Case_Origin\":\"Email\",\"Status\":\"New\"}"},
      {"Solutions", "{\"Solution_Title\":\"Mend it\"}"},
      {"Quotes", "{\"Subject\":\"Q\",\"Quoted_Items\"" + items + "}"},
      {"Sales_Orders", "{\"Subject\":\"S\",\"Ordered_Items\"" + items + "}"},
      {"Invoices", "{\"Subject\":\"I\",\"Invoiced_Items\"" + items + "}"},
      {
        "Purchase_Orders",
        "{\"Subject\":\"P\",\"Vendor_Name\":{\"id\":\""
            + vendor
            + "\"},\"Purchase_Items\""
            + items
            + "}"
      },
    };
    for (String[] row : rows) {
      String id = create(row[0], row[1]).hasStatus(201).savedId(0);
      Answer read = api.get("/crm/v8/" + row[0] + "/" + id).hasStatus(200);
      assertThat(read.ids()).containsExactly(id);
    }
  }

  private Answer create(String module, String... rows) {
    return api.post("/crm/v8/" + module, data(rows));
  }

  private static String data(String... rows) {
    return "{\"data\":[" + String.join(",", rows) + "]}";
  }

  private void rejects(String module, String property, String details) {
    create(module, "{" + property + "}")
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", message(details), details);
  }

  private static String message(String details) {
    return details.contains("Owner") ? "the id given seems to be invalid" : "invalid data";
  }

  private static String expected(String type, String field) {
    return "{\"expected_data_type\":\"%s\",\"api_name\":\"%s\",\"json_path\":\"$.data[0].%s\"}"
        .formatted(type, field, field);
  }

  private static String tooLong(int maximum, String field) {
    return "{\"maximum_length\":%d,\"api_name\":\"%s\",\"json_path\":\"$.data[0].%s\"}"
        .formatted(maximum, field, field);
  }

  private static String about(String field, String path) {
    return "{\"api_name\":\"%s\",\"json_path\":\"%s\"}".formatted(field, path);
  }
}
