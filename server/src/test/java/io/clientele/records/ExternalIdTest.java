package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records by the ids of other systems, with X-EXTERNAL. Reference: External ID. */
@Proves(
    value = {
      "GET /crm/{version}/{module}",
      "GET /crm/{version}/{module}/{id}",
      "POST /crm/{version}/{module}",
      "PUT /crm/{version}/{module}",
      "PUT /crm/{version}/{module}/{id}",
      "DELETE /crm/{version}/{module}",
      "DELETE /crm/{version}/{module}/{id}"
    },
    area = "Core APIs/External ID/Records APIs using External ID")
class ExternalIdTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String CONTACT = "Contacts.External_Contact_ID";
  private static final String ACCOUNT = "Accounts.Ext_Account";
  private static final String LOOKUP = "Contacts.Account_Name.Ext_Account";
  private static final String SECOND = "{\"resource_path_index\":1}";
  private final Api api = ORG.api();

  @BeforeAll
  static void addFields() {
    addField("Contacts", "External Contact ID", "org");
    addField("Accounts", "Ext Account", "org");
    addField("Leads", "Ext Lead", "user");
    addField("Products", "Ext Product", "org");
  }

  private static void addField(String module, String label, String type) {
    ORG.api()
        .post(
            "/crm/v8/settings/fields?module=" + module,
            """
            {"fields":[{"field_label":"%s","data_type":"text","external":{"type":"%s","show":true}}]}"""
                .formatted(label, type))
        .hasStatus(201);
  }

  private static String unique(String text) {
    return text + "/" + NUMBER.incrementAndGet();
  }

  private String create(Api who, String module, String row, String... headers) {
    return who.post("/crm/v8/" + module, "{\"data\":[" + row + "]}", headers)
        .hasStatus(201)
        .savedId(0);
  }

  private String contact(String external) {
    return create(
        api,
        "Contacts",
        "{\"Last_Name\":\"C\",\"External_Contact_ID\":\"%s\"}".formatted(external));
  }

  private static String segment(String text) {
    return Api.encode(text).replace("+", "%20");
  }

  private Answer read(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).hasStatus(200);
  }

  @Test
  void aRecordIsReadChangedAndDeletedByItsExternalId() {
    String external = unique("Grün 1&2");
    String id = contact(external);
    String path = "/crm/v8/Contacts/" + segment(external);
    assertThat(api.get(path, "X-EXTERNAL", CONTACT).hasStatus(200).ids()).containsExactly(id);
    assertThat(
            api.get("/crm/v8/contacts/" + segment(external.toUpperCase()), "X-EXTERNAL", CONTACT)
                .ids())
        .containsExactly(id);

    Answer updated =
        api.put(path, "{\"data\":[{\"Last_Name\":\"New\"}]}", "X-EXTERNAL", CONTACT).hasStatus(200);
    assertThat(updated.at("/data/0/details/External_Contact_ID").asString()).isEqualTo(external);
    assertThat(updated.savedId(0)).isEqualTo(id);
    assertThat(read("Contacts", id).at("/data/0/Last_Name").asString()).isEqualTo("New");

    Answer deleted = api.delete(path, "X-EXTERNAL", CONTACT).hasStatus(200);
    assertThat(deleted.at("/data/0/details/External_Contact_ID").asString()).isEqualTo(external);
    assertThat(deleted.savedId(0)).isEqualTo(id);
    api.get("/crm/v8/Contacts/" + id).hasStatus(204);
    api.get(path, "X-EXTERNAL", CONTACT).hasStatus(204);
  }

  @Test
  void listsAndDeletesTakeSeveral() {
    String one = unique("one");
    String two = unique("two");
    String first = contact(one);
    String second = contact(two);
    String list = "/crm/v8/Contacts?fields=Last_Name&ids=" + Api.encode(one + "," + two + ",none");
    assertThat(api.get(list, "X-EXTERNAL", CONTACT).hasStatus(200).ids())
        .containsExactlyInAnyOrder(first, second);
    api.get("/crm/v8/Contacts?fields=id&ids=none", "X-EXTERNAL", CONTACT).hasStatus(204);

    Answer deleted =
        api.delete(
                "/crm/v8/Contacts?ids=" + Api.encode(one + ",none," + two), "X-EXTERNAL", CONTACT)
            .hasStatus(207)
            .rowIsError(1, "INVALID_DATA", "record not deleted", "{\"id\":\"none\"}");
    assertThat(deleted.savedId(2)).isEqualTo(second);
    assertThat(deleted.at("/data/2/details/External_Contact_ID").asString()).isEqualTo(two);
    api.get(list, "X-EXTERNAL", CONTACT).hasStatus(204);
  }

  @Test
  void rowsNameThemselvesAndWhatTheyLookUp() {
    String external = unique("row");
    String id = contact(external);
    String account = unique("account");
    String accountId =
        create(
            api,
            "Accounts",
            "{\"Account_Name\":\"%1$s\",\"Ext_Account\":\"%1$s\"}".formatted(account));
    Answer updated =
        api.put(
                "/crm/v8/Contacts",
                """
                {"data":[{"External_Contact_ID":"%s","Account_Name":{"Ext_Account":"%s"}},
                 {"External_Contact_ID":"nobody","Last_Name":"X"},
                 {"External_Contact_ID":"%s","Account_Name":{"Ext_Account":"nothing"}},
                 {"External_Contact_ID":7}]}"""
                    .formatted(external, account, external),
                "X-EXTERNAL",
                CONTACT + ", " + LOOKUP)
            .hasStatus(207)
            .rowIsError(
                1,
                "INVALID_DATA",
                "invalid data",
                "{\"api_name\":\"External_Contact_ID\",\"json_path\":\"$.data[1].External_Contact_ID\"}")
            .rowIsError(
                2,
                "INVALID_DATA",
                "invalid data",
                """
                {"api_name":"Ext_Account","json_path":"$.data[2].Account_Name.Ext_Account"}""");
    updated.hasCode("/data/3", "INVALID_DATA");
    assertThat(updated.at("/data/0/details/External_Contact_ID").asString()).isEqualTo(external);
    assertThat(read("Contacts", id).at("/data/0/Account_Name/id").asString()).isEqualTo(accountId);
    assertThat(read("Contacts", id).at("/data/0/External_Contact_ID").asString())
        .isEqualTo(external);
  }

  @Test
  void newRowsLookUpByExternalIds() {
    String account = unique("account");
    String accountId =
        create(
            api,
            "Accounts",
            "{\"Account_Name\":\"%1$s\",\"Ext_Account\":\"%1$s\"}".formatted(account));
    String product = unique("product");
    String productId =
        create(
            api,
            "Products",
            "{\"Product_Name\":\"%1$s\",\"Ext_Product\":\"%1$s\"}".formatted(product));
    String contact =
        create(
            api,
            "Contacts",
            "{\"Last_Name\":\"C\",\"Account_Name\":{\"id\":\"1\",\"Ext_Account\":\"%s\"}}"
                .formatted(account),
            "X-EXTERNAL",
            LOOKUP);
    assertThat(read("Contacts", contact).at("/data/0/Account_Name/id").asString())
        .isEqualTo(accountId);
    String task =
        create(
            api,
            "Tasks",
            "{\"Subject\":\"T\",\"What_Id\":{\"Ext_Account\":\"%s\"}}".formatted(account),
            "X-EXTERNAL",
            "Tasks.What_Id->" + ACCOUNT);
    assertThat(read("Tasks", task).at("/data/0/What_Id/id").asString()).isEqualTo(accountId);
    assertThat(read("Tasks", task).at("/data/0/$se_module").asString()).isEqualTo("Accounts");
    for (String items : new String[] {"Quoted_Items", "Product_Details"}) {
      String quote =
          create(
              api,
              "Quotes",
              """
              {"Subject":"Q","Quoted_Items":[
               {"Quantity":1,"Product_Name":{"Ext_Product":"%s"}}]}"""
                  .formatted(product),
              "X-EXTERNAL",
              "Quotes." + items + ".Product_Name.Ext_Product");
      assertThat(read("Quotes", quote).at("/data/0/Quoted_Items/0/Product_Name/id").asString())
          .isEqualTo(productId);
    }
    api.post(
            "/crm/v8/Contacts",
            "{\"data\":[{\"Last_Name\":\"C\",\"Account_Name\":{\"Ext_Account\":\"gone\\u0000\"}}]}",
            "X-EXTERNAL",
            LOOKUP)
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"api_name\":\"Ext_Account\",\"json_path\":\"$.data[0].Account_Name.Ext_Account\"}");
    api.post(
            "/crm/v8/Contacts",
            "{\"data\":[{\"Last_Name\":\"C\",\"Account_Name\":{\"Ext_Account\":\"%s\"}}]}"
                .formatted(account))
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
  }

  @Test
  void externalIdsOfAnOrgAreUnique() {
    String external = unique("once");
    String id = contact(external);
    Answer again =
        api.post(
                "/crm/v8/Contacts",
                "{\"data\":[{\"Last_Name\":\"C\",\"External_Contact_ID\":\"%s\"}]}"
                    .formatted(external.toUpperCase()))
            .hasStatus(400)
            .hasCode("/data/0", "DUPLICATE_DATA");
    assertThat(again.at("/data/0/details/api_name").asString()).isEqualTo("External_Contact_ID");
    assertThat(again.at("/data/0/details/duplicate_record/id").asString()).isEqualTo(id);
    contact(unique("other"));
  }

  @Test
  void externalIdsOfAUserAreTheUsersOwn() {
    TestUsers.open(ORG, "Leads");
    Api other = ORG.api(TestUsers.standard(ORG, "external@example.com"), TestOrg.ALL_SCOPES);
    String external = unique("mine");
    String row = "{\"Last_Name\":\"L\",\"Ext_Lead\":\"%s\"}".formatted(external);
    String mine = create(api, "Leads", row);
    String path = "/crm/v8/Leads/" + segment(external);
    other.get(path, "X-EXTERNAL", "Leads.Ext_Lead").hasStatus(204);
    String theirs = create(other, "Leads", row);
    assertThat(api.get(path, "X-EXTERNAL", "Leads.Ext_Lead").ids()).containsExactly(mine);
    assertThat(other.get(path, "X-EXTERNAL", "Leads.Ext_Lead").ids()).containsExactly(theirs);
    api.post("/crm/v8/Leads", "{\"data\":[" + row + "]}")
        .hasStatus(400)
        .hasCode("/data/0", "DUPLICATE_DATA");
    String free = unique("free");
    String third = create(api, "Leads", "{\"Last_Name\":\"L\"}");
    String change = "{\"data\":[{\"Ext_Lead\":\"%s\"}]}";
    other.put("/crm/v8/Leads/" + third, change.formatted(free)).hasStatus(200);
    other.put("/crm/v8/Leads/" + third, change.formatted(external)).hasStatus(400);
  }

  @Test
  void aRecordIsNotRenamedUnderItsOwnName() {
    String external = unique("name");
    contact(external);
    api.put(
            "/crm/v8/Contacts/" + segment(external),
            "{\"data\":[{\"External_Contact_ID\":\"other\"}]}",
            "X-EXTERNAL",
            CONTACT)
        .isError(
            400,
            "NOT_ALLOWED",
            "the action is not allowed",
            "{\"api_name\":\"External_Contact_ID\",\"json_path\":\"$.data[0].External_Contact_ID\"}");
  }

  @Test
  void whatNamesNothingIsRefused() {
    String[] headers = {
      "Contacts",
      "Nowhere.Ext",
      "Contacts.Last_Name",
      "Contacts.Nothing.Ext_Account",
      "->",
      "a->b->c"
    };
    for (String header : headers) {
      api.get("/crm/v8/Contacts?fields=id", "X-EXTERNAL", header)
          .isError(400, "INVALID_DATA", "invalid data", "{\"header_name\":\"X-EXTERNAL\"}");
    }
    String invalid = "the id given seems to be invalid";
    String body = "{\"data\":[{\"Last_Name\":\"X\"}]}";
    api.put("/crm/v8/Contacts/nobody", body, "X-EXTERNAL", CONTACT)
        .isError(400, "INVALID_DATA", invalid, SECOND);
    api.put("/crm/v8/Contacts/nobody", body, "X-EXTERNAL", ACCOUNT)
        .isError(400, "INVALID_DATA", invalid, SECOND);
    api.delete("/crm/v8/Contacts/nobody", "X-EXTERNAL", CONTACT)
        .isError(400, "INVALID_DATA", "record not deleted", SECOND);
    api.get("/crm/v8/Contacts/nobody").isError(400, "INVALID_DATA", invalid, SECOND);
  }
}
