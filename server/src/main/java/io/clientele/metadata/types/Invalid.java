package io.clientele.metadata.types;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import java.util.Collection;
import java.util.List;

/** The shapes of INVALID_DATA about one field. */
public final class Invalid {
  private Invalid() {}

  /** The value is not of {@code expected}: a type name such as text, integer, date, jsonobject. */
  public static ApiError type(String expected, Field field, String path) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(field.apiName(), path);
  }

  /** The value is longer than the field. */
  public static ApiError length(int maximum, Field field, String path) {
    return ErrorCode.INVALID_DATA.with("maximum_length", maximum).at(field.apiName(), path);
  }

  /** The value is none of those allowed. */
  public static ApiError oneOf(Collection<String> supported, Field field, String path) {
    return ErrorCode.INVALID_DATA
        .with("supported_values", List.copyOf(supported))
        .at(field.apiName(), path);
  }

  /** The id names no record the caller could mean. */
  public static ApiError id(Field field, String path) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("the id given seems to be invalid")
        .at(field.apiName(), path);
  }

  /** The key {@code name} inside a value is not of {@code expected}. */
  static ApiError key(String expected, String name, String path) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(name, path);
  }

  static ApiError keyLength(int maximum, String name, String path) {
    return ErrorCode.INVALID_DATA.with("maximum_length", maximum).at(name, path);
  }

  static ApiError keyOneOf(Collection<String> supported, String name, String path) {
    return ErrorCode.INVALID_DATA.with("supported_values", List.copyOf(supported)).at(name, path);
  }

  /** A value lacks the key {@code name}. */
  static ApiError missing(String name, String path) {
    return ErrorCode.MANDATORY_NOT_FOUND.error().at(name, path);
  }
}
