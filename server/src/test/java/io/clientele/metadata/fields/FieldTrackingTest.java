package io.clientele.metadata.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The history of a pick list that was made to have one. Reference: Create Custom Fields. */
class FieldTrackingTest {
  private static final String FIELDS = "/crm/v8/settings/fields";
  private static final String VALUES =
      "\"pick_list_values\":[{\"display_value\":\"Red\",\"actual_value\":\"Red\"},"
          + "{\"display_value\":\"Green\",\"actual_value\":\"Green\"}]";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @Test
  void eachValueIsARowUntilTheNext() {
    String id = create("\"history_tracking\":{\"related_list_name\":\"Lights\"}");
    JsonNode tracking =
        api.get(FIELDS + "/" + id + "?module=Leads").at("/fields/0/history_tracking");
    String module = tracking.path("module").path("api_name").asString();
    assertThat(tracking.path("related_list_name").asString()).isEqualTo("Lights");
    assertThat(module).isEqualTo("Leads_Light_History");
    String lead =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"A\",\"Light\":\"Red\"}]}")
            .savedId(0);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Light\":\"Green\"}]}").hasStatus(200);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"City\":\"Ulm\"}]}").hasStatus(200);
    JsonNode rows =
        api.get(
                "/crm/v8/Leads/"
                    + lead
                    + "/Lights?fields=Light,Moved_To__s,Light_Duration_Calendar_Days")
            .hasStatus(200)
            .at("/data");
    assertThat(rows).hasSize(2);
    JsonNode red =
        rows.valueStream()
            .filter(row -> row.path("Light").asString("").equals("Red"))
            .findFirst()
            .orElseThrow();
    assertThat(red.path("Moved_To__s").asString()).isEqualTo("Green");
    assertThat(red.path("Light_Duration_Calendar_Days").asInt(-1)).isZero();
    assertThat(api.get("/crm/v8/" + module + "?fields=Light,Lead").hasStatus(200).at("/data"))
        .hasSize(2)
        .allMatch(row -> row.path("Lead").path("id").asString().equals(lead));
  }

  @Test
  void turnedOffItEndsAndCanBeginAgain() {
    String id = create("\"history_tracking_enabled\":true");
    String lead =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"A\",\"Light\":\"Red\"}]}")
            .savedId(0);
    String list = "/crm/v8/Leads/" + lead + "/Light_History?fields=Light";
    assertThat(api.get(list).at("/data")).hasSize(1);
    patch(id, "\"history_tracking_enabled\":false");
    assertThat(
            api.get(FIELDS + "/" + id + "?module=Leads").at("/fields/0/history_tracking").isNull())
        .isTrue();
    api.get(list).hasStatus(400);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Light\":\"Green\"}]}").hasStatus(200);
    patch(id, "\"history_tracking\":{}");
    api.get(list).hasStatus(204);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Light\":\"Red\"}]}").hasStatus(200);
    assertThat(api.get(list).at("/data")).hasSize(1);
  }

  @Test
  void itGoesWithTheField() {
    String id = create("\"history_tracking_enabled\":true");
    api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"A\",\"Light\":\"Red\"}]}").savedId(0);
    api.delete(FIELDS + "/" + id + "?module=Leads").hasStatus(200);
    assertThat(org.metadata().find("Leads_Light_History")).isEmpty();
    assertThat(api.get("/crm/v8/settings/related_lists?module=Leads").text())
        .doesNotContain("Light_History");
    create("\"history_tracking_enabled\":true");
  }

  @Test
  void onlyPickListsHaveAHistory() {
    api.post(
            FIELDS + "?module=Leads",
            "{\"fields\":[{\"field_label\":\"Note\",\"data_type\":\"text\",\"length\":20,"
                + "\"history_tracking_enabled\":true}]}")
        .hasStatus(400)
        .hasCode("/fields/0", "NOT_ALLOWED");
  }

  private String create(String keys) {
    return api.post(
            FIELDS + "?module=Leads",
            "{\"fields\":[{\"field_label\":\"Light\",\"data_type\":\"picklist\","
                + VALUES
                + ","
                + keys
                + "}]}")
        .hasStatus(201)
        .at("/fields/0/details/id")
        .asString();
  }

  private void patch(String id, String keys) {
    api.patch(FIELDS + "/" + id + "?module=Leads", "{\"fields\":[{" + keys + "}]}").hasStatus(200);
  }
}
