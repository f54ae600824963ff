package io.clientele.metadata.fields;

import io.clientele.error.ErrorCode;
import tools.jackson.databind.JsonNode;

/** The object {@code auto_number} of a field. Reference: Create Custom Fields and Module. */
public final class AutoNumber {
  private static final int DIGITS = 16;

  private AutoNumber() {}

  /**
   * The number it begins with; the client may write it as a string.
   *
   * @param path where the object stands
   * @throws io.clientele.error.ApiError MANDATORY_NOT_FOUND or INVALID_DATA
   */
  public static long start(JsonNode autoNumber, String path) {
    JsonNode start = autoNumber.path("start_number");
    String at = path + ".start_number";
    if (start.isMissingNode() || start.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("start_number", at);
    }
    if (!start.asString("").matches("\\d{1," + DIGITS + "}")) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "integer").at("start_number", at);
    }
    return Long.parseLong(start.asString());
  }
}
