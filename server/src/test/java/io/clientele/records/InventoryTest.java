package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What quotes, orders and invoices come to. Reference: Insert Records, inventory modules. */
@Proves({
  "GET /crm/{version}/{module}/{id}",
  "POST /crm/{version}/{module}",
  "PUT /crm/{version}/{module}/{id}"
})
class InventoryTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void totalsFollowFromTheLines() {
    JsonNode quote =
        read(
            "Quotes",
            create(
                "Quotes",
                """
                "Quoted_Items":[{"Product_Name":{"id":"%s"},"Quantity":3,"Discount":"10%%",
                  "Line_Tax":[{"name":"Sales Tax","percentage":10},{"name":"Vat","percentage":1.5}]},
                 {"Product_Name":{"id":"%s"},"Quantity":2,"List_Price":5.5,"Discount":1}],
                "Discount":4,"Adjustment":-0.5,"$line_tax":[{"name":"Common","percentage":2}]
                """
                    .formatted(product("19.99"), product(null))));
    JsonNode line = quote.at("/Quoted_Items/0");
    is(line, "List_Price", "19.99");
    is(line, "Total", "59.97");
    is(line, "Discount", "6");
    is(line, "Total_After_Discount", "53.97");
    is(line, "Tax", "6.21");
    is(line, "Net_Total", "60.18");
    is(line.at("/Line_Tax/0"), "value", "5.4");
    is(line.at("/Line_Tax/1"), "value", "0.81");
    assertThat(line.at("/Line_Tax/1/name").asString()).isEqualTo("Vat");
    assertThat(line.path("Sequence_Number").asInt()).isEqualTo(1);
    JsonNode second = quote.at("/Quoted_Items/1");
    is(second, "Net_Total", "10");
    assertThat(second.path("Line_Tax")).isEmpty();
    assertThat(second.path("Sequence_Number").asInt()).isEqualTo(2);
    is(quote, "Sub_Total", "70.18");
    is(quote, "Tax", "1.32");
    is(quote.at("/$line_tax/0"), "value", "1.32");
    is(quote, "Grand_Total", "67");
  }

  @Test
  void totalsFollowEveryChange() {
    String id =
        create(
            "Sales_Orders",
            "\"Ordered_Items\":[{\"Product_Name\":\"%s\",\"Quantity\":2,\"Discount\":\"50%%\"}],\"Discount\":\"10%%\""
                .formatted(product("10")));
    JsonNode order = read("Sales_Orders", id);
    is(order, "Discount", "1");
    is(order, "Grand_Total", "9");
    String line = order.at("/Ordered_Items/0/id").asString();
    update("Sales_Orders/" + id, "\"Ordered_Items\":[{\"id\":\"" + line + "\",\"Quantity\":4}]");
    is(read("Sales_Orders", id), "Grand_Total", "18");
    update("Ordered_Items/" + line, "\"List_Price\":20");
    is(read("Sales_Orders", id), "Sub_Total", "40");
    is(read("Sales_Orders", id), "Grand_Total", "36");
    update("Sales_Orders/" + id, "\"$line_tax\":[{\"name\":\"V\",\"percentage\":\"10\"}]");
    is(read("Sales_Orders", id), "Grand_Total", "39.6");
    update("Sales_Orders/" + id, "\"Discount\":null,\"$line_tax\":null");
    is(read("Sales_Orders", id), "Grand_Total", "40");
    api.delete("/crm/v8/Ordered_Items?ids=" + line).hasStatus(200);
    is(read("Sales_Orders", id), "Grand_Total", "0");
    is(
        api.get("/crm/v8/Sales_Orders?fields=Grand_Total&ids=" + id).at("/data/0"),
        "Grand_Total",
        "0");
  }

  @Test
  void whatIsComputedIsNotTaken() {
    String id =
        create(
            "Invoices",
            "\"Sub_Total\":9,\"Tax\":9,\"Grand_Total\":9,\"$converted\":true,\"Invoiced_Items\":[{\"Product_Name\":\"%s\",\"Quantity\":1,\"Tax\":9,\"Total\":9,\"Net_Total\":9,\"Total_After_Discount\":9,\"Sequence_Number\":9}]"
                .formatted(product("10")));
    JsonNode invoice = read("Invoices", id);
    for (String name : List.of("Sub_Total", "Grand_Total")) {
      is(invoice, name, "10");
    }
    is(invoice, "Tax", "0");
    is(invoice.at("/Invoiced_Items/0"), "Net_Total", "10");
    is(invoice.at("/Invoiced_Items/0"), "Tax", "0");
  }

  @Test
  void amountsAndTaxesMustBeSuch() {
    rejects("\"Discount\":\"110%\"", "currency", "Discount", "Discount");
    rejects("\"Discount\":\"-1%\"", "currency", "Discount", "Discount");
    rejects("\"Discount\":\"x%\"", "currency", "Discount", "Discount");
    rejects("\"Discount\":\"much\"", "currency", "Discount", "Discount");
    rejects("\"Discount\":{}", "currency", "Discount", "Discount");
    rejects("\"$line_tax\":{}", "jsonarray", "$line_tax", "$line_tax");
    rejects("\"$line_tax\":[1]", "jsonobject", "$line_tax", "$line_tax[0]");
    rejects("\"$line_tax\":[{\"name\":\"V\"}]", "double", "$line_tax", "$line_tax[0].percentage");
    rejects(
        "\"$line_tax\":[{\"percentage\":101}]", "double", "$line_tax", "$line_tax[0].percentage");
    rejects(
        "\"$line_tax\":[{\"percentage\":1,\"name\":[]}]", "text", "$line_tax", "$line_tax[0].name");
  }

  @Test
  void internalKeysAreNoFields() {
    Answer fields = api.get("/crm/v8/settings/fields?module=Quotes").hasStatus(200);
    assertThat(fields.at("/fields").valueStream())
        .noneMatch(field -> field.path("api_name").asString().startsWith("$"));
  }

  private void rejects(String values, String expected, String name, String path) {
    api.post(
            "/crm/v8/Quotes",
            "{\"data\":[{\"Subject\":\"Q\",\"Quoted_Items\":[{\"Product_Name\":\"%s\"}],%s}]}"
                .formatted(product("1"), values))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"%s\",\"api_name\":\"%s\",\"json_path\":\"$.data[0].%s\"}"
                .formatted(expected, name, path));
  }

  private String create(String module, String values) {
    return api.post("/crm/v8/" + module, "{\"data\":[{\"Subject\":\"S\"," + values + "}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private void update(String path, String values) {
    api.put("/crm/v8/" + path, "{\"data\":[{" + values + "}]}").hasStatus(200);
  }

  private JsonNode read(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).hasStatus(200).at("/data/0");
  }

  private String product(String price) {
    return api.post(
            "/crm/v8/Products",
            "{\"data\":[{\"Product_Name\":\"Pump\",\"Unit_Price\":" + price + "}]}")
        .savedId(0);
  }

  private static void is(JsonNode record, String name, String amount) {
    assertThat(record.path(name).isNumber()).as(name + " of " + record).isTrue();
    assertThat(record.path(name).decimalValue()).as(name).isEqualByComparingTo(amount);
  }
}
