package io.clientele.records.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Services, their appointments and the history of those. References: Services, Appointments. */
@Proves(
    area = "Core APIs/Services",
    value = {
      "GET /crm/{version}/{module}",
      "GET /crm/{version}/{module}/{id}",
      "POST /crm/{version}/{module}",
      "PUT /crm/{version}/{module}",
      "PUT /crm/{version}/{module}/{id}",
      "DELETE /crm/{version}/{module}",
      "DELETE /crm/{version}/{module}/{id}"
    })
@Proves(
    area = "Core APIs/Appointments",
    value = {
      "GET /crm/{version}/{module}",
      "GET /crm/{version}/{module}/{id}",
      "POST /crm/{version}/{module}",
      "PUT /crm/{version}/{module}",
      "PUT /crm/{version}/{module}/{id}",
      "DELETE /crm/{version}/{module}",
      "DELETE /crm/{version}/{module}/{id}"
    })
@Proves(
    area = "Core APIs/Appointments Rescheduled History",
    value = {
      "GET /crm/{version}/{module}",
      "POST /crm/{version}/{module}",
      "PUT /crm/{version}/{module}",
      "PUT /crm/{version}/{module}/{id}",
      "DELETE /crm/{version}/{module}/{id}"
    })
class BookingsTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String HISTORY = "Appointments_Rescheduled_History__s";
  private static final String SERVICE =
      "\"Service_Name\":\"Repair\",\"Duration\":60,\"Location\":\"Business Address and Client Address\","
          + "\"Price\":230.66,\"Members\":[{\"Members\":{\"id\":\"%s\"}}]".formatted(ORG.adminId());

  private final Api api = ORG.api();
  private final String contact = saved(create("Contacts", "\"Last_Name\":\"Smith\""));

  @Test
  void aServiceIsOfferedAndTakenBack() {
    String id =
        saved(
            service(
                "Specific Day(s)",
                ",\"Available_Days\":[\"Monday\",\"Tuesday\"],\"Available_Timings\":[{\"From\":\"10:00\",\"To\":\"18:30\"}]"));
    JsonNode read = read("Services__s", id);
    assertThat(read.path("Members").get(0).path("Members").path("id").asString())
        .isEqualTo(Long.toString(ORG.adminId()));
    assertThat(read.path("Status").asString()).isEqualTo("Available");
    api.put("/crm/v8/Services__s/" + id, "{\"data\":[{\"Duration\":90}]}").hasStatus(200);
    api.put("/crm/v8/Services__s", "{\"data\":[{\"id\":\"" + id + "\",\"Price\":1}]}")
        .hasStatus(200);
    assertThat(read("Services__s", id).path("Duration").asInt()).isEqualTo(90);
    assertThat(api.get("/crm/v8/Services__s?fields=Service_Name,Duration").hasStatus(200).ids())
        .contains(id);
    api.delete("/crm/v8/Services__s/" + id).hasStatus(200);
    api.get("/crm/v8/Services__s/" + id).hasStatus(204);
    String other = saved(service("Every Business Days", ""));
    api.delete("/crm/v8/Services__s?ids=" + other).hasStatus(200);
  }

  @Test
  void servicesKeepTheirRules() {
    String every = "Every Business Days";
    refuses(
        service(every, ",\"Duration\":4"),
        "INVALID_DATA",
        "Duration value should not be greater than 24hrs or less than 5mins");
    refuses(
        service("Sometimes", ""), "INVALID_DATA", "The given Availability Type is not in picklist");
    for (String type : List.of("Specific Date Range", "Specific Date(s)", "Specific Day(s)")) {
      refuses(service(type, ""), "DEPENDENT_FIELD_MISSING", "Dependent Field missing");
    }
    refuses(
        service(
            "Specific Date Range",
            ",\"Available_From\":\"2030-02-01\",\"Available_Till\":\"2030-01-01\""),
        "DEPENDENT_MISMATCH",
        "To value must be Greater than From value");
    refuses(
        service("Specific Date(s)", ",\"Available_Dates\":[\"soon\"]"),
        "INVALID_DATA",
        "invalid data");
    refuses(
        service(every, ",\"Available_Timings\":[{\"From\":\"10:00\",\"To\":\"25:00\"}]"),
        "INVALID_DATA",
        " The given custom time is invalid");
    refuses(
        service(every, ",\"Available_Timings\":[{\"From\":\"10:00\",\"To\":\"10:30\"}]"),
        "DEPENDENT_MISMATCH",
        "Duration does not satisfy the service timing");
    refuses(
        service(every, ",\"Job_Sheet_Section__s\":\"Standard\""),
        "DEPENDENT_MISMATCH",
        "Job_Sheet_Section__s can have value only when value of Job_Sheet_Required is Yes");
    refuses(
        service(every, ",\"Status\":\"Temporarily Unavailable\""),
        "DEPENDENT_FIELD_MISSING",
        "Dependent Field missing");
    refuses(
        service(every, ",\"Status\":\"Not In Use\",\"Unavailable_From\":\"2090-01-01T00:00:00Z\""),
        "DEPENDENT_MISMATCH",
        "Services status cannot be marked as Not In Use when Unavailable From falls after the current Date");
    refuses(
        service(
            every,
            ",\"Status\":\"Temporarily Unavailable\",\"Unavailable_From\":\"2020-01-01T00:00:00Z\",\"Unavailable_Till\":\"2020-01-02T00:00:00Z\""),
        "DEPENDENT_MISMATCH",
        "Unavailable Till must be greater than current Time.");
    refuses(
        service(every, ",\"Unavailable_From\":\"2020-01-01T00:00:00Z\""),
        "DEPENDENT_MISMATCH",
        "When the service status is available, Unavailable From must be greater than current date");
    create("Services__s", "\"Service_Name\":\"S\"")
        .hasStatus(400)
        .hasCode("/data/0", "MANDATORY_NOT_FOUND");
    api.put(
            "/crm/v8/settings/service_preferences",
            "{\"service_preferences\":{\"job_sheet_enabled\":false}}")
        .hasStatus(200);
    refuses(
        service(every, ",\"Job_Sheet_Required\":\"Yes\""),
        "NOT_ALLOWED",
        "Job Sheet is not configured in services preferences");
    api.put(
            "/crm/v8/settings/service_preferences",
            "{\"service_preferences\":{\"job_sheet_enabled\":true}}")
        .hasStatus(200);
    service(every, ",\"Job_Sheet_Required\":\"Yes\"").hasStatus(201);
  }

  @Test
  void anAppointmentIsMovedAndCancelled() {
    String service = saved(service("Every Business Days", ""));
    OffsetDateTime start =
        OffsetDateTime.now(ZoneOffset.UTC).plusDays(2).truncatedTo(ChronoUnit.HOURS);
    String id = saved(appointment(service, start.toString(), ""));
    JsonNode made = read("Appointments__s", id);
    assertThat(made.path("Duration").asInt()).isEqualTo(60);
    assertThat(moment(made, "Appointment_End_Time")).isEqualTo(start.plusHours(1).toInstant());
    assertThat(made.path("Cancellation_Reason").isNull()).isTrue();
    assertThat(made.path("Appointment_For").path("module").path("api_name").asString())
        .isEqualTo("Contacts");
    for (int i = 1; i <= 3; i++) {
      update(
              id,
              "\"Appointment_Start_Time\":\""
                  + start.plusHours(i)
                  + "\",\"Reschedule_Reason\":\"By Team\",\"Reschedule_Note\":\"N"
                  + i
                  + "\"")
          .hasStatus(200);
      assertThat(history(id).size()).isEqualTo(i - 1);
    }
    JsonNode moved = read("Appointments__s", id);
    assertThat(moved.path("Reschedule_Count").asInt()).isEqualTo(3);
    assertThat(moment(moved, "Rescheduled_From")).isEqualTo(start.plusHours(2).toInstant());
    assertThat(moment(moved, "Rescheduled_To")).isEqualTo(start.plusHours(3).toInstant());
    assertThat(moment(moved, "Appointment_End_Time")).isEqualTo(start.plusHours(4).toInstant());
    assertThat(moved.path("Rescheduled_By").path("id").asString())
        .isEqualTo(Long.toString(ORG.adminId()));
    assertThat(moment(history(id).get(0), "Rescheduled_To"))
        .isEqualTo(start.plusHours(2).toInstant());
    assertThat(history(id).get(1).path("Reschedule_Note").asString()).isEqualTo("N1");
    update(id, "\"Cancellation_Note\":\"ill\"")
        .hasStatus(400)
        .hasCode("/data/0", "DEPENDENT_FIELD_MISSING");
    update(id, "\"Status\":\"Overdue\",\"Cancellation_Note\":\"ill\"")
        .hasStatus(400)
        .hasCode("/data/0", "DEPENDENT_MISMATCH");
    update(id, "\"Status\":\"Cancelled\",\"Cancellation_Note\":\"ill\"").hasStatus(200);
    JsonNode gone = read("Appointments__s", id);
    assertThat(gone.path("Cancelled_Time").isString()).isTrue();
    assertThat(gone.path("Cancelled_By").path("id").asString())
        .isEqualTo(Long.toString(ORG.adminId()));
    assertThat(gone.path("Cancellation_Reason").asString()).isEqualTo("By Customer");
    update(id, "\"Status\":\"Scheduled\"").hasStatus(403).hasCode("/data/0", "NOT_ALLOWED");
    update(id, "\"Appointment_Start_Time\":\"" + start + "\"")
        .hasStatus(403)
        .hasCode("/data/0", "NOT_ALLOWED");
    api.delete("/crm/v8/Appointments__s/" + id).hasStatus(200);
    api.get("/crm/v8/Appointments__s/" + id).hasStatus(204);
  }

  @Test
  void appointmentsKeepTheirRules() {
    String service =
        saved(
            service(
                "Specific Date(s)",
                ",\"Available_Dates\":[\"2090-01-02\"],\"Available_Timings\":[{\"From\":\"10:00\",\"To\":\"12:00\"}]"));
    String good = "2090-01-02T10:30:00+05:30";
    String id = saved(appointment(service, good, ""));
    for (String wrong :
        List.of(
            "2090-01-03T10:30:00+05:30",
            "2090-01-02T11:30:00+05:30",
            "2090-01-02T09:30:00+05:30")) {
      refuses(
          appointment(service, wrong, ""),
          "NOT_ALLOWED",
          "Service is not available on the given time");
    }
    String free = saved(service("Every Business Days", ""));
    refuses(
        appointment(free, "2020-01-01T10:00:00Z", ""),
        "DEPENDENT_MISMATCH",
        "Appointment cannot be scheduled for past dates");
    refuses(
        appointment(free, good, ",\"Status\":\"Completed\""),
        "DEPENDENT_MISMATCH",
        "Appointment cannot be marked as completed before the appointment ends");
    refuses(
        appointment(free, good, ",\"Status\":\"Overdue\""),
        "DEPENDENT_MISMATCH",
        "Appointment cannot be marked as overdue before the appointment ends");
    refuses(
        appointment(free, good, ",\"Job_Sheet_Name__s\":\"J\""),
        "DEPENDENT_MISMATCH",
        "Job Sheet can be created only for completed appointment");
    refuses(
        appointment(free, good, ",\"Cancellation_Reason\":\"By Team\""),
        "DEPENDENT_FIELD_MISSING",
        "To Update the fields of Cancellation Information Section, value of Status should be Cancelled");
    refuses(
        appointment(free, good, ",\"Reschedule_Reason\":\"By Team\""),
        "DEPENDENT_FIELD_MISSING",
        "Rescheduled_From cannot be empty");
    refuses(
        appointment(free, good, ",\"Rescheduled_From\":\"" + good + "\""),
        "DEPENDENT_FIELD_UNCHANGED",
        "Reschedule_From and Appointment_Start_Time cannot be same");
    refuses(
        appointment(free, good, ",\"Location\":\"Client Address\""),
        "DEPENDENT_FIELD_MISSING",
        "Dependent Field missing");
    refuses(
        appointment(
            free,
            good,
            ",\"Appointment_For\":{\"id\":\""
                + contact
                + "\",\"module\":{\"api_name\":\"Deals\"}}"),
        "INVALID_DATA",
        "the given module name is not exist in multimodulelookup");
    refuses(
        appointment(free, good, ",\"Remind_At\":[{\"unit\":101,\"period\":\"days\"}]"),
        "INVALID_DATA",
        "Please check whether the input values are correct");
    refuses(
        appointment(free, good, ",\"Remind_At\":[{\"period\":\"days\"}]"),
        "MANDATORY_NOT_FOUND",
        "mandatory key missing");
    long other = io.clientele.testing.TestUsers.standard(ORG, "member" + id + "@example.com");
    refuses(
        appointment(free, good, ",\"Owner\":{\"id\":\"" + other + "\"}"),
        "DEPENDENT_MISMATCH",
        "Appointment Owner is not a part of Service Members");
    String done =
        saved(
            appointment(
                free,
                "2020-01-01T10:00:00Z",
                ",\"Status\":\"Completed\",\"Job_Sheet_Name__s\":\"J\""));
    assertThat(read("Appointments__s", done).path("Job_Sheet_Created__s").asBoolean()).isTrue();
    update(id, "\"Reschedule_Note\":\"N\"")
        .hasStatus(400)
        .hasCode("/data/0", "DEPENDENT_FIELD_MISSING");
    String moved = saved(appointment(free, good, ",\"Rescheduled_From\":\"2089-01-01T10:00:00Z\""));
    assertThat(read("Appointments__s", moved).path("Reschedule_Count").asInt()).isEqualTo(1);
  }

  @Test
  void theHistoryIsKeptForAppointmentsThatWereMoved() {
    String free = saved(service("Every Business Days", ""));
    String id = saved(appointment(free, "2090-01-02T10:30:00Z", ""));
    String row =
        "\"Appointment_Name\":{\"id\":\"%s\"},\"Rescheduled_From\":\"2023-05-02T09:30:00Z\",\"Rescheduled_To\":\"2023-05-02T10:30:00Z\",\"Rescheduled_Time\":\"%s\",\"Rescheduled_By\":{\"id\":\"%s\"},\"Reschedule_Note\":\"N\"";
    String past = row.formatted(id, "2023-05-02T11:00:00Z", ORG.adminId());
    create(HISTORY, past).hasStatus(403).hasCode("/data/0", "NOT_ALLOWED");
    update(id, "\"Appointment_Start_Time\":\"2090-01-02T11:30:00Z\"").hasStatus(200);
    String future =
        Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    create(HISTORY, row.formatted(id, future, ORG.adminId()))
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
    create(HISTORY, "\"Rescheduled_From\":\"2023-05-02T09:30:00Z\"")
        .hasStatus(400)
        .hasCode("/data/0", "MANDATORY_NOT_FOUND");
    String first = saved(create(HISTORY, past));
    String other = saved(appointment(free, "2090-01-02T10:30:00Z", ""));
    api.put(
            "/crm/v8/" + HISTORY + "/" + first,
            "{\"data\":[{\"Reschedule_Note\":\"M\",\"Appointment_Name\":{\"id\":\""
                + other
                + "\"}}]}")
        .hasStatus(200);
    assertThat(read(HISTORY, first).path("Reschedule_Note").asString()).isEqualTo("M");
    assertThat(read(HISTORY, first).path("Appointment_Name").path("id").asString()).isEqualTo(id);
    String rows = ("{" + past + "},").repeat(19) + "{" + past + "}";
    Answer answer = api.post("/crm/v8/" + HISTORY, "{\"data\":[" + rows + "]}").hasStatus(207);
    assertThat(answer.at("/data/18/status").asString()).isEqualTo("success");
    assertThat(answer.at("/data/19/code").asString()).isEqualTo("IN_REQUEST_LIMIT_EXCEEDED");
    update(id, "\"Appointment_Start_Time\":\"2090-01-02T12:30:00Z\"").hasStatus(200);
    assertThat(history(id).size()).isEqualTo(20);
    api.delete("/crm/v8/" + HISTORY + "/" + first).hasStatus(400);
    api.delete("/crm/v8/" + HISTORY + "/" + answer.savedId(5)).hasStatus(200);
    assertThat(history(id).size()).isEqualTo(19);
  }

  private List<JsonNode> history(String appointment) {
    Answer list =
        api.get(
            "/crm/v8/"
                + HISTORY
                + "?fields=Appointment_Name,Rescheduled_To,Reschedule_Note&sort_by=id&sort_order=desc");
    return list.status() == 204
        ? List.of()
        : list.at("/data")
            .valueStream()
            .filter(row -> row.path("Appointment_Name").path("id").asString().equals(appointment))
            .toList();
  }

  private static Instant moment(JsonNode record, String field) {
    return OffsetDateTime.parse(record.path(field).asString()).toInstant();
  }

  private void refuses(Answer answer, String code, String message) {
    assertThat(answer.hasStatus(400).at("/data/0/message").asString()).isEqualTo(message);
    assertThat(answer.at("/data/0/code").asString()).isEqualTo(code);
  }

  private Answer service(String type, String more) {
    return create("Services__s", SERVICE + ",\"Availability_Type\":\"" + type + "\"" + more);
  }

  /** Later keys win over earlier ones. */
  private Answer appointment(String service, String start, String more) {
    return create(
        "Appointments__s",
        "\"Appointment_Name\":\"A\",\"Appointment_For\":{\"id\":\"%s\",\"module\":{\"api_name\":\"Contacts\"}},\"Service_Name\":{\"id\":\"%s\"},\"Appointment_Start_Time\":\"%s\",\"Owner\":\"%s\",\"Location\":\"Business Address\""
                .formatted(contact, service, start, ORG.adminId())
            + more);
  }

  private Answer update(String id, String properties) {
    return api.put("/crm/v8/Appointments__s/" + id, "{\"data\":[{" + properties + "}]}");
  }

  private JsonNode read(String module, String id) {
    return api.get("/crm/v8/" + module + "/" + id).hasStatus(200).at("/data/0");
  }

  private static String saved(Answer answer) {
    return answer.hasStatus(201).savedId(0);
  }

  private Answer create(String module, String properties) {
    return api.post("/crm/v8/" + module, "{\"data\":[{" + properties + "}]}");
  }
}
