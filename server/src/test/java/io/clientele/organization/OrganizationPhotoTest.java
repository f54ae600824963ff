package io.clientele.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.Api;
import io.clientele.testing.Form;
import io.clientele.testing.Proves;
import io.clientele.testing.TestImages;
import io.clientele.testing.TestOrg;
import io.clientele.testing.TestUsers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@Proves({
  "POST /crm/{version}/org/photo",
  "GET /crm/{version}/org/photo",
  "DELETE /crm/{version}/org/photo"
})
class OrganizationPhotoTest {
  private static final String PHOTO = "/crm/v8/org/photo";

  private final TestOrg org = TestOrg.create();
  private final Api api = org.api();

  private String photoId() {
    return api.get("/crm/v8/org").at("/org/0/photo_id").asString("");
  }

  @Test
  void thePhotoComesAndGoes() {
    api.get(PHOTO).hasStatus(204).hasNoBody();
    byte[] image = TestImages.of("png", 30, 30);
    var answer = api.upload(PHOTO, Form.file("logo.png", image)).hasStatus(200);
    assertThat(answer.at("/message").asString()).isEqualTo("photo uploaded successfully");
    assertThat(answer.at("/code").asString()).isEqualTo("SUCCESS");
    var download = api.download(PHOTO);
    assertThat(download.body()).isEqualTo(image);
    assertThat(download.headers().firstValue("Content-Type")).hasValue("image/png");
    String first = photoId();
    Api other = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    assertThat(other.download("/crm/v8/files?id=" + first).body()).isEqualTo(image);
    api.upload(PHOTO, Form.file("logo.gif", TestImages.of("gif", 3, 3))).hasStatus(200);
    assertThat(photoId()).isNotEmpty().isNotEqualTo(first);
    api.get("/crm/v8/files?id=" + first).hasStatus(204);
    api.delete(PHOTO).hasStatus(200);
    api.get(PHOTO).hasStatus(204);
    assertThat(photoId()).isEmpty();
  }

  @Test
  void whatIsNoPhoto() {
    byte[] image = TestImages.of("png", 1, 1);
    api.upload(PHOTO, Form.file("x.png", "no image"))
        .isError(400, "INVALID_DATA", "Invalid file type", "{}");
    api.upload(PHOTO, new Form().add("other", "x"))
        .isError(400, "INVALID_DATA", "The request does not contain any file", "{}");
    api.upload(PHOTO, Form.file("1", image).add("file", "2", image))
        .isError(400, "INVALID_DATA", "The request contains more than one file", "{}");
    String words = "Please check if the file size is in the correct range";
    api.upload(PHOTO, Form.file("x.png", Arrays.copyOf(image, (1 << 20) + 1)))
        .isError(415, "FILE_SIZE_MORE_THAN_ALLOWED_SIZE", words, "{}");
    api.upload(PHOTO, Form.file("x.png", TestImages.of("png", 4_000, 2_501)))
        .isError(415, "FILE_SIZE_MORE_THAN_ALLOWED_SIZE", words, "{}");
  }

  @Test
  void onlyAdministratorsChangeIt() {
    Api other = org.api(TestUsers.standard(org, "s@example.com"), TestOrg.ALL_SCOPES);
    byte[] image = TestImages.of("png", 1, 1);
    other.upload(PHOTO, Form.file("x.png", image)).hasStatus(403).hasCode("", "NO_PERMISSION");
    other.delete(PHOTO).hasStatus(403).hasCode("", "NO_PERMISSION");
    other.get(PHOTO).hasStatus(204);
    org.api(org.adminId(), "ZohoCRM.org.READ")
        .upload(PHOTO, Form.file("x.png", image))
        .hasStatus(401);
  }
}
