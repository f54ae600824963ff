package io.clientele.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What records tell of the rights of who reads them, and who may change what of them. */
class RecordRightsTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final long user = TestUsers.standard(org, "one@example.com");
  private final Api other = org.api(user, TestOrg.ALL_SCOPES);
  private final String lead = lead(api);

  @Test
  void recordsTellWhatTheirReaderMayDo() {
    is(api, "full_access", true);
    for (String permission : List.of("read_only", "read_write", "full_access")) {
      share(permission);
      is(other, permission, !permission.equals("read_only"));
    }
    TestUsers.refuse(org, "Standard", "Crm_Implied_Delete_Leads");
    is(other, "read_write", true);
    TestUsers.refuse(org, "Standard", "Crm_Implied_Edit_Leads");
    is(other, "read_only", false);
    is(api, "full_access", true);
  }

  @Test
  void eachRowOfAListTellsItsOwn() {
    share("read_only");
    String own = lead(other);
    for (String path : List.of("/crm/v8/Leads?", "/crm/v8/Leads/search?word=Lead&")) {
      Answer list = other.get(path + "fields=Last_Name,$sharing_permission,$editable");
      assertThat(list.hasStatus(200).at("/data").size()).isEqualTo(2);
      list.at("/data")
          .forEach(
              row -> {
                boolean mine = row.path("id").asString().equals(own);
                assertThat(row.path("$sharing_permission").asString())
                    .isEqualTo(mine ? "full_access" : "read_only");
                assertThat(row.path("$editable").asBoolean()).isEqualTo(mine);
              });
    }
    assertThat(
            other.get("/crm/v8/Leads?fields=$sharing_permission&ids=" + lead).at("/data/0").size())
        .isEqualTo(2);
  }

  @Test
  void notesHaveTheRightsOfTheirRecord() {
    String note =
        api.post("/crm/v8/Leads/" + lead + "/Notes", "{\"data\":[{\"Note_Content\":\"N\"}]}")
            .savedId(0);
    share("read_only");
    assertThat(other.get("/crm/v8/Notes/" + note).at("/data/0/$sharing_permission").asString())
        .isEqualTo("read_only");
    share("full_access");
    assertThat(other.get("/crm/v8/Notes/" + note).at("/data/0/$sharing_permission").asString())
        .isEqualTo("full_access");
  }

  @Test
  void anotherOwnerNeedsThePermission() {
    share("full_access");
    String denied = "{\"permissions\":[\"Crm_Implied_Change_Owner_Leads\"],%s}";
    String at = "\"api_name\":\"Owner\",\"json_path\":\"$.data[%d].Owner\"";
    TestUsers.refuse(org, "Standard", "Crm_Implied_Change_Owner_Leads");
    String same = owner(org.adminId());
    other.put("/crm/v8/Leads/" + lead, same).hasStatus(200);
    String mine = owner(user);
    other
        .put("/crm/v8/Leads/" + lead, mine)
        .hasStatus(403)
        .rowIsError(0, "NO_PERMISSION", "permission denied", denied.formatted(at.formatted(0)));
    String rows =
        "{\"data\":[{\"id\":\"%1$s\",\"Company\":\"X\"},{\"id\":\"%1$s\",\"Owner\":\"%2$d\"}]}"
            .formatted(lead, user);
    other
        .post("/crm/v8/Leads/upsert", rows)
        .hasStatus(207)
        .rowIsError(1, "NO_PERMISSION", "permission denied", denied.formatted(at.formatted(1)));
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Owner/id").asString())
        .isEqualTo(Long.toString(org.adminId()));
    other
        .post(
            "/crm/v8/Leads",
            "{\"data\":[{\"Last_Name\":\"N\",\"Owner\":\"" + org.adminId() + "\"}]}")
        .hasStatus(201);
    TestUsers.allow(org, "Standard", "Crm_Implied_Change_Owner_Leads");
    other.put("/crm/v8/Leads/" + lead, mine).hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Owner/id").asString())
        .isEqualTo(Long.toString(user));
  }

  @Test
  void historiesAreTheServersAlone() {
    String deal =
        api.post("/crm/v8/Deals", "{\"data\":[{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\"}]}")
            .savedId(0);
    String history = "/crm/v8/Deals/" + deal + "/Stage_History";
    String row = api.get(history + "?fields=Stage").at("/data/0/id").asString();
    String values = "{\"data\":[{\"id\":\"" + row + "\",\"Stage\":\"Negotiation/Review\"}]}";
    for (Answer answer :
        List.of(
            api.post("/crm/v8/DealHistory", values),
            api.post("/crm/v8/DealHistory/upsert", values),
            api.put("/crm/v8/DealHistory", values),
            api.put("/crm/v8/DealHistory/" + row, values),
            api.put(history, values),
            api.delete("/crm/v8/DealHistory/" + row),
            api.delete("/crm/v8/DealHistory?ids=" + row))) {
      answer.isError(
          400,
          "INVALID_MODULE",
          "The given module is not supported in API",
          "{\"resource_path_index\":0}");
    }
    assertThat(api.get(history + "?fields=Stage").at("/data/0/Stage").asString())
        .isEqualTo("Qualification");
    api.put("/crm/v8/Deals/" + deal, "{\"data\":[{\"Stage\":\"Needs Analysis\"}]}").hasStatus(200);
    assertThat(api.get(history + "?fields=Stage").at("/data").size()).isEqualTo(2);
    api.delete("/crm/v8/Deals/" + deal).hasStatus(200);
  }

  private void is(Api reader, String permission, boolean editable) {
    Answer one = reader.get("/crm/v8/Leads/" + lead).hasStatus(200);
    assertThat(one.at("/data/0/$sharing_permission").asString()).isEqualTo(permission);
    assertThat(one.at("/data/0/$editable").asBoolean()).isEqualTo(editable);
  }

  private void share(String permission) {
    api.put(
            "/crm/v8/Leads/" + lead + "/actions/share",
            ("{\"share\":[{\"shared_with\":{\"type\":\"users\",\"id\":\"%d\"},"
                    + "\"permission\":\"%s\",\"type\":\"private\"}]}")
                .formatted(user, permission))
        .hasStatus(201);
  }

  private static String owner(long id) {
    return "{\"data\":[{\"Owner\":{\"id\":\"" + id + "\"}}]}";
  }

  private static String lead(Api by) {
    return by.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Lead\"}]}").savedId(0);
  }
}
