package io.clientele.records.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Notes in all their paths. References: Create, Get, Update and Delete Notes. */
@Proves("POST /crm/{version}/{module}/{id}/Notes")
@Proves(
    value = {
      "GET /crm/{version}/{module}",
      "GET /crm/{version}/{module}/{id}",
      "GET /crm/{version}/{module}/{id}/{related_list}",
      "POST /crm/{version}/{module}",
      "POST /crm/{version}/{module}/{id}/Notes",
      "PUT /crm/{version}/{module}",
      "PUT /crm/{version}/{module}/{id}",
      "PUT /crm/{version}/{module}/{id}/{related_list}",
      "DELETE /crm/{version}/{module}",
      "DELETE /crm/{version}/{module}/{id}",
      "DELETE /crm/{version}/{module}/{id}/{related_list}/{related_id}"
    },
    area = "Core APIs/Notes")
class NotesTest {
  private static final String EMPTY =
      "{\"expected_fields\":[{\"api_name\":\"Note_Content\",\"json_path\":\"$.data[%d].Note_Content\"},{\"api_name\":\"Note_Title\",\"json_path\":\"$.data[%d].Note_Title\"}]}";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private final String lead = lead("One");

  @Test
  void notesOfARecord() {
    String path = "/crm/v8/Leads/" + lead + "/Notes";
    Answer made =
        api.post(
                path,
                data(
                    "{\"Note_Title\":\"Called\",\"Note_Content\":\"Back on Monday\"},{\"Note_Content\":\"Second\"}"))
            .hasStatus(201);
    String first = made.savedId(0);
    String second = made.savedId(1);
    assertThat(made.at("/data/0/message").asString()).isEqualTo("record added");
    assertThat(made.at("/data/0/details/Created_By/id").asString())
        .isEqualTo(Long.toString(org.adminId()));
    Answer listed =
        api.get(
                path
                    + "?fields=Note_Title,Note_Content,Parent_Id,Owner,$attachments,$voice_note,$size")
            .hasStatus(200);
    assertThat(listed.ids()).as("the oldest first").containsExactly(first, second);
    assertThat(listed.at("/data/0/Note_Title").asString()).isEqualTo("Called");
    assertThat(listed.at("/data/0/Parent_Id/id").asString()).isEqualTo(lead);
    assertThat(listed.at("/data/0/Parent_Id/name").asString()).isEqualTo("One");
    assertThat(listed.at("/data/0/Parent_Id/module/api_name").asString()).isEqualTo("Leads");
    assertThat(listed.at("/data/0/$attachments").size()).isZero();
    assertThat(listed.at("/data/0/$attachments").isArray()).isTrue();
    assertThat(listed.at("/data/0/$voice_note").asBoolean(true)).isFalse();
    assertThat(api.get(path + "?fields=id&sort_order=desc").ids()).containsExactly(second, first);
    api.get(path).hasStatus(400).hasCode("", "REQUIRED_PARAM_MISSING");

    Answer changed =
        api.put(path, data("{\"id\":\"" + first + "\",\"Note_Title\":\"Called twice\"}"))
            .hasStatus(200);
    assertThat(changed.at("/data/0/message").asString()).isEqualTo("record updated");
    Answer one = api.get("/crm/v8/Notes/" + first).hasStatus(200);
    assertThat(one.at("/data/0/Note_Title").asString()).isEqualTo("Called twice");
    assertThat(one.at("/data/0/Note_Content").asString()).isEqualTo("Back on Monday");
    for (String key :
        List.of("$editable", "$is_shared_to_client", "$state", "$size", "$voice_note")) {
      assertThat(one.at("/data/0").has(key)).as(key).isTrue();
    }

    api.delete(path + "/" + first).hasStatus(200);
    assertThat(api.get(path + "?fields=id").ids()).containsExactly(second);
    api.get("/crm/v8/Notes/" + first).hasStatus(204);
    api.delete(path + "/" + first)
        .hasStatus(400)
        .rowIsError(0, "INVALID_DATA", "relation not found", "{\"id\":\"" + first + "\"}");
  }

