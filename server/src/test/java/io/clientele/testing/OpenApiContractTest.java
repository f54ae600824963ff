package io.clientele.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of replies finds what is wrong, against a server that answers what it is told. */
class OpenApiContractTest {
  private HttpServer server;
  private Api api;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Repository.findShared("openapi").isPresent(), "no OpenAPI files");
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.start();
    api = new Api("http://127.0.0.1:" + server.getAddress().getPort(), "");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void whatIsPublishedPasses() {
    answer(200, "{\"roles\":[{\"id\":\"1\",\"name\":\"CEO\",\"reporting_to\":null}]}");
    assertThat(api.get("/crm/v8/settings/roles").status()).isEqualTo(200);
  }

  @Test
  void wrongTypesAndMissingKeysFail() {
    answer(200, "{\"roles\":[{\"id\":1,\"display_label\":\"CEO\"}]}");
    assertThatThrownBy(() -> api.get("/crm/v8/settings/roles?page=1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /crm/v8/settings/roles")
        .hasMessageContaining("answered 200")
        .hasMessageContaining("/roles/0/id: integer found, string expected")
        .hasMessageContaining("required property 'name' not found");
  }

  @Test
  void errorsHaveTheGeneralForm() {
    answer(400, "{\"code\":\"X\",\"details\":{},\"message\":\"x\",\"status\":\"error\"}");
    api.get("/crm/v8/settings/roles");
    server.removeContext("/");
    answer(400, "{\"code\":\"X\"}");
    assertThatThrownBy(() -> api.get("/crm/v8/settings/roles")).isInstanceOf(AssertionError.class);
  }

  @Test
  void rowsThatAreNoErrorsDoNotPassAsSuch() {
    answer(200, "{\"data\":[{\"id\":5}],\"info\":{\"more_records\":false}}");
    assertThatThrownBy(() -> api.get("/crm/v8/Leads?fields=id"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/data/0/id: integer found, string expected");
    server.removeContext("/");
    answer(207, "{\"data\":[{\"code\":\"INVALID_DATA\",\"message\":\"x\",\"status\":\"error\"}]}");
    assertThatThrownBy(() -> api.post("/crm/v8/Leads", "{}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/data/0: required property 'details' not found");
  }

  @Test
  void unknownKeysFail() {
    answer(200, "{\"data\":[{\"id\":\"5\",\"Any\":1}],\"info\":{\"more\":false}}");
    assertThatThrownBy(() -> api.get("/crm/v8/Leads?fields=id"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/info: property 'more' is not defined");
  }

  @Test
  void otherVersionsAreNotChecked() {
    answer(200, "{}");
    assertThat(api.get("/crm/v2/settings/roles").text()).isEqualTo("{}");
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
