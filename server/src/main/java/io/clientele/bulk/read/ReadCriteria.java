package io.clientele.bulk.read;

import io.clientele.coql.Named;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.criteria.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The criteria of a read, checked: {@code {"field":…,"comparator":…,"value":…}}, nested in {@code
 * {"group_operator":…,"group":[…]}}.
 */
final class ReadCriteria {
  /** How many comparisons there may be, in all groups together. */
  static final int MAXIMUM = 25;

  private static final List<String> OPERATORS = List.of("and", "or");

  /** What a value is: itself, and not the name of another field. */
  private static final String TYPE = "value";

  private final ReadPaths paths;
  private int count;

  ReadCriteria(ReadPaths paths) {
    this.paths = paths;
  }

  /**
   * The criteria as they are kept and shown: with the ids of fields.
   *
   * @throws ApiError what is wrong with the first that is wrong
   */
  ObjectNode check(JsonNode json) {
    if (!(json instanceof ObjectNode criteria)) {
      throw ErrorCode.INVALID_CRITERIA.with("value", json.toString());
    }
    if (++count > 2 * MAXIMUM) {
      throw tooMany(); // groups within groups
    }
    boolean group = criteria.hasNonNull("group") || criteria.hasNonNull("group_operator");
    boolean one = criteria.hasNonNull("field") || criteria.hasNonNull("comparator");
    if (group == one) {
      throw about(ErrorCode.AMBIGUOUS_CRITERIA, criteria);
    }
    return group ? group(criteria) : comparison(criteria);
  }

  private ObjectNode group(ObjectNode json) {
    String operator = json.path("group_operator").asString("").toLowerCase(Locale.ROOT);
    JsonNode parts = json.path("group");
    if (!json.hasNonNull("group_operator") || !parts.isArray() || parts.isEmpty()) {
      throw ErrorCode.AMBIGUOUS_GROUP_IN_CRITERIA.with("group_operator", operator);
    }
    if (!OPERATORS.contains(operator)) {
      throw ErrorCode.GROUP_OPERATOR_NOT_SUPPORTED.with("supported", OPERATORS);
    }
    if (comparisons(parts) > MAXIMUM) {
      throw tooMany();
    }
    ObjectNode kept = Json.MAPPER.createObjectNode();
    ArrayNode group = kept.putArray("group");
    parts.forEach(part -> group.add(check(part)));
    return kept.put("group_operator", operator);
  }

  private static int comparisons(JsonNode parts) {
    int sum = 0;
    for (JsonNode part : parts) {
      sum += part.path("group").isArray() ? comparisons(part.path("group")) : 1;
    }
    return sum;
  }

  private static ApiError tooMany() {
    return ErrorCode.CRITERIA_LIMIT_EXCEEDED
        .with("max_limit", MAXIMUM)
        .message("there are more criteria than may be");
  }

  private ObjectNode comparison(ObjectNode json) {
    String name = name(json);
    if (name.isEmpty() || !json.path("comparator").isString() || !json.hasNonNull("value")) {
      throw about(ErrorCode.AMBIGUOUS_CRITERIA, json);
    }
    if (json.hasNonNull("type") && !json.path("type").asString("").equals(TYPE)) {
      throw ErrorCode.INVALID_DATA.with("api_name", "type").with("supported_values", List.of(TYPE));
    }
    Named named = paths.named(name);
    Kind kind =
        kind(named)
            .filter(found -> found != Kind.LINKS)
            .orElseThrow(
                () ->
                    about(ErrorCode.FIELD_IN_CRITERIA_NOT_SUPPORTED, json)
                        .with("type", named.dataType()));
    String comparator = json.path("comparator").asString().toLowerCase(Locale.ROOT);
    List<String> supported = comparators(kind);
    if (!supported.contains(comparator)) {
      throw ErrorCode.FIELD_COMPARATOR_IN_CRITERIA_NOT_SUPPORTED
          .with("api_name", name)
          .with("supported", supported);
    }
    ObjectNode kept = Json.MAPPER.createObjectNode();
    ObjectNode field = kept.putObject("field");
    named
        .asField()
        .ifPresentOrElse(
            found -> field.put("id", Long.toString(found.id())), () -> field.putNull("id"));
    field.put("api_name", name);
    kept.put("type", TYPE).put("comparator", comparator);
    kept.set("value", new CriterionValue(named, kind, comparator).check(json.path("value")));
    return kept;
  }

  /** The field of a comparison: by an object, or, as old clients say it, by its name. */
  static String name(JsonNode comparison) {
    JsonNode field = comparison.path("field");
    return (field.isObject() ? field.path("api_name") : field).asString("");
  }

  static Optional<Kind> kind(Named named) {
    return named.asField().isPresent() ? named.asField().flatMap(Kind::of) : named.kind();
  }

  /** The documented ones, and what lists of records can do beyond. */
  private static List<String> comparators(Kind kind) {
    return switch (kind) {
      case TEXT, CHOICES ->
          kind.comparators().stream().filter(word -> !word.endsWith("like")).toList();
      case NUMBER, TAGS -> kind.comparators();
      case DATE, DATETIME ->
          java.util.stream.Stream.concat(
                  kind.comparators().stream(), java.util.stream.Stream.of("in", "not_in"))
              .toList();
      case FLAG -> List.of("equal", "not_equal");
      case REFERENCE, USER, TERRITORIES -> List.of("equal", "not_equal", "in", "not_in");
      case LINKS -> List.of();
    };
  }

  /** An error with what the comparison says. */
  private static ApiError about(ErrorCode code, JsonNode json) {
    ApiError error = code.error();
    String name = name(json);
    if (!name.isEmpty()) {
      error = error.with("api_name", name);
    }
    if (json.path("comparator").isString()) {
      error = error.with("comparator", json.path("comparator").asString());
    }
    JsonNode value = json.path("value");
    return value.isValueNode() && !value.isNull() ? error.with("value", value.asString()) : error;
  }
}
