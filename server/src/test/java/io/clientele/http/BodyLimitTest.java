package io.clientele.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bodies over the limit are refused before they are read. */
class BodyLimitTest {
  private static final TestOrg ORG = TestOrg.create();

  @Test
  void anAnnouncedBodyOverTheLimitIsRefusedAtOnce() throws IOException {
    try (var client = new RawClient(ORG.server().url())) {
      RawClient.Response response = client.send(head("Content-Length: 40000000000\r\n"));
      assertThat(response.status()).isEqualTo(413);
      assertThat(response.body()).contains("REQUEST_ENTITY_TOO_LARGE");
    }
  }

  @Test
  void aLongBodyWithinTheLimitIsAnswered() {
    String body = "{\"data\":[{\"Last_Name\":\"" + "x".repeat(30 << 20) + "\"}]}";
    ORG.api().post("/crm/v8/Leads", body).hasStatus(400);
  }

  private static byte[] head(String more) {
    return ("POST /crm/v8/Leads HTTP/1.1\r\nHost: x\r\nAuthorization: Zoho-oauthtoken "
            + ORG.token(ORG.adminId(), TestOrg.ALL_SCOPES)
            + "\r\n"
            + more
            + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
