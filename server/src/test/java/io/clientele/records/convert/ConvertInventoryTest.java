package io.clientele.records.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Quotes become orders and invoices, orders become invoices. References: Inventory Records Convert,
 * Mass Convert Inventory Records, Get Mass Inventory Conversion Status.
 */
@Proves({
  "POST /crm/{version}/Quotes/{id}/actions/convert",
  "POST /crm/{version}/Sales_Orders/{id}/actions/convert",
  "POST /crm/{version}/Quotes/actions/mass_convert",
  "GET /crm/{version}/Quotes/actions/mass_convert",
  "POST /crm/{version}/Sales_Orders/actions/mass_convert",
  "GET /crm/{version}/Sales_Orders/actions/mass_convert"
})
class ConvertInventoryTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String SCOPES =
      TestOrg.ALL_SCOPES
          + ",ZohoCRM.mass_convert.quotes.CREATE,ZohoCRM.mass_convert.quotes.READ"
          + ",ZohoCRM.mass_convert.salesorders.CREATE,ZohoCRM.mass_convert.salesorders.READ";
  private static final String ORDERS = "{\"module\":{\"api_name\":\"Sales_Orders\"}}";
  private static final String INVOICES = "{\"module\":{\"api_name\":\"Invoices\"}}";

  private final Api api = ORG.api(ORG.adminId(), SCOPES);

  @Test
  void aQuoteBecomesAnOrderAndThatAnInvoice() {
    String deal = create("Deals", "\"Deal_Name\":\"D\",\"Stage\":\"Qualification\"");
    String quote =
        quote(
            "\"Deal_Name\":\"%s\",\"Billing_City\":\"Rome\",\"Discount\":\"10%%\",\"Adjustment\":1,\"Tag\":[{\"name\":\"q\"}],\"$line_tax\":[{\"name\":\"V\",\"percentage\":10}]"
                .formatted(deal));
    Answer done = convert("Quotes", quote, ORDERS).hasStatus(200);
    assertThat(done.at("/data/0/message").asString())
        .isEqualTo("The record has been converted successfully");
    assertThat(done.at("/data/0/details/Sales_Orders/name").asString()).isEqualTo("Q");
    String order = done.at("/data/0/details/Sales_Orders/id").asString();
    JsonNode made = read("Sales_Orders", order);
    assertThat(made.at("/Quote_Name/id").asString()).isEqualTo(quote);
    assertThat(made.at("/Deal_Name/id").asString()).isEqualTo(deal);
    assertThat(made.path("Billing_City").asString()).isEqualTo("Rome");
    assertThat(made.at("/Tag/0/name").asString()).isEqualTo("q");
    JsonNode before = read("Quotes", quote);
    assertThat(before.path("$converted").asBoolean()).isTrue();
    assertThat(made.path("Grand_Total")).isEqualTo(before.path("Grand_Total"));
    assertThat(made.at("/Ordered_Items/0/Net_Total"))
        .isEqualTo(before.at("/Quoted_Items/0/Net_Total"));
    assertThat(made.at("/Ordered_Items/0/Description").asString()).isEqualTo("line");
    String line = made.at("/Ordered_Items/0/id").asString();
    api.put("/crm/v8/Ordered_Items/" + line, "{\"data\":[{\"Quantity\":4}]}").hasStatus(200);
    assertThat(read("Ordered_Items", line).path("Discount").decimalValue())
        .isEqualByComparingTo("20");

    String invoice =
        convert("Sales_Orders", order, INVOICES).at("/data/0/details/Invoices/id").asString();
    JsonNode last = read("Invoices", invoice);
    assertThat(last.at("/Sales_Order/id").asString()).isEqualTo(order);
    assertThat(last.at("/Deal_Name__s/id").asString()).isEqualTo(deal);
    assertThat(last.path("Grand_Total")).isEqualTo(read("Sales_Orders", order).path("Grand_Total"));
    for (String module : new String[] {"Quotes", "Sales_Orders"}) {
      convert(module, module.equals("Quotes") ? quote : order, INVOICES)
          .isError(
              400, "ID_ALREADY_CONVERTED", "id already converted", "{\"resource_path_index\":1}");
    }
  }

  @Test
  void wrongRequestsAreRefused() {
    String quote = quote("\"Adjustment\":0");
    String path = "/crm/v8/Quotes/" + quote + "/actions/convert";
    api.post(path, "{\"data\":[{}]}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"convert_to\",\"json_path\":\"$.data[0].convert_to\"}");
    api.post(path, "{\"data\":[{\"convert_to\":{}}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonarray\",\"api_name\":\"convert_to\",\"json_path\":\"$.data[0].convert_to\"}");
    String module = "$.data[0].convert_to[0].module";
    convert("Quotes", quote, "{\"module\":1}")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonobject\",\"api_name\":\"module\",\"json_path\":\"%s\"}"
                .formatted(module));
    convert("Quotes", quote, "{\"module\":{}}")
        .hasStatus(400)
        .rowIsError(
            0,
            "EXPECTED_FIELD_MISSING",
            "Specify atleast one field",
            "{\"expected_fields\":[{\"api_name\":\"api_name\",\"json_path\":\"%1$s.api_name\"},{\"api_name\":\"id\",\"json_path\":\"%1$s.id\"}]}"
                .formatted(module));
    convert(
            "Quotes",
            quote,
            "{\"module\":{\"api_name\":\"Invoices\",\"id\":\"%d\"}}"
                .formatted(ORG.metadata().get("Sales_Orders").id()))
        .hasStatus(400)
        .rowIsError(
            0,
            "AMBIGUITY_DURING_PROCESSING",
            "Ambiguity while processing the request",
            "{\"ambiguity_due_to\":[{\"api_name\":\"api_name\",\"json_path\":\"%1$s.api_name\"},{\"api_name\":\"id\",\"json_path\":\"%1$s.id\"}]}"
                .formatted(module));
    convert("Quotes", quote, "{\"module\":{\"api_name\":\"Leads\"}}")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"api_name\":\"api_name\",\"json_path\":\"" + module + ".api_name\"}");
    convert("Quotes", quote, ORDERS + "," + INVOICES)
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":1,\"api_name\":\"convert_to\",\"json_path\":\"$.data[0].convert_to\"}");
    convert("Quotes", quote, "{\"module\":{\"api_name\":\"Invoices\"},\"carry_over_tags\":false}")
        .hasStatus(400)
        .rowIsError(
            0,
            "NOT_ALLOWED",
            "carry over tags must be given as true",
            "{\"reason\":\"Carry over tags will be automatically converted\",\"api_name\":\"carry_over_tags\",\"json_path\":\"$.data[0].convert_to[0].carry_over_tags\"}");
    for (String id : new String[] {"123", "x"}) {
      convert("Quotes", id, ORDERS)
          .isError(400, "INVALID_DATA", "invalid data", "{\"resource_path_index\":1}");
    }
    assertThat(read("Quotes", quote).path("$converted").asBoolean(true)).isFalse();
  }

  @Test
  void aJobConvertsMany() {
    long user = TestUsers.standard(ORG, "clerk@example.com");
    String first = quote("\"Tag\":[{\"name\":\"m\"}]");
    String second = quote("\"Adjustment\":0");
    convert("Quotes", second, INVOICES).hasStatus(200);
    String call =
        create(
            "Calls",
            "\"Subject\":\"C\",\"Call_Type\":\"Inbound\",\"Call_Start_Time\":\"2026-01-01T10:00:00+00:00\",\"Call_Duration\":\"10:00\",\"What_Id\":\"%s\",\"$se_module\":\"Quotes\""
                .formatted(first));
    String body =
        "{\"convert_to\":[{\"module\":{\"api_name\":\"Sales_Orders\"},\"carry_over_tags\":true}],\"assign_to\":{\"id\":\"%d\"},\"related_modules\":[{\"api_name\":\"Calls\"}],\"ids\":[\"%s\",\"%s\"]}"
            .formatted(user, first, second);
    String path = "/crm/v8/Quotes/actions/mass_convert";
    String job = api.post(path, body).hasStatus(202).at("/details/job_id").asString();
    counts(path, job, "SCHEDULED", 0, 2, 0);
    ORG.server().installation().jobs().runDue(ORG.orgId());
    counts(path, job, "COMPLETED", 1, 0, 1);
    JsonNode moved = read("Calls", call);
    assertThat(moved.path("$se_module").asString()).isEqualTo("Sales_Orders");
    JsonNode order = read("Sales_Orders", moved.at("/What_Id/id").asString());
    assertThat(order.at("/Quote_Name/id").asString()).isEqualTo(first);
    assertThat(order.at("/Owner/id").asString()).isEqualTo(Long.toString(user));
    assertThat(order.at("/Tag/0/name").asString()).isEqualTo("m");
    String orders = "/crm/v8/Sales_Orders/actions/mass_convert";
    api.get(orders + "?job_id=" + job)
        .isError(
            400,
            "INVALID_DATA",
            "The jobid given seems to be invalid",
            "{\"param_name\":\"job_id\"}");
    String next =
        api.post(
                orders,
                "{\"convert_to\":[{\"module\":{\"api_name\":\"Invoices\"},\"carry_over_tags\":false}],\"ids\":[\"%s\"]}"
                    .formatted(order.path("id").asString()))
            .hasStatus(202)
            .at("/details/job_id")
            .asString();
    ORG.server().installation().jobs().runDue(ORG.orgId());
    counts(orders, next, "COMPLETED", 1, 0, 0);
    api.post(path, body.replace("\"carry_over_tags\":true", "\"x\":1"))
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"carry_over_tags\",\"json_path\":\"$.convert_to[0].carry_over_tags\"}");
    api.post(path, "{\"ids\":[\"1\"]}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"convert_to\",\"json_path\":\"$.convert_to\"}");
    api.post(path, body.replace("[{\"module\"", "[],\"x\":[{\"module\""))
        .hasStatus(400)
        .hasCode("", "EXPECTED_FIELD_MISSING");
  }

  private void counts(String path, String job, String status, int converted, int left, int failed) {
    JsonNode counts = api.get(path + "?job_id=" + job).hasStatus(200).at("/data/0");
    assertThat(counts.path("status").asString()).isEqualTo(status);
    assertThat(counts.path("converted_count").asInt()).isEqualTo(converted);
    assertThat(counts.path("not_converted_count").asInt()).isEqualTo(left);
    assertThat(counts.path("failed_count").asInt()).isEqualTo(failed);
    assertThat(counts.path("total_count").asInt()).isEqualTo(converted + left + failed);
  }

  private Answer convert(String module, String id, String targets) {
    return api.post(
        "/crm/v8/" + module + "/" + id + "/actions/convert",
        "{\"data\":[{\"convert_to\":[" + targets + "]}]}");
  }

  private String quote(String values) {
    String product = create("Products", "\"Product_Name\":\"Pump\",\"Unit_Price\":10");
    return create(
        "Quotes",
        "\"Subject\":\"Q\",\"Quoted_Items\":[{\"Product_Name\":\"%s\",\"Quantity\":2,\"Discount\":\"50%%\",\"Description\":\"line\"}],%s"
            .formatted(product, values));
  }

  private String create(String module, String values) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + values + "}]}").hasStatus(201).savedId(0);
  }

  private JsonNode read(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).hasStatus(200).at("/data/0");
  }
}
