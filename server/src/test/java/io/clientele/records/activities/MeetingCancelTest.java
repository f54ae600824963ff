package io.clientele.records.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calling meetings off. Reference: Cancel Meeting. */
@Proves("POST /crm/{version}/Events/{event}/actions/cancel")
class MeetingCancelTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String BODY = "{\"data\":[{\"send_cancelling_mail\":false}]}";

  private final Api api = ORG.api();

  @Test
  void aMeetingIsCalledOff() {
    String id = meeting(1, true);
    assertThat(api.get("/crm/v8/Events/" + id).at("/data/0/$event_cancelled").asBoolean(true))
        .isFalse();
    Answer answer = cancel(id, BODY).hasStatus(200);
    assertThat(answer.at("/data/0").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{\"id\":\""
                + id
                + "\"},\"message\":\"The event is successfully cancelled\",\"status\":\"success\"}");
    assertThat(api.get("/crm/v8/Events/" + id).at("/data/0/$event_cancelled").asBoolean()).isTrue();
    Answer list = api.get("/crm/v8/Events?fields=Event_Title,$event_cancelled&ids=" + id);
    assertThat(list.at("/data/0/$event_cancelled").asBoolean()).isTrue();
    cancel(id, BODY)
        .hasStatus(400)
        .rowIsError(0, "NOT_ALLOWED", "The event is already cancelled", "{}");
  }

  @Test
  void onlyMeetingsAheadWithGuestsAreCalledOff() {
    String alone = meeting(1, false);
    cancel(alone, BODY)
        .hasStatus(400)
        .rowIsError(
            0,
            "NOT_ALLOWED",
            "You cannot cancel the event without inviting participants",
            "{\"reason\":\"no_participants_invited\",\"id\":\"" + alone + "\"}");
    String over = meeting(-1, true);
    cancel(over, BODY)
        .hasStatus(400)
        .rowIsError(
            0,
            "NOT_ALLOWED",
            "You cannot cancel the meeting after the meeting end time",
            "{\"reason\":\"completed_meeting\",\"id\":\"" + over + "\"}");
    assertThat(api.get("/crm/v8/Events/" + over).at("/data/0/$event_cancelled").asBoolean(true))
        .isFalse();
  }

  @Test
  void unknownMeetings() {
    String foreign =
        TestOrg.create()
            .api()
            .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"X\"}]}")
            .savedId(0);
    for (String id : List.of("1", "x", "99999999999999999999", foreign)) {
      cancel(id, BODY)
          .hasStatus(400)
          .rowIsError(
              0, "INVALID_DATA", "the id given seems to be invalid", "{\"id\":\"" + id + "\"}");
    }
  }

  @Test
  void theBodyIsChecked() {
    String id = meeting(1, true);
    String mail =
        "\"api_name\":\"send_cancelling_mail\",\"json_path\":\"$.data[0].send_cancelling_mail\"}";
    cancel(id, "{\"data\":[{}]}")
        .hasStatus(400)
        .rowIsError(0, "MANDATORY_NOT_FOUND", "required field not found", "{" + mail);
    cancel(id, "{\"data\":[{\"send_cancelling_mail\":\"no\"}]}")
        .hasStatus(400)
        .rowIsError(
            0, "INVALID_DATA", "invalid data", "{\"expected_data_type\":\"boolean\"," + mail);
    cancel(id, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"data\",\"json_path\":\"$.data\"}");
    for (String body : List.of("{\"data\":[]}", "{\"data\":1}", "{\"data\":[{},{}]}")) {
      assertThat(cancel(id, body).hasStatus(400).at("/code").asString()).isEqualTo("INVALID_DATA");
    }
    cancel(id, "{\"data\":[1]}").hasStatus(400).hasCode("/data/0", "INVALID_DATA");
    String by = "{\"data\":[{\"send_cancelling_mail\":%s,\"cancelled_by\":{\"id\":\"%s\"}}]}";
    cancel(id, by.formatted(true, "123")).hasStatus(400).hasCode("/data/0", "INVALID_DATA");
    cancel(id, by.formatted(false, ORG.adminId()))
        .hasStatus(400)
        .rowIsError(
            0,
            "DEPENDENT_MISMATCH",
            "dependent mismatch",
            "{\"dependee\":{"
                + mail
                + ",\"api_name\":\"cancelled_by\",\"json_path\":\"$.data[0].cancelled_by\"}");
    cancel(id, by.formatted(true, ORG.adminId())).hasStatus(200);
  }

  @Test
  void itNeedsThePermissionToEditMeetings() {
    TestOrg org = TestOrg.create();
    long user = TestUsers.standard(org, "cancel@example.com");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Edit_Events");
    org.api(user, "ZohoCRM.modules.ALL")
        .post("/crm/v8/Events/1/actions/cancel", BODY)
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Edit_Events\"]}");
    org.api(user, "ZohoCRM.modules.events.READ")
        .post("/crm/v8/Events/1/actions/cancel", BODY)
        .hasStatus(401);
  }

  private Answer cancel(String id, String body) {
    return api.post("/crm/v8/Events/" + id + "/actions/cancel", body);
  }

  private String meeting(int days, boolean invited) {
    Instant start = Instant.now().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    String row =
        "{\"Event_Title\":\"M\",\"Start_DateTime\":\"%s\",\"End_DateTime\":\"%s\",\"$send_notification\":%s,\"Participants\":[{\"type\":\"email\",\"Email\":\"a@b.com\"}]}"
            .formatted(start, start.plus(1, ChronoUnit.HOURS), invited);
    return api.post("/crm/v8/Events", "{\"data\":[" + row + "]}").hasStatus(201).savedId(0);
  }
}
