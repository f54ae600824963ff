package io.clientele.apis;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The one condition of the parameter {@code filters}. */
record ApiFilter(Attribute attribute, boolean contains, String value) {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** What APIs can be told apart by. */
  enum Attribute {
    MODULE("module"),
    METHOD("operation_types.method"),
    OAUTH_SCOPE("operation_types.oauth_scope");

    private final String apiName;

    Attribute(String apiName) {
      this.apiName = apiName;
    }

    static Optional<Attribute> of(String apiName) {
      return List.of(values()).stream().filter(one -> one.apiName.equals(apiName)).findFirst();
    }
  }

  /**
   * @throws ApiError INVALID_DATA or MANDATORY_NOT_FOUND, with the place in the parameter
   */
  static Optional<ApiFilter> of(Call call) {
    return call.query("filters").map(ApiFilter::parse);
  }

  private static ApiFilter parse(String text) {
    JsonNode filter = json(text);
    String name = mandatory(filter.path("field").path("api_name"), "api_name", "$.field.api_name");
    String comparator = mandatory(filter.path("comparator"), "comparator", "$.comparator");
    String value = mandatory(filter.path("value"), "value", "$.value");
    Attribute attribute =
        Attribute.of(name)
            .orElseThrow(
                () ->
                    invalid("api_name", "$.field.api_name")
                        .message("The given api_name seems to be invalid"));
    if (!Set.of("equals", "contains").contains(comparator)) {
      throw invalid("comparator", "$.comparator").message("The given comparator is not supported");
    }
    if (attribute == Attribute.METHOD && !METHODS.contains(value)) {
      throw invalid("value", "$.value").message("The given method value is not supported");
    }
    return new ApiFilter(attribute, comparator.equals("contains"), value);
  }

  private static JsonNode json(String text) {
    return Json.object(text)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("expected_data_type", "jsonobject")
                    .with("param_name", "filters")
                    .message("Invalid JSON passed as parameter"));
  }

  private static String mandatory(JsonNode value, String apiName, String path) {
    if (value.isMissingNode() || value.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(apiName, path).with("param_name", "filters");
    }
    if (!value.isString()) {
      throw invalid(apiName, path).with("expected_data_type", "string");
    }
    return value.asString();
  }

  private static ApiError invalid(String apiName, String path) {
    return ErrorCode.INVALID_DATA.error().at(apiName, path).with("param_name", "filters");
  }

  /** Whether the condition holds for {@code text}, whatever its case. */
  boolean accepts(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String wanted = value.toLowerCase(Locale.ROOT);
    return contains ? lower.contains(wanted) : lower.equals(wanted);
  }
}
