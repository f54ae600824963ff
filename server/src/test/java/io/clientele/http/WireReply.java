package io.clientele.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What came back over a {@link Wire}; header names are in lower case. */
record WireReply(int status, Map<String, String> headers, byte[] body) {
  private static final Set<String> ENVELOPE = Set.of("code", "details", "message", "status");

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean closes() {
    return header("connection").equalsIgnoreCase("close");
  }

  /** What is wrong with this as the reply to a request for {@code target}. */
  Optional<String> complaint(String method, String target) {
    if (status < 200 || status >= 500) {
      return Optional.of("status " + status);
    }
    if (method.equals("HEAD") || status == 204 || status == 304) {
      return Optional.empty();
    }
    if (header("content-type").startsWith("application/json")) {
      return json(target);
    }
    boolean page =
        target.matches("/+(oauth|accounts).*") && header("content-type").startsWith("text/html");
    return status < 400 || page
        ? Optional.empty()
        : Optional.of(status + " of type '" + header("content-type") + "'");
  }

  private Optional<String> json(String target) {
    JsonNode json;
    try {
      json = Json.read(body);
    } catch (JacksonException e) {
      return Optional.of("broken JSON");
    }
    Set<String> keys = new TreeSet<>(json.propertyNames());
    boolean oauth = target.startsWith("/oauth") && json.path("error").isString();
    boolean rows = json.path("data").isArray();
    return status < 400 || oauth || rows || keys.equals(ENVELOPE)
        ? Optional.empty()
        : Optional.of(status + " with keys " + keys);
  }
}
