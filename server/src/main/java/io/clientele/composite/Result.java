package io.clientele.composite;

import io.clientele.error.ApiError;
import io.clientele.http.ErrorJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What became of a sub-request. */
sealed interface Result {
  void write(JsonGenerator json);

  /** Whether it did not do all that it was to do. */
  boolean failed();

  /**
   * It was handled, and this was the reply.
   *
   * @param body null where there is none
   */
  record Answered(int status, Map<String, String> headers, @Nullable JsonNode body)
      implements Result {
    private static final int MULTI_STATUS = 207;
    private static final int FIRST_ERROR = 400;

    @Override
    public void write(JsonGenerator json) {
      json.writeStartObject();
      json.writeStringProperty("code", "SUCCESS");
      json.writeObjectPropertyStart("details");
      json.writeObjectPropertyStart("response");
      json.writeObjectPropertyStart("headers");
      headers.forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeNumberProperty("status_code", status);
      json.writeName("body");
      if (body == null) {
        json.writeNull();
      } else {
        json.writeTree(body);
      }
      json.writeEndObject();
      json.writeEndObject();
      json.writeStringProperty("message", "composite sub request executed successfully");
      json.writeStringProperty("status", "success");
      json.writeEndObject();
    }

    @Override
    public boolean failed() {
      return status >= FIRST_ERROR || status == MULTI_STATUS;
    }
  }

  /** It was not handled. */
  record Refused(ApiError error) implements Result {
    @Override
    public void write(JsonGenerator json) {
      ErrorJson.write(json, error);
    }

    @Override
    public boolean failed() {
      return true;
    }
  }
}
