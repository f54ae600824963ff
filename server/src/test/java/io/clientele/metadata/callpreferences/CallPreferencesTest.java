package io.clientele.metadata.callpreferences;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reference: Get and Update Call Preferences. */
@Proves({
  "GET /crm/{version}/settings/call_preferences",
  "PUT /crm/{version}/settings/call_preferences"
})
class CallPreferencesTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String PATH = "/crm/v8/settings/call_preferences";

  private final Api api = ORG.api();

  @Test
  void preferencesAreChangedOneByOne() {
    TestOrg org = TestOrg.create();
    assertThat(org.api().get(PATH).hasStatus(200).text()).isEqualTo(preferences(false, false));
    Answer answer =
        org.api().put(PATH, "{\"call_preferences\":{\"show_from_number\":true}}").hasStatus(200);
    assertThat(answer.text())
        .isEqualTo(
            "{\"call_preferences\":{\"code\":\"SUCCESS\",\"details\":{},"
                + "\"message\":\"calls preferences updated successfully\",\"status\":\"success\"}}");
    assertThat(org.api().get(PATH).text()).isEqualTo(preferences(true, false));
    org.api()
        .put(PATH, "{\"call_preferences\":{\"show_to_number\":true,\"show_from_number\":null}}")
        .hasStatus(200);
    assertThat(org.api().get(PATH).text()).isEqualTo(preferences(true, true));
    org.api().put(PATH, preferences(false, true)).hasStatus(200);
    assertThat(org.api().get(PATH).text()).isEqualTo(preferences(false, true));
  }

  @Test
  void preferencesAreFlags() {
    for (String key : List.of("show_from_number", "show_to_number")) {
      for (String value : List.of("\"true\"", "1", "[]")) {
        Answer answer =
            api.put(PATH, "{\"call_preferences\":{\"" + key + "\":" + value + "}}").hasStatus(400);
        answer.keyIsError(
            "call_preferences",
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"boolean\",\"api_name\":\""
                + key
                + "\",\"json_path\":\"$.call_preferences."
                + key
                + "\"}");
      }
    }
    api.put(PATH, "{}")
        .isError(
            400,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"call_preferences\",\"json_path\":\"$.call_preferences\"}");
    api.put(PATH, "{\"call_preferences\":[]}")
        .isError(
            400,
            "INVALID_DATA",
            "invalid data",
            "{\"expected_data_type\":\"jsonobject\",\"api_name\":\"call_preferences\","
                + "\"json_path\":\"$.call_preferences\"}");
    api.post(PATH, "{}")
        .isError(
            400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one", "{}");
  }

  @Test
  void preferencesNeedThePermissionToCustomize() {
    long user = TestUsers.standard(ORG, "caller@example.com");
    TestUsers.refuse(ORG, "Standard", "Crm_Implied_Customize_Zoho_CRM");
    Api other = ORG.api(user, TestOrg.ALL_SCOPES);
    for (Answer answer : List.of(other.get(PATH), other.put(PATH, preferences(true, true)))) {
      answer.isError(
          403,
          "NO_PERMISSION",
          "permission denied",
          "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
    }
    ORG.api(ORG.adminId(), "ZohoCRM.settings.modules.READ").get(PATH).hasStatus(200);
    ORG.api(ORG.adminId(), "ZohoCRM.settings.modules.READ")
        .put(PATH, preferences(true, true))
        .hasStatus(401);
  }

  private static String preferences(boolean from, boolean to) {
    return "{\"call_preferences\":{\"show_from_number\":"
        + from
        + ",\"show_to_number\":"
        + to
        + "}}";
  }
}
