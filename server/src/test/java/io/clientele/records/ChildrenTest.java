package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/**
 * Rows of subforms and links, written and read with their record. Reference: Get Records, Update
 * Records.
 */
@Proves(
    value = {
      "GET /crm/{version}/{module}",
      "GET /crm/{version}/{module}/{id}",
      "POST /crm/{version}/{module}",
      "PUT /crm/{version}/{module}"
    },
    area = "Core APIs/Subforms")
class ChildrenTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void rowsOfASubformLiveWithTheirRecord() {
    String product = product();
    String quote =
        api.post(
                "/crm/v8/Quotes",
                "{\"data\":[{\"Subject\":\"Q\",\"Quoted_Items\":[%s,%s]}]}"
                    .formatted(item(product, 1), item(product, 2)))
            .hasStatus(201)
            .savedId(0);
    Answer read = api.get("/crm/v8/Quotes/" + quote).hasStatus(200);
    assertThat(read.at("/data/0/Quoted_Items").size()).isEqualTo(2);
    assertThat(read.at("/data/0/Quoted_Items/0/Product_Name/name").asString()).isEqualTo("Pump");
    assertThat(read.at("/data/0/Quoted_Items/0/Parent_Id/id").asString()).isEqualTo(quote);
    assertThat(read.at("/data/0/$has_more/Quoted_Items").asBoolean(true)).isFalse();
    String first = read.at("/data/0/Quoted_Items/0/id").asString();
    String second = read.at("/data/0/Quoted_Items/1/id").asString();

    api.put(
            "/crm/v8/Quotes/" + quote,
            "{\"data\":[{\"Quoted_Items\":[{\"id\":\"%s\",\"Quantity\":7},{\"id\":\"%s\",\"_delete\":null},%s]}]}"
                .formatted(first, second, item(product, 3)))
        .hasStatus(200);
    Answer changed = api.get("/crm/v8/Quotes/" + quote);
    assertThat(changed.at("/data/0/Quoted_Items").size()).isEqualTo(2);
    assertThat(changed.at("/data/0/Quoted_Items/0/Quantity").decimalValue())
        .isEqualByComparingTo("7");
    assertThat(changed.at("/data/0/Quoted_Items/1/Quantity").decimalValue())
        .isEqualByComparingTo("3");
    assertThat(api.get("/crm/v8/Quotes?fields=Subject").at("/data/0").has("Quoted_Items"))
        .isFalse();

