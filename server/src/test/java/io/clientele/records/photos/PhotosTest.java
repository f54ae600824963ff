package io.clientele.records.photos;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Proves({
  "POST /crm/{version}/{module}/{id}/photo",
  "GET /crm/{version}/{module}/{id}/photo",
  "DELETE /crm/{version}/{module}/{id}/photo"
})
class PhotosTest {
  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();
  private String lead = "";
  private String photo = "";

  @BeforeEach
  void createLead() {
    lead = api.post("/crm/v8/Leads", "{\"data\":[{\"Last_Name\":\"P\"}]}").savedId(0);
    photo = "/crm/v8/Leads/" + lead + "/photo";
  }

  private String recordImage() {
    return api.get("/crm/v8/Leads/" + lead).at("/data/0/Record_Image").asString("");
  }

  @Test
  void everyFormatComesBackAsItIs() {
    api.get(photo).hasStatus(204).hasNoBody();
    for (var format :
        Map.of("png", "image/png", "jpg", "image/jpeg", "gif", "image/gif", "bmp", "image/bmp")
            .entrySet()) {
      byte[] image = TestImages.of(format.getKey(), 20, 10);
      var answer = api.upload(photo, Form.file("me", image)).hasStatus(200);
      assertThat(answer.at("/code").asString()).isEqualTo("SUCCESS");
      assertThat(answer.at("/message").asString()).isEqualTo("Photo uploaded successfully");
      assertThat(answer.at("/details")).isEmpty();
      var download = api.download(photo);
      assertThat(download.body()).isEqualTo(image);
      assertThat(download.headers().firstValue("Content-Type")).hasValue(format.getValue());
      assertThat(download.headers().firstValue("Content-Disposition"))
          .hasValue("attachment; filename*=UTF-8''me");
      assertThat(api.download("/crm/v8/files?id=" + recordImage()).body()).isEqualTo(image);
    }
  }

  @Test
  void aNewPhotoTakesThePlaceOfTheOldOne() {
    api.upload(photo, Form.file("a.png", TestImages.of("png", 1, 1))).hasStatus(200);
    String first = recordImage();
    assertThat(first).isNotEmpty();
    api.upload(photo, Form.file("b.png", TestImages.of("png", 2, 2))).hasStatus(200);
    assertThat(recordImage()).isNotEqualTo(first);
    api.get("/crm/v8/files?id=" + first).hasStatus(204);
    var deleted = api.delete(photo + "?restrict_triggers=workflow,blueprint").hasStatus(200);
    assertThat(deleted.at("/message").asString()).isEqualTo("Photo deleted successfully");
    assertThat(recordImage()).isEmpty();
    api.get(photo).hasStatus(204);
    api.delete(photo).hasStatus(200);
    api.delete(photo + "?restrict_triggers=other").hasStatus(400).hasCode("", "INVALID_DATA");
  }

  @Test
  void thePhotoMayBeWrittenWithTheRecord() {
    byte[] image = TestImages.of("png", 3, 3);
    String id = api.upload("/crm/v8/files", Form.file("x.png", image)).savedId(0);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Record_Image\":\"" + id + "\"}]}")
        .hasStatus(200);
    assertThat(api.download(photo).body()).isEqualTo(image);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Record_Image\":\"" + id + "\"}]}")
        .hasStatus(200);
    assertThat(recordImage()).isEqualTo(id);
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Record_Image\":\"unknown\"}]}")
        .hasStatus(400)
        .rowIsError(
            0,
            "INVALID_DATA",
            "the id given seems to be invalid",
            "{\"api_name\":\"Record_Image\",\"json_path\":\"$.data[0].Record_Image\"}");
    api.put("/crm/v8/Leads/" + lead, "{\"data\":[{\"Record_Image\":null}]}").hasStatus(200);
    api.get(photo).hasStatus(204);
    api.get("/crm/v8/files?id=" + id).hasStatus(204);
  }

  @Test
  void whatIsNoPhoto() {
    for (byte[] content :
        List.of(
            "text".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            new byte[0],
            Arrays.copyOf(TestImages.of("png", 9, 9), 12),
            TestImages.of("tiff", 9, 9))) {
      api.upload(photo, Form.file("x.png", content))
          .isError(415, "INVALID_DATA", "invalid file type", "{}");
    }
    api.upload(photo, Form.file("x.png", new byte[(10 << 20) + 1]))
        .isError(
            413, "FILE_SIZE_EXCEEDS", "File exceeded its maximum limit", "{\"size\":10485760}");
    api.upload(photo, Form.file("x.gif", TestImages.of("png", 4_000, 2_501)))
        .isError(
            415,
            "FILE_RESOLUTION_EXCEEDS",
            "File exceeded its maximum limit",
            "{\"resolution\":10004000}");
    byte[] image = TestImages.of("png", 1, 1);
    api.upload(photo, Form.file("1.png", image).add("file", "2.png", image))
        .isError(400, "INVALID_DATA", "The request contains more than one file", "{}");
    api.post(photo, "{}")
        .isError(400, "INVALID_DATA", "The request does not contain any file", "{}");
    api.get(photo).hasStatus(204);
  }

  @Test
  void whatIsNotThere() {
    byte[] image = TestImages.of("png", 1, 1);
    for (String id : List.of("1", "x", "99999999999999999999")) {
      String other = "/crm/v8/Leads/" + id + "/photo";
      String words = "the related id given seems to be invalid";
      String details = "{\"resource_path_index\":1}";
      api.get(other).isError(400, "INVALID_DATA", words, details);
      api.upload(other, Form.file("x", image)).isError(400, "INVALID_DATA", words, details);
      api.delete(other).isError(400, "INVALID_DATA", words, details);
    }
    for (String module : List.of("Tasks", "Nothing")) {
      String other = "/crm/v8/" + module + "/1/photo";
      api.get(other).hasStatus(400).hasCode("", "INVALID_MODULE");
      api.upload(other, Form.file("x", image)).hasStatus(400).hasCode("", "INVALID_MODULE");
    }
  }

  @Test
  void aLockedRecordKeepsItsPhoto() {
    byte[] image = TestImages.of("png", 1, 1);
    api.upload(photo, Form.file("x.png", image)).hasStatus(200);
    api.post(
            "/crm/v8/settings/record_locking_configurations?module=Leads",
            "{\"record_locking_configurations\":[{\"lock_type\":\"manual\"}]}")
        .hasStatus(201);
    api.post(
            "/crm/v8/Leads/" + lead + "/Locking_Information__s",
            "{\"data\":[{\"Locked_Reason__s\":\"busy\"}]}")
        .hasStatus(201);
    String words = "Sorry, you cannot perform this operation as the record is locked.";
    String details = "{\"id\":\"" + lead + "\"}";
    api.upload(photo, Form.file("y.png", TestImages.of("png", 2, 2)))
        .isError(400, "RECORD_LOCKED", words, details);
    api.delete(photo).isError(400, "RECORD_LOCKED", words, details);
    assertThat(api.download(photo).body()).isEqualTo(image);
  }

  @Test
  void profilesSayWhoMay() {
    TestUsers.open(org, "Leads");
    TestUsers.refuse(org, "Standard", "Crm_Implied_Edit_Leads");
    Api other = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    other
        .upload(photo, Form.file("x", TestImages.of("png", 1, 1)))
        .hasStatus(403)
        .hasCode("", "NO_PERMISSION");
    other.get(photo).hasStatus(204);
    org.api(org.adminId(), "ZohoCRM.modules.contacts.ALL").get(photo).hasStatus(401);
  }
}
