package io.clientele.records.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Activities that recur: one row becomes a record for each day. Reference: Insert Records. */
@Proves("POST /crm/{version}/{module}")
class RecurrenceTest {
  private static final TestOrg ORG = TestOrg.create();
  private final Api api = ORG.api();

  @Test
  void aTaskRecursOnEveryDayOfItsRule() {
    Answer answer =
        task("FREQ=DAILY;INTERVAL=1;DTSTART=2026-04-06;UNTIL=2026-04-12", "").hasStatus(201);
    assertThat(answer.json().path("data").size()).isEqualTo(7);
    assertThat(answer.json().path("data").valueStream().map(row -> dueDate(row)))
        .containsExactly(
            "2026-04-06",
            "2026-04-07",
            "2026-04-08",
            "2026-04-09",
            "2026-04-10",
            "2026-04-11",
            "2026-04-12");
    JsonNode first = read("Tasks", answer.savedId(0));
    assertThat(first.path("Recurring_Activity").path("RRULE").asString())
        .isEqualTo("FREQ=DAILY;INTERVAL=1;DTSTART=2026-04-06;UNTIL=2026-04-12");
  }

  @Test
  void rulesAreThoseOfCalendars() {
    assertDays(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;DTSTART=2026-02-02;UNTIL=2026-03-10",
        "2026-02-05",
        "2026-02-19",
        "2026-03-05");
    assertDays(
        "FREQ=MONTHLY;BYMONTHDAY=31;DTSTART=2026-01-31;COUNT=3",
        "2026-01-31",
        "2026-03-31",
        "2026-05-31");
    assertDays("FREQ=MONTHLY;BYDAY=-1FR;DTSTART=2026-01-01;COUNT=2", "2026-01-30", "2026-02-27");
    assertDays("FREQ=YEARLY;DTSTART=2028-02-29;COUNT=2", "2028-02-29", "2032-02-29");
  }

  @Test
  void datesCanBeLeftOut() {
    Answer answer =
        api.post(
                "/crm/v8/Tasks",
                "{\"data\":[{\"Subject\":\"T\",\"Due_Date\":\"2026-04-06\",\"Recurring_Activity\":"
                    + "{\"RRULE\":\"FREQ=DAILY;COUNT=3\",\"EXDATE\":\"2026-04-07\"}}]}")
            .hasStatus(201);
    assertThat(answer.json().path("data").valueStream().map(row -> dueDate(row)))
        .containsExactly("2026-04-06", "2026-04-08");
  }

  @Test
  void meetingsKeepTheirTimeOfDay() {
    Answer answer =
        event(
                "FREQ=DAILY;INTERVAL=1;DTSTART=2026-05-20;UNTIL=2026-05-22",
                ",\"Remind_At\":[{\"unit\":15,\"period\":\"minutes\"}]")
            .hasStatus(201);
    assertThat(answer.json().path("data").size()).isEqualTo(3);
    JsonNode last = read("Events", answer.savedId(2));
    assertThat(last.path("Start_DateTime").asString()).isEqualTo("2026-05-22T09:00:00+05:30");
    assertThat(last.path("End_DateTime").asString()).isEqualTo("2026-05-22T10:00:00+05:30");
    assertThat(last.path("Remind_At").get(0).path("unit").asInt()).isEqualTo(15);
    assertThat(last.path("Participants").get(0).path("id").asString())
        .isNotEqualTo(
            read("Events", answer.savedId(0)).path("Participants").get(0).path("id").asString());
    api.put(
            "/crm/v8/Events/" + answer.savedId(2),
            "{\"data\":[{\"Event_Title\":\"Other\",\"Recurring_Activity\":{\"RRULE\":\"FREQ=DAILY;COUNT=2\"}}]}")
        .hasStatus(200);
    JsonNode changed = read("Events", answer.savedId(2));
    assertThat(changed.path("Event_Title").asString()).isEqualTo("Other");
    assertThat(changed.path("Recurring_Activity").path("RRULE").asString()).contains("UNTIL");
    assertThat(read("Events", answer.savedId(1)).path("Event_Title").asString()).isEqualTo("M");
  }