    api.delete("/crm/v8/Quotes/" + quote).hasStatus(200);
    api.get("/crm/v8/Quoted_Items?fields=id&ids=" + first).hasStatus(204);
  }

  @Test
  void rowsOfAnotherRecordAreOutOfReach() {
    String product = product();
    String body = "{\"data\":[{\"Subject\":\"Q\",\"Quoted_Items\":[" + item(product, 1) + "]}]}";
    String mine = api.post("/crm/v8/Quotes", body).savedId(0);
    String other = api.post("/crm/v8/Quotes", body).savedId(0);
    String row = api.get("/crm/v8/Quotes/" + other).at("/data/0/Quoted_Items/0/id").asString();
    for (String change : new String[] {"\"Quantity\":9", "\"_delete\":null"}) {
      api.put(
              "/crm/v8/Quotes/" + mine,
              "{\"data\":[{\"Quoted_Items\":[{\"id\":\"" + row + "\"," + change + "}]}]}")
          .hasStatus(400)
          .rowIsError(
              0,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"api_name\":\"id\",\"json_path\":\"$.data[0].Quoted_Items[0].id\"}");
    }
    assertThat(api.get("/crm/v8/Quotes/" + other).at("/data/0/Quoted_Items").size()).isEqualTo(1);
  }

  @Test
  void aBadRowRejectsItsRecordWhole() {
    Answer answer =
        api.post(
                "/crm/v8/Quotes",
                "{\"data\":[{\"Subject\":\"Bad\",\"Quoted_Items\":[{\"Product_Name\":{\"id\":\"12\"}}]}]}")
            .hasStatus(400);
    assertThat(answer.at("/data/0/details/json_path").asString())
        .isEqualTo("$.data[0].Quoted_Items[0].Product_Name.id");
    api.post("/crm/v8/Quotes", "{\"data\":[{\"Subject\":\"Empty\",\"Quoted_Items\":[]}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Quoted_Items\",\"json_path\":\"$.data[0].Quoted_Items\"}");
  }

  @Test
  void aServiceHasUsersAsMembers() {
    String user = Long.toString(ORG.adminId());
    String service =
        api.post(
                "/crm/v8/Services__s",
                "{\"data\":[{\"Service_Name\":\"Repair\",\"Duration\":30,\"Availability_Type\":\"Every Business Days\",\"Price\":20,\"Location\":\"Client Address\",\"Members\":[{\"Members\":{\"id\":\"%s\"}}]}]}"
                    .formatted(user))
            .hasStatus(201)
            .savedId(0);
    Answer read = api.get("/crm/v8/Services__s/" + service).hasStatus(200);
    assertThat(read.at("/data/0/Members/0/Members/id").asString()).isEqualTo(user);
    assertThat(read.at("/data/0/$has_more/Members").isBoolean()).isTrue();
  }

  @Test
  void rowsOfASubformAreReachedThroughTheirOwnModuleToo() {
    String product = product();
    String body = "{\"data\":[{\"Subject\":\"Q\",\"Quoted_Items\":[" + item(product, 1) + "]}]}";
    String quote = api.post("/crm/v8/Quotes", body).hasStatus(201).savedId(0);
    String row = api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items/0/id").asString();
    Answer listed =
        api.get("/crm/v8/Quoted_Items?fields=Quantity,Parent_Id&ids=" + row).hasStatus(200);
    assertThat(listed.at("/data/0/Parent_Id/id").asString()).isEqualTo(quote);
    assertThat(listed.at("/data/0/Quantity").decimalValue()).isEqualByComparingTo("1");
    api.get("/crm/v8/Quoted_Items?ids=" + row)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"fields\"}");

    api.put("/crm/v8/Quoted_Items/" + row, "{\"data\":[{\"Quantity\":4}]}").hasStatus(200);
    assertThat(
            api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items/0/Quantity").decimalValue())
        .isEqualByComparingTo("4");
    for (String path : new String[] {"/crm/v8/Quoted_Items", "/crm/v8/Quoted_Items/upsert"}) {
      api.post(path, "{\"data\":[" + item(product, 2) + "]}")
          .isError(
              400,
              "INVALID_MODULE",
              "The given module is not supported in API",
              "{\"resource_path_index\":0}");
    }
    api.put("/crm/v8/Quoted_Items/" + row, "{\"data\":[{\"Parent_Id\":null}]}").hasStatus(200);
    api.delete("/crm/v8/Quoted_Items/" + row).hasStatus(200);
    assertThat(api.get("/crm/v8/Quotes/" + quote).at("/data/0/Quoted_Items").size()).isZero();
  }

  @Test
  void linksAreRecordsOfTheirModule() {
    long other = TestUsers.standard(ORG, "links@example.com");
    String service =
        api.post(
                "/crm/v8/Services__s",
                "{\"data\":[{\"Service_Name\":\"Cut\",\"Duration\":30,\"Availability_Type\":\"Every Business Days\",\"Price\":20,\"Location\":\"Client Address\",\"Members\":[{\"Members\":{\"id\":\"%d\"}}]}]}"
                    .formatted(ORG.adminId()))
            .hasStatus(201)
            .savedId(0);
    String links = "/crm/v8/Services_X_Users__s";
    String link =
        api.post(
                links,
                "{\"data\":[{\"Services\":{\"id\":\"%s\"},\"Members\":{\"id\":\"%d\"}}]}"
                    .formatted(service, other))
            .hasStatus(201)
            .savedId(0);
    assertThat(members(service)).contains(Long.toString(other));
    assertThat(
            api.get(links + "?fields=Services,Members&ids=" + link)
                .at("/data/0/Services/id")
                .asString())
        .isEqualTo(service);
    api.delete(links + "/" + link).hasStatus(200);
    assertThat(members(service)).containsExactly(Long.toString(ORG.adminId()));
    api.post(links, "{\"data\":[{\"Members\":{\"id\":\"" + other + "\"}}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Services\",\"json_path\":\"$.data[0].Services\"}");
  }

  private java.util.List<String> members(String service) {
    return api.get("/crm/v8/Services__s/" + service)
        .at("/data/0/Members")
        .valueStream()
        .map(row -> row.at("/Members/id").asString())
        .toList();
  }

  private String product() {
    return api.post("/crm/v8/Products", "{\"data\":[{\"Product_Name\":\"Pump\"}]}").savedId(0);
  }

  private static String item(String product, int quantity) {
    return "{\"Product_Name\":{\"id\":\"%s\"},\"Quantity\":%d,\"List_Price\":10}"
        .formatted(product, quantity);
  }
}
