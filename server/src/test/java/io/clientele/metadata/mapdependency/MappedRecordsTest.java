package io.clientele.metadata.mapdependency;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Records keep to the dependencies of their layouts. */
class MappedRecordsTest {
  private static String lead(String values) {
    return "{\"data\":[{\"Last_Name\":\"Daly\"" + values + "}]}";
  }

  private static String mismatch(String written, String other, int row) {
    return """
    {"mapped_field":{"api_name":"%s","json_path":"$.data[%d].%s"},
     "api_name":"%s","json_path":"$.data[%d].%s"}"""
        .formatted(other, row, other, written, row, written);
  }

  private static void refused(Answer answer, String written, String other) {
    answer
        .hasStatus(400)
        .rowIsError(
            0,
            "MAPPING_MISMATCH",
            "Lead Source doesn't contain the Lead Status",
            mismatch(written, other, 0));
  }

  @Test
  void aChildHasOnlyTheValuesOfItsParent() {
    var leads = new LayoutFields("Leads");
    Api api = leads.api();
    String free =
        api.post("/crm/v8/Leads", lead(",\"Lead_Source\":\"Chat\",\"Lead_Status\":\"Junk Lead\""))
            .hasStatus(201)
            .savedId(0);
    String id =
        leads.create(
            "Lead_Source",
            "Lead_Status",
            leads.maps("Lead_Source", "Cold Call", "Lead_Status", "Contacted")
                + ","
                + leads.maps("Lead_Source", "Partner", "Lead_Status", "Contacted", "Junk Lead"));
    String good = ",\"Lead_Source\":\"Cold Call\",\"Lead_Status\":\"Contacted\"";
    String kept = api.post("/crm/v8/Leads", lead(good)).hasStatus(201).savedId(0);
    String wrong = ",\"Lead_Source\":\"Cold Call\",\"Lead_Status\":\"Junk Lead\"";
    refused(api.post("/crm/v8/Leads", lead(wrong)), "Lead_Status", "Lead_Source");
    // a value that is not mapped allows nothing, no value allows all
    refused(
        api.post("/crm/v8/Leads", lead(",\"Lead_Source\":\"Chat\",\"Lead_Status\":\"Contacted\"")),
        "Lead_Status",
        "Lead_Source");
    api.post("/crm/v8/Leads", lead(",\"Lead_Status\":\"Junk Lead\"")).hasStatus(201);
    api.post("/crm/v8/Leads", lead(",\"Lead_Source\":\"Chat\"")).hasStatus(201);
    Answer mixed =
        api.post(
            "/crm/v8/Leads",
            "{\"data\":[{\"Last_Name\":\"A\"%s},{\"Last_Name\":\"B\"%s}]}".formatted(good, wrong));
    mixed
        .hasStatus(207)
        .rowIsError(
            1,
            "MAPPING_MISMATCH",
            "Lead Source doesn't contain the Lead Status",
            mismatch("Lead_Status", "Lead_Source", 1));

    // one of the two alone
    refused(update(api, kept, "\"Lead_Status\":\"Junk Lead\""), "Lead_Status", "Lead_Source");
    refused(update(api, kept, "\"Lead_Source\":\"Chat\""), "Lead_Source", "Lead_Status");
    update(api, kept, "\"Lead_Source\":\"Partner\"").hasStatus(200);
    update(api, kept, "\"Lead_Status\":\"Junk Lead\"").hasStatus(200);
    refused(update(api, kept, "\"Lead_Source\":\"Cold Call\""), "Lead_Source", "Lead_Status");
    update(api, kept, "\"Lead_Source\":\"Cold Call\",\"Lead_Status\":null").hasStatus(200);
    Answer read = api.get("/crm/v8/Leads/" + kept);
    assertThat(read.at("/data/0/Lead_Source").asString()).isEqualTo("Cold Call");
    assertThat(read.at("/data/0/Lead_Status").isNull()).isTrue();
    // what was there before stays until one of the two is written
    update(api, free, "\"Company\":\"Zylker\"").hasStatus(200);

    leads.edit("map_dependency", Long.parseLong(id), body -> body.put("active", false));
    api.post("/crm/v8/Leads", lead(wrong)).hasStatus(201);
    leads.edit("map_dependency", Long.parseLong(id), body -> body.put("active", true));
    refused(api.post("/crm/v8/Leads", lead(wrong)), "Lead_Status", "Lead_Source");
    api.delete(leads.path("/" + id)).hasStatus(200);
    api.post("/crm/v8/Leads", lead(wrong)).hasStatus(201);
  }

