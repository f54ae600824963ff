package io.clientele.http;

import io.clientele.error.ErrorCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** Answers what is not HTTP enough to reach a route with a JSON error and closes the connection. */
final class MalformedRequest implements DirectHandler {
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    var buffer = new Buffer();
    try (var json = Json.generator(buffer)) {
      ErrorJson.write(json, ErrorCode.INVALID_REQUEST.error());
    }
    headers.set(HeaderNames.CONTENT_TYPE, Reply.JSON);
    return TransportResponse.builder()
        .status(status.code() >= 500 ? Status.BAD_REQUEST_400 : status)
        .headers(headers)
        .entity(buffer.toByteArray())
        .keepAlive(false)
        .build();
  }
}
