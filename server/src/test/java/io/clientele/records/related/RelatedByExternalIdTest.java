package io.clientele.records.related;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Related records by the ids of other systems. Reference: Related Records Using External ID. */
@Proves(
    value = {
      "GET /crm/{version}/{module}/{id}/{related_list}",
      "PUT /crm/{version}/{module}/{id}/{related_list}",
      "PUT /crm/{version}/{module}/{id}/{related_list}/{related_id}",
      "DELETE /crm/{version}/{module}/{id}/{related_list}/{related_id}"
    },
    area = "Core APIs/External ID/Related Records Using External ID")
class RelatedByExternalIdTest {
  private static final TestOrg ORG = TestOrg.create();
  private static final String HEADER = "X-EXTERNAL";
  private static final String BOTH = "Contacts.External_Contact_ID,Deals.External_Deal_ID";
  private final Api api = ORG.api();

  @BeforeAll
  static void addFields() {
    for (String module : new String[] {"Contact", "Deal"}) {
      ORG.api()
          .post(
              "/crm/v8/settings/fields?module=" + module + "s",
              """
              {"fields":[{"field_label":"External %s ID","data_type":"text","external":{"type":"org","show":true}}]}"""
                  .formatted(module))
          .hasStatus(201);
    }
  }

  @Test
  void contactAndDealAreLinkedReadAndDelinked() {
    String role = api.get("/crm/v8/Contacts/roles").at("/contact_roles/0/id").asString();
    create("Contacts", "{\"Last_Name\":\"C\",\"External_Contact_ID\":\"c1\"}");
    String deal =
        create(
            "Deals",
            "{\"Deal_Name\":\"D\",\"Stage\":\"Qualification\",\"External_Deal_ID\":\"d1\"}");
    String path = "/crm/v8/Contacts/c1/Deals";
    Answer linked =
        api.put(
                path,
                data("{\"External_Deal_ID\":\"d1\",\"Contact_Role\":\"" + role + "\"}"),
                HEADER,
                BOTH)
            .hasStatus(200);
    assertThat(linked.at("/data/0/message").asString()).isEqualTo("relation added");
    assertThat(linked.at("/data/0/details/External_Deal_ID").asString()).isEqualTo("d1");
    assertThat(linked.savedId(0)).isEqualTo(deal);

    Answer listed = api.get(path + "?fields=Stage", HEADER, "Contacts.External_Contact_ID");
    assertThat(listed.hasStatus(200).ids()).containsExactly(deal);
    assertThat(listed.at("/data/0/Contact_Role/id").asString()).isEqualTo(role);
    assertThat(api.get(path + "?fields=Stage&ids=d1,d9", HEADER, BOTH).ids()).containsExactly(deal);
    Answer one = api.get(path + "/d1", HEADER, BOTH).hasStatus(200);
    assertThat(one.at("/data/0/External_Deal_ID").asString()).isEqualTo("d1");
    api.get(path + "/d9", HEADER, BOTH).hasStatus(204);
    api.put(path + "/d1", data("{}"), HEADER, BOTH).hasStatus(200);

    api.delete(path + "/d9", HEADER, BOTH)
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", "relation not found", "{\"External_Deal_ID\":\"d9\"}");
    Answer gone = api.delete(path + "/d1", HEADER, BOTH).hasStatus(200);
    assertThat(gone.savedId(0)).isEqualTo(deal);
    api.get(path + "?fields=id", HEADER, BOTH).hasStatus(204);
  }

  @Test
  void unknownExternalIds() {
    create("Contacts", "{\"Last_Name\":\"C\",\"External_Contact_ID\":\"c2\"}");
    api.get("/crm/v8/Contacts/nobody/Deals?fields=id", HEADER, BOTH)
        .isError(
            400,
            "INVALID_DATA",
            "The related id given seems to be invalid",
            "{\"resource_path_index\":1}");
    api.put(
            "/crm/v8/Contacts/c2/Deals",
            data("{\"External_Deal_ID\":\"no\"},{},{\"External_Deal_ID\":5}"),
            HEADER,
            BOTH)
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"api_name\":\"External_Deal_ID\",\"json_path\":\"$.data[0].External_Deal_ID\"}")
        .rowIsError(
            1,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"External_Deal_ID\",\"json_path\":\"$.data[1].External_Deal_ID\"}")
        .hasCode("/data/2", "INVALID_DATA");
    api.put("/crm/v8/Contacts/c2/Deals/no", data("{}"), HEADER, BOTH)
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
    api.post(
            "/crm/v8/Contacts/c2/Notes",
            data("{\"Note_Content\":\"by its external id\"}"),
            HEADER,
            "Contacts.External_Contact_ID")
        .hasStatus(201);
  }

  private String create(String module, String row) {
    return api.post("/crm/v8/" + module, data(row)).hasStatus(201).savedId(0);
  }

  private static String data(String row) {
    return "{\"data\":[" + row + "]}";
  }
}
