package io.clientele.records.related;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /{module}/{id}/{related_list}. Reference: Get Related Records. */
@Proves({
  "GET /crm/{version}/{module}/{id}/{related_list}",
  "GET /crm/{version}/{module}/{id}/{related_list}/{related_id}"
})
class RelatedListsOfRecordsTest {
  /** Lists with paths of their own, and one that a deal is never without. */
  private static final List<String> OTHERS =
      List.of("Locking_Information__s", "Attachments", "Stage_History");

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void everyListOfEveryModuleAnswers() {
    int lists = 0;
    for (String[] record :
        new String[][] {
          {"Leads", "{\"Last_Name\":\"A\"}"},
          {"Accounts", "{\"Account_Name\":\"A\"}"},
          {"Contacts", "{\"Last_Name\":\"A\"}"},
          {"Deals", "{\"Deal_Name\":\"A\",\"Stage\":\"Qualification\"}"},
          {"Campaigns", "{\"Campaign_Name\":\"A\"}"},
          {"Products", "{\"Product_Name\":\"A\"}"},
          {"Vendors", "{\"Vendor_Name\":\"A\"}"},
          {
            "Price_Books",
            "{\"Price_Book_Name\":\"A\",\"Pricing_Details\":[{\"from_range\":1,\"to_range\":9,\"discount\":1}]}"
          },
          {"Cases", "{\"Subject\":\"A\",\"Case_Origin\":\"Phone\",\"Status\":\"New\"}"},
          {"Solutions", "{\"Solution_Title\":\"A\"}"},
          {"Tasks", "{\"Subject\":\"A\"}"}
        }) {
      String id = create(record[0], record[1]);
      JsonNode all = api.get("/crm/v8/settings/related_lists?module=" + record[0]).json();
      for (JsonNode list : all.path("related_lists")) {
        String name = list.path("api_name").asString();
        if (OTHERS.contains(name)) {
          continue;
        }
        String path = "/crm/v8/" + record[0] + "/" + id + "/" + name;
        api.get(path + "?fields=id,Owner").hasStatus(204).hasNoBody();
        api.get(path + "/" + id).hasStatus(204);
        lists++;
      }
    }
    assertThat(lists).isGreaterThan(100);
  }

