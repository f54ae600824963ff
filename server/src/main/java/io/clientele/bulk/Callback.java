package io.clientele.bulk;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The URL that is told when a job has ended. */
public record Callback(URI url) {
  private static final int LONGEST = 2_048;
  private static final List<String> METHODS = List.of("post");

  /**
   * What a client wrote; empty when nothing.
   *
   * @throws ApiError INVALID_CALLBACK_URL, INVALID_CALLBACK_METHOD
   */
  public static Optional<Callback> check(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      return Optional.empty();
    }
    URI url = url(json.path("url").asString("")).orElseThrow(ErrorCode.INVALID_CALLBACK_URL::error);
    if (!METHODS.contains(json.path("method").asString("").toLowerCase(Locale.ROOT))) {
      throw ErrorCode.INVALID_CALLBACK_METHOD.with("supported_callback_methods", METHODS);
    }
    return Optional.of(new Callback(url));
  }

  /** One that {@link #json} wrote. */
  static Optional<Callback> read(JsonNode json) {
    return url(json.path("url").asString("")).map(Callback::new);
  }

  /** As the job keeps it and replies show it. */
  public ObjectNode json() {
    return Json.MAPPER.createObjectNode().put("url", url.toString()).put("method", "post");
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      boolean web =
          "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
      boolean sound =
          web && url.getHost() != null && url.getUserInfo() == null && url.getPort() <= 65_535;
      return sound && text.length() <= LONGEST ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
