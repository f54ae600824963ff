package io.clientele.http;

import static io.clientele.http.WireRequest.latin;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body beyond the limit is refused before it is read; one within it is answered. */
@Timeout(60)
class BodyLimitTest {
  private static final int MEGABYTE = 1 << 20;

  /** More than the limit and the sockets' buffers hold, and far less than what is announced. */
  private static final int MOST = 256 * MEGABYTE;

  private final TestOrg org = TestOrg.create();
  private final int port = URI.create(org.server().url()).getPort();

  @Test
  void announcedBodyIsRefusedUnread() throws IOException {
    for (String length : new String[] {"33554433", "2147483648", "9223372036854775807"}) {
      try (var wire = new Wire(port)) {
        wire.send(head("Content-Length: " + length));
        assertRefused(wire);
      }
    }
  }

  @Test
  void refusalReachesClientThatGoesOnSending() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(head("Content-Length: 9000000000"));
      wire.send(new byte[MEGABYTE]);
      assertRefused(wire);
    }
  }

  @Test
  void clientThatWaitsIsRefusedWithoutBeingAskedForTheBody() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(head("Content-Length: 9000000000\r\nExpect: 100-continue"));
      assertRefused(wire);
    }
  }

  @Test
  void chunkedBodyIsReadUpToTheLimitOnly() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(head("Transfer-Encoding: chunked"));
      assertThat(sendChunks(wire)).isLessThan(MOST);
    }
  }

  @Test
  void chunkedBodyBeyondTheLimitIsRefused() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(head("Transfer-Encoding: chunked"));
      byte[] chunk = chunk();
      for (int sent = 0; sent <= Call.MAXIMUM_JSON_BYTES; sent += MEGABYTE) {
        wire.send(chunk);
      }
      assertRefused(wire);
    }
  }

  @Test
  void bodyWithinTheLimitIsAnswered() throws IOException {
    byte[] body = new byte[30 * MEGABYTE];
    Arrays.fill(body, (byte) ' ');
    byte[] row = latin("{\"data\":[{\"Last_Name\":\"Large\"}]}");
    System.arraycopy(row, 0, body, 0, row.length);
    try (var wire = new Wire(port)) {
      wire.send(head("Content-Length: " + body.length));
      wire.send(body);
      assertThat(wire.read("POST").status()).isEqualTo(201);
    }
  }

  @Test
  void millionsOfDigitsAreRefusedAtOnce() {
    String digits = "9".repeat(8 * MEGABYTE);
    org.api()
        .post("/crm/v8/Deals", "{\"data\":[{\"Deal_Name\":\"D\",\"Amount\":\"" + digits + "\"}]}")
        .hasStatus(400);
  }

  private static int sendChunks(Wire wire) throws IOException {
    byte[] chunk = chunk();
    for (int sent = 0; sent < MOST; sent += MEGABYTE) {
      try {
        wire.send(chunk);
      } catch (SocketException e) {
        return sent;
      }
    }
    return MOST;
  }

  private static byte[] chunk() {
    byte[] chunk = new byte[MEGABYTE + 10];
    System.arraycopy(latin("100000\r\n"), 0, chunk, 0, 8);
    System.arraycopy(latin("\r\n"), 0, chunk, MEGABYTE + 8, 2);
    return chunk;
  }

  private byte[] head(String header) {
    return latin(
        "POST /crm/v8/Leads HTTP/1.1\r\nHost: x\r\nAuthorization: Zoho-oauthtoken "
            + org.api().token()
            + "\r\n"
            + header
            + "\r\n\r\n");
  }

  private static void assertRefused(Wire wire) throws IOException {
    WireReply reply = wire.read("POST");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(Json.read(reply.body()).path("code").asString())
        .isEqualTo("REQUEST_ENTITY_TOO_LARGE");
    assertThat(reply.closes()).isTrue();
    assertThat(wire.isClosed()).isTrue();
  }
}
