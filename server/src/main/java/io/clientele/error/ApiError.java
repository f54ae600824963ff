package io.clientele.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Anything a client did that the API answers with an error. Immutable; rendered once, as {@code
 * {"code":…,"details":{…},"message":…,"status":"error"}}, at the top of a reply or as the outcome
 * of one row.
 */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final int status;
  private final transient Map<String, Object> details;

  ApiError(ErrorCode code, int status, String message, Map<String, Object> details) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.details = details;
  }

  public ErrorCode code() {
    return code;
  }

  /** The HTTP status of a reply that is this error as a whole. */
  public int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The details in the order they were added; values are strings, numbers, lists and maps. */
  public Map<String, Object> details() {
    return details;
  }

  /** The same error in other words. */
  public ApiError message(String message) {
    return new ApiError(code, status, message, details);
  }

  /** The same error under another HTTP status. */
  public ApiError status(int other) {
    return new ApiError(code, other, getMessage(), details);
  }

  /** The same error with one more detail. */
  public ApiError with(String key, Object value) {
    var more = new LinkedHashMap<>(details);
    more.put(key, value);
    return new ApiError(code, status, getMessage(), Collections.unmodifiableMap(more));
  }

  /**
   * The same error about the field {@code apiName} at {@code jsonPath}, as most row errors say it.
   */
  public ApiError at(String apiName, String jsonPath) {
    return with("api_name", apiName).with("json_path", jsonPath);
  }
}