  private static Answer update(Api api, String id, String values) {
    return api.put("/crm/v8/Leads", "{\"data\":[{\"id\":\"" + id + "\"," + values + "}]}");
  }

  @Test
  void noneIsAValueOfTheParentWhenItIsMapped() {
    var leads = new LayoutFields("Leads");
    leads.create(
        "Lead_Source",
        "Lead_Status",
        leads.maps("Lead_Source", "-None-", "Lead_Status", "Contacted"));
    leads.api().post("/crm/v8/Leads", lead(",\"Lead_Status\":\"Contacted\"")).hasStatus(201);
    refused(
        leads.api().post("/crm/v8/Leads", lead(",\"Lead_Status\":\"Junk Lead\"")),
        "Lead_Status",
        "Lead_Source");
  }

  @Test
  void everyValueOfAChildWithSeveralIsMapped() {
    var leads = new LayoutFields("Leads");
    Api api = leads.api();
    leads.edit(
        "field",
        leads.field("Leads", "Lead_Status").id(),
        body -> body.put("data_type", "multiselectpicklist").put("json_type", "jsonarray"));
    leads.create(
        "Lead_Source",
        "Lead_Status",
        leads.maps("Lead_Source", "Partner", "Lead_Status", "Contacted", "Junk Lead"));
    String both = ",\"Lead_Source\":\"Partner\",\"Lead_Status\":[\"Contacted\",\"%s\"]";
    String id = api.post("/crm/v8/Leads", lead(both.formatted("Junk Lead"))).savedId(0);
    refused(
        api.post("/crm/v8/Leads", lead(both.formatted("Lost \\\"Lead, it is"))),
        "Lead_Status",
        "Lead_Source");
    refused(update(api, id, "\"Lead_Status\":[\"Lost Lead\"]"), "Lead_Status", "Lead_Source");
    update(api, id, "\"Lead_Source\":\"Partner\"").hasStatus(200);
    refused(update(api, id, "\"Lead_Source\":\"Chat\""), "Lead_Source", "Lead_Status");
  }

