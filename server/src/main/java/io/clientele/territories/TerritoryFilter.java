package io.clientele.territories;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.territories.TerritorySql.Row;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The parameter {@code filters} of lists of territories. Reference: Territories. */
final class TerritoryFilter {
  private static final List<String> SAME = List.of("equal", "not_equal");
  private static final List<String> WORDS =
      List.of("equal", "not_equal", "ends_with", "starts_with", "contains", "not_contains");
  private static final List<String> MOMENTS =
      List.of("less_equal", "between", "greater_than", "less_than", "equal");
  private static final Map<String, List<String>> COMPARATORS =
      Map.of(
          "reporting_to.id", SAME,
          "manager.id", SAME,
          "id", SAME,
          "permission_type", SAME,
          "created_by", SAME,
          "modified_by", SAME,
          "name", WORDS,
          "created_time", MOMENTS,
          "modified_time", MOMENTS);

  private TerritoryFilter() {}

  /**
   * @throws ApiError with the place of the first thing that is wrong
   */
  static Predicate<Row> parse(String text) {
    JsonNode filter;
    try {
      filter = Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw ErrorCode.INVALID_DATA.with("param_name", "filters");
    }
    if (!filter.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .with("param_name", "filters");
    }
    return any(filter, "$.filters");
  }

  private static Predicate<Row> any(JsonNode filter, String path) {
    if (!filter.has("group") && !filter.has("group_operator")) {
      return one(filter, path);
    }
    String operator = required(filter, "group_operator", path).asString("");
    if (!List.of("and", "or").contains(operator.toLowerCase(Locale.ROOT))) {
      throw at(ErrorCode.INVALID_DATA.error(), "group_operator", path)
          .with("supported_values", List.of("and", "or"));
    }
    JsonNode group = required(filter, "group", path);
    if (!group.isArray()) {
      throw at(ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray"), "group", path);
    }
    List<Predicate<Row>> parts =
        IntStream.range(0, group.size())
            .mapToObj(i -> any(group.get(i), path + ".group[" + i + "]"))
            .toList();
    return operator.equalsIgnoreCase("and")
        ? row -> parts.stream().allMatch(part -> part.test(row))
        : row -> parts.stream().anyMatch(part -> part.test(row));
  }

  private static Predicate<Row> one(JsonNode filter, String path) {
    JsonNode field = required(filter, "field", path);
    String name = required(field, "api_name", path + ".field").asString("");
    List<String> comparators = COMPARATORS.get(name);
    if (comparators == null) {
      throw at(ErrorCode.NOT_SUPPORTED.error().status(400), "api_name", path + ".field")
          .message("The value given is not supported");
    }
    String comparator = dependent(filter, "comparator", path).asString("");
    if (!comparators.contains(comparator)) {
      throw at(ErrorCode.INVALID_DATA.error(), "comparator", path)
          .message("Please give a valid comparator")
          .with("supported_values", comparators);
    }
    JsonNode value = dependent(filter, "value", path);
    return comparators == MOMENTS
        ? moment(name, comparator, value, path)
        : text(name, comparator, value, path);
  }

  private static Predicate<Row> text(String name, String comparator, JsonNode value, String path) {
    if (!value.isString() && !value.isIntegralNumber()) {
      throw mismatch(path, "string");
    }
    String wanted = value.asString().toLowerCase(Locale.ROOT);
    return row -> {
      String is = text(row, name).toLowerCase(Locale.ROOT);
      return switch (comparator) {
        case "equal" -> is.equals(wanted);
        case "not_equal" -> !is.equals(wanted);
        case "starts_with" -> is.startsWith(wanted);
        case "ends_with" -> is.endsWith(wanted);
        case "contains" -> is.contains(wanted);
        default -> !is.contains(wanted);
      };
    };
  }

  private static String text(Row row, String name) {
    Object value =
        switch (name) {
          case "reporting_to.id" -> row.reportingTo();
          case "manager.id" -> row.managerId();
          case "id" -> row.id();
          case "permission_type" -> row.permissionType();
          case "created_by" -> row.createdBy();
          case "modified_by" -> row.modifiedBy();
          default -> row.name();
        };
    return value == null ? "" : value.toString();
  }

  private static Predicate<Row> moment(
      String name, String comparator, JsonNode value, String path) {
    boolean between = comparator.equals("between");
    if (between && (!value.isArray() || value.size() != 2)) {
      throw mismatch(path, "jsonarray");
    }
    List<Instant> wanted =
        (between ? value.valueStream() : java.util.stream.Stream.of(value))
            .map(one -> instant(one, path))
            .toList();
    return row -> {
      Instant is = name.equals("created_time") ? row.createdTime() : row.modifiedTime();
      Instant second = is.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
      int order = second.compareTo(wanted.getFirst());
      return switch (comparator) {
        case "less_equal" -> order <= 0;
        case "less_than" -> order < 0;
        case "greater_than" -> order > 0;
        case "between" -> order >= 0 && second.compareTo(wanted.getLast()) <= 0;
        default -> order == 0;
      };
    };
  }

  private static Instant instant(JsonNode value, String path) {
    try {
      return OffsetDateTime.parse(value.asString("")).toInstant();
    } catch (DateTimeException e) {
      throw mismatch(path, "datetime");
    }
  }

  private static ApiError mismatch(String path, String expected) {
    return at(
        ErrorCode.DEPENDENT_MISMATCH
            .with("dependee", place("api_name", path + ".field.api_name"))
            .with("expected_data_type", expected),
        "value",
        path);
  }

  private static JsonNode required(JsonNode object, String name, String path) {
    if (!object.hasNonNull(name)) {
      throw at(ErrorCode.MANDATORY_NOT_FOUND.error(), name, path);
    }
    return object.get(name);
  }

  private static JsonNode dependent(JsonNode filter, String name, String path) {
    if (!filter.hasNonNull(name)) {
      throw at(
              ErrorCode.DEPENDENT_FIELD_MISSING.with("dependee", place("field", path + ".field")),
              name,
              path)
          .message("Dependent Field missing");
    }
    return filter.get(name);
  }

  private static Map<String, String> place(String name, String path) {
    return Map.of("api_name", name, "json_path", path);
  }

  private static ApiError at(ApiError error, String name, String path) {
    return error.at(name, path + "." + name).with("param_name", "filters");
  }
}
