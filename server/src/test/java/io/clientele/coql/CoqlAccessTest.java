package io.clientele.coql;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** Queries read at each of their tables what their user may see there, and nothing else. */
@Proves("POST /crm/{version}/coql")
class CoqlAccessTest {
  private static final CoqlOrg ORG = new CoqlOrg();
  private static final long REP = TestUsers.standard(ORG.org, "rep@example.com");
  private static final Api API = ORG.org.api(REP, TestOrg.ALL_SCOPES);

  @Test
  void whatIsHiddenReadsAsNothingAtEachTable() {
    String mine =
        ORG.create(
            "Contacts",
            "{\"Last_Name\":\"Mine\",\"Owner\":\"%d\",\"Account_Name\":{\"id\":\"%s\"}}"
                .formatted(REP, ORG.zylker));
    answers(
        "select Last_Name, Account_Name.Account_Name, Account_Name.Parent_Account.Employees"
            + " from Contacts where id is not null",
        """
        {"Last_Name":"Mine","Account_Name.Account_Name":null,
         "Account_Name.Parent_Account.Employees":null,"id":"%s"}"""
            .formatted(mine));
    finds(false, "select id from Contacts where Account_Name.Account_Name = 'Zylker'");
    finds(true, "select id from Contacts where Account_Name.Account_Name is null");
    finds(
        false,
        "select id from Contacts where Account_Name in (select id from Accounts where id > 0)");
    finds(false, "select id from Deals where id is not null");
    answers("select COUNT(id) from Deals where id is not null", "{\"COUNT(id)\":0}");
    answers(
        "select COUNT(id), Account_Name.Account_Name from Contacts where id is not null"
            + " group by Account_Name.Account_Name",
        "{\"COUNT(id)\":1,\"Account_Name.Account_Name\":null}");
    assertThat(ORG.rows("select id from Contacts where Account_Name.Account_Name = 'Zylker'"))
        .hasSize(2);
  }

  private static void finds(boolean some, String query) {
    assertThat(CoqlOrg.ask(API, query).status()).as(query).isEqualTo(some ? 200 : 204);
  }

  private static void answers(String query, String row) {
    assertThat(CoqlOrg.rows(CoqlOrg.ask(API, query)))
        .as(query)
        .containsExactly(io.clientele.http.Json.MAPPER.readTree(row));
  }
}
