package io.clientele.records.related;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * PUT and DELETE /{module}/{id}/{related_list}: records linked, links changed and taken away.
 * References: Update Related Records, Delink Related Records, Contact Roles of a Deal.
 */
@Proves({
  "PUT /crm/{version}/{module}/{id}/{related_list}",
  "PUT /crm/{version}/{module}/{id}/{related_list}/{related_id}",
  "DELETE /crm/{version}/{module}/{id}/{related_list}",
  "DELETE /crm/{version}/{module}/{id}/{related_list}/{related_id}"
})
@Proves(
    value = {
      "GET /crm/{version}/{module}/{id}/{related_list}",
      "PUT /crm/{version}/{module}/{id}/{related_list}/{related_id}",
      "DELETE /crm/{version}/{module}/{id}/{related_list}",
      "DELETE /crm/{version}/{module}/{id}/{related_list}/{related_id}"
    },
    area = "Core APIs/Records/Contact Roles")
class LinkedRecordsTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void leadsOfACampaignAndCampaignsOfALead() {
    String campaign = create("Campaigns", "{\"Campaign_Name\":\"Spring\"}");
    String lead = create("Leads", "{\"Last_Name\":\"One\"}");
    String other = create("Leads", "{\"Last_Name\":\"Two\"}");
    String leads = "/crm/v8/Campaigns/" + campaign + "/Leads";
    api.put(
            leads,
            data(
                "{\"id\":\""
                    + lead
                    + "\",\"Member_Status\":\"Invited\"},{\"id\":\""
                    + other
                    + "\"}"))
        .hasStatus(200)
        .hasCode("/data/0", "SUCCESS")
        .hasCode("/data/1", "SUCCESS");
    Answer listed = api.get(leads + "?fields=Last_Name,Member_Status").hasStatus(200);
    assertThat(listed.ids()).containsExactly(other, lead);
    assertThat(listed.at("/data/1/Member_Status").asString()).isEqualTo("Invited");
    assertThat(listed.at("/data/0/Member_Status").asString())
        .as(listed::toString)
        .isEqualTo("Planned");
    String campaigns = "/crm/v8/Leads/" + lead + "/Campaigns";
    assertThat(api.get(campaigns + "?fields=Campaign_Name").ids()).containsExactly(campaign);

    Answer changed =
        api.put(campaigns + "/" + campaign, data("{\"Member_Status\":\"Responded\"}"))
            .hasStatus(200);
    assertThat(changed.at("/data/0/message").asString()).isEqualTo("relation updated");
    assertThat(changed.savedId(0)).isEqualTo(campaign);
    Answer one = api.get(leads + "/" + lead + "?fields=Member_Status").hasStatus(200);
    assertThat(one.at("/data/0/Member_Status").asString()).isEqualTo("Responded");
    assertThat(api.get(leads + "?fields=id").ids()).hasSize(2);