  @Test
  void recordsThatLookUpAnother() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    String other = create("Accounts", "{\"Account_Name\":\"Other\"}");
    List<String> contacts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      contacts.addFirst(
          create(
              "Contacts",
              "{\"Last_Name\":\"C%d\",\"Account_Name\":{\"id\":\"%s\"}}".formatted(i, account)));
    }
    create("Contacts", "{\"Last_Name\":\"X\",\"Account_Name\":{\"id\":\"" + other + "\"}}");
    String path = "/crm/v8/Accounts/" + account + "/Contacts?fields=Last_Name";
    Answer all = api.get(path).hasStatus(200);
    assertThat(all.ids()).isEqualTo(contacts);
    assertThat(all.at("/data/0").propertyNames()).containsExactlyInAnyOrder("Last_Name", "id");
    assertThat(all.at("/info/count").asInt()).isEqualTo(5);

    Answer first = api.get(path + "&per_page=2").hasStatus(200);
    assertThat(first.ids()).isEqualTo(contacts.subList(0, 2));
    assertThat(first.at("/info/more_records").asBoolean()).isTrue();
    String token = first.at("/info/next_page_token").asString();
    Answer second = api.get(path + "&per_page=2&page_token=" + token).hasStatus(200);
    assertThat(second.ids()).isEqualTo(contacts.subList(2, 4));
    String back = second.at("/info/previous_page_token").asString();
    assertThat(api.get(path + "&per_page=2&page_token=" + back).ids()).isEqualTo(first.ids());
    assertThat(api.get(path + "&per_page=2&page=3").ids()).isEqualTo(contacts.subList(4, 5));
    api.get(
            "/crm/v8/Accounts/"
                + other
                + "/Contacts?fields=Last_Name&per_page=2&page_token="
                + token)
        .hasStatus(400)
        .hasCode("", "TOKEN_BOUND_DATA_MISMATCH");

    assertThat(api.get(path + "&sort_order=asc").ids()).isEqualTo(contacts.reversed());
    assertThat(api.get(path + "&sort_by=Modified_Time").ids()).hasSize(5);
    String ids = contacts.get(1) + "," + contacts.get(3);
    assertThat(api.get(path + "&ids=" + ids).ids())
        .containsExactly(contacts.get(1), contacts.get(3));
    api.get(path, "If-Modified-Since", "2099-01-01T00:00:00+00:00").hasStatus(304);
    assertThat(api.get(path, "If-Modified-Since", "2001-01-01T00:00:00+00:00").ids()).hasSize(5);
  }

  @Test
  void oneRecordOfAList() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    String mine = create("Contacts", "{\"Last_Name\":\"M\",\"Account_Name\":\"" + account + "\"}");
    String stranger = create("Contacts", "{\"Last_Name\":\"S\"}");
    String path = "/crm/v8/Accounts/" + account + "/Contacts/";
    Answer one = api.get(path + mine + "?fields=Last_Name").hasStatus(200);
    assertThat(one.ids()).containsExactly(mine);
    assertThat(one.at("/data/0/Last_Name").asString()).isEqualTo("M");
    assertThat(one.json().has("info")).isFalse();
    assertThat(api.get(path + mine).at("/data/0/Account_Name/id").asString()).isEqualTo(account);
    api.get(path + stranger).hasStatus(204).hasNoBody();
    api.get(path + "nonsense").hasStatus(204);
  }

  @Test
  void convertedLeadsAreLeftOutUnlessAskedFor() {
    String campaign = create("Campaigns", "{\"Campaign_Name\":\"C\"}");
    String lead = create("Leads", "{\"Last_Name\":\"L\"}");
    api.put("/crm/v8/Campaigns/" + campaign + "/Leads/" + lead, "{\"data\":[{}]}").hasStatus(200);
    String path = "/crm/v8/Campaigns/" + campaign + "/Leads?fields=Last_Name";
    assertThat(api.get(path).ids()).containsExactly(lead);
    api.get(path + "&converted=true").hasStatus(204);
    assertThat(api.get(path + "&converted=both").ids()).containsExactly(lead);
    api.get(path + "&approved=false").hasStatus(204);
    api.get(path + "&approved=x").hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(path + "&approval_state=rejected").hasStatus(204);
  }

  @Test
  void filtersAreCriteria() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    String won = deal(account, "Closed Won");
    deal(account, "Qualification");
    String path = "/crm/v8/Accounts/" + account + "/Deals?fields=Stage&filters=";
    String stage =
        "{\"field\":{\"api_name\":\"Stage\"},\"comparator\":\"equal\",\"value\":\"Closed Won\"}";
    assertThat(api.get(path + Api.encode(stage)).hasStatus(200).ids()).containsExactly(won);
    api.get(path + Api.encode("{")).hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(path + Api.encode("[]")).hasStatus(400).hasCode("", "INVALID_DATA");
    api.get(path + Api.encode(stage.replace("Stage", "No"))).hasStatus(400);
  }

  @Test
  void activitiesOpenAndClosed() {
    String deal = deal("", "Qualification");
    String what = "\"What_Id\":{\"id\":\"" + deal + "\"},\"$se_module\":\"Deals\"";
    String open = create("Tasks", "{\"Subject\":\"Open\",\"Status\":\"Not Started\"," + what + "}");
    String done = create("Tasks", "{\"Subject\":\"Done\",\"Status\":\"Completed\"," + what + "}");
    String past =
        create(
            "Events",
            "{\"Event_Title\":\"Past\",\"Start_DateTime\":\"2020-01-01T10:00:00+00:00\",\"End_DateTime\":\"2020-01-01T11:00:00+00:00\","
                + what
                + "}");
    String coming =
        create(
            "Calls",
            "{\"Subject\":\"Call\",\"Call_Type\":\"Outbound\",\"Call_Duration\":\"00:00\",\"Call_Start_Time\":\"2090-01-01T10:00:00+00:00\",\"Outgoing_Call_Status\":\"Scheduled\","
                + what
                + "}");
    create("Tasks", "{\"Subject\":\"Elsewhere\"}");
    assertThat(list("Deals", deal, "Tasks", "Subject").ids()).containsExactly(open);
    assertThat(list("Deals", deal, "Tasks_History", "Subject").ids()).containsExactly(done);
    assertThat(list("Deals", deal, "Events_History", "Event_Title").ids()).containsExactly(past);
    assertThat(list("Deals", deal, "Calls", "Subject").ids()).containsExactly(coming);
    Answer all = list("Deals", deal, "Activities_Chronological_View", "Subject,Call_Start_Time");
    assertThat(all.ids()).containsExactlyInAnyOrder(open, coming);
    assertThat(all.json().path("data").valueStream().map(row -> row.path("$module").asString()))
        .containsExactlyInAnyOrder("Tasks", "Calls");
    assertThat(list("Deals", deal, "Activities_Chronological_View_History", "Subject").ids())
        .containsExactlyInAnyOrder(done, past);
  }

  @Test
  void customModulesHaveTheirLists() {
    String module = customModule();
    String id = create(module, "{\"Name\":\"One\"}");
    String task =
        create(
            "Tasks",
            "{\"Subject\":\"T\",\"What_Id\":{\"id\":\"%s\"},\"$se_module\":\"%s\"}"
                .formatted(id, module));
    assertThat(list(module, id, "Tasks", "Subject").ids()).containsExactly(task);
    api.post("/crm/v8/" + module + "/" + id + "/Notes", "{\"data\":[{\"Note_Content\":\"n\"}]}")
        .hasStatus(201);
    assertThat(list(module, id, "Notes", "Note_Content").ids()).hasSize(1);
  }

  @Test
  void quotesThatHaveAProduct() {
    String product = create("Products", "{\"Product_Name\":\"Pump\"}");
    String quote =
        create(
            "Quotes",
            "{\"Subject\":\"Q\",\"Quoted_Items\":[{\"Product_Name\":{\"id\":\"%s\"},\"Quantity\":1},{\"Product_Name\":{\"id\":\"%s\"},\"Quantity\":2}]}"
                .formatted(product, product));
    assertThat(list("Products", product, "Quotes", "Subject").ids()).containsExactly(quote);
    api.put("/crm/v8/Products/" + product + "/Quotes", "{\"data\":[{\"id\":\"" + quote + "\"}]}")
        .isError(
            400,
            "INVALID_DATA",
            "The related name given seems to be invalid",
            "{\"resource_path_index\":2}");
  }

  @Test
  void mistakesInThePath() {
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    api.get("/crm/v8/Accounts/" + account + "/Contacts")
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"fields\"}");
    api.get("/crm/v8/Nothing/1/Contacts?fields=id")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"resource_path_index\":0}");
    for (String id : List.of("1", "x", "99999999999999999999")) {
      api.get("/crm/v8/Accounts/" + id + "/Contacts?fields=id")
          .isError(
              400,
              "INVALID_DATA",
              "The related id given seems to be invalid",
              "{\"resource_path_index\":1}");
    }
    api.get("/crm/v8/Accounts/" + account + "/Nothing?fields=id")
        .isError(
            400,
            "INVALID_DATA",
            "The related name given seems to be invalid",
            "{\"resource_path_index\":2}");
    api.get("/crm/v8/Leads/" + account + "/Notes?fields=id").hasStatus(400);
    String foreign =
        TestOrg.create()
            .api()
            .post("/crm/v8/Accounts", data("{\"Account_Name\":\"F\"}"))
            .savedId(0);
    api.get("/crm/v8/Accounts/" + foreign + "/Contacts?fields=id").hasStatus(400);
    api.post("/crm/v8/Accounts/" + account + "/Contacts", "{}")
        .hasStatus(400)
        .hasCode("", "INVALID_REQUEST_METHOD");
    api.put("/crm/v8/Accounts/" + account + "/actions/add_tags", "{}")
        .hasStatus(400)
        .hasCode("", "INVALID_REQUEST_METHOD");
  }

  @Test
  void bothModulesMustBeAllowed() {
    TestUsers.open(org, "Accounts", "Contacts", "Deals");
    String account = create("Accounts", "{\"Account_Name\":\"Acme\"}");
    String path = "/crm/v8/Accounts/" + account + "/Contacts?fields=id";
    org.api(org.adminId(), "ZohoCRM.modules.leads.READ")
        .get(path)
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    long user = TestUsers.standard(org, "related@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Contacts");
    org.api(user, TestOrg.ALL_SCOPES)
        .get(path)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_View_Contacts\"]}");
    org.api(user, TestOrg.ALL_SCOPES)
        .get("/crm/v8/Accounts/" + account + "/Deals?fields=id")
        .hasStatus(204);
  }

  private String customModule() {
    Answer made =
        api.post(
                "/crm/v8/settings/modules",
                "{\"modules\":[{\"plural_label\":\"Boats\",\"singular_label\":\"Boat\",\"profiles\":[{\"id\":\"%s\"}],\"api_name\":\"Boats\",\"display_field\":{\"field_label\":\"Name\",\"data_type\":\"text\"}}]}"
                    .formatted(administrator()))
            .hasStatus(201);
    assertThat(made.at("/modules/0/code").asString()).isEqualTo("SUCCESS");
    return "Boats";
  }

  private long administrator() {
    return org.metadata().settings("profile").stream()
        .filter(profile -> profile.apiName().equals("Administrator"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private String deal(String account, String stage) {
    String of = account.isEmpty() ? "" : ",\"Account_Name\":{\"id\":\"" + account + "\"}";
    return create("Deals", "{\"Deal_Name\":\"D\",\"Stage\":\"" + stage + "\"" + of + "}");
  }

  private Answer list(String module, String id, String list, String fields) {
    return api.get("/crm/v8/%s/%s/%s?fields=%s".formatted(module, id, list, fields)).hasStatus(200);
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, data(row)).hasStatus(201).savedId(0);
  }

  private static String data(String row) {
    return "{\"data\":[" + row + "]}";
  }
}
