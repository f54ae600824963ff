package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;

/** POST /{module}. Reference: Insert Records. */
class CreateRecordsTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void aLeadIsCreatedAndReadBack() {
    Answer created =
        api.post(
                "/crm/v8/Leads",
                """
                {"data":[{"Last_Name":"Smith","First_Name":"Anna","Company":"Acme",
                  "Email":"anna@example.com","Annual_Revenue":1000.5,"No_of_Employees":12,
                  "Lead_Source":"Cold Call","Website":"https://acme.example","Tag":[{"name":"vip"}]}]}""")
            .hasStatus(201);
    assertThat(created.at("/data/0/code").asString()).isEqualTo("SUCCESS");
    assertThat(created.at("/data/0/message").asString()).isEqualTo("record added");
    Answer read = api.get("/crm/v8/Leads/" + created.savedId(0)).hasStatus(200);
    assertThat(read.at("/data/0/Full_Name").asString()).isEqualTo("Anna Smith");
    assertThat(read.at("/data/0/Annual_Revenue").decimalValue()).isEqualByComparingTo("1000.5");
    assertThat(read.at("/data/0/No_of_Employees").isInt()).isTrue();
    assertThat(read.at("/data/0/Owner/name").asString()).isEqualTo("Patricia Boyle");
    assertThat(read.at("/data/0/Tag/0/name").asString()).isEqualTo("vip");
    assertThat(read.at("/data/0/Created_Time").asString()).endsWith("+05:30");
  }

  @Test
  void aLeadWithoutLastNameIsRejected() {
    api.post("/crm/v8/Leads", "{\"data\":[{\"Company\":\"Acme\"}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Last_Name\",\"json_path\":\"$.data[0].Last_Name\"}");
  }
}
