package io.clientele.records.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rules of tasks and calls. Reference: Insert Records, Update Records. */
@Proves({"POST /crm/{version}/{module}", "PUT /crm/{version}/{module}/{id}"})
class TasksAndCallsTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void aTaskIsClosedWhenCompletedUntilItIsReopened() {
    String id = saved(create("Tasks", "\"Subject\":\"T\""));
    assertThat(read("Tasks", id).path("Closed_Time").isNull()).isTrue();
    update("Tasks", id, "\"Status\":\"Completed\"").hasStatus(200);
    String closed = read("Tasks", id).path("Closed_Time").asString();
    assertThat(closed).endsWith("+05:30");
    update("Tasks", id, "\"Subject\":\"Done\",\"Closed_Time\":\"2020-01-01T00:00:00Z\"")
        .hasStatus(200);
    assertThat(read("Tasks", id).path("Closed_Time").asString()).isEqualTo(closed);
    update("Tasks", id, "\"Status\":\"In Progress\"").hasStatus(200);
    assertThat(read("Tasks", id).path("Closed_Time").isNull()).isTrue();
    String done = saved(create("Tasks", "\"Subject\":\"T\",\"Status\":\"Completed\""));
    assertThat(read("Tasks", done).path("Closed_Time").isString()).isTrue();
  }

  @Test
  void tasksRemindAtAMomentOrBeforeEachDayOfASeries() {
    String alarm = "\"Subject\":\"T\",\"Remind_At\":{\"ALARM\":\"%s\"}";
    String moment = "ACTION=POPUP;TRIGGER=2026-01-25T17:09:00+05:30";
    String id =
        saved(create("Tasks", alarm.formatted(moment) + ",\"Send_Notification_Email\":true"));
    assertThat(read("Tasks", id).path("Remind_At").path("ALARM").asString()).isEqualTo(moment);
    assertThat(read("Tasks", id).path("Send_Notification_Email").asBoolean()).isTrue();
    String before = "ACTION=EMAIL;TRIGGER=-P1D;TRIGGER_TIME=22:52";
    create("Tasks", alarm.formatted(before)).hasStatus(400).hasCode("/data/0", "INVALID_DATA");
    String series = ",\"Recurring_Activity\":{\"RRULE\":\"FREQ=DAILY;COUNT=2;DTSTART=2026-01-01\"}";
    create("Tasks", alarm.formatted(before) + series).hasStatus(201);
    for (String wrong :
        List.of(
            "",
            "ACTION=EMAIL",
            "TRIGGER=2026-01-25T17:09:00+05:30",
            "ACTION=SHOUT;TRIGGER=2026-01-25T17:09:00+05:30",
            "ACTION=EMAIL;TRIGGER=tomorrow",
            "ACTION=EMAIL;TRIGGER=-P7D;TRIGGER_TIME=22:52",
            "ACTION=EMAIL;TRIGGER=-P1D",
            "ACTION=EMAIL;TRIGGER=-P1W;TRIGGER_TIME=24:52")) {
      Answer answer = create("Tasks", alarm.formatted(wrong) + series).hasStatus(400);
      assertThat(answer.at("/data/0/details/json_path").asString())
          .isEqualTo("$.data[0].Remind_At.ALARM");
    }
  }

  @Test
  void callsThatTookPlaceLasted() {
    String call =
        "\"Subject\":\"C\",\"Call_Type\":\"%s\",\"Call_Start_Time\":\"2026-01-01T10:00:00Z\"";
    String inbound = call.formatted("Inbound");
    String id =
        saved(
            create(
                "Calls",
                inbound + ",\"Call_Duration\":\"01:20\",\"Outgoing_Call_Status\":\"Completed\""));
    JsonNode read = read("Calls", id);
    assertThat(read.path("Call_Duration_in_seconds").asInt()).isEqualTo(4800);
    assertThat(read.path("Outgoing_Call_Status").isNull()).isTrue();
    assertThat(read.path("Scheduled_In_CRM").asString()).isEqualTo("Not scheduled in CRM");
    String seconds = saved(create("Calls", inbound + ",\"Call_Duration_in_seconds\":95"));
    assertThat(read("Calls", seconds).path("Call_Duration").asString()).isEqualTo("00:01:35");
    create("Calls", inbound)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Call_Duration\",\"json_path\":\"$.data[0].Call_Duration\"}");
    String zero =
        "{\"dependee\":{\"api_name\":\"Call_Type\",\"json_path\":\"$.data[0].Call_Type\"},"
            + "\"api_name\":\"Call_Duration\",\"json_path\":\"$.data[0].Call_Duration\"}";
    for (String type : List.of("Inbound", "Outbound")) {
      create("Calls", call.formatted(type) + ",\"Call_Duration\":\"00:00\"")
          .hasStatus(400)
          .rowIsError(0, "DEPENDENT_MISMATCH", "Call Duration can not be zero.", zero);
    }
    update("Calls", id, "\"Call_Duration\":\"00:00\"").hasStatus(400);
    for (String wrong : List.of("x", "00:60", "10", "1e5:00", "00:00:61", "-1:10")) {
      create("Calls", inbound + ",\"Call_Duration\":\"" + wrong + "\"").hasStatus(400);
    }
    create("Calls", call.formatted("Missed")).hasStatus(201);
    create("Calls", call.formatted("Sideways") + ",\"Call_Duration\":\"00:01\"").hasStatus(400);
    String outbound =
        saved(create("Calls", call.formatted("Outbound") + ",\"Call_Duration\":\"00:20\""));
    assertThat(read("Calls", outbound).path("Outgoing_Call_Status").asString())
        .isEqualTo("Completed");
  }

  @Test
  void scheduledCallsLieAheadAndHaveSomeoneToCall() {
    String contact = saved(create("Contacts", "\"Last_Name\":\"Kingsley\""));
    String call =
        "\"Subject\":\"C\",\"Call_Type\":\"Outbound\",\"%s\":\"Scheduled\",\"Call_Start_Time\":\"%s\"";
    String who = ",\"Who_Id\":{\"id\":\"" + contact + "\"},\"Reminder\":\"15 minutes before\"";
    String soon = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    String id = saved(create("Calls", call.formatted("Outbound_Call_Status", soon) + who));
    JsonNode read = read("Calls", id);
    assertThat(read.path("Outgoing_Call_Status").asString()).isEqualTo("Scheduled");
    assertThat(read.path("Scheduled_In_CRM").asString()).isEqualTo("Scheduled in CRM");
    assertThat(read.path("Call_Duration").isNull()).isTrue();
    assertThat(read.path("Reminder").asString()).isEqualTo("15 minutes before");
    Answer past =
        create("Calls", call.formatted("Outgoing_Call_Status", "2020-01-01T10:00:00Z") + who);
    assertThat(past.hasStatus(400).at("/data/0/details/api_name").asString())
        .isEqualTo("Call_Start_Time");
    create("Calls", call.formatted("Outgoing_Call_Status", soon))
        .hasStatus(400)
        .hasCode("/data/0", "MANDATORY_NOT_FOUND");
    update("Calls", id, "\"Outgoing_Call_Status\":\"Completed\"")
        .hasStatus(400)
        .hasCode("/data/0", "MANDATORY_NOT_FOUND");
    update("Calls", id, "\"Outgoing_Call_Status\":\"Completed\",\"Call_Duration\":\"00:05\"")
        .hasStatus(200);
    assertThat(read("Calls", id).path("Call_Duration_in_seconds").asInt()).isEqualTo(300);
  }

  private static String saved(Answer answer) {
    return answer.hasStatus(201).savedId(0);
  }

  private JsonNode read(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).hasStatus(200).at("/data/0");
  }

  private Answer create(String module, String properties) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + properties + "}]}");
  }

  private Answer update(String module, String id, String properties) {
    return api.put("/crm/v8/" + module + "/" + id, "{\"data\":[{" + properties + "}]}");
  }
}
