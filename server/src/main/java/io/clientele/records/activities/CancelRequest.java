package io.clientele.records.activities;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.PathId;
import io.clientele.metadata.UserName;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How a meeting is called off.
 *
 * @param mail whether those who take part are told
 * @param by who calls it off
 */
record CancelRequest(boolean mail, long by) {
  private static final String MAIL = "send_cancelling_mail";
  private static final String BY = "cancelled_by";
  private static final String ROW = "$.data[0]";

  /** Reads the only row of the body. */
  static CancelRequest of(Metadata metadata, JsonNode row, long userId) {
    if (!row.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at("data", ROW);
    }
    JsonNode mail = row.path(MAIL);
    if (mail.isMissingNode() || mail.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(MAIL, at(MAIL));
    }
    if (!mail.isBoolean()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "boolean").at(MAIL, at(MAIL));
    }
    JsonNode by = row.path(BY);
    if (by.isMissingNode() || by.isNull()) {
      return new CancelRequest(mail.booleanValue(), userId);
    }
    long user = user(metadata, by);
    if (!mail.booleanValue()) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with("dependee", Map.of("api_name", MAIL, "json_path", at(MAIL)))
          .at(BY, at(BY));
    }
    return new CancelRequest(true, user);
  }

  private static long user(Metadata metadata, JsonNode by) {
    if (!by.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(BY, at(BY));
    }
    String path = at(BY) + ".id";
    JsonNode id = by.path("id");
    if (id.isMissingNode() || id.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("id", path);
    }
    UserName user = PathId.parse(id.asString("")).map(metadata::userName).orElse(null);
    if (user == null || !user.active()) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message("the id given seems to be invalid")
          .at("id", path);
    }
    return user.id();
  }

  private static String at(String name) {
    return ROW + "." + name;
  }
}
