package io.clientele.backup;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a client sends to have a backup made: a rule, or nothing. */
final class BackupBody {
  private static final String NOUN = "backup";

  private BackupBody() {}

  /** The rule that a body has; none without a body, or without a rule in it. */
  static Optional<BackupRule> rule(byte[] bytes) {
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      return Optional.empty();
    }
    JsonNode body;
    try {
      body = Json.read(bytes);
    } catch (JacksonException e) {
      throw ErrorCode.REQUEST_BODY_NOT_READABLE.error();
    }
    JsonNode backup = body.path(NOUN);
    if (!body.isObject() || !(backup.isObject() || backup.isMissingNode())) {
      throw invalid().at(NOUN, "$." + NOUN);
    }
    JsonNode rule = backup.path("rrule");
    if (rule.isMissingNode() || rule.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        BackupRule.parse(rule.isString() ? rule.stringValue() : "")
            .orElseThrow(() -> invalid().at("rrule", "$.backup.rrule")));
  }

  private static ApiError invalid() {
    return ErrorCode.INVALID_DATA
        .error()
        .message("You have specified an invalid rule or rule pattern.");
  }
}
