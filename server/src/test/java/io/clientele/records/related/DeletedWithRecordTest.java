package io.clientele.records.related;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What goes with a deleted record, and what was related to it. Reference: Related Records of a
 * Deleted Record.
 */
@Proves("GET /crm/{version}/{module}/deleted/{id}/{related_list}")
class DeletedWithRecordTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void notesAndLinksGoAndActivitiesStay() {
    String lead = create("Leads", "{\"Last_Name\":\"One\"}");
    String campaign = create("Campaigns", "{\"Campaign_Name\":\"C\"}");
    String note =
        api.post("/crm/v8/Leads/" + lead + "/Notes", data("{\"Note_Content\":\"n\"}")).savedId(0);
    String task =
        create(
            "Tasks",
            "{\"Subject\":\"T\",\"What_Id\":{\"id\":\"" + lead + "\"},\"$se_module\":\"Leads\"}");
    api.put("/crm/v8/Leads/" + lead + "/Campaigns/" + campaign, data("{}")).hasStatus(200);
    api.delete("/crm/v8/Leads/" + lead).hasStatus(200);
    api.get("/crm/v8/Notes/" + note).hasStatus(204);
    api.get("/crm/v8/Notes?fields=id").hasStatus(204);
    api.get("/crm/v8/Campaigns/" + campaign + "/Leads?fields=id").hasStatus(204);
    Answer kept = api.get("/crm/v8/Tasks/" + task).hasStatus(200);
    assertThat(kept.at("/data/0/What_Id").isNull()).isTrue();
    assertThat(deletedWith(lead)).contains(Long.valueOf(note)).hasSize(2);
  }

  @Test
  void bothSidesOfALinkTakeItAlong() {
    String contact = create("Contacts", "{\"Last_Name\":\"C\"}");
    String deal = create("Deals", "{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\"}");
    String role = api.get("/crm/v8/Contacts/roles").at("/contact_roles/0/id").asString();
    api.put(
            "/crm/v8/Deals/" + deal + "/Contact_Roles/" + contact,
            data("{\"Contact_Role\":\"" + role + "\"}"))
        .hasStatus(200);
    api.delete("/crm/v8/Contacts/" + contact).hasStatus(200);
    api.get("/crm/v8/Deals/" + deal + "/Contact_Roles?fields=id").hasStatus(204);
    assertThat(deletedWith(contact)).hasSize(1);
    api.delete("/crm/v8/Deals/" + deal).hasStatus(200);
    assertThat(deletedWith(deal)).isEmpty();
  }

  @Test
  void whatWasRelatedToADeletedRecord() {
    String account = create("Accounts", "{\"Account_Name\":\"A\"}");
    String contact =
        create("Contacts", "{\"Last_Name\":\"C\",\"Account_Name\":\"" + account + "\"}");
    String product = create("Products", "{\"Product_Name\":\"P\"}");
    api.put("/crm/v8/Accounts/" + account + "/Products/" + product, data("{}")).hasStatus(200);
    String path = "/crm/v8/Accounts/deleted/" + account;
    api.get(path + "/Contacts?fields=Last_Name")
        .isError(
            400,
            "INVALID_DATA",
            "The related id given seems to be invalid",
            "{\"resource_path_index\":2}");
    api.delete("/crm/v8/Accounts/" + account).hasStatus(200);
    api.get("/crm/v8/Accounts/" + account + "/Contacts?fields=Last_Name").hasStatus(400);

    Answer contacts = api.get(path + "/Contacts?fields=Last_Name").hasStatus(200);
    assertThat(contacts.ids()).containsExactly(contact);
    assertThat(contacts.at("/info/count").asInt()).isEqualTo(1);
    Answer products = api.get(path + "/Products?fields=Owner").hasStatus(200);
    assertThat(products.ids()).containsExactly(product);
    assertThat(products.at("/data/0/$member_info").propertyNames())
        .containsExactlyInAnyOrder("Modified_Time", "Created_Time", "id");
    api.get(path + "/Deals?fields=id").hasStatus(204);
    for (String list : List.of("Notes", "Attachments", "Emails", "Nothing")) {
      api.get(path + "/" + list + "?fields=id")
          .isError(
              400,
              "INVALID_DATA",
              "The related name given seems to be invalid",
              "{\"resource_path_index\":2}");
    }
    api.get(path + "/Contacts").hasStatus(400).hasCode("", "REQUIRED_PARAM_MISSING");
    api.get("/crm/v8/Contacts/deleted/" + account + "/Deals?fields=id").hasStatus(400);
    api.get("/crm/v8/Accounts/deleted/x/Deals?fields=id").hasStatus(400);
    api.delete("/crm/v8/Contacts/" + contact).hasStatus(200);
    api.get(path + "/Contacts?fields=Last_Name").hasStatus(204);
  }

  private List<Long> deletedWith(String id) {
    return org.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                    sql(
                        "select id from "
                            + org.org().table("deleted_record")
                            + " where parent_id = ?",
                        Long.valueOf(id)),
                    row -> row.getLong(1)));
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, data(row)).hasStatus(201).savedId(0);
  }

  private static String data(String row) {
    return "{\"data\":[" + row + "]}";
  }
}
