package io.clientele.sharing;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The condition on rules of a body {@code {"filters":[…]}}: one comparison, or one group of them.
 * References: Search Data Sharing Rules, Data Sharing Rules Summary Filter.
 */
final class RuleFilter {
  /** Stands for nothing, as {@code shared_from} of rules with criteria has it. */
  private static final String EMPTY = "${EMPTY}";

  /** What can be asked, with which comparator. */
  private static final Map<String, String> COMPARATORS =
      Map.of(
          "superiors_allowed", "equal",
          "status", "equal",
          "permission_type", "equal",
          "shared_to.type", "equal",
          "shared_to.resource.id", "in",
          "shared_from.type", "equal",
          "shared_from.resource.id", "in",
          "name", "like");

  private RuleFilter() {}

  /**
   * @throws ApiError about the first thing that is wrong
   */
  static Predicate<Setting> of(JsonNode body) {
    JsonNode filters = body.path("filters");
    if (filters.isMissingNode() || filters.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("filters", "$.filters");
    }
    if (!filters.isArray()) {
      throw type("jsonarray", "filters", "$.filters");
    }
    if (filters.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at("filters", "$.filters");
    }
    return any(filters.path(0), "filters", "$.filters[0]");
  }

  private static Predicate<Setting> any(JsonNode filter, String name, String path) {
    if (!filter.isMissingNode() && !filter.isObject()) {
      throw type("jsonobject", name, path);
    }
    if (filter.hasNonNull("group") || filter.hasNonNull("group_operator")) {
      return group(filter, path);
    }
    if (!filter.hasNonNull("field")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with(
          "expected_fields", List.of(place("group", path), place("field", path)));
    }
    return one(filter, path);
  }

  private static Predicate<Setting> group(JsonNode filter, String path) {
    String operator = require(filter, "group_operator", path).asString("");
    if (!List.of("and", "or").contains(operator.toLowerCase(Locale.ROOT))) {
      throw unknown("group_operator", path, List.of("or", "and"));
    }
    JsonNode group = require(filter, "group", path);
    if (!group.isArray() || group.isEmpty()) {
      throw type("jsonarray", "group", path + ".group");
    }
    var parts = new ArrayList<Predicate<Setting>>();
    for (JsonNode part : group) {
      parts.add(any(part, "group", path + ".group[" + parts.size() + "]"));
    }
    return operator.equalsIgnoreCase("and")
        ? rule -> parts.stream().allMatch(part -> part.test(rule))
        : rule -> parts.stream().anyMatch(part -> part.test(rule));
  }

  private static Predicate<Setting> one(JsonNode filter, String path) {
    JsonNode field = filter.path("field");
    if (!field.isObject()) {
      throw type("jsonobject", "field", path + ".field");
    }
    String name = require(field, "api_name", path + ".field").asString("");
    String known = COMPARATORS.get(name);
    if (known == null) {
      throw unknown("api_name", path + ".field", COMPARATORS.keySet().stream().sorted().toList());
    }
    if (!dependent(filter, "comparator", path).asString("").equals(known)) {
      throw ErrorCode.DEPENDENT_MISMATCH
          .with("dependee", place("api_name", path + ".field"))
          .at("comparator", path + ".comparator");
    }
    List<String> values = values(dependent(filter, "value", path), known, path + ".value");
    if (known.equals("like")) {
      String part = values.getFirst().toLowerCase(Locale.ROOT);
      return rule -> rule.apiName().toLowerCase(Locale.ROOT).contains(part);
    }
    return rule -> values.contains(valueOf(rule, name));
  }

  private static String valueOf(Setting rule, String name) {
    JsonNode value = rule.body();
    for (String key : name.split("\\.", -1)) {
      value = value.path(key);
    }
    return value.asString(EMPTY);
  }

  /** Texts, as flags and ids have them too; several for {@code in} alone. */
  private static List<String> values(JsonNode value, String comparator, String path) {
    boolean several = comparator.equals("in");
    List<JsonNode> all = several && value.isArray() ? value.valueStream().toList() : List.of(value);
    if (all.isEmpty() || !all.stream().allMatch(JsonNode::isValueNode)) {
      throw type(several ? "jsonarray" : "text", "value", path);
    }
    return all.stream().map(JsonNode::asString).toList();
  }

  private static JsonNode require(JsonNode parent, String name, String path) {
    if (!parent.hasNonNull(name)) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, path + "." + name);
    }
    return parent.get(name);
  }

  private static JsonNode dependent(JsonNode filter, String name, String path) {
    if (!filter.hasNonNull(name)) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", place("field", path))
          .at(name, path + "." + name);
    }
    return filter.get(name);
  }

  private static ApiError unknown(String name, String path, List<String> supported) {
    return ErrorCode.INVALID_DATA
        .error()
        .message("the value given is invalid")
        .at(name, path + "." + name)
        .with("supported_values", supported);
  }

  private static ApiError type(String expected, String name, String path) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(name, path);
  }

  private static Map<String, String> place(String name, String path) {
    return Map.of("api_name", name, "json_path", path + "." + name);
  }
}