  @Test
  void rowsOfSubformsKeepToTheLayoutOfTheirRecord() {
    var quotes = new LayoutFields("Quotes");
    Api api = quotes.api();
    for (String name : new String[] {"Description", "Price_Book_Name"}) {
      quotes.edit(
          "field",
          quotes.field("Quoted_Items", name).id(),
          body -> {
            body.put("data_type", "picklist").put("json_type", "string");
            body.remove("textarea");
            body.remove("lookup");
            ObjectNode values = body.putArray("pick_list_values").addObject();
            return withValues(body, values, quotes.field("Quoted_Items", name).id());
          });
    }
    String parent = "{\"id\":\"" + quotes.field("Quoted_Items", "Description").id() + "\"}";
    String child = "{\"id\":\"" + quotes.field("Quoted_Items", "Price_Book_Name").id() + "\"}";
    String maps =
        "[{\"id\":\"%s\",\"maps\":[{\"id\":\"%s\"}]}]"
            .formatted(
                quotes.option("Quoted_Items", "Description", "one"),
                quotes.option("Quoted_Items", "Price_Book_Name", "one"));
    api.post(quotes.path(""), LayoutFields.body(parent, child, maps)).hasStatus(201);
    assertThat(api.get(quotes.path("")).at("/map_dependency/0/sub_module/api_name").asString())
        .isEqualTo("Quoted_Items");
    String product =
        api.post("/crm/v8/Products", "{\"data\":[{\"Product_Name\":\"Chair\"}]}")
            .hasStatus(201)
            .savedId(0);
    String quote =
        """
        {"data":[{"Subject":"S","Quoted_Items":[
          {"Product_Name":{"id":"%s"},"Quantity":1,"Description":"one","Price_Book_Name":"%s"}]}]}""";
    Answer created = api.post("/crm/v8/Quotes", quote.formatted(product, "one")).hasStatus(201);
    api.post("/crm/v8/Quotes", quote.formatted(product, "two"))
        .hasStatus(400)
        .rowIsError(
            0,
            "MAPPING_MISMATCH",
            "Description doesn't contain the Price Book Name",
            """
            {"mapped_field":{"api_name":"Description",
              "json_path":"$.data[0].Quoted_Items[0].Description"},
             "api_name":"Price_Book_Name","json_path":"$.data[0].Quoted_Items[0].Price_Book_Name"}""");
    String id = created.savedId(0);
    String row = api.get("/crm/v8/Quotes/" + id).at("/data/0/Quoted_Items/0/id").asString();
    api.put(
            "/crm/v8/Quotes",
            """
            {"data":[{"id":"%s","Quoted_Items":[{"id":"%s","Price_Book_Name":"two"}]}]}"""
                .formatted(id, row))
        .hasStatus(400);
    assertThat(
            api.get("/crm/v8/Quotes/" + id).at("/data/0/Quoted_Items/0/Price_Book_Name").asString())
        .isEqualTo("one");
  }

  private static ObjectNode withValues(ObjectNode body, ObjectNode first, long field) {
    first.put("display_value", "one").put("actual_value", "one").put("id", field + "1");
    body.withArray("pick_list_values")
        .addObject()
        .put("display_value", "two")
        .put("actual_value", "two")
        .put("id", Long.toString(field - 1_000_000));
    first.put("id", Long.toString(field - 2_000_000));
    return body;
  }

  /** Values of a global pick list that a dependency maps stay. */
  @Test
  void aMappedValueOfAGlobalPickListIsNotDeleted() {
    var leads = new LayoutFields("Leads");
    Api api = leads.api();
    String lists = "/crm/v8/settings/global_picklists";
    String list =
        api.post(
                lists,
                """
                {"global_picklists":[{"display_label":"Status","pick_list_values":[
                  {"display_value":"open"},{"display_value":"closed"}]}]}""")
            .hasStatus(201)
            .at("/global_picklists/0/details/id")
            .asString();
    leads.edit(
        "field",
        leads.field("Leads", "Lead_Status").id(),
        body -> {
          body.putObject("global_picklist").put("id", list);
          return body;
        });
    leads.create(
        "Lead_Source", "Lead_Status", leads.maps("Lead_Source", "Partner", "Lead_Status", "open"));
    Answer refused =
        api.patch(
            lists + "/" + list,
            """
            {"global_picklists":[{"pick_list_values":[{"id":"%s","_delete":null}]}]}"""
                .formatted(leads.option("Leads", "Lead_Status", "open")));
    refused.hasStatus(400);
    assertThat(refused.at("/global_picklists/0"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"code":"NOT_ALLOWED","details":{"api_name":"pick_list_values",
                 "json_path":"$.global_picklists[0].pick_list_values[0]"},
                 "message":"Option delete not allowed","status":"error"}"""));
    // the dependency follows the values of the list
    api.patch(
            lists + "/" + list,
            """
            {"global_picklists":[{"pick_list_values":[{"id":"%s","display_value":"Open!"}]}]}"""
                .formatted(leads.option("Leads", "Lead_Status", "open")))
        .hasStatus(200);
    String values = ",\"Lead_Source\":\"Partner\",\"Lead_Status\":\"%s\"";
    api.post("/crm/v8/Leads", lead(values.formatted("Open!"))).hasStatus(201);
    refused(
        api.post("/crm/v8/Leads", lead(values.formatted("closed"))), "Lead_Status", "Lead_Source");
  }
}
