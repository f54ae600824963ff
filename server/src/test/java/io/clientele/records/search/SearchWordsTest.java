package io.clientele.records.search;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches by word, e-mail address and telephone number. */
@Proves("GET /crm/{version}/{module}/search")
class SearchWordsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final Api API = ORG.api();
  private static final Searches LEADS = new Searches(API, "Leads", "Last_Name");

  @Test
  void wordsAreFoundAsSoonAsWrittenAndNoLonger() {
    String id =
        LEADS.create(
            """
            {"Last_Name":"Ada","First_Name":"Kestrel","Company":"Osprey-Works Ltd.",
             "Description":"met at the fair,\\nlikes herons","Email":"ada.wren@birds.example.com"}""");
    LEADS.finds("word", "kestrel", "Ada");
    LEADS.finds("word", "KES", "Ada");
    LEADS.finds("word", "osprey works", "Ada");
    LEADS.finds("word", "ltd heron", "Ada");
    LEADS.finds("word", "kestrel ada", "Ada");
    LEADS.finds("word", "wren", "Ada");
    LEADS.finds("word", "ada.wren@birds.example.com", "Ada");
    LEADS.finds("word", "heron albatross");
    LEADS.finds("word", "estrel");
    API.put("/crm/v8/Leads/" + id, "{\"data\":[{\"First_Name\":\"Merlin\",\"Description\":null}]}")
        .hasStatus(200);
    LEADS.finds("word", "merlin", "Ada");
    LEADS.finds("word", "osprey", "Ada");
    LEADS.finds("word", "kestrel");
    LEADS.finds("word", "herons");
    API.put("/crm/v8/Leads/" + id, "{\"data\":[{\"No_of_Employees\":5}]}").hasStatus(200);
    LEADS.finds("word", "merlin", "Ada");
    API.delete("/crm/v8/Leads/" + id).hasStatus(200);
    LEADS.finds("word", "merlin");
  }

  @Test
  void wordsOfAllScripts() {
    LEADS.create("{\"Last_Name\":\"Straße Łódź\",\"Company\":\"東京タワー Ελλάδα हिन्दी\"}");
    LEADS.finds("word", "ŁÓDŹ", "Straße Łódź");
    LEADS.finds("word", "straße", "Straße Łódź");
    LEADS.finds("word", "東京", "Straße Łódź");
    LEADS.finds("word", "ΕΛΛΆΔΑ", "Straße Łódź");
    LEADS.finds("word", "हिन्दी", "Straße Łódź");
  }

  @Test
  void whatLooksLikeALanguageIsText() {
    LEADS.create("{\"Last_Name\":\"O'Dodo\",\"Company\":\"Quail & Sons | 'x':* <b>\"}");
    LEADS.finds("word", "o'dodo", "O'Dodo");
    LEADS.finds("word", "quail & so", "O'Dodo");
    LEADS.finds("word", "'quail':* | zz");
    LEADS.finds("word", "') or true --");
    LEADS.finds("email", "'dodo@x' | e:*");
    LEADS.selects("(Last_Name:equals:' or true --)");
    LEADS.selects("(Company:equals:\\) | \\(zz)");
    API.get("/crm/v8/Leads/search?word=Quail&Sons&fields=id&").hasStatus(200);
  }

  @Test
  void longTextsAndWordsAreFoundToo() {
    String word = "x".repeat(3000);
    LEADS.create("{\"Last_Name\":\"Long\",\"Description\":\"" + word + " toucan\"}");
    LEADS.finds("word", "toucan", "Long");
    LEADS.finds("word", "x".repeat(100), "Long");
    String many =
        java.util.stream.IntStream.range(0, 4000)
            .mapToObj(i -> "w" + i)
            .collect(java.util.stream.Collectors.joining(" "));
    LEADS.create("{\"Last_Name\":\"Many\",\"Description\":\"" + many + "\"}");
    LEADS.finds("word", "w3999", "Many");
  }

  @Test
  void addressesAreFoundWholeByTheirBeginningAndByTheirDomain() {
    LEADS.create("{\"Last_Name\":\"A\",\"Email\":\"Grace.Ibis@marsh.example.org\"}");
    LEADS.create("{\"Last_Name\":\"B\",\"Secondary_Email\":\"p+egret@marsh.example.org\"}");
    LEADS.finds("email", "grace.ibis@MARSH.example.org", "A");
    LEADS.finds("email", "grace.ibis", "A");
    LEADS.finds("email", "@marsh.example.org", "A", "B");
    LEADS.finds("email", "marsh.example", "A", "B");
    LEADS.finds("email", "p+egret@marsh.example.org", "B");
    assertThat(API.get("/crm/v8/Leads/search?email=p+egret@marsh.example.org").ids()).hasSize(1);
    LEADS.finds("email", "ibis@marsh.example.org");
    LEADS.finds("word", "grace.ibis@marsh.example.org", "A");
  }

  @Test
  void numbersAreFoundHoweverWritten() {
    LEADS.create("{\"Last_Name\":\"US\",\"Phone\":\"+1 (555) 867-5309\"}");
    LEADS.create("{\"Last_Name\":\"DE\",\"Mobile\":\"+49 (0)30 9018-20\"}");
    LEADS.create("{\"Last_Name\":\"IN\",\"Phone\":\"098765 43210 x 77\"}");
    for (String number :
        List.of(
            "+1-555-867-5309",
            "5558675309",
            "(555) 867-5309",
            "867-5309",
            "001 555 867 5309",
            "555.867",
            "1555")) {
      LEADS.finds("phone", number, "US");
    }
    for (String number : List.of("+493090 1820", "030 901820", "0049 30 901820", "309018")) {
      LEADS.finds("phone", number, "DE");
    }
    for (String number : List.of("+91 98765 43210", "9876543210", "98765")) {
      LEADS.finds("phone", number, "IN");
    }
    LEADS.finds("phone", "5558675300");
  }

  @Test
  void autoNumbersAndNewFieldsAreFoundAndDeletedFieldsAreNot() {
    String field =
        API.post(
                "/crm/v8/settings/fields?module=Accounts",
                "{\"fields\":[{\"field_label\":\"Nick\",\"data_type\":\"text\",\"length\":40}]}")
            .hasStatus(201)
            .at("/fields/0/details/id")
            .asString();
    API.post(
            "/crm/v8/settings/fields?module=Accounts",
            """
            {"fields":[{"field_label":"Number","data_type":"autonumber",
              "auto_number":{"prefix":"ACC-","start_number":"701"}}]}""")
        .hasStatus(201);
    var accounts = new Searches(API, "Accounts", "Account_Name");
    accounts.create("{\"Account_Name\":\"Nest\",\"Nick\":\"pelican\"}");
    accounts.finds("word", "pelican", "Nest");
    accounts.finds("word", "acc-701", "Nest");
    accounts.selects("(Number:equals:ACC-701)", "Nest");
    API.delete("/crm/v8/settings/fields/" + field + "?module=Accounts").hasStatus(200);
    ORG.server().installation().jobs().runDue(ORG.orgId());
    accounts.finds("word", "pelican");
    accounts.finds("word", "nest", "Nest");
    API.get("/crm/v8/Accounts/search?criteria=(Nick:equals:pelican)")
        .isError(
            400,
            "INVALID_QUERY",
            "Invalid query formed",
            "{\"reason\":\"the field is not available for search\",\"api_name\":\"Nick\"}");
  }

  @Test
  void tablesOfBeforeGetTheirWords() {
    TestOrg old = TestOrg.create();
    var vendors = new Searches(old.api(), "Vendors", "Vendor_Name");
    for (int i = 0; i < 3; i++) {
      vendors.create("{\"Vendor_Name\":\"Rook " + i + "\"}");
    }
    var installation = old.server().installation();
    installation
        .database()
        .change(
            tx ->
                tx.update(
                    sql("alter table " + old.org().table("vendors") + " drop column \"$words\"")));
    try (var next = io.clientele.testing.TestServer.amongOthers()) {
      var module = next.installation().metadata().of(old.orgId()).get("Vendors");
      next.installation().tables().of(next.installation().metadata().of(old.orgId()), module);
      next.installation().jobs().runDue(old.orgId());
    }
    vendors.finds("word", "rook", "Rook 0", "Rook 1", "Rook 2");
  }

  @Test
  void mistakes() {
    API.get("/crm/v8/Leads/search?page=1")
        .isError(
            400,
            "EXPECTED_PARAM_MISSING",
            "one of the expected parameter is missing",
            "{\"param_names\":[\"criteria\",\"email\",\"phone\",\"word\"]}");
    API.get("/crm/v8/Leads/search?word=a")
        .isError(
            400,
            "INVALID_DATA",
            "provide atleast 2 letters for search",
            "{\"param_name\":\"word\"}");
    API.get("/crm/v8/Leads/search?word=%3F%3F")
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"word\"}");
    API.get("/crm/v8/Leads/search?word=a*b*c")
        .isError(
            400,
            "INVALID_DATA",
            "More than one wildcard(*) not allowed in a searchword",
            "{\"param_name\":\"word\"}");
    API.get("/crm/v8/Leads/search?word=" + "x".repeat(101))
        .isError(400, "INVALID_DATA", "invalid data", "{\"param_name\":\"word\"}");
    API.get("/crm/v8/Leads/search?criteria=" + "x".repeat(3001))
        .isError(400, "INVALID_QUERY", "Invalid query formed", "{\"param_name\":\"criteria\"}");
    API.get("/crm/v8/Leads/search?phone=12")
        .isError(400, "INVALID_QUERY", "Invalid query formed", "{\"param_name\":\"phone\"}");
    API.get("/crm/v8/Leads/search?phone=CALLME123")
        .isError(400, "INVALID_QUERY", "Invalid query formed", "{\"param_name\":\"phone\"}");
    API.get("/crm/v8/Leads/search?email=%40")
        .isError(400, "INVALID_QUERY", "Invalid query formed", "{\"param_name\":\"email\"}");
    API.get("/crm/v8/Solutions/search?email=a@example.com")
        .isError(400, "FIELD_TYPE_UNAVAILABLE", "this data type is not found in this module", "{}");
    API.get("/crm/v8/Activities/search?word=abc")
        .isError(
            400, "NOT_SUPPORTED", "module not suppoted for search", "{\"module\":\"Activities\"}");
    API.get("/crm/v8/Nothing/search?word=abc")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"resource_path_index\":0}");
    API.get("/crm/v8/Leads/search?word=abc&page=11")
        .isError(
            400,
            "LIMIT_REACHED",
            "maximum response iteration limit reached",
            "{\"limit\":\"2000\"}");
    for (String wrong :
        List.of(
            "page=0",
            "page=x",
            "per_page=201",
            "sort_by=Nothing",
            "sort_order=up",
            "converted=maybe",
            "approved=1",
            "approval_state=odd")) {
      API.get("/crm/v8/Leads/search?word=abc&" + wrong)
          .isError(
              400,
              "INVALID_REQUEST",
              "unable to process your request. please verify whether you have entered proper"
                  + " method name, parameter and parameter values.",
              "{}");
    }
    ORG.api(ORG.adminId(), "ZohoCRM.modules.contacts.READ")
        .get("/crm/v8/Leads/search?word=abc")
        .isError(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", "{}");
  }

  @Test
  void pagesSortingAndTheFirstOfSeveralParameters() {
    var contacts = new Searches(API, "Contacts", "Last_Name");
    for (String name : List.of("Finch c", "Finch a", "Finch b")) {
      contacts.create("{\"Last_Name\":\"" + name + "\"}");
    }
    Answer first = contacts.answer("word", "finch", "per_page=2&sort_by=Last_Name&sort_order=asc");
    assertThat(
            first.hasStatus(200).at("/data").valueStream().map(r -> r.path("Last_Name").asString()))
        .containsExactly("Finch a", "Finch b");
    assertThat(first.at("/info").toString())
        .isEqualTo(
            "{\"per_page\":2,\"count\":2,\"sort_by\":\"Last_Name\",\"page\":1,\"sort_order\":\"asc\",\"more_records\":true}");
    assertThat(first.at("/data/0/$approval_state").asString()).isEqualTo("approved");
    Answer second =
        contacts.answer("word", "finch", "per_page=2&page=2&sort_by=Last_Name&sort_order=asc");
    assertThat(second.at("/info/more_records").asBoolean()).isFalse();
    assertThat(second.ids()).hasSize(1);
    contacts.answer("word", "finch", "per_page=2&page=3").hasStatus(204).hasNoBody();
    assertThat(contacts.find("word", "finch")).containsExactly("Finch b", "Finch a", "Finch c");
    assertThat(contacts.answer("word", "nothing", "criteria=(Last_Name:equals:a)").ids())
        .hasSize(1);
    contacts.answer("word", "finch", "approved=false").hasStatus(204);
    contacts.answer("word", "finch", "approval_state=webform_invalid").hasStatus(204);
    assertThat(contacts.answer("word", "finch", "approved=both&approval_state=approved").ids())
        .hasSize(3);
  }
}
