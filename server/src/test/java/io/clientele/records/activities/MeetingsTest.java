package io.clientele.records.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Meetings and those who take part in them. Reference: Insert Records, Update Records. */
@Proves({
  "POST /crm/{version}/{module}",
  "PUT /crm/{version}/{module}/{id}",
  "GET /crm/{version}/{module}/{id}"
})
class MeetingsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String TIMES =
      "\"Start_DateTime\":\"2026-05-20T09:00:00+05:30\",\"End_DateTime\":\"2026-05-20T10:00:00+05:30\"";

  private final Api api = ORG.api();

  @Test
  void participantsAreNamedByTheirRecords() {
    String contact =
        create(
            "Contacts",
            "\"Last_Name\":\"Kingsley\",\"First_Name\":\"Anna\",\"Email\":\"anna@x.com\"");
    String lead = create("Leads", "\"Last_Name\":\"Daly\"");
    String user = Long.toString(ORG.adminId());
    String id =
        meeting(
            "["
                + one("contact", contact)
                + ","
                + one("lead", lead)
                + ","
                + one("user", user)
                + ",{\"type\":\"email\",\"Email\":\"guest@example.com\",\"name\":\"Guest\"}]");
    JsonNode list = participants(id);
    assertThat(list.valueStream().map(one -> one.path("name").asString()))
        .containsExactly("Anna Kingsley", "Daly", "Patricia Boyle", "Guest");
    assertThat(list.valueStream().map(one -> one.path("participant").asString()))
        .containsExactly(contact, lead, user, "guest@example.com");
    assertThat(list.get(0).path("Email").asString()).isEqualTo("anna@x.com");
    assertThat(list.get(3).path("Email").asString()).isEqualTo("guest@example.com");
    assertThat(list.get(0).path("status").asString()).isEqualTo("not_known");
    assertThat(list.get(0).path("invited").asBoolean(true)).isFalse();
    assertThat(list.get(0).path("id").asString()).matches("\\d+");
    api.put("/crm/v8/Contacts/" + contact, "{\"data\":[{\"Last_Name\":\"Queen\"}]}").hasStatus(200);
    assertThat(participants(id).get(0).path("name").asString()).isEqualTo("Anna Queen");
    JsonNode listed =
        api.get("/crm/v8/Events?fields=Participants&ids=" + id).at("/data/0/Participants");
    assertThat(listed.size()).isEqualTo(4);
  }

  @Test
  void aListReplacesTheOneBeforeAndKeepsWhoStays() {
    String lead = create("Leads", "\"Last_Name\":\"Daly\"");
    String id =
        meeting("[" + one("lead", lead) + ",{\"type\":\"email\",\"participant\":\"a@b.com\"}]");
    String known = participants(id).get(0).path("id").asString();
    update(id, "\"Participants\":[" + one("lead", lead) + "],\"$send_notification\":true");
    assertThat(participants(id).size()).isEqualTo(1);
    assertThat(participants(id).get(0).path("id").asString()).isEqualTo(known);
    assertThat(participants(id).get(0).path("invited").asBoolean()).isTrue();
    update(id, "\"Venue\":\"Here\"");
    assertThat(participants(id).size()).isEqualTo(1);
    update(id, "\"Participants\":[]");
    assertThat(participants(id).isEmpty()).isTrue();
  }

  @Test
  void recordsListTheMeetingsTheyAreInvitedTo() {
    String contact = create("Contacts", "\"Last_Name\":\"Guest\"");
    String lead = create("Leads", "\"Last_Name\":\"Guest\"");
    String both = meeting("[" + one("contact", contact) + "," + one("lead", lead) + "]");
    String second = meeting("[" + one("contact", contact) + "]");
    event("\"Who_Id\":\"" + contact + "\"").hasStatus(201);
    String ofContact = "/crm/v8/Contacts/" + contact + "/Invited_Events";
    String ofLead = "/crm/v8/Leads/" + lead + "/Invited_Events";
    Answer list = api.get(ofContact + "?fields=Event_Title,Participants").hasStatus(200);
    assertThat(list.ids()).containsExactly(second, both);
    assertThat(list.at("/data/0/Participants/0/participant").asString()).isEqualTo(contact);
    assertThat(api.get(ofLead + "?fields=id").ids()).containsExactly(both);
    api.get(ofContact + "/" + second).hasStatus(200);
    api.get(ofLead + "/" + second).hasStatus(204);
    assertThat(invited("Contacts", contact)).isEqualTo(2);
    assertThat(invited("Leads", lead)).isEqualTo(1);
    update(both, "\"Participants\":[" + one("lead", lead) + "]");
    assertThat(api.get(ofContact + "?fields=id").ids()).containsExactly(second);
    api.delete(ofContact + "/" + second).hasStatus(400).hasCode("", "INVALID_DATA");
  }

  private int invited(String module, String id) {
    return api.post(
            "/crm/v8/" + module + "/" + id + "/actions/get_related_records_count",
            "{\"get_related_records_count\":[{\"related_list\":{\"api_name\":\"Invited_Events\"}}]}")
        .hasStatus(200)
        .at("/get_related_records_count/0/count")
        .asInt();
  }

  @Test
  void participantsMustBeSomebody() {
    String at = "$.data[0].Participants[0]";
    rejects("[{\"participant\":\"1\"}]", "MANDATORY_NOT_FOUND", at + ".type");
    rejects("[{\"type\":\"lead\"}]", "MANDATORY_NOT_FOUND", at + ".participant");
    rejects("[{\"type\":\"email\"}]", "MANDATORY_NOT_FOUND", at + ".Email");
    rejects("[{\"type\":\"animal\",\"participant\":\"1\"}]", "INVALID_DATA", at + ".type");
    rejects("[{\"type\":\"email\",\"Email\":\"nobody\"}]", "INVALID_DATA", at + ".Email");
    rejects("[{\"type\":\"lead\",\"participant\":\"123\"}]", "INVALID_DATA", at + ".participant");
    rejects("[{\"type\":\"user\",\"participant\":\"123\"}]", "INVALID_DATA", at + ".participant");
    rejects("[{\"type\":\"lead\",\"participant\":\"x\"}]", "INVALID_DATA", at + ".participant");
    rejects("[{\"type\":\"lead\",\"participant\":1e400}]", "INVALID_DATA", at + ".participant");
    rejects("[1]", "INVALID_DATA", at);
    rejects("{}", "INVALID_DATA", "$.data[0].Participants");
    String lead = create("Leads", "\"Last_Name\":\"Daly\"");
    rejects("[" + one("contact", lead) + "]", "INVALID_DATA", at + ".participant");
    String foreign =
        TestOrg.create()
            .api()
            .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"X\"}]}")
            .savedId(0);
    rejects("[" + one("lead", foreign) + "]", "INVALID_DATA", at + ".participant");
    String many =
        IntStream.range(0, 51)
            .mapToObj(i -> "{\"type\":\"email\",\"Email\":\"a" + i + "@b.com\"}")
            .collect(Collectors.joining(",", "[", "]"));
    Answer limit = rejects(many, "LIMIT_EXCEEDED", "$.data[0].Participants");
    assertThat(limit.at("/data/0/message").asString())
        .isEqualTo("Only 50 participants can be added to an event.");
  }

  @Test
  void meetingsDoNotEndBeforeTheyStart() {
    Answer answer =
        api.post(
            "/crm/v8/Events",
            "{\"data\":[{\"Event_Title\":\"M\",\"Start_DateTime\":\"2026-05-20T09:00:00Z\","
                + "\"End_DateTime\":\"2026-05-20T14:00:00+05:30\"}]}");
    String details =
        "{\"dependee\":{\"api_name\":\"Start_DateTime\",\"json_path\":\"$.data[0].Start_DateTime\"},"
            + "\"api_name\":\"End_DateTime\",\"json_path\":\"$.data[0].End_DateTime\"}";
    answer.hasStatus(400).rowIsError(0, "DEPENDENT_MISMATCH", "dependent mismatch", details);
    String id = meeting("[]");
    api.put("/crm/v8/Events/" + id, "{\"data\":[{\"End_DateTime\":\"2026-05-19T10:00:00Z\"}]}")
        .hasStatus(400)
        .hasCode("/data/0", "DEPENDENT_MISMATCH");
    update(
        id,
        "\"Start_DateTime\":\"2026-05-18T09:00:00Z\",\"End_DateTime\":\"2026-05-18T10:00:00Z\"");
  }

  @Test
  void remindersAreKept() {
    String id =
        event(
                "\"Remind_At\":[{\"unit\":15,\"period\":\"mins\"},{\"unit\":1,\"period\":\"days\",\"time\":\"10.30\"}],"
                    + "\"Remind_Participants\":[{\"unit\":\"2\",\"period\":\"hours\"}],\"All_day\":true,"
                    + "\"Meeting_Venue__s\":\"Online\"")
            .hasStatus(201)
            .savedId(0);
    JsonNode read = api.get("/crm/v8/Events/" + id).at("/data/0");
    assertThat(read.path("Remind_At").toString())
        .isEqualTo(
            "[{\"unit\":15,\"period\":\"minutes\"},{\"time\":\"10:30\",\"unit\":1,\"period\":\"days\"}]");
    assertThat(read.path("Remind_Participants").get(0).path("unit").asInt()).isEqualTo(2);
    assertThat(read.path("All_day").asBoolean()).isTrue();
    for (String wrong :
        List.of(
            "{}",
            "[1]",
            "[{\"unit\":61,\"period\":\"days\"}]",
            "[{\"unit\":1,\"period\":\"years\"}]",
            "[{\"unit\":1}]",
            "[{\"unit\":1,\"period\":\"days\",\"time\":\"25:00\"}]")) {
      event("\"Remind_At\":" + wrong).hasStatus(400);
    }
  }

  private Answer rejects(String participants, String code, String path) {
    Answer answer =
        event("\"Participants\":" + participants).hasStatus(400).hasCode("/data/0", code);
    assertThat(answer.at("/data/0/details/json_path").asString()).isEqualTo(path);
    return answer;
  }

  private JsonNode participants(String id) {
    return api.get("/crm/v8/Events/" + id).hasStatus(200).at("/data/0/Participants");
  }

  private String meeting(String participants) {
    return event("\"Participants\":" + participants).hasStatus(201).savedId(0);
  }

  private Answer event(String properties) {
    return api.post(
        "/crm/v8/Events", "{\"data\":[{\"Event_Title\":\"M\"," + TIMES + "," + properties + "}]}");
  }

  private void update(String id, String properties) {
    api.put("/crm/v8/Events/" + id, "{\"data\":[{" + properties + "}]}").hasStatus(200);
  }

  private String create(String module, String properties) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + properties + "}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private static String one(String type, String id) {
    return "{\"type\":\"" + type + "\",\"participant\":\"" + id + "\"}";
  }
}
