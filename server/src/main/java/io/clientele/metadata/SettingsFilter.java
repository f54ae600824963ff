package io.clientele.metadata;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A condition that lists of settings take as JSON in a parameter: {@code
 * {"field":{"api_name":…},"comparator":…,"value":…}}, or a {@code group} of them and a {@code
 * group_operator}.
 *
 * @param parameter whose value it is
 * @param keys what it may ask about; true for flags, which are compared with {@code equal} alone
 * @param comparators which of equal, not_equal, in, contains and starts_with it knows
 * @param missing the message about a key that is not there
 * @param unsupported the message about a comparator that is not known
 */
public record SettingsFilter(
    String parameter,
    Map<String, Boolean> keys,
    List<String> comparators,
    String missing,
    String unsupported) {

  /** Asks a thing for its values; flags as true or false. */
  public interface Condition extends Predicate<Function<String, String>> {}

  /**
   * The condition in {@code filter}.
   *
   * @param path where it stands, such as {@code $.filters}
   * @throws ApiError with the place of the first thing that is wrong
   */
  public Condition parse(JsonNode filter, String path) {
    if (filter.has("group") || filter.has("group_operator")) {
      return group(filter, path);
    }
    String name = key(filter, path);
    String comparator = comparator(filter, name, path);
    JsonNode value = dependent(filter, "value", path);
    List<JsonNode> wanted =
        comparator.equals("in") && value.isArray() ? value.valueStream().toList() : List.of(value);
    boolean flag = keys.getOrDefault(name, false);
    for (JsonNode one : wanted) {
      if (flag ? !one.isBoolean() : !one.isString()) {
        throw ErrorCode.DEPENDENT_MISMATCH
            .with("dependee", place("api_name", path + ".field.api_name"))
            .with("expected_data_type", flag ? "boolean" : "string")
            .at("value", path + ".value")
            .with("param_name", parameter);
      }
    }
    List<String> texts = wanted.stream().map(JsonNode::asString).toList();
    return switch (comparator) {
      case "not_equal" -> thing -> !texts.contains(thing.apply(name));
      case "contains" -> thing -> lower(thing.apply(name)).contains(lower(texts.getFirst()));
      case "starts_with" -> thing -> lower(thing.apply(name)).startsWith(lower(texts.getFirst()));
      default -> thing -> texts.contains(thing.apply(name));
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private Condition group(JsonNode filter, String path) {
    String operator = required(filter, "group_operator", path).asString("");
    if (!List.of("and", "or").contains(operator)) {
      throw invalid("group_operator", path).with("supported_values", List.of("and", "or"));
    }
    JsonNode group = required(filter, "group", path);
    if (!group.isArray()) {
      throw wrongType("jsonarray", "group", path);
    }
    List<Condition> parts =
        java.util.stream.IntStream.range(0, group.size())
            .mapToObj(i -> parse(group.get(i), path + ".group[" + i + "]"))
            .toList();
    return operator.equals("and")
        ? thing -> parts.stream().allMatch(part -> part.test(thing))
        : thing -> parts.stream().anyMatch(part -> part.test(thing));
  }

  private String key(JsonNode filter, String path) {
    JsonNode field = required(filter, "field", path);
    if (!field.isObject()) {
      throw wrongType("jsonobject", "field", path);
    }
    String name = required(field, "api_name", path + ".field").asString("");
    if (!keys.containsKey(name)) {
      throw ErrorCode.NOT_SUPPORTED
          .error()
          .status(400)
          .message("The value given is not supported")
          .at("api_name", path + ".field.api_name")
          .with("param_name", parameter);
    }
    return name;
  }

  private String comparator(JsonNode filter, String name, String path) {
    String comparator = dependent(filter, "comparator", path).asString("");
    List<String> known = keys.getOrDefault(name, false) ? List.of("equal") : comparators;
    if (!known.contains(comparator)) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message(unsupported)
          .at("comparator", path + ".comparator")
          .with("supported_values", known)
          .with("param_name", parameter);
    }
    return comparator;
  }

  private JsonNode required(JsonNode filter, String name, String path) {
    JsonNode value = filter.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .error()
          .message(missing)
          .at(name, path + "." + name)
          .with("param_name", parameter);
    }
    return value;
  }

  /** What must be there because there is a field. */
  private JsonNode dependent(JsonNode filter, String name, String path) {
    JsonNode value = filter.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", place("field", path + ".field"))
          .message("Dependent Field missing")
          .at(name, path + "." + name)
          .with("param_name", parameter);
    }
    return value;
  }

  private ApiError invalid(String name, String path) {
    return ErrorCode.INVALID_DATA.error().at(name, path + "." + name).with("param_name", parameter);
  }

  private ApiError wrongType(String expected, String name, String path) {
    return ErrorCode.INVALID_DATA
        .with("expected_data_type", expected)
        .at(name, path + "." + name)
        .with("param_name", parameter);
  }

  private static Map<String, String> place(String name, String path) {
    return Map.of("api_name", name, "json_path", path);
  }
}
