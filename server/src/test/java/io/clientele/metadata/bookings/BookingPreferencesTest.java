package io.clientele.metadata.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Preferences of services and appointments. Reference: Update Service/Appointment Preferences. */
@Proves({
  "GET /crm/{version}/settings/service_preferences",
  "PUT /crm/{version}/settings/service_preferences",
  "GET /crm/{version}/settings/appointment_preferences",
  "PUT /crm/{version}/settings/appointment_preferences"
})
class BookingPreferencesTest {
  private static final String SERVICES = "/crm/v8/settings/service_preferences";
  private static final String APPOINTMENTS = "/crm/v8/settings/appointment_preferences";
  private static final String KEY = "appointment_preferences";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void jobSheetsAreSwitchedOff() {
    assertThat(
            api.get(SERVICES)
                .hasStatus(200)
                .at("/service_preferences/job_sheet_enabled")
                .asBoolean())
        .isTrue();
    Answer answer = api.put(SERVICES, "{\"service_preferences\":{\"job_sheet_enabled\":false}}");
    assertThat(answer.hasStatus(200).at("/service_preferences").toString())
        .isEqualTo(
            "{\"code\":\"SUCCESS\",\"details\":{},\"message\":\"Services preferences updated successfully\",\"status\":\"success\"}");
    assertThat(api.get(SERVICES).at("/service_preferences/job_sheet_enabled").asBoolean(true))
        .isFalse();
    api.put(SERVICES, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"service_preferences\",\"json_path\":\"$.service_preferences\"}");
    api.put(SERVICES, "{\"service_preferences\":{\"job_sheet_enabled\":\"x\"}}")
        .hasStatus(400)
        .keyIsError(
            "service_preferences",
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"boolean\",\"api_name\":\"job_sheet_enabled\",\"json_path\":\"$.service_preferences.job_sheet_enabled\"}");
    api.put(SERVICES, "{\"service_preferences\":{}}").hasStatus(400);
    api.put(SERVICES, "{\"service_preferences\":[]}").hasStatus(400);
  }

  @Test
  void appointmentsArePreferred() {
    JsonNode before = api.get(APPOINTMENTS).hasStatus(200).at("/" + KEY);
    assertThat(before.path("allow_booking_outside_service_availability").asBoolean(true)).isFalse();
    String layout = before.path("deal_record_configuration").path("layout").path("id").asString();
    put("\"show_job_sheet\":true,\"allow_booking_outside_service_availability\":true,"
            + "\"allow_booking_outside_businesshours\":true,\"sharing_enabled\":true,"
            + "\"sharing_details\":{\"permission\":\"full_access\"},\"deal_record_configuration\":{"
            + "\"layout\":{\"id\":\""
            + layout
            + "\"},\"field_mappings\":[{\"field\":{\"api_name\":\"Stage\"},\"type\":\"static\",\"value\":\"Closed Won\"}]}")
        .hasStatus(200);
    JsonNode after = api.get(APPOINTMENTS).at("/" + KEY);
    assertThat(after.path("show_job_sheet").asBoolean()).isTrue();
    assertThat(after.path("when_appointment_completed").asString()).isEqualTo("do_not_create_deal");
    assertThat(after.path("sharing_details").path("permission").asString())
        .isEqualTo("full_access");
    assertThat(after.at("/deal_record_configuration/field_mappings/0/field/api_name").asString())
        .isEqualTo("Stage");
  }

  @Test
  void preferencesMustFitTogether() {
    String outside =
        "\"allow_booking_outside_service_availability\":%s,\"allow_booking_outside_businesshours\":%s";
    put("\"show_job_sheet\":true")
        .keyIsError(
            KEY,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"allow_booking_outside_service_availability\",\"json_path\":\"$.appointment_preferences.allow_booking_outside_service_availability\"}");
    put(outside.formatted(false, true))
        .keyIsError(
            KEY,
            "DEPENDENT_MISMATCH",
            "allow_booking_outside_service_availability must be enabled to set allow_booking_outside_businesshours to true",
            "{\"dependee\":{\"api_name\":\"allow_booking_outside_service_availability\",\"json_path\":\"$.appointment_preferences.allow_booking_outside_service_availability\"},\"api_name\":\"allow_booking_outside_businesshours\",\"json_path\":\"$.appointment_preferences.allow_booking_outside_businesshours\"}");
    String fine = outside.formatted(true, false);
    for (String wrong :
        List.of(
            ",\"show_job_sheet\":1",
            ",\"when_duration_exceeds\":\"never\"",
            ",\"when_appointment_completed\":true",
            ",\"show_job_sheet\":true,\"when_duration_exceeds\":\"mark_as_complete\"",
            ",\"sharing_details\":{\"permission\":\"read_only\"}",
            ",\"deal_record_configuration\":{}",
            ",\"deal_record_configuration\":{\"layout\":{\"id\":\"1\"},\"field_mappings\":[]}",
            ",\"deal_record_configuration\":{\"layout\":{\"id\":\"1\"},\"field_mappings\":[{}]}")) {
      put(fine + wrong).hasStatus(400);
    }
    TestUsers.standard(org, "x" + org.orgId() + "@example.com");
    long user = TestUsers.standard(org, "pref" + org.orgId() + "@example.com");
    org.api(user, "ZohoCRM.settings.modules.ALL").put(APPOINTMENTS, "{}").hasStatus(403);
  }

  private Answer put(String properties) {
    return api.put(APPOINTMENTS, "{\"" + KEY + "\":{" + properties + "}}");
  }
}
