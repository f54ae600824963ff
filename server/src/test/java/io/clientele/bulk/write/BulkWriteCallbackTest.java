package io.clientele.bulk.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clientele.http.Json;
import io.clientele.testing.Proves;
import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is told when a write has ended. */
@Proves("POST /crm/bulk/{version}/write")
class BulkWriteCallbackTest {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private HttpServer listener;

  @BeforeEach
  void listen() throws IOException {
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/told",
        exchange -> {
          told.add(
              exchange.getRequestMethod() + new String(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    listener.start();
  }

  @AfterEach
  void stop() {
    listener.stop(0);
  }

  @Test
  void theDetailsAreTold() {
    TestOrg org = TestOrg.create();
    var writes = new Writes(org, org.api());
    String callback = "{\"url\":\"http://127.0.0.1:" + listener.getAddress().getPort() + "/told\"";
    String body = Writes.body("insert", "Leads", writes.upload("Last_Name,Company\nX,Y\n"), "");
    String id =
        writes.create(
            body.replaceFirst("\\{", "{\"callback\":" + callback + ",\"method\":\"post\"},"));
    writes.run();
    writes.run();
    String sent = told.poll();
    assertThat(sent).startsWith("POST");
    JsonNode details = writes.details(id);
    assertThat(Json.MAPPER.readTree(sent.substring(4))).isEqualTo(details);
    assertThat(details.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(details.at("/callback/method").asString()).isEqualTo("post");
    assertThat(told).isEmpty();
  }
}
