package io.clientele.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fields of the types fileupload and imageupload. */
@Proves("GET /crm/{version}/{module}/{id}/actions/download_fields_attachment")
class FileFieldsTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  @BeforeEach
  void createFields() {
    api.post(
            "/crm/v8/settings/fields?module=Leads",
            """
            {"fields":[
              {"field_label":"Papers","data_type":"fileupload","length":5},
              {"field_label":"Pictures","data_type":"imageupload","length":2}]}""")
        .hasStatus(201);
  }

  private String upload(String name) {
    return api.upload("/crm/v8/files", Form.file(name, "content of " + name)).savedId(0);
  }

  private static String files(String... fileIds) {
    return Stream.of(fileIds)
        .map(id -> "{\"File_Id__s\":\"" + id + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private Answer create(String field, String value) {
    return api.post(
        "/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"F\",\"%s\":%s}]}".formatted(field, value));
  }

  private Answer update(String lead, String field, String value) {
    return api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"%s\":%s}]}".formatted(field, value));
  }

  private List<String> names(String lead, String field) {
    return api.get("/crm/v8/Leads/" + lead)
        .at("/data/0/" + field)
        .valueStream()
        .map(file -> file.path("File_Name__s").asString())
        .toList();
  }

  private byte[] download(String lead, String id) {
    return api.download(
            "/crm/v8/Leads/"
                + lead
                + "/actions/download_fields_attachment?fields_attachment_id="
                + id)
        .body();
  }

  @Test
  void filesAreWrittenReadAndDownloaded() {
    TestUsers.open(org, "Leads");
    String first = upload("a.txt");
    String second = upload("b.txt");
    String lead = create("Papers", files(first, second)).hasStatus(201).savedId(0);
    Answer record = api.get("/crm/v8/Leads/" + lead).hasStatus(200);
    var paper = record.at("/data/0/Papers/0");
    assertThat(paper.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "File_Id__s",
            "File_Name__s",
            "Size__s",
            "Created_Time__s",
            "Modified_Time__s",
            "Created_By__s",
            "Modified_By__s",
            "Owner__s");
    assertThat(paper.path("File_Id__s").asString()).isEqualTo(first);
    assertThat(paper.path("File_Name__s").asString()).isEqualTo("a.txt");
    assertThat(paper.path("Size__s").asString()).isEqualTo("16");
    assertThat(paper.at("/Owner__s/id").asString()).isEqualTo(Long.toString(org.adminId()));
    String id = record.at("/data/0/Papers/1/id").asString();
    assertThat(id).matches("\\d+");
    assertThat(download(lead, id)).isEqualTo("content of b.txt".getBytes(UTF_8));
    Api other = org.api(TestUsers.standard(org, "o@example.com"), TestOrg.ALL_SCOPES);
    assertThat(other.download("/crm/v8/files?id=" + first).statusCode()).isEqualTo(200);
    assertThat(
            api.get("/crm/v8/Leads?fields=Papers").at("/data/0/Papers/1/File_Name__s").asString())
        .isEqualTo("b.txt");
  }

  @Test
  void anUpdateAddsAndTakesOut() {
    String first = upload("a.txt");
    String lead = create("Papers", files(first)).savedId(0);
    update(lead, "Papers", files(upload("b.txt"))).hasStatus(200);
    assertThat(names(lead, "Papers")).containsExactly("a.txt", "b.txt");
    String id = api.get("/crm/v8/Leads/" + lead).at("/data/0/Papers/0/id").asString();
    update(
            lead,
            "Papers",
            "[{\"id\":\"%s\",\"_delete\":null},{\"File_Id__s\":\"%s\"}]"
                .formatted(id, upload("c.txt")))
        .hasStatus(200);
    assertThat(names(lead, "Papers")).containsExactly("b.txt", "c.txt");
    api.get("/crm/v8/files?id=" + first).hasStatus(204);
    update(lead, "Papers", "[]").hasStatus(200);
    assertThat(names(lead, "Papers")).isEmpty();
  }

  @Test
  void imagesHaveDescriptions() {
    String image = upload("p.png");
    String lead =
        create(
                "Pictures",
                """
                [{"File_Id__s":"%s","Description__s":"front","Sequence_Number__s":3}]"""
                    .formatted(image))
            .hasStatus(201)
            .savedId(0);
    var picture = api.get("/crm/v8/Leads/" + lead).at("/data/0/Pictures/0");
    assertThat(picture.path("Description__s").asString()).isEqualTo("front");
    assertThat(picture.path("Sequence_Number__s").asInt()).isEqualTo(3);
    assertThat(picture.path("Preview_Id__s").asString()).isEqualTo(image);
    update(
            lead,
            "Pictures",
            "[{\"id\":\"" + picture.path("id").asString() + "\",\"Description__s\":\"back\"}]")
        .hasStatus(200);
    assertThat(api.get("/crm/v8/Leads/" + lead).at("/data/0/Pictures/0/Description__s").asString())
        .isEqualTo("back");
    create("Pictures", files(upload("no.txt")))
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid file type",
            "{\"api_name\":\"Pictures\",\"json_path\":\"$.data[0].Pictures[0].File_Id__s\"}");
  }

  @Test
  void whatCannotBe() {
    String path = "{\"api_name\":\"Papers\",\"json_path\":\"$.data[0].Papers[0].File_Id__s\"}";
    String words = "the id given seems to be invalid";
    create("Papers", files("unknown")).rowIsError(0, "INVALID_DATA", words, path);
    String mine = upload("mine.txt");
    Api other = org.api(TestUsers.standard(org, "o@example.com"), TestOrg.ALL_SCOPES);
    other
        .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"F\",\"Papers\":" + files(mine) + "}]}")
        .rowIsError(0, "INVALID_DATA", words, path);
    create("Papers", "[{}]")
        .rowIsError(
            0,
            "MANDATORY_NOT_FOUND",
            "required field not found",
            path.replace("\"Papers\"", "\"File_Id__s\""));
    create("Papers", "[7]").hasCode("/data/0", "INVALID_DATA");
    create("Papers", "\"x\"").hasCode("/data/0", "INVALID_DATA");
    create("Papers", "[{\"File_Id__s\":7}]").hasCode("/data/0", "INVALID_DATA");
    create("Papers", "[{\"id\":\"x\"}]").hasCode("/data/0", "INVALID_DATA");
    create("Papers", "[{\"id\":\"1\"}]").hasCode("/data/0", "INVALID_DATA");
    create("Pictures", "[{\"File_Id__s\":\"x\",\"Sequence_Number__s\":\"many\"}]")
        .hasCode("/data/0", "INVALID_DATA");
    create("Pictures", files(upload("1.png"), upload("2.png"), upload("3.png")))
        .rowIsError(
            0,
            "INVALID_DATA",
            "invalid data",
            "{\"maximum_length\":2,\"api_name\":\"Pictures\",\"json_path\":\"$.data[0].Pictures\"}");
    assertThat(api.download("/crm/v8/files?id=" + mine).statusCode()).isEqualTo(200);
    api.get("/crm/v8/Leads?fields=id").hasStatus(204);
  }

  /** One upload may serve several records: each has a file of its own. */
  @Test
  void aFileThatIsUsedIsCopied() {
    String id = upload("a.txt");
    String first = create("Papers", files(id)).savedId(0);
    String second = create("Papers", files(id)).hasStatus(201).savedId(0);
    assertThat(names(second, "Papers")).containsExactly("a.txt");
    update(first, "Papers", "null").hasStatus(200);
    Answer record = api.get("/crm/v8/Leads/" + second);
    assertThat(record.at("/data/0/Papers/0/File_Id__s").asString()).isNotEqualTo(id);
    assertThat(download(second, record.at("/data/0/Papers/0/id").asString()))
        .isEqualTo("content of a.txt".getBytes(UTF_8));
  }

  @Test
  void downloadsOfWhatIsNotThere() {
    String lead = create("Papers", files(upload("a.txt"))).savedId(0);
    String path = "/crm/v8/Leads/" + lead + "/actions/download_fields_attachment";
    api.get(path)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"fields_attachment_id\"}");
    for (String id : List.of("1", "x")) {
      api.get(path + "?fields_attachment_id=" + id)
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"param_name\":\"fields_attachment_id\"}");
      api.get(path.replace(lead, id) + "?fields_attachment_id=1")
          .isError(
              400,
              "INVALID_DATA",
              "the id given seems to be invalid",
              "{\"resource_path_index\":1}");
    }
    api.get(path.replace("Leads", "Nothing") + "?fields_attachment_id=1")
        .hasStatus(400)
        .hasCode("", "INVALID_MODULE");
  }

  @Test
  void rowsOfSubformsHaveFilesToo() {
    field("Leads", "{\"field_label\":\"Parts\",\"data_type\":\"subform\"}");
    field("Parts", "{\"field_label\":\"Plan\",\"data_type\":\"fileupload\",\"length\":1}");
    String id = upload("plan.txt");
    String lead = create("Parts", "[{\"Plan\":" + files(id) + "},{}]").hasStatus(201).savedId(0);
    var row = api.get("/crm/v8/Leads/" + lead).at("/data/0/Parts/0");
    assertThat(row.at("/Plan/0/File_Name__s").asString()).isEqualTo("plan.txt");
    create("Parts", "[{\"Plan\":" + files("unknown") + "}]")
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"Plan\",\"json_path\":\"$.data[0].Parts[0].Plan[0].File_Id__s\"}");
    String next = upload("next.txt");
    update(
            lead,
            "Parts",
            "[{\"id\":\"%s\",\"Plan\":[{\"id\":\"%s\",\"_delete\":null},{\"File_Id__s\":\"%s\"}]}]"
                .formatted(row.path("id").asString(), row.at("/Plan/0/id").asString(), next))
        .hasStatus(200);
    assertThat(
            api.get("/crm/v8/Leads/" + lead).at("/data/0/Parts/0/Plan/0/File_Name__s").asString())
        .isEqualTo("next.txt");
  }

  @Test
  void filesOfADeletedFieldGoWithIt() {
    String id = upload("a.txt");
    create("Papers", files(id)).hasStatus(201);
    String field =
        api.get("/crm/v8/settings/fields?module=Leads")
            .at("/fields")
            .valueStream()
            .filter(one -> one.path("api_name").asString().equals("Papers"))
            .map(one -> one.path("id").asString())
            .findFirst()
            .orElseThrow();
    api.delete("/crm/v8/settings/fields/" + field + "?module=Leads").hasStatus(200);
    api.get("/crm/v8/files?id=" + id).hasStatus(204);
  }

  private void field(String module, String definition) {
    api.post("/crm/v8/settings/fields?module=" + module, "{\"fields\":[" + definition + "]}")
        .hasStatus(201);
  }
}
