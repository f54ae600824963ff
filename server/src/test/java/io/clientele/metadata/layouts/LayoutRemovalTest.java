package io.clientele.metadata.layouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import org.junit.jupiter.api.Test;

/** Activate, Deactivate and Delete Custom Layout, and what becomes of the records. */
@Proves({
  "DELETE /crm/{version}/settings/layouts/{layout}",
  "POST /crm/{version}/settings/layouts/{layout}/actions/activate",
  "DELETE /crm/{version}/settings/layouts/{layout}/actions/activate"
})
class LayoutRemovalTest {
  private static final TestOrg ORG = TestOrg.create();

  private final Api api = ORG.api();
  private final TestLayouts vendors = new TestLayouts(api, "Vendors");

  private static String path(String id, String action, String parameters) {
    return "/crm/v8/settings/layouts/" + id + action + "?module=Vendors" + parameters;
  }

  private String vendorOf(String layout) {
    return api.post(
            "/crm/v8/Vendors",
            "{\"data\":[{\"Vendor_Name\":\"V\",\"Layout\":{\"id\":\"" + layout + "\"}}]}")
        .hasStatus(201)
        .savedId(0);
  }

  private String layoutOf(String vendor) {
    return api.get("/crm/v8/Vendors/" + vendor).at("/data/0/Layout/id").asString();
  }

  private static void done(Answer answer, String id, String message) {
    answer.hasStatus(200);
    assertThat(answer.at("/layouts/0/code").asString()).isEqualTo("SUCCESS");
    assertThat(answer.at("/layouts/0/message").asString()).isEqualTo(message);
    assertThat(answer.at("/layouts/0/details/id").asString()).isEqualTo(id);
  }

  @Test
  void theRecordsOfADeletedLayoutMove() {
    String gone = vendors.create("Gone");
    String target = vendors.create("Target");
    String moved = vendorOf(gone);
    String standard = vendors.standard().path("id").asString();
    String stays = vendorOf(standard);
    done(api.delete(path(gone, "", "&transfer_to=" + target)), gone, "layout deleted");
    assertThat(layoutOf(moved)).isEqualTo(target);
    assertThat(layoutOf(stays)).isEqualTo(standard);
    api.get(path(gone, "", "")).hasStatus(400);
    api.post(
            "/crm/v8/Vendors",
            "{\"data\":[{\"Vendor_Name\":\"V\",\"Layout\":{\"id\":\"" + gone + "\"}}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"Layout\",\"json_path\":\"$.data[0].Layout.id\"}");
  }

  @Test
  void theProfilesOfADeletedLayoutSeeItsTarget() {
    String gone = vendors.create("Seen");
    String target = vendors.create("Seen less");
    String standard = vendors.profile("Standard");
    vendors.change(target, "{'profiles':[{'id':'" + standard + "','_delete':true}]}");
    vendors.change(gone, "{'profiles':[{'id':'" + standard + "','default':true}]}");
    done(api.delete(path(gone, "", "&transfer_to=" + target)), gone, "layout deleted");
    assertThat(vendors.read(target).path("profiles").valueStream())
        .anyMatch(
            profile ->
                profile.path("id").asString().equals(standard)
                    && profile.path("default").asBoolean());
    vendors.change(target, "{'profiles':[{'id':'" + standard + "','default':false}]}");
  }

  @Test
  void aLayoutIsDeactivatedAndActivated() {
    String id = vendors.create("Sleeping");
    String target = vendors.standard().path("id").asString();
    String moved = vendorOf(id);
    done(
        api.delete(path(id, "/actions/activate", "&transfer_to=" + target)),
        id,
        "layout deactivated");
    assertThat(vendors.read(id).path("status").asString()).isEqualTo("inactive");
    assertThat(vendors.read(id).path("profiles")).isEmpty();
    assertThat(layoutOf(moved)).isEqualTo(target);
    api.post(
            "/crm/v8/Vendors",
            "{\"data\":[{\"Vendor_Name\":\"V\",\"Layout\":{\"id\":\"" + id + "\"}}]}")
        .hasStatus(400);
    api.delete(path(id, "/actions/activate", "&transfer_to=" + target))
        .isError(
            400,
            "ALREADY_DEACTIVATED",
            "Given layout ID has already been deactivated",
            "{\"id\":\"" + id + "\"}");
    String active = vendors.create("Awake");
    api.delete(path(active, "", "&transfer_to=" + id))
        .isError(
            400,
            "NOT_ALLOWED",
            "Cannot transfer to the deactivated layout",
            "{\"param_name\":\"transfer_to\"}");
    vendors.refused(
        "POST",
        "/crm/v8/settings/layouts/" + id + "/actions/activate",
        "{}",
        "MANDATORY_NOT_FOUND",
        "required field not found",
        "{'api_name':'profiles','json_path':'$.layouts[0].profiles'}");
    String profile = vendors.profile("Administrator");
    String body = TestLayouts.body("{'profiles':[{'id':'" + profile + "'}]}");
    done(api.post(path(id, "/actions/activate", ""), body), id, "layout activated");
    assertThat(vendors.read(id).path("status").asString()).isEqualTo("active");
    assertThat(vendors.read(id).path("profiles")).hasSize(1);
    vendors.refused(
        "POST",
        "/crm/v8/settings/layouts/" + id + "/actions/activate",
        "{'profiles':[{'id':'" + profile + "'}]}",
        "ALREADY_ACTIVATED",
        "Cannot activate the active layout",
        "{'id':'" + id + "'}");
    vendorOf(id);
  }

