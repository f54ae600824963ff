package io.clientele.metadata.templates;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The parameter {@code filters} of a list of templates: {@code
 * {"field":{"api_name":"name"},"comparator":"contains","value":"a"}}, or a group of such.
 */
record TemplateFilter(Predicate<Setting> test) {
  private static final String PARAMETER = "filters";
  private static final int MAXIMUM_TEXT = 4000;
  private static final List<String> FIELDS = List.of("name", "subject", "category", "editor_mode");
  private static final List<String> COMPARATORS =
      List.of("equal", "not_equal", "contains", "not_contains", "starts_with", "ends_with");

  static TemplateFilter of(String text) {
    try {
      JsonNode json =
          Json.read((text.length() > MAXIMUM_TEXT ? "" : text).getBytes(StandardCharsets.UTF_8));
      return new TemplateFilter(test(json, "$.filters"));
    } catch (JacksonException e) {
      throw ErrorCode.JSON_PARSE_ERROR.with("param_name", PARAMETER);
    }
  }

  boolean accepts(Setting template) {
    return test.test(template);
  }

  private static Predicate<Setting> test(JsonNode json, String path) {
    if (!json.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .with("param_name", PARAMETER);
    }
    return json.has("group") || json.has("group_operator") ? group(json, path) : one(json, path);
  }

  private static Predicate<Setting> group(JsonNode json, String path) {
    String operator = text(json, "group_operator", path).toLowerCase(Locale.ROOT);
    if (!operator.equals("and") && !operator.equals("or")) {
      throw unsupported("group_operator", path, List.of("and", "or"));
    }
    if (!json.path("group").isArray()) {
      throw about(
          json.has("group") ? ErrorCode.INVALID_DATA : ErrorCode.MANDATORY_NOT_FOUND,
          "group",
          path);
    }
    List<Predicate<Setting>> parts = new ArrayList<>();
    for (JsonNode part : json.path("group")) {
      parts.add(test(part, path + ".group[" + parts.size() + "]"));
    }
    return operator.equals("and")
        ? template -> parts.stream().allMatch(part -> part.test(template))
        : template -> parts.stream().anyMatch(part -> part.test(template));
  }

  private static Predicate<Setting> one(JsonNode json, String path) {
    if (!json.path("field").isObject()) {
      throw about(ErrorCode.MANDATORY_NOT_FOUND, "field", path);
    }
    String field = text(json.path("field"), "api_name", path + ".field");
    if (!FIELDS.contains(field)) {
      throw unsupported("api_name", path + ".field", FIELDS);
    }
    String comparator = text(json, "comparator", path);
    if (!COMPARATORS.contains(comparator)) {
      throw unsupported("comparator", path, COMPARATORS);
    }
    String value = text(json, "value", path).toLowerCase(Locale.ROOT);
    return template -> compare(value(template, field), comparator, value);
  }

  private static String value(Setting template, String field) {
    String value =
        field.equals("name") ? template.apiName() : template.body().path(field).asString("");
    return value.toLowerCase(Locale.ROOT);
  }

  private static boolean compare(String actual, String comparator, String value) {
    return switch (comparator) {
      case "equal" -> actual.equals(value);
      case "not_equal" -> !actual.equals(value);
      case "contains" -> actual.contains(value);
      case "not_contains" -> !actual.contains(value);
      case "starts_with" -> actual.startsWith(value);
      default -> actual.endsWith(value);
    };
  }

  private static String text(JsonNode json, String name, String path) {
    if (!json.hasNonNull(name)) {
      throw about(ErrorCode.MANDATORY_NOT_FOUND, name, path);
    }
    if (!json.path(name).isString()) {
      throw about(ErrorCode.INVALID_DATA, name, path).with("expected_data_type", "text");
    }
    return json.path(name).asString();
  }

  private static ApiError unsupported(String name, String path, List<String> supported) {
    return about(ErrorCode.INVALID_DATA, name, path).with("supported_values", supported);
  }

  private static ApiError about(ErrorCode code, String name, String path) {
    return code.error().at(name, path + "." + name).with("param_name", PARAMETER);
  }
}