  @Test
  void notesByThemselves() {
    String other = lead("Two");
    String leads = Long.toString(org.metadata().get("Leads").id());
    Answer made =
        api.post(
                "/crm/v8/Notes",
                data(
                    ("{\"Note_Content\":\"A\",\"Parent_Id\":{\"module\":{\"api_name\":\"Leads\",\"id\":\"%s\"},\"id\":\"%s\"}},"
                            + "{\"Note_Content\":\"B\",\"Parent_Id\":{\"module\":{\"id\":\"%s\"},\"id\":\"%s\"}},"
                            + "{\"Note_Content\":\"C\",\"Parent_Id\":\"%s\",\"se_module\":\"Leads\"}")
                        .formatted(leads, lead, leads, lead, other)))
            .hasStatus(201);
    String a = made.savedId(0);
    assertThat(api.get("/crm/v8/Leads/" + lead + "/Notes?fields=id").ids()).hasSize(2);
    assertThat(api.get("/crm/v8/Leads/" + other + "/Notes?fields=id").ids())
        .containsExactly(made.savedId(2));
    assertThat(api.get("/crm/v8/Notes?fields=Note_Content").ids())
        .containsExactly(a, made.savedId(1), made.savedId(2));

    api.put(
            "/crm/v8/Notes",
            data(
                "{\"id\":\"%s\",\"Note_Content\":\"A2\",\"Parent_Id\":{\"module\":{\"api_name\":\"Leads\"},\"id\":\"%s\"}}"
                    .formatted(a, other)))
        .hasStatus(200);
    Answer one = api.get("/crm/v8/Notes/" + a);
    assertThat(one.at("/data/0/Note_Content").asString()).isEqualTo("A2");
    assertThat(one.at("/data/0/Parent_Id/id").asString()).as("notes stay").isEqualTo(lead);
    api.put("/crm/v8/Notes/" + a, data("{\"Note_Title\":\"T\"}")).hasStatus(200);
    assertThat(api.get("/crm/v8/Notes/" + a).at("/data/0/Note_Title").asString()).isEqualTo("T");

    api.delete("/crm/v8/Notes?ids=" + a + "," + made.savedId(1)).hasStatus(200);
    api.get("/crm/v8/Leads/" + lead + "/Notes?fields=id").hasStatus(204);
    api.delete("/crm/v8/Notes/" + made.savedId(2)).hasStatus(200);
    api.get("/crm/v8/Notes?fields=id").hasStatus(204);
  }

  @Test
  void aNoteSaysSomething() {
    String path = "/crm/v8/Leads/" + lead + "/Notes";
    Answer made =
        api.post(path, data("{\"Note_Content\":\"x\"},{},{\"Note_Title\":\" \"},5"))
            .hasStatus(207)
            .hasCode("/data/0", "SUCCESS")
            .rowIsError(
                1,
                "EXPECTED_FIELD_MISSING",
                "should contain either content or title",
                EMPTY.formatted(1, 1))
            .hasCode("/data/2", "EXPECTED_FIELD_MISSING")
            .hasCode("/data/3", "INVALID_DATA");
    String note = made.savedId(0);
    api.put("/crm/v8/Notes/" + note, data("{\"Note_Content\":null}"))
        .hasStatus(400)
        .rowIsError(
            0,
            "EXPECTED_FIELD_MISSING",
            "should contain either content or title",
            EMPTY.formatted(0, 0));
    assertThat(api.get("/crm/v8/Notes/" + note).at("/data/0/Note_Content").asString())
        .isEqualTo("x");
    api.put("/crm/v8/Notes/" + note, data("{\"Note_Content\":null,\"Note_Title\":\"t\"}"))
        .hasStatus(200);
    api.put("/crm/v8/Notes/" + note, data("{\"Note_Content\":\"y\"}")).hasStatus(200);
    api.put("/crm/v8/Notes/" + note, data("{\"Note_Title\":null}")).hasStatus(200);
    assertThat(api.get(path + "?fields=id").ids()).containsExactly(note);
  }