    api.delete(leads + "/" + lead).hasStatus(200).hasCode("/data/0", "SUCCESS");
    api.get(campaigns + "?fields=id").hasStatus(204);
    api.delete(leads + "?ids=" + lead + "," + other)
        .hasStatus(207)
        .rowIsError(0, "INVALID_DATA", "relation not found", "{\"id\":\"" + lead + "\"}")
        .hasCode("/data/1", "SUCCESS");
    api.get(leads + "?fields=id").hasStatus(204);
    api.get("/crm/v8/Leads/" + lead).hasStatus(200);
  }

  @Test
  void pricesOfAPriceBook() {
    String book =
        create(
            "Price_Books",
            "{\"Price_Book_Name\":\"A\",\"Pricing_Details\":[{\"from_range\":1,\"to_range\":9,\"discount\":1}]}");
    String product = create("Products", "{\"Product_Name\":\"Pump\"}");
    String path = "/crm/v8/Price_Books/" + book + "/Products";
    api.put(path, data("{\"id\":\"" + product + "\"}"))
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"list_price\",\"json_path\":\"$.data[0].list_price\"}");
    api.put(path + "/" + product, data("{\"list_price\":\"x\"}"))
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
    api.get(path + "?fields=id").hasStatus(204);
    api.put(path + "/" + product, data("{\"list_price\":12.5}")).hasStatus(200);
    assertThat(
            api.get("/crm/v8/Products/" + product + "/Price_Books?fields=list_price")
                .at("/data/0/list_price")
                .decimalValue())
        .isEqualByComparingTo("12.5");
    api.put(path + "/" + product, data("{}")).hasStatus(200);
    assertThat(api.get(path + "?fields=list_price").at("/data/0/list_price").decimalValue())
        .isEqualByComparingTo("12.5");
  }

  @Test
  void contactsHaveRolesInDeals() {
    String deal = create("Deals", "{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\"}");
    String contact = create("Contacts", "{\"Last_Name\":\"C\",\"Department\":\"R&D\"}");
    Answer roles = api.get("/crm/v8/Contacts/roles");
    String role = roles.at("/contact_roles/1/id").asString();
    String name = roles.at("/contact_roles/1/name").asString();
    String path = "/crm/v8/Deals/" + deal + "/Contact_Roles";
    api.put(path + "/" + contact, data("{}"))
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Contact_Role\",\"json_path\":\"$.data[0].Contact_Role\"}");
    for (String wrong : List.of("{\"name\":\"Nobody\"}", "\"5\"", "{}", "[]", "true")) {
      api.put(path + "/" + contact, data("{\"Contact_Role\":" + wrong + "}"))
          .hasStatus(400)
          .rowIsError(
              0,
              "INVALID_DATA",
              "invalid data",
              "{\"api_name\":\"Contact_Role\",\"json_path\":\"$.data[0].Contact_Role\"}");
    }
    api.put(
            path + "/" + contact,
            data("{\"Contact_Role\":{\"name\":\"" + name + "\",\"id\":\"" + role + "\"}}"))
        .hasStatus(200);
    Answer listed = api.get(path + "?fields=Department").hasStatus(200);
    assertThat(listed.ids()).containsExactly(contact);
    assertThat(listed.at("/data/0/Contact_Role/name").asString()).isEqualTo(name);
    assertThat(listed.at("/data/0/Contact_Role/id").asString()).isEqualTo(role);
    assertThat(
            api.get(path + "/" + contact + "?fields=id").at("/data/0/Contact_Role/id").asString())
        .isEqualTo(role);
    api.get(path).hasStatus(400).hasCode("", "REQUIRED_PARAM_MISSING");

    String second = roles.at("/contact_roles/2/id").asString();
    api.put(path + "/" + contact, data("{\"Contact_Role\":\"" + second + "\"}")).hasStatus(200);
    assertThat(api.get(path + "?fields=id").at("/data/0/Contact_Role/id").asString())
        .isEqualTo(second);
    api.delete("/crm/v8/Contacts/roles/" + second).hasStatus(200);
    assertThat(api.get(path + "?fields=id").at("/data/0/Contact_Role").isNull()).isTrue();

    api.put(path + "/1", data("{\"Contact_Role\":\"" + role + "\"}"))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}");
    api.put("/crm/v8/Deals/1/Contact_Roles/" + contact, data("{\"Contact_Role\":\"" + role + "\"}"))
        .isError(
            400,
            "INVALID_DATA",
            "The related id given seems to be invalid",
            "{\"resource_path_index\":1}");
    api.delete(path + "?ids=" + contact).hasStatus(200);
    api.get(path + "?fields=id").hasStatus(204);
  }

  @Test
  void dealsOfAContactByRoleAndByName() {
    String contact = create("Contacts", "{\"Last_Name\":\"C\"}");
    String named =
        create(
            "Deals",
            "{\"Deal_Name\":\"N\",\"Stage\":\"Qualification\",\"Contact_Name\":{\"id\":\""
                + contact
                + "\"}}");
    String linked = create("Deals", "{\"Deal_Name\":\"L\",\"Stage\":\"Qualification\"}");
    create("Deals", "{\"Deal_Name\":\"X\",\"Stage\":\"Qualification\"}");
    String role = api.get("/crm/v8/Contacts/roles").at("/contact_roles/0/id").asString();
    String path = "/crm/v8/Contacts/" + contact + "/Deals";
    api.put(path, data("{\"id\":\"" + linked + "\",\"Contact_Role\":\"" + role + "\"}"))
        .hasStatus(200);
    Answer listed = api.get(path + "?fields=Deal_Name").hasStatus(200);
    assertThat(listed.ids()).containsExactly(linked, named);
    assertThat(listed.at("/data/0/Contact_Role/id").asString()).isEqualTo(role);
    assertThat(listed.at("/data/1/Contact_Role").isNull()).isTrue();
    assertThat(api.get("/crm/v8/Deals/" + linked + "/Contact_Roles?fields=id").ids())
        .containsExactly(contact);
    Answer page = api.get(path + "?fields=id&per_page=1");
    String token = page.at("/info/next_page_token").asString();
    Answer next = api.get(path + "?fields=id&per_page=1&page_token=" + token);
    assertThat(next.ids()).containsExactly(named);
    token = next.at("/info/previous_page_token").asString();
    assertThat(api.get(path + "?fields=id&per_page=1&page_token=" + token).ids())
        .containsExactly(linked);
  }

  @Test
  void recordsWithALookupAreChangedAndTakenOut() {
    String account = create("Accounts", "{\"Account_Name\":\"A\"}");
    String contact =
        create("Contacts", "{\"Last_Name\":\"C\",\"Account_Name\":\"" + account + "\"}");
    String stranger = create("Contacts", "{\"Last_Name\":\"S\"}");
    String path = "/crm/v8/Accounts/" + account + "/Contacts";
    api.put(
            path,
            data(
                "{\"id\":\"%s\",\"Last_Name\":\"Changed\"},{\"id\":\"%s\",\"Last_Name\":\"No\"},{\"Last_Name\":\"No\"},5"
                    .formatted(contact, stranger)))
        .hasStatus(207)
        .hasCode("/data/0", "SUCCESS")
        .rowIsError(
            1,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[1].id\"}")
        .rowIsError(
            2,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[2].id\"}")
        .hasCode("/data/3", "INVALID_DATA");
    assertThat(api.get("/crm/v8/Contacts/" + contact).at("/data/0/Last_Name").asString())
        .isEqualTo("Changed");
    assertThat(api.get("/crm/v8/Contacts/" + stranger).at("/data/0/Last_Name").asString())
        .isEqualTo("S");
    api.delete(path + "?ids=" + contact + "," + stranger)
        .hasStatus(207)
        .rowIsError(1, "INVALID_DATA", "relation not found", "{\"id\":\"" + stranger + "\"}");
    api.get(path + "?fields=id").hasStatus(204);
    assertThat(api.get("/crm/v8/Contacts/" + contact).at("/data/0/Account_Name").isNull()).isTrue();
  }

  @Test
  void mistakesInBodiesAndIds() {
    String campaign = create("Campaigns", "{\"Campaign_Name\":\"Spring\"}");
    String path = "/crm/v8/Campaigns/" + campaign + "/Leads";
    api.put(path, "{}").hasStatus(400).hasCode("", "MANDATORY_NOT_FOUND");
    api.put(path, "{\"data\":{}}").hasStatus(400).hasCode("", "INVALID_DATA");
    api.put(path, data("{},5,{\"id\":\"x\"},{\"id\":\"1\"},{\"id\":[]}"))
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}")
        .hasCode("/data/1", "INVALID_DATA")
        .hasCode("/data/2", "INVALID_DATA")
        .hasCode("/data/3", "INVALID_DATA")
        .hasCode("/data/4", "INVALID_DATA");
    String many = IntStream.range(0, 101).mapToObj(i -> "{}").collect(Collectors.joining(","));
    api.put(path, data(many)).hasStatus(400).hasCode("/data/0", "LIMIT_EXCEEDED");
    api.put(path + "/1", data("{},{}")).hasStatus(400).hasCode("", "INVALID_DATA");
    api.delete(path)
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "One of the expected parameter is missing",
            "{\"param_name\":\"ids\"}");
    api.delete(path + "?ids=a,b")
        .isError(
            400,
            "UNABLE_TO_PARSE_DATA_TYPE",
            "Either the request body or parameters is in wrong format",
            "{}");
    String ids =
        IntStream.range(1, 102).mapToObj(Integer::toString).collect(Collectors.joining(","));
    api.delete(path + "?ids=" + ids)
        .isError(
            400,
            "LIMIT_EXCEEDED",
            "Limit Exceeded, You cannot give more than 100 record ids",
            "{\"limit\":\"100\",\"param_name\":\"ids\"}");
    api.delete(path + "?ids=36547")
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", "relation not found", "{\"id\":\"36547\"}");
    api.put("/crm/v8/Campaigns/" + campaign + "/Nothing", data("{}"))
        .isError(
            400,
            "INVALID_DATA",
            "The related name given seems to be invalid",
            "{\"resource_path_index\":2}");
    api.delete("/crm/v8/Campaigns/1/Leads/2")
        .isError(
            400,
            "INVALID_DATA",
            "The related id given seems to be invalid",
            "{\"resource_path_index\":1}");
  }

  @Test
  void aPairIsLinkedOnceThoughManyDoIt() {
    String campaign = create("Campaigns", "{\"Campaign_Name\":\"Spring\"}");
    String lead = create("Leads", "{\"Last_Name\":\"One\"}");
    String twice =
        "{\"id\":\"%s\"},{\"id\":\"%s\",\"Member_Status\":\"Sent\"}".formatted(lead, lead);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> {
                            String path =
                                i % 2 == 0
                                    ? "/crm/v8/Campaigns/" + campaign + "/Leads"
                                    : "/crm/v8/Leads/" + lead + "/Campaigns/" + campaign;
                            api.put(path, data(i % 2 == 0 ? twice : "{}")).hasStatus(200);
                          },
                          pool))
              .toList();
      calls.forEach(CompletableFuture::join);
    }
    Answer listed = api.get("/crm/v8/Campaigns/" + campaign + "/Leads?fields=Member_Status");
    assertThat(listed.ids()).containsExactly(lead);
    assertThat(listed.at("/data/0/Member_Status").asString()).isEqualTo("Sent");
  }

  @Test
  void whoMayNotChangeTheRecordDoesNotLink() {
    String campaign = create("Campaigns", "{\"Campaign_Name\":\"Spring\"}");
    String lead = create("Leads", "{\"Last_Name\":\"One\"}");
    long user = TestUsers.standard(org, "linker@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Edit_Campaigns");
    Api restricted = org.api(user, TestOrg.ALL_SCOPES);
    String path = "/crm/v8/Campaigns/" + campaign + "/Leads/" + lead;
    restricted.put(path, data("{}")).hasStatus(403).hasCode("", "NO_PERMISSION");
    restricted.delete(path).hasStatus(403).hasCode("", "NO_PERMISSION");
    org.api(org.adminId(), "ZohoCRM.modules.campaigns.READ")
        .put(path, data("{}"))
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, data(row)).hasStatus(201).savedId(0);
  }

  private static String data(String row) {
    return "{\"data\":[" + row + "]}";
  }
}
