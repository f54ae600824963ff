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
   *     REQUEST_BODY_NOT_SUPPORTED; INVALID_DATA when a text in it has the character NUL, which the
   *     database does not keep
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
      requireStorable(body, "body", "$");
      return body;
    } catch (JacksonException e) {
      throw ErrorCode.REQUEST_BODY_NOT_READABLE.error();
    }
  }

  private static void requireStorable(JsonNode json, String name, String path) {
    if (json.isString() && json.stringValue().indexOf('\0') >= 0) {
      throw ErrorCode.INVALID_DATA.error().at(name, path);
    }
    for (int i = 0; json.isArray() && i < json.size(); i++) {
      requireStorable(json.get(i), name, path + "[" + i + "]");
    }
    json.properties()
        .forEach(
            one -> {
              if (one.getKey().indexOf('\0') >= 0) {
                throw ErrorCode.INVALID_DATA.error().at(name, path);
              }
              requireStorable(one.getValue(), one.getKey(), path + "." + one.getKey());
            });
  }
}