  @Test
  void mistakes() {
    String path = "/crm/v8/Leads/" + lead + "/Notes";
    api.post("/crm/v8/Notes", data("{\"Note_Content\":\"x\"}"))
        .hasStatus(400)
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            "{\"api_name\":\"Parent_Id\",\"json_path\":\"$.data[0].Parent_Id\"}");
    api.post(
            "/crm/v8/Notes",
            data("{\"Note_Content\":\"x\",\"Parent_Id\":{\"id\":\"" + lead + "\"}}"))
        .hasStatus(400)
        .hasCode("/data/0", "DEPENDENT_FIELD_MISSING");
    api.post(
            "/crm/v8/Notes",
            data(
                "{\"Note_Content\":\"x\",\"Parent_Id\":{\"module\":{\"api_name\":\"Deals\"},\"id\":\""
                    + lead
                    + "\"}}"))
        .hasStatus(400)
        .hasCode("/data/0", "INVALID_DATA");
    api.post(path, data("{\"Note_Title\":\"" + "x".repeat(121) + "\"}"))
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":120,\"api_name\":\"Note_Title\",\"json_path\":\"$.data[0].Note_Title\"}");
    api.post(path, data("{\"Note_Content\":\"" + "x".repeat(65_535) + "\"}")).hasStatus(201);
    api.post(path, data("{\"Note_Content\":\"" + "x".repeat(65_536) + "\"}")).hasStatus(400);
    for (String id : List.of("1", "x")) {
      api.post("/crm/v8/Leads/" + id + "/Notes", data("{\"Note_Content\":\"x\"}"))
          .isError(
              400,
              "INVALID_DATA",
              "the related id given seems to be invalid",
              "{\"resource_path_index\":1}");
    }
    api.post("/crm/v8/Notes/1/Notes", data("{\"Note_Content\":\"x\"}"))
        .isError(
            400,
            "INVALID_DATA",
            "The related name given seems to be invalid",
            "{\"resource_path_index\":2}");
    api.post(path, "{}").hasStatus(400).hasCode("", "MANDATORY_NOT_FOUND");
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"Note_Content\":\"x\"}")
            .collect(Collectors.joining(","));
    for (String at : new String[] {path, "/crm/v8/Notes"}) {
      String limit = "{\"maximum_length\":100,\"api_name\":\"data\",\"json_path\":\"$.data\"}";
      api.post(at, data(many)).isError(400, "INVALID_DATA", "invalid data", limit);
      api.put(at, data(many)).isError(400, "INVALID_DATA", "invalid data", limit);
    }
    assertThat(api.get("/crm/v8/Leads/" + lead + "/Notes?fields=id").ids()).hasSize(1);
  }

  @Test
  void onlyAdministratorsListAll() {
    TestUsers.open(org, "Leads");
    long user = TestUsers.standard(org, "notes@example.com");
    Api standard = org.api(user, TestOrg.ALL_SCOPES);
    standard.get("/crm/v8/Notes?fields=id").hasStatus(403).hasCode("", "NOT_SUPPORTED");
    standard
        .post("/crm/v8/Leads/" + lead + "/Notes", data("{\"Note_Content\":\"mine\"}"))
        .hasStatus(201);
    assertThat(standard.get("/crm/v8/Leads/" + lead + "/Notes?fields=id").ids()).hasSize(1);
    TestUsers.refuse(org, "Standard", "Crm_Implied_Create_Notes");
    org.api(org.adminId(), "ZohoCRM.modules.contacts.ALL")
        .post("/crm/v8/Leads/" + lead + "/Notes", data("{\"Note_Content\":\"x\"}"))
        .hasStatus(401);
  }

  private String lead(String name) {
    return api.post("/crm/v8/Leads", data("{\"Last_Name\":\"" + name + "\"}"))
        .hasStatus(201)
        .savedId(0);
  }

  private static String data(String rows) {
    return "{\"data\":[" + rows + "]}";
  }
}
