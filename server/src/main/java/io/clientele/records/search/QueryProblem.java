package io.clientele.records.search;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;

/** What is wrong with a condition on a field: INVALID_QUERY with a reason. */
record QueryProblem(String field) {
  /** There is no such field, or none that searches compare. */
  ApiError unavailable() {
    return reason("the field is not available for search");
  }

  /** A bracket or comma without a backslash. */
  ApiError special() {
    return reason("special characters are not allowed");
  }

  /** Fields of this type are not compared so, or nothing is. */
  ApiError operator(String operator) {
    return ErrorCode.INVALID_QUERY
        .with("operator", operator)
        .with("reason", "invalid operator found")
        .with("api_name", field);
  }

  ApiError value(String expectedType, String value) {
    return ErrorCode.INVALID_QUERY
        .with("expected_data_type", expectedType)
        .with("reason", "invalid value for search")
        .with("api_name", field)
        .with("value", value);
  }

  ApiError tooManyValues(int maximum) {
    return ErrorCode.INVALID_QUERY
        .with("api_name", field)
        .message("Only " + maximum + " values are allowed in \"IN\" criteria");
  }

  private ApiError reason(String reason) {
    return ErrorCode.INVALID_QUERY.with("reason", reason).with("api_name", field);
  }
}
