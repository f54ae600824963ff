package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** POST /{module}/{id}/actions/clone. Reference: Record Clone. */
@Proves("POST /crm/{version}/{module}/{id}/actions/clone")
class CloneRecordTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @BeforeAll
  static void addFields() {
    addField("Badge", "\"unique\":{\"casesensitive\":false}");
    addField("Ext", "\"external\":{\"type\":\"org\",\"show\":true}");
  }

  private static void addField(String label, String extra) {
    ORG.api()
        .post(
            "/crm/v8/settings/fields?module=Leads",
            "{\"fields\":[{\"field_label\":\"%s\",\"data_type\":\"text\",%s}]}"
                .formatted(label, extra))
        .hasStatus(201);
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }

  private Answer copy(String module, String id, String body) {
    return api.post("/crm/v8/" + module + "/" + id + "/actions/clone", body);
  }

  private Answer read(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).hasStatus(200);
  }

  @Test
  void aCopyHasTheValuesOfTheRecordAndThoseOfTheBody() {
    String id =
        create(
            "Leads",
            """
            {"Last_Name":"Smith","First_Name":"Anna","Company":"Acme","Annual_Revenue":12.5,
             "Ext":"e1","Email_Opt_Out":true,"Tag":[{"name":"vip"}],"Lead_Source":"Cold Call"}""");
    String same = copy("Leads", id, "").hasStatus(201).savedId(0);
    String other =
        copy("Leads", id, "{\"data\":[{\"Company\":\"New\",\"First_Name\":null}]}")
            .hasStatus(201)
            .savedId(0);
    assertThat(same).isNotEqualTo(id);
    Answer first = read("Leads", same);
    assertThat(first.at("/data/0/Full_Name").asString()).isEqualTo("Anna Smith");
    assertThat(first.at("/data/0/Annual_Revenue").decimalValue()).isEqualByComparingTo("12.5");
    assertThat(first.at("/data/0/Tag/0/name").asString()).isEqualTo("vip");
    assertThat(first.at("/data/0/Lead_Source").asString()).isEqualTo("Cold Call");
    assertThat(first.at("/data/0/Email_Opt_Out").asBoolean()).isTrue();
    assertThat(first.at("/data/0/Ext").isNull()).isTrue();
    Answer second = read("Leads", other);
    assertThat(second.at("/data/0/Company").asString()).isEqualTo("New");
    assertThat(second.at("/data/0/Full_Name").asString()).isEqualTo("Smith");
    assertThat(read("Leads", id).at("/data/0/Company").asString()).isEqualTo("Acme");
  }

  @Test
  void rowsOfSubformsAreCopiedAndLookupsKept() {
    String product = create("Products", "{\"Product_Name\":\"Pump\"}");
    String quote =
        create(
            "Quotes",
            """
            {"Subject":"Q","Quoted_Items":[{"Product_Name":{"id":"%1$s"},"Quantity":2,"List_Price":5},
             {"Product_Name":{"id":"%1$s"},"Quantity":3}]}"""
                .formatted(product));
    Answer original = read("Quotes", quote);
    String copied = copy("Quotes", quote, "").hasStatus(201).savedId(0);
    Answer copy = read("Quotes", copied);
    assertThat(copy.at("/data/0/Quoted_Items").size()).isEqualTo(2);
    assertThat(copy.at("/data/0/Quoted_Items/0/Parent_Id/id").asString()).isEqualTo(copied);
    assertThat(copy.at("/data/0/Quoted_Items/1/Quantity"))
        .isEqualTo(original.at("/data/0/Quoted_Items/1/Quantity"));
    assertThat(copy.at("/data/0/Quoted_Items/0/id"))
        .isNotEqualTo(original.at("/data/0/Quoted_Items/0/id"));
    assertThat(read("Quotes", quote).at("/data/0/Quoted_Items").size()).isEqualTo(2);

    String account = create("Accounts", "{\"Account_Name\":\"A\"}");
    String task =
        create(
            "Tasks",
            "{\"Subject\":\"T\",\"What_Id\":{\"id\":\"%s\"},\"$se_module\":\"Accounts\"}"
                .formatted(account));
    Answer copiedTask = read("Tasks", copy("Tasks", task, "").hasStatus(201).savedId(0));
    assertThat(copiedTask.at("/data/0/What_Id/id").asString()).isEqualTo(account);
  }

  @Test
  void theErrorsAreThoseOfInsert() {
    String id = create("Leads", "{\"Last_Name\":\"Smith\",\"Badge\":\"b1\"}");
    copy("Leads", id, "").hasStatus(400).hasCode("/data/0", "DUPLICATE_DATA");
    copy("Leads", id, "{\"data\":[{\"Badge\":\"b2\"}]}").hasStatus(201);
    copy("Leads", id, "{\"data\":[{\"Badge\":\"b3\",\"Last_Name\":null}]}")
        .hasStatus(400)
        .hasCode("/data/0", "MANDATORY_NOT_FOUND");
    copy("Leads", id, "{\"data\":[{},{}]}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":1,\"api_name\":\"data\",\"json_path\":\"$.data\"}");
    copy("Leads", id, "{\"data\":[7]}").hasStatus(400).hasCode("", "INVALID_DATA");
    copy("Leads", "1", "")
        .isError(
            400, "INVALID_DATA", "the id given seems to be invalid", "{\"resource_path_index\":1}");
    copy("Nowhere", id, "").hasStatus(400).hasCode("", "INVALID_MODULE");
  }
}
