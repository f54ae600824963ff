package io.clientele.http;

import io.clientele.error.ApiError;
import tools.jackson.core.JsonGenerator;

/** The wire shape of an error, at the top of a reply and as the outcome of one row. */
public final class ErrorJson {
  private ErrorJson() {}

  public static void write(JsonGenerator json, ApiError error) {
    json.writeStartObject();
    json.writeStringProperty("code", error.code().name());
    json.writeName("details");
    json.writePOJO(error.details());
    json.writeStringProperty("message", error.getMessage());
    json.writeStringProperty("status", "error");
    json.writeEndObject();
  }
}
