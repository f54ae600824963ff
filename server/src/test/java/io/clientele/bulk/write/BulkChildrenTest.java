package io.clientele.bulk.write;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rows that hang on records, with files of their own. Reference: Create Bulk Write Job. */
@Proves({
  "POST /crm/{version}/upload",
  "POST /crm/bulk/{version}/write",
  "GET /crm/bulk/{version}/write/{job_id}",
  "GET /crm/bulk/{version}/write/{job_id}/result"
})
class BulkChildrenTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final Writes writes = new Writes(org, api);

  @Test
  void recordsAndTheirLinesComeInOneArchive() {
    String product =
        api.post("/crm/v8/Products", "{\"data\":[{\"Product_Name\":\"Pump\",\"Unit_Price\":5}]}")
            .savedId(0);
    String file =
        writes.upload(
            "quotes.csv",
            "Key,Subject\nq1,First\nq2,Second\nq3,\n",
            "items.csv",
            "Quote,Product,Quantity\nq1,Pump,1\nq2,%s,2\nq1,Pump,3\nq9,Pump,4\nq3,Pump,5\nq2,Pump,x\n"
                .formatted("Pump"));
    String id =
        writes.create(
            """
            {"operation":"insert","resource":[
             {"type":"data","module":{"api_name":"Quotes"},"file_id":"%1$s",
              "file_names":["quotes.csv"],"field_mappings":[{"api_name":"Subject","index":1}]},
             {"type":"data","module":{"api_name":"Quoted_Items"},"file_id":"%1$s",
              "file_names":["items.csv"],"field_mappings":[
               {"api_name":"Parent_Id","index":0,"parent_column_index":0},
               {"api_name":"Product_Name","index":1,"find_by":"Product_Name"},
               {"api_name":"Quantity","index":2}]}]}"""
                .formatted(file));
    writes.run();
    JsonNode details = writes.details(id);
    assertThat(Writes.counts(details.at("/resource/0"))).containsExactly(2L, 0L, 1L, 3L);
    assertThat(Writes.counts(details.at("/resource/1"))).containsExactly(3L, 0L, 3L, 6L);
    List<NamedCsvRecord> items = writes.result(id, "Quoted_Items-items.csv");
    assertThat(items.getFirst().getHeader())
        .containsExactly("Quote", "Product", "Quantity", "STATUS", "RECORD_ID", "ERRORS");
    assertThat(items)
        .extracting(row -> row.getField("ERRORS"))
        .containsExactly(
            "",
            "",
            "",
            "RESOURCE_NOT_FOUND-Quote",
            "RESOURCE_NOT_FOUND-Quote",
            "INVALID_DATA-Quantity");
    String quote = writes.result(id, "Quotes-quotes.csv").getFirst().getField("RECORD_ID");
    JsonNode shown = api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items");
    assertThat(shown).extracting(row -> row.path("Quantity").asInt()).containsExactly(1, 3);
    assertThat(shown.at("/0/id").asString()).isEqualTo(items.getFirst().getField("RECORD_ID"));
    assertThat(shown.at("/0/Product_Name/id").asString()).isEqualTo(product);
    assertThat(shown.at("/0/Parent_Id/id").asString()).isEqualTo(quote);
  }

  @Test
  void linesOfRecordsThatAreThere() {
    api.post("/crm/v8/Products", "{\"data\":[{\"Product_Name\":\"Pump\"}]}").hasStatus(201);
    String product = api.get("/crm/v8/Products?fields=id").ids().getFirst();
    String quote =
        api.post(
                "/crm/v8/Quotes",
                "{\"data\":[{\"Subject\":\"Q\",\"Quoted_Items\":[{\"Product_Name\":{\"id\":\"%s\"},\"Quantity\":9}]}]}"
                    .formatted(product))
            .savedId(0);
    String line = api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items/0/id").asString();
    String mappings =
        """
        "field_mappings":[{"api_name":"Parent_Id","index":0,"find_by":"id"},
         {"api_name":"Product_Name","index":1,"find_by":"id"},{"api_name":"Quantity","index":2}]""";
    String csv = "P,Product,N\n%1$s,%2$s,2\n77,%2$s,3\n,%2$s,4\n".formatted(quote, product);
    List<NamedCsvRecord> rows = writes.write("insert", "Quoted_Items", csv, mappings);
    assertThat(rows)
        .extracting(row -> row.getField("STATUS") + row.getField("ERRORS"))
        .containsExactly("ADDED", "SKIPPEDRESOURCE_NOT_FOUND-P", "SKIPPEDRESOURCE_NOT_FOUND-P");
    mappings =
        """
        "find_by":"id","field_mappings":[{"api_name":"Parent_Id","index":0,"find_by":"id"},
         {"api_name":"id","index":1},{"api_name":"Quantity","index":2}]""";
    csv = "P,Line,N\n%s,%s,7\n".formatted(quote, line);
    rows = writes.write("update", "Quoted_Items", csv, mappings);
    assertThat(rows.getFirst().getField("STATUS")).isEqualTo("UPDATED");
    assertThat(api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items"))
        .extracting(row -> row.path("Quantity").asInt())
        .containsExactly(7, 2);
  }

  @Test
  void linksAreRowsOfTheirModule() {
    api.post(
            "/crm/v8/settings/fields?module=Deals",
            """
            {"fields":[{"field_label":"Partners","data_type":"multiselectlookup",
             "multiselectlookup":{"connected_details":{"module":{"api_name":"Accounts"}},
              "display_label":"Partner Deals"}}]}""")
        .hasStatus(201);
    JsonNode field =
        api.get("/crm/v8/settings/fields?module=Deals")
            .at("/fields")
            .valueStream()
            .filter(one -> one.path("api_name").asString().equals("Partners"))
            .findFirst()
            .orElseThrow();
    JsonNode linking = field.at("/multiselectlookup/linking_details");
    String account =
        api.post("/crm/v8/Accounts", "{\"data\":[{\"Account_Name\":\"Acme\"}]}").savedId(0);
    String file =
        writes.upload(
            "deals.csv",
            "Deal_Name,Stage,Closing_Date\nD1,Qualification,12/31/2026\n",
            "links.csv",
            "Deal,Partner\nD1,Acme\nD1,Nobody\n");
    String id =
        writes.create(
            """
            {"operation":"insert","resource":[
             {"type":"data","module":{"api_name":"Deals"},"file_id":"%1$s",
              "file_names":["deals.csv"]},
             {"type":"data","module":{"api_name":"%2$s"},"file_id":"%1$s",
              "file_names":["links.csv"],"field_mappings":[
               {"api_name":"%3$s","index":0,"parent_column_index":0},
               {"api_name":"%4$s","index":1,"find_by":"Account_Name"}]}]}"""
                .formatted(
                    file,
                    linking.at("/module/api_name").asString(),
                    linking.at("/lookup_field/api_name").asString(),
                    linking.at("/connected_lookup_field/api_name").asString()));
    writes.run();
    JsonNode details = writes.details(id);
    assertThat(Writes.counts(details.at("/resource/1"))).containsExactly(1L, 0L, 1L, 2L);
    String deal = api.get("/crm/v8/Deals?fields=id").ids().getFirst();
    JsonNode shown = api.get("/crm/v8/Deals/" + deal).at("/data/0/Partners");
    assertThat(shown).hasSize(1);
    assertThat(shown.at("/0/Partners/id").asString()).isEqualTo(account);
  }

  @Test
  void linesNeedTheirFieldOfTheRecord() {
    Api user = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    String product =
        api.post("/crm/v8/Products", "{\"data\":[{\"Product_Name\":\"Pump\"}]}").savedId(0);
    String quote =
        user.post(
                "/crm/v8/Quotes",
                "{\"data\":[{\"Subject\":\"Q\",\"Quoted_Items\":[{\"Product_Name\":{\"id\":\"%s\"},\"Quantity\":9}]}]}"
                    .formatted(product))
            .savedId(0);
    TestUsers.allow(org, "Standard", "Crm_Implied_Import_Quotes");
    var theirs = new Writes(org, user);
    String body =
        Writes.body(
            "insert",
            "Quoted_Items",
            theirs.upload("Parent,Product,N\n" + quote + "," + product + ",5\n"),
            """
            "field_mappings":[{"api_name":"Parent_Id","index":0,"find_by":"id"},
             {"api_name":"Product_Name","index":1,"find_by":"id"},
             {"api_name":"Quantity","index":2}]""");
    for (String permission : new String[] {"read_only", "hidden"}) {
      permit("read_write");
      String id = theirs.create(body);
      permit(permission);
      theirs.run();
      JsonNode details = theirs.details(id);
      assertThat(details.path("status").asString()).isEqualTo("FAILED");
      assertThat(details.at("/resource/0/code").asString()).isEqualTo("NO_PERMISSION");
    }
    permit("read_only");
    user.post(Writes.WRITE, body).hasStatus(403).hasCode("", "NO_PERMISSION");
    assertThat(api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items")).hasSize(1);
    permit("read_write");
    theirs.create(body);
    theirs.run();
    assertThat(api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items")).hasSize(2);
  }

  private void permit(String permission) {
    long field = org.metadata().get("Quotes").field("Quoted_Items").orElseThrow().id();
    long profile =
        org.metadata().settings("profile").stream()
            .filter(one -> one.apiName().equals("Standard"))
            .findFirst()
            .orElseThrow()
            .id();
    api.patch(
            "/crm/v8/settings/fields/" + field + "?module=Quotes",
            "{\"fields\":[{\"profiles\":[{\"id\":\"%d\",\"permission_type\":\"%s\"}]}]}"
                .formatted(profile, permission))
        .hasStatus(200);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String file = writes.upload("a.csv", "Subject\nA\n", "b.csv", "Parent_Id,N\nA,1\n");
    String parents =
        """
        {"type":"data","module":{"api_name":"Quotes"},"file_id":"%1$s","file_names":["a.csv"]}"""
            .formatted(file);
    String lines =
        """
        {"type":"data","module":{"api_name":"Quoted_Items"},"file_id":"%1$s",
         "file_names":["b.csv"],"field_mappings":[{"api_name":"Quantity","index":1}%2$s]}""";
    api.post(
            Writes.WRITE,
            "{\"operation\":\"insert\",\"resource\":[%s,%s]}"
                .formatted(parents, lines.formatted(file, "")))
        .isError(
            400, "MANDATORY_NOT_FOUND", "Required key parent_column_index is not available", "{}");
    for (String name : new String[] {"Tag", "Nothing"}) {
      String parent = ",{\"api_name\":\"Parent_Id\",\"index\":0,\"find_by\":\"" + name + "\"}";
      api.post(
              Writes.WRITE,
              "{\"operation\":\"insert\",\"resource\":[%s]}"
                  .formatted(lines.formatted(file, parent)))
          .hasStatus(400)
          .hasCode("", "INVALID_FIELD");
    }
    api.post(
            Writes.WRITE,
            "{\"operation\":\"insert\",\"resource\":[%s,%s]}"
                .formatted(parents, parents.replace("Quotes", "Products")))
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
    api.post(
            Writes.WRITE,
            "{\"operation\":\"insert\",\"resource\":[%s,%s]}".formatted(parents, parents))
        .hasStatus(400)
        .hasCode("", "DUPLICATE_DATA");
  }
}