  @Test
  void aDeactivatedLayoutWithoutRecordsNeedsNoTarget() {
    String id = vendors.create("Empty");
    String target = vendors.standard().path("id").asString();
    api.delete(path(id, "", ""))
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"transfer_to\"}");
    api.delete(path(id, "/actions/activate", ""))
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"transfer_to\"}");
    api.delete(path(id, "/actions/activate", "&transfer_to=" + target)).hasStatus(200);
    done(api.delete(path(id, "", "")), id, "layout deleted");
  }

  @Test
  void aProfileMustBelongToTheModule() {
    String id = new TestLayouts(api, "Leads").create("No guests");
    TestUsers.refuse(ORG, "Standard", "Crm_Implied_View_Leads");
    String target = new TestLayouts(api, "Leads").standard().path("id").asString();
    String place = "/crm/v8/settings/layouts/" + id;
    api.delete(place + "/actions/activate?module=Leads&transfer_to=" + target).hasStatus(200);
    new TestLayouts(api, "Leads")
        .refused(
            "POST",
            place + "/actions/activate",
            "{'profiles':[{'id':'" + vendors.profile("Standard") + "'}]}",
            "NOT_ALLOWED",
            "Only profiles associated with the module can be assigned for the layout",
            "{'api_name':'id','json_path':'$.layouts[0].profiles[0].id'}");
  }

  @Test
  void wrongLayoutsAndTargetsAreTold() {
    String id = vendors.create("Wrong");
    String standard = vendors.standard().path("id").asString();
    for (String target : new String[] {"1", "x", id}) {
      api.delete(path(id, "", "&transfer_to=" + target))
          .isError(
              400,
              "INVALID_DATA",
              "Transfer To Layout Id is Invalid",
              "{\"param_name\":\"transfer_to\"}");
    }
    api.delete(path("1", "", "&transfer_to=" + standard))
        .isError(
            400, "INVALID_DATA", "No layout found with given id", "{\"resource_path_index\":2}");
    api.delete(path("x", "", "&transfer_to=" + standard))
        .isError(
            400,
            "INVALID_DATA",
            "The id given seems to be invalid",
            "{\"param_name\":\"id\",\"expected_data_type\":\"int64\"}");
    api.delete(path(standard, "", "&transfer_to=" + id))
        .isError(
            400,
            "NOT_ALLOWED",
            "You cannot delete the system-defined layout",
            "{\"id\":\"" + standard + "\"}");
    api.delete(path(standard, "/actions/activate", "&transfer_to=" + id))
        .isError(
            400,
            "NOT_ALLOWED",
            "You cannot deactivate the system-defined layout",
            "{\"id\":\"" + standard + "\"}");
    api.delete("/crm/v8/settings/layouts/" + id)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"module\"}");
    api.delete("/crm/v8/settings/layouts/" + id + "?module=Nothing")
        .isError(
            400,
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            "{\"param_name\":\"module\"}");
    Api other = ORG.api(TestUsers.standard(ORG, "layout-removal@example.com"), TestOrg.ALL_SCOPES);
    for (String action : new String[] {"", "/actions/activate"}) {
      other
          .delete(path(id, action, "&transfer_to=" + standard))
          .isError(
              403,
              "NO_PERMISSION",
              "permission denied",
              "{\"permissions\":[\"Crm_Implied_Customize_Zoho_CRM\"]}");
    }
  }
}