  @Test
  void meetingsThatRecurNeedAReminder() {
    event("FREQ=DAILY;COUNT=2", "")
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Remind_At\",\"json_path\":\"$.data[0].Remind_At\"}");
  }

  @Test
  void rulesMustBeRulesWithAnEnd() {
    for (String wrong :
        List.of(
            "",
            "x",
            "FREQ=DAILY",
            "FREQ=SOMETIMES;COUNT=2",
            "FREQ=HOURLY;COUNT=2",
            "FREQ=DAILY;COUNT=x",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;INTERVAL=-1;COUNT=2",
            "FREQ=DAILY;UNTIL=2026-02-30",
            "FREQ=DAILY;UNTIL=2020-01-01;DTSTART=2026-01-01",
            "FREQ=DAILY;COUNT=2;DTSTART=tomorrow",
            "FREQ=DAILY;COUNT=2;NOISE=1",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2;DTSTART=2026-01-01")) {
      Answer answer = task(wrong, ",\"Due_Date\":\"2026-01-01\"").hasStatus(400);
      assertThat(answer.at("/data/0/code").asString()).as(wrong).isEqualTo("INVALID_DATA");
      assertThat(answer.at("/data/0/details/json_path").asString())
          .isEqualTo("$.data[0].Recurring_Activity.RRULE");
    }
    task("FREQ=DAILY;COUNT=2", "").hasStatus(400).hasCode("/data/0", "INVALID_DATA");
    task("FREQ=DAILY;COUNT=400;DTSTART=2026-01-01", "")
        .hasStatus(400)
        .hasCode("/data/0", "LIMIT_EXCEEDED");
    for (String wrong : List.of("\"FREQ=DAILY\"", "[]", "{\"RRULE\":1}", "{}")) {
      api.post(
              "/crm/v8/Tasks",
              "{\"data\":[{\"Subject\":\"T\",\"Recurring_Activity\":" + wrong + "}]}")
          .hasStatus(400);
    }
  }

  @Test
  void rowsBesideASeriesKeepTheirOrder() {
    Answer answer =
        api.post(
                "/crm/v8/Tasks",
                "{\"data\":[{\"Due_Date\":\"2026-01-01\"},{\"Subject\":\"T\",\"Recurring_Activity\":"
                    + "{\"RRULE\":\"FREQ=DAILY;COUNT=2;DTSTART=2026-01-01\"}},{\"Subject\":\"Last\"}]}")
            .hasStatus(207);
    assertThat(answer.json().path("data").valueStream().map(row -> row.path("status").asString()))
        .containsExactly("error", "success", "success", "success");
    assertThat(read("Tasks", answer.savedId(3)).path("Subject").asString()).isEqualTo("Last");
  }

  private void assertDays(String rule, String... days) {
    Answer answer = task(rule, "").hasStatus(201);
    assertThat(answer.json().path("data").valueStream().map(row -> dueDate(row)))
        .containsExactly(days);
  }

  private String dueDate(JsonNode row) {
    return read("Tasks", row.path("details").path("id").asString()).path("Due_Date").asString();
  }

  private JsonNode read(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).hasStatus(200).at("/data/0");
  }

  private Answer task(String rule, String more) {
    return api.post(
        "/crm/v8/Tasks",
        "{\"data\":[{\"Subject\":\"T\",\"Recurring_Activity\":{\"RRULE\":\""
            + rule
            + "\"}"
            + more
            + "}]}");
  }

  private Answer event(String rule, String more) {
    return api.post(
        "/crm/v8/Events",
        "{\"data\":[{\"Event_Title\":\"M\",\"Start_DateTime\":\"2026-05-20T09:00:00+05:30\","
            + "\"End_DateTime\":\"2026-05-20T10:00:00+05:30\",\"Participants\":[{\"type\":\"email\","
            + "\"Email\":\"a@b.com\"}],\"Recurring_Activity\":{\"RRULE\":\""
            + rule
            + "\"}"
            + more
            + "}]}");
  }
}
