package io.clientele.bulk;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The body of a new job. */
public final class JsonBody {
  private static final long MAXIMUM_BODY = 1 << 20;

  private JsonBody() {}

  /**
   * @throws ApiError MEDIA_TYPE_NOT_SUPPORTED, REQUEST_BODY_IS_EMPTY, REQUEST_BODY_NOT_READABLE,
   *     REQUEST_BODY_NOT_SUPPORTED
   */
  public static JsonNode of(Call call) {
    call.header("Content-Type")
        .filter(type -> !type.strip().toLowerCase(Locale.ROOT).startsWith("application/json"))
        .ifPresent(
            type -> {
              throw ErrorCode.MEDIA_TYPE_NOT_SUPPORTED.error();
            });
    byte[] bytes = call.body(MAXIMUM_BODY);
    if (bytes.length == 0) {
      throw ErrorCode.REQUEST_BODY_IS_EMPTY.error();
    }
    try {
      JsonNode body = Json.read(bytes);
      if (!body.isObject()) {
        throw ErrorCode.REQUEST_BODY_NOT_SUPPORTED.error();
      }
      return body;
    } catch (JacksonException e) {
      throw ErrorCode.REQUEST_BODY_NOT_READABLE.error();
    }
  }
}
