package io.clientele.records.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.records.Source;
import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Leads become accounts, contacts and deals. Reference: Convert Lead. */
@Proves({"POST /crm/{version}/Leads/{id}/actions/convert"})
class ConvertLeadTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String DEAL =
      "\"Deals\":{\"Deal_Name\":\"Big\",\"Closing_Date\":\"2027-01-31\",\"Stage\":\"Qualification\",\"Amount\":500,\"Pipeline\":\"Standard (Standard)\"%s}";

  private final Api api = ORG.api();

  @Test
  void aLeadBecomesAnAccountAContactAndADeal() {
    String lead =
        lead(
            "\"First_Name\":\"Ann\",\"Last_Name\":\"Lee\",\"Company\":\"Acme\",\"Designation\":\"CEO\","
                + "\"Email\":\"ann@acme.example\",\"Street\":\"1 Road\",\"Annual_Revenue\":1000.5,"
                + "\"No_of_Employees\":7,\"Email_Opt_Out\":true,\"Lead_Source\":\"Cold Call\"");
    Answer done = convert(lead, DEAL.formatted("")).hasStatus(200);
    assertThat(done.at("/data/0/code").asString()).isEqualTo("SUCCESS");
    assertThat(done.at("/data/0/message").asString())
        .isEqualTo("The record has been converted successfully");
    JsonNode details = done.at("/data/0/details");
    assertThat(details.at("/Contacts/name").asString()).isEqualTo("Ann Lee");
    assertThat(details.at("/Accounts/name").asString()).isEqualTo("Acme");
    assertThat(details.at("/Deals/name").asString()).isEqualTo("Big");
    JsonNode account = read("Accounts", details.at("/Accounts/id"));
    assertThat(account.path("Employees").asInt()).isEqualTo(7);
    assertThat(account.path("Billing_Street").asString()).isEqualTo("1 Road");
    assertThat(account.path("Annual_Revenue").decimalValue()).isEqualByComparingTo("1000.5");
    JsonNode contact = read("Contacts", details.at("/Contacts/id"));
    assertThat(contact.path("Title").asString()).isEqualTo("CEO");
    assertThat(contact.path("Email").asString()).isEqualTo("ann@acme.example");
    assertThat(contact.path("Email_Opt_Out").asBoolean()).isTrue();
    assertThat(contact.path("Mailing_Street").asString()).isEqualTo("1 Road");
    assertThat(contact.at("/Account_Name/name").asString()).isEqualTo("Acme");
    JsonNode deal = read("Deals", details.at("/Deals/id"));
    assertThat(deal.at("/Contact_Name/name").asString()).isEqualTo("Ann Lee");
    assertThat(deal.at("/Account_Name/name").asString()).isEqualTo("Acme");
    assertThat(deal.path("Lead_Source").asString()).isEqualTo("Cold Call");
    assertThat(deal.path("Lead_Conversion_Time").asInt(-1)).isZero();
    JsonNode converted = api.get("/crm/v8/Leads/" + lead).at("/data/0");
    assertThat(converted.path("Converted__s").asBoolean()).isTrue();
    assertThat(converted.at("/Converted_Contact/id")).isEqualTo(details.at("/Contacts/id"));
    assertThat(converted.at("/Converted_Account/id")).isEqualTo(details.at("/Accounts/id"));
    assertThat(converted.at("/Converted_Deal/id")).isEqualTo(details.at("/Deals/id"));
    assertThat(converted.path("Converted_Date_Time").asString()).endsWith("+05:30");
    assertThat(converted.path("Lead_Conversion_Time").asInt(-1)).isZero();
    api.get("/crm/v8/Leads?fields=id&ids=" + lead).hasStatus(204);
    assertThat(api.get("/crm/v8/Leads?fields=id&converted=true&ids=" + lead).ids())
        .containsExactly(lead);
  }

  @Test
  void aLeadIsConvertedOnceAndThenStaysAsItIs() {
    String lead = lead("\"Last_Name\":\"Once\"");
    JsonNode details = convert(lead, "").hasStatus(200).at("/data/0/details");
    assertThat(details.path("Accounts").isNull()).isTrue();
    assertThat(details.path("Deals").isNull()).isTrue();
    convert(lead, "")
        .isError(
            400, "ID_ALREADY_CONVERTED", "id already converted", "{\"resource_path_index\":1}");
    api.put("/crm/v8/Leads", "{\"data\":[{\"id\":\"" + lead + "\",\"Company\":\"X\"}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "ID_ALREADY_CONVERTED",
            "id already converted",
            "{\"api_name\":\"id\",\"json_path\":\"$.data[0].id\"}");
    api.delete("/crm/v8/Leads/" + lead).hasStatus(200);
  }

  @Test
  void whatHangsOnALeadGoesAlong() {
    String lead =
        lead(
            "\"Last_Name\":\"Carry\",\"Company\":\"Carriers\",\"Tag\":[{\"name\":\"hot\"},{\"name\":\"new\"}]");
    String note =
        link(
            "Notes",
            "\"Note_Content\":\"n\",\"Parent_Id\":{\"id\":\"%s\",\"module\":{\"api_name\":\"Leads\"}}"
                .formatted(lead));
    String task =
        create(
            "Tasks",
            "\"Subject\":\"T\",\"What_Id\":{\"id\":\"%s\"},\"$se_module\":\"Leads\""
                .formatted(lead));
    String campaign = create("Campaigns", "\"Campaign_Name\":\"Fair\"");
    String product = create("Products", "\"Product_Name\":\"Pump\"");
    String attachment = attach(lead);
    link(
        "Leads_X_Campaigns",
        "\"Lead\":\"%s\",\"Campaign\":\"%s\",\"Member_Status\":\"Received\""
            .formatted(lead, campaign));
    link("Products_X_Leads", "\"Lead\":\"%s\",\"Product\":\"%s\"".formatted(lead, product));
    JsonNode details =
        convert(
                lead,
                DEAL.formatted(",\"$move_attachments\":true")
                    + ",\"carry_over_tags\":{\"Contacts\":[\"hot\"],\"Deals\":{},\"Accounts\":[]}")
            .hasStatus(200)
            .at("/data/0/details");
    String contact = details.at("/Contacts/id").asString();
    String deal = details.at("/Deals/id").asString();
    assertThat(rows("select parent_id::text from %s where id = " + note, "Notes"))
        .containsExactly(contact);
    JsonNode moved = api.get("/crm/v8/Tasks/" + task).at("/data/0");
    assertThat(moved.at("/Who_Id/id").asString()).isEqualTo(contact);
    assertThat(moved.at("/What_Id/id").asString()).isEqualTo(deal);
    assertThat(moved.path("$se_module").asString()).isEqualTo("Deals");
    assertThat(parentOfAttachment(attachment)).isEqualTo(deal);
    assertThat(
            rows(
                "select member_status from %s where contact = "
                    + contact
                    + " and campaign = "
                    + campaign,
                "Contacts_X_Campaigns"))
        .containsExactly("Received");
    assertThat(
            rows("select product::text from %s where contact = " + contact, "Products_X_Contacts"))
        .containsExactly(product);
    assertThat(rows("select product::text from %s where deal = " + deal, "Products_X_Deals"))
        .containsExactly(product);
    assertThat(tags("Contacts", contact)).containsExactly("hot");
    assertThat(tags("Deals", deal)).containsExactlyInAnyOrder("hot", "new");
    assertThat(tags("Accounts", details.at("/Accounts/id").asString())).isEmpty();
    assertThat(
            rows(
                "select source || ' ' || action from %s where record_id = " + note + " order by id",
                null))
        .containsExactly("crm_api added", "convert updated");
  }

  @Test
  void existingRecordsAreUsed() {
    String account = create("Accounts", "\"Account_Name\":\"Old\"");
    String other = create("Accounts", "\"Account_Name\":\"Other\"");
    String contact =
        create("Contacts", "\"Last_Name\":\"Known\",\"Account_Name\":\"" + other + "\"");
    String ids = "\"Accounts\":{\"id\":\"%s\"},\"Contacts\":\"%s\"".formatted(account, contact);
    JsonNode kept =
        convert(lead("\"Last_Name\":\"L\",\"Company\":\"New\""), ids + ",\"overwrite\":false")
            .hasStatus(200)
            .at("/data/0/details");
    assertThat(kept.at("/Accounts/name").asString()).isEqualTo("Old");
    assertThat(kept.at("/Contacts/id").asString()).isEqualTo(contact);
    assertThat(api.get("/crm/v8/Contacts/" + contact).at("/data/0/Account_Name/id").asString())
        .isEqualTo(other);
    convert(lead("\"Last_Name\":\"L\",\"Company\":\"New\""), ids + ",\"overwrite\":true")
        .hasStatus(200);
    JsonNode overwritten = api.get("/crm/v8/Contacts/" + contact).at("/data/0");
    assertThat(overwritten.at("/Account_Name/id").asString()).isEqualTo(account);
    assertThat(overwritten.at("/Account_Name/name").asString()).isEqualTo("New");
    assertThat(overwritten.path("Last_Name").asString()).isEqualTo("Known");
  }

  @Test
  void matchingRecordsAreUsedWhenWanted() {
    String account = create("Accounts", "\"Account_Name\":\"Match Ltd\"");
    String contact = create("Contacts", "\"Last_Name\":\"Who\",\"Email\":\"Who@Match.example\"");
    String values =
        "\"Last_Name\":\"Lead\",\"Company\":\"match ltd\",\"Email\":\"who@match.example\"";
    JsonNode fresh = convert(lead(values), "").at("/data/0/details");
    assertThat(fresh.at("/Contacts/id").asString()).isNotEqualTo(contact);
    assertThat(fresh.at("/Accounts/id").asString()).isNotEqualTo(account);
    JsonNode found =
        convert(lead(values), "\"add_to_existing_record\":true")
            .hasStatus(200)
            .at("/data/0/details");
    assertThat(found.at("/Contacts/id").asString()).isEqualTo(contact);
    assertThat(found.at("/Accounts/id").asString()).isEqualTo(account);
    assertThat(api.get("/crm/v8/Contacts/" + contact).at("/data/0/Account_Name/id").asString())
        .isEqualTo(account);
  }

  @Test
  void nothingIsHalfDone() {
    String lead = lead("\"Last_Name\":\"Half\",\"Company\":\"Half Inc\"");
    convert(lead, DEAL.formatted(",\"Probability\":\"often\""))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"integer\",\"api_name\":\"Probability\",\"json_path\":\"$.data[0].Probability\"}");
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Converted__s").asBoolean(true))
        .isFalse();
    assertThat(rows("select account_name from %s where account_name = 'Half Inc'", "Accounts"))
        .isEmpty();
  }

  @Test
  void twoAtOnceConvertItOnce() throws Exception {
    String lead = lead("\"Last_Name\":\"Race\",\"Company\":\"Race Inc\"");
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Integer> work = () -> convert(lead, "").status();
      List<Integer> statuses =
          threads.invokeAll(List.of(work, work, work, work)).stream()
              .map(
                  future -> {
                    try {
                      return future.get();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .sorted()
              .toList();
      assertThat(statuses).containsExactly(200, 400, 400, 400);
    }
    assertThat(rows("select account_name from %s where account_name = 'Race Inc'", "Accounts"))
        .hasSize(1);
  }

  @Test
  void theOptionsMustBeSuch() {
    String lead = lead("\"Last_Name\":\"Options\"");
    rejects(lead, "\"overwrite\":\"yes\"", "boolean", "overwrite", "overwrite");
    rejects(lead, "\"notify_lead_owner\":1", "boolean", "notify_lead_owner", "notify_lead_owner");
    rejects(lead, "\"Deals\":[]", "jsonobject", "Deals", "Deals");
    rejects(lead, "\"carry_over_tags\":[]", "jsonobject", "carry_over_tags", "carry_over_tags");
    rejects(
        lead, "\"carry_over_tags\":{\"Deals\":[1]}", "text", "Deals", "carry_over_tags.Deals[0]");
    for (String name : new String[] {"Accounts", "Contacts", "assign_to"}) {
      convert(lead, "\"" + name + "\":{\"id\":\"123\"}")
          .hasStatus(400)
          .rowIsError(
              0,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"api_name\":\"%s\",\"json_path\":\"$.data[0].%s.id\"}".formatted(name, name));
    }
    convert(lead, "\"Deals\":{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\"}")
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Closing_Date\",\"json_path\":\"$.data[0].Closing_Date\"}");
    convert(lead, DEAL.formatted(",\"Contact_Role\":\"123\""))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"Contact_Role\",\"json_path\":\"$.data[0].Contact_Role\"}");
    convert(lead, "\"move_attachments_to\":{\"api_name\":\"Leads\"}")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"api_name\":\"api_name\",\"json_path\":\"$.data[0].move_attachments_to.api_name\"}");
    String path = "/crm/v8/Leads/" + lead + "/actions/convert";
    api.post(path, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"data\",\"json_path\":\"$.data\"}");
    for (String id : new String[] {"123", "x", "99999999999999999999"}) {
      api.post("/crm/v8/Leads/" + id + "/actions/convert", "{\"data\":[{}]}")
          .isError(400, "INVALID_DATA", "invalid data", "{\"resource_path_index\":1}");
    }
    convert(lead, "").hasStatus(200);
  }

  private String lead(String values) {
    return create("Leads", values);
  }

  private String create(String module, String values) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + values + "}]}").hasStatus(201).savedId(0);
  }

  private Answer convert(String lead, String options) {
    return api.post("/crm/v8/Leads/" + lead + "/actions/convert", "{\"data\":[{" + options + "}]}");
  }

  private void rejects(String lead, String options, String expected, String name, String path) {
    convert(lead, options)
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"%s\",\"api_name\":\"%s\",\"json_path\":\"$.data[0].%s\"}"
                .formatted(expected, name, path));
  }

  private JsonNode read(String module, JsonNode id) {
    return api.get("/crm/v8/" + module + "/" + id.asString()).hasStatus(200).at("/data/0");
  }

  private List<String> tags(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id)
        .at("/data/0/Tag")
        .valueStream()
        .map(tag -> tag.path("name").asString())
        .toList();
  }

  private String attach(String lead) {
    return link(
        "Attachments",
        "\"File_Name\":\"a.txt\",\"Parent_Id\":{\"id\":\"%s\",\"module\":{\"api_name\":\"Leads\"}}"
            .formatted(lead));
  }

  private String parentOfAttachment(String id) {
    return rows("select parent_id::text from %s where id = " + id, "Attachments").getFirst();
  }

  private static String link(String module, String values) {
    Metadata metadata = ORG.metadata();
    return Long.toString(
        ORG.server()
            .installation()
            .records()
            .change(
                metadata,
                ORG.adminId(),
                Source.CRM_API,
                change ->
                    change
                        .create(metadata.get(module), Json.MAPPER.readTree("[{" + values + "}]"))
                        .getFirst()
                        .requireId()));
  }

  /** The first column of a statement on the table of a module, or on the ledger. */
  private static List<String> rows(String statement, String module) {
    String table =
        ORG.org().table(module == null ? "record_change" : ORG.metadata().get(module).table());
    return ORG.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                    io.clientele.db.Sql.sql(statement.formatted(table)), row -> row.getString(1)));
  }
}
