package io.clientele.records.attachments;

import static io.clientele.db.Sql.sql;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Answer;
import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.Repeated;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Proves({
  "GET /crm/{version}/{module}/{id}/Attachments",
  "POST /crm/{version}/{module}/{id}/Attachments",
  "DELETE /crm/{version}/{module}/{id}/Attachments",
  "GET /crm/{version}/{module}/{id}/Attachments/{attachment}",
  "DELETE /crm/{version}/{module}/{id}/Attachments/{attachment}"
})
class AttachmentsTest {
  private static final int MEGABYTE = 1 << 20;
  private static final String FIELDS =
      "?fields=Owner,Modified_Time,File_Name,Created_Time,Size,Parent_Id,Modified_By,Created_By,"
          + "$editable,$file_id,$type,$se_module,$state,$link_url,$sharing_permission";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private String lead = "";
  private String path = "";

  @BeforeEach
  void createLead() {
    lead =
        api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"Attached\"}]}")
            .hasStatus(201)
            .savedId(0);
    path = "/crm/v8/Leads/" + lead + "/Attachments";
  }

  @Test
  void anAttachedFileIsListedAndComesBack() {
    Answer added = api.upload(path, Form.file("report.pdf", "PDF")).hasStatus(200);
    String id = added.savedId(0);
    assertThat(added.at("/data/0/message").asString())
        .isEqualTo("attachment uploaded successfully");
    assertThat(added.at("/data/0/details/Created_By/id").asString())
        .isEqualTo(Long.toString(org.adminId()));
    Answer list = api.get(path + FIELDS).hasStatus(200);
    assertThat(list.ids()).containsExactly(id);
    assertThat(list.at("/data/0/File_Name").asString()).isEqualTo("report.pdf");
    assertThat(list.at("/data/0/Size").asString()).isEqualTo("3");
    assertThat(list.at("/data/0/$type").asString()).isEqualTo("File");
    assertThat(list.at("/data/0/$se_module").asString()).isEqualTo("Leads");
    assertThat(list.at("/data/0/Parent_Id/id").asString()).isEqualTo(lead);
    assertThat(list.at("/data/0/Parent_Id/name").asString()).isEqualTo("Attached");
    assertThat(list.at("/info/count").asInt()).isEqualTo(1);
    assertThat(list.at("/info/more_records").asBoolean()).isFalse();
    var download = api.download(path + "/" + id);
    assertThat(new String(download.body(), UTF_8)).isEqualTo("PDF");
    assertThat(download.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(download.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename*=UTF-8''report.pdf");
    String fileId = list.at("/data/0/$file_id").asString();
    assertThat(api.download("/crm/v8/files?id=" + fileId).body()).isEqualTo("PDF".getBytes(UTF_8));
  }

  @Test
  void pagesAndIdsAndFields() {
    String first = api.upload(path, Form.file("1", "1")).savedId(0);
    String second = api.upload(path, Form.file("2", "2")).savedId(0);
    Answer page = api.get(path + FIELDS + "&per_page=1").hasStatus(200);
    assertThat(page.ids()).containsExactly(second);
    assertThat(page.at("/info/more_records").asBoolean()).isTrue();
    assertThat(api.get(path + FIELDS + "&per_page=1&page=2").ids()).containsExactly(first);
    assertThat(api.get(path + FIELDS + "&ids=" + first).ids()).containsExactly(first);
    assertThat(api.get(path + FIELDS + "&page=3").hasStatus(200).ids()).isEmpty();
    Answer named = api.get(path + "?fields=id,File_Name");
    assertThat(named.at("/data/0").propertyNames()).containsExactlyInAnyOrder("id", "File_Name");
    api.get(path)
        .isError(
            400,
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            "{\"param_name\":\"fields\"}");
    assertThat(api.get(path.replace("v8", "v2")).hasStatus(200).ids()).hasSize(2);
  }

  @Test
  void linksAreListedAndCannotBeDownloaded() {
    String url = "https://example.com/a?b=c&d=e";
    String id =
        api.post(path + "?attachmentUrl=" + Api.encode(url) + "&title=A%20page", "")
            .hasStatus(200)
            .savedId(0);
    String inForm =
        api.upload(path, new Form().add("attachmentUrl", "http://example.com/x")).savedId(0);
    Answer list = api.get(path + FIELDS).hasStatus(200);
    assertThat(list.ids()).containsExactly(inForm, id);
    assertThat(list.at("/data/0/File_Name").asString()).isEqualTo("http://example.com/x");
    assertThat(list.at("/data/1/File_Name").asString()).isEqualTo("A page");
    assertThat(list.at("/data/1/$link_url").asString()).isEqualTo(url);
    assertThat(list.at("/data/1/$type").asString()).isEqualTo("Link URL");
    assertThat(list.at("/data/1/$file_id").isNull()).isTrue();
    assertThat(list.at("/data/1/Size").asString()).isEqualTo("0");
    api.get(path + "/" + id)
        .isError(
            400,
            "DOWNLOAD_NOT_ALLOWED",
            "As it is a linked attachment, you can not download it",
            "{}");
    api.delete(path + "/" + id).hasStatus(200);
    assertThat(api.get(path + FIELDS).ids()).containsExactly(inForm);
    for (String bad : List.of("nonsense", "javascript:alert(1)", "http://", "http://a b", "//x")) {
      api.post(path + "?attachmentUrl=" + Api.encode(bad), "")
          .isError(400, "INVALID_URL_PATTERN", "the given attachment URL is incorrect", "{}");
    }
    api.post(path + "?attachmentUrl=" + "http://example.com/" + "x".repeat(3_000), "")
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
    api.post(path + "?attachmentUrl=http://example.com&title=" + "x".repeat(256), "")
        .hasStatus(400)
        .hasCode("", "INVALID_DATA");
    api.upload(path, Form.file("f", "f").add("attachmentUrl", url))
        .isError(400, "INVALID_DATA", "invalid data provided", "{}");
  }

  @Test
  void deletingTakesOneAwayForGood() {
    String id = api.upload(path, Form.file("x", "x")).savedId(0);
    String kept = api.upload(path, Form.file("y", "y")).savedId(0);
    Answer deleted = api.delete(path + "/" + id).hasStatus(200);
    assertThat(deleted.at("/data/0/details/id").asString()).isEqualTo(id);
    assertThat(deleted.at("/data/0/message").asString()).isEqualTo("record deleted");
    assertThat(api.get(path + FIELDS).ids()).containsExactly(kept);
    api.get(path + "/" + id).hasStatus(204).hasNoBody();
    for (String gone : List.of(id, "1", "x", "99999999999999999999")) {
      api.delete(path + "/" + gone)
          .isError(400, "INVALID_DATA", "record not deleted", "{\"resource_path_index\":3}");
    }
    Answer several = api.delete(path + "?ids=" + kept + "," + id).hasStatus(207);
    assertThat(several.at("/data/0/code").asString()).isEqualTo("SUCCESS");
    several.rowIsError(1, "INVALID_DATA", "record not deleted", "{\"id\":\"" + id + "\"}");
    assertThat(files()).isZero();
  }

  @Test
  void whatIsNotThere() {
    String missing = "{\"resource_path_index\":1}";
    String words = "the related id given seems to be invalid";
    String foreign =
        TestOrg.create()
            .api()
            .post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"F\"}]}")
            .savedId(0);
    for (String record : List.of("1", "x", foreign, "99999999999999999999")) {
      String other = "/crm/v8/Leads/" + record + "/Attachments";
      api.get(other + FIELDS).isError(400, "INVALID_DATA", words, missing);
      api.upload(other, Form.file("x", "x")).isError(400, "INVALID_DATA", words, missing);
      api.get(other + "/1").isError(400, "INVALID_DATA", words, missing);
      api.delete(other + "/1").isError(400, "INVALID_DATA", words, missing);
    }
    api.get(path + "/1").hasStatus(204);
    api.get(path + "/x").hasStatus(204);
    for (String module : List.of("Nothing", "Attachments", "Emails")) {
      String other = path.replace("Leads", module);
      api.get(other + FIELDS).hasStatus(400).hasCode("", "INVALID_MODULE");
      api.upload(other, Form.file("x", "x")).hasStatus(400).hasCode("", "INVALID_MODULE");
    }
    String contact = api.post("/crm/v8/Contacts", "{\"data\":[{\"Last_Name\":\"C\"}]}").savedId(0);
    String id = api.upload(path, Form.file("x", "x")).savedId(0);
    String elsewhere = "/crm/v8/Contacts/" + contact + "/Attachments/" + id;
    api.get(elsewhere).hasStatus(204);
    api.delete(elsewhere).hasStatus(400);
    assertThat(api.get(path + FIELDS).ids()).containsExactly(id);
  }

  @Test
  void withoutAFile() {
    api.post(path, "").isError(400, "MANDATORY_NOT_FOUND", "required field not found", "{}");
    api.upload(path, new Form().add("title", "t"))
        .isError(400, "MANDATORY_NOT_FOUND", "required field not found", "{}");
    api.upload(path, new Form().text("------------6f2c1d9e\r\nbroken"))
        .isError(400, "INVALID_DATA", "invalid data provided", "{}");
    api.post("/crm/v8/Attachments", "{\"data\":[{\"File_Name\":\"x\"}]}")
        .hasStatus(400)
        .hasCode("", "INVALID_MODULE");
  }

  @Test
  void bodyOfMoreThanAHundredMegabytesIsRefused() {
    byte[] chunk = new byte[MEGABYTE];
    api.upload(
            path, new Form().add("file", "huge", 101L * MEGABYTE, () -> new Repeated(chunk, 101)))
        .isError(
            413, "BODY_SIZE_REACHED", "Request body size exceeds the maximum limit of 100MB", "{}");
    assertThat(api.get(path + FIELDS).ids()).isEmpty();
  }

  @Test
  void profilesSayWhoMay() {
    TestUsers.open(org, "Leads");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Create_Attachments");
    long user = TestUsers.standard(org, "s@example.com");
    Api other = org.api(user, TestOrg.ALL_SCOPES);
    other
        .upload(path, Form.file("x", "x"))
        .isError(
            403,
            "NO_PERMISSION",
            "permission denied",
            "{\"permissions\":[\"Crm_Implied_Create_Attachments\"]}");
    String id = api.upload(path, Form.file("x", "x")).savedId(0);
    assertThat(other.download(path + "/" + id).statusCode()).isEqualTo(200);
    TestUsers.refuse(org, "Standard", "Crm_Implied_View_Leads");
    other.get(path + "/" + id).hasStatus(403).hasCode("", "NO_PERMISSION");
    String fileId = api.get(path + FIELDS).at("/data/0/$file_id").asString();
    other.get("/crm/v8/files?id=" + fileId).hasStatus(204);
    org.api(org.adminId(), "ZohoCRM.modules.leads.ALL")
        .get(path + FIELDS)
        .hasStatus(401)
        .hasCode("", "OAUTH_SCOPE_MISMATCH");
    org.api(org.adminId(), "ZohoCRM.modules.attachments.READ").get(path + FIELDS).hasStatus(200);
  }

  @Test
  void notesAndCustomModulesHaveAttachmentsToo() {
    String note =
        api.post(
                "/crm/v7/Notes",
                """
                {"data":[{"Note_Content":"n","Parent_Id":{"id":"%s"},"$se_module":"Leads"}]}"""
                    .formatted(lead))
            .hasStatus(201)
            .savedId(0);
    String onNote = "/crm/v8/Notes/" + note + "/Attachments";
    String id = api.upload(onNote, Form.file("n.txt", "note")).hasStatus(200).savedId(0);
    assertThat(api.get(onNote + FIELDS).at("/data/0/$se_module").asString()).isEqualTo("Notes");
    assertThat(api.download(onNote + "/" + id).body()).isEqualTo("note".getBytes(UTF_8));
    api.post(
            "/crm/v8/settings/modules",
            """
            {"modules":[{"plural_label":"Boats","singular_label":"Boat","api_name":"Boats",
              "profiles":[{"id":"%s"}],
              "display_field":{"field_label":"Name","data_type":"text"}}]}"""
                .formatted(profile()))
        .hasStatus(201);
    String boat = api.post("/crm/v8/Boats", "{\"data\":[{\"Name\":\"Boaty\"}]}").savedId(0);
    String onBoat = "/crm/v8/Boats/" + boat + "/Attachments";
    api.upload(onBoat, Form.file("b.txt", "boat")).hasStatus(200);
    assertThat(api.get(onBoat + FIELDS).at("/data/0/Parent_Id/name").asString()).isEqualTo("Boaty");
  }

  private String profile() {
    return org.metadata().settings("profile").stream()
        .filter(one -> one.apiName().equals("Administrator"))
        .map(one -> Long.toString(one.id()))
        .findFirst()
        .orElseThrow();
  }

  /** The record may come back from the recycle bin, and its files with it. */
  @Test
  void attachmentsOfADeletedRecordGoWithIt() {
    String id = api.upload(path, Form.file("x", "x")).savedId(0);
    String fileId = api.get(path + FIELDS).at("/data/0/$file_id").asString();
    api.delete("/crm/v8/Leads?ids=" + lead).hasStatus(200);
    api.get(path + "/" + id).hasStatus(400);
    api.get("/crm/v8/files?id=" + fileId).hasStatus(204);
    long kept =
        org.server()
            .installation()
            .database()
            .read(
                tx ->
                    tx.list(
                            sql(
                                "select count(*) from "
                                    + org.org().table("deleted_record")
                                    + " where parent_id = ? and not permanent",
                                Long.parseLong(lead)),
                            row -> row.getLong(1))
                        .getFirst());
    assertThat(kept).isEqualTo(1);
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void attachmentsComeBackFromTheRecycleBinOrGoForGood() {
    String id = api.upload(path, Form.file("x", "kept")).savedId(0);
    String bin = "/crm/v8/settings/recycle_bin/" + lead;
    api.delete("/crm/v8/Leads?ids=" + lead).hasStatus(200);
    assertThat(api.post(bin + "/actions/restore", "").status()).isLessThan(300);
    assertThat(api.download(path + "/" + id).body()).isEqualTo("kept".getBytes(UTF_8));
    api.delete("/crm/v8/Leads?ids=" + lead).hasStatus(200);
    api.delete(bin).hasStatus(200);
    assertThat(files()).isZero();
  }

  private long files() {
    return org.server()
        .installation()
        .database()
        .read(
            tx ->
                tx.list(
                        sql("select count(*) from " + org.org().table("file")),
                        row -> row.getLong(1))
                    .getFirst());
  }
}
