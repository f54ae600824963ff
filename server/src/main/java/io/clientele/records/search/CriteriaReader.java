package io.clientele.records.search;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.criteria.Kind;
import io.clientele.records.search.Expression.Condition;
import io.clientele.records.search.Expression.Group;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns an expression into criteria of the shape that views have, which {@link
 * io.clientele.records.CriteriaSql} selects by: fields found, operators and values checked.
 */
final class CriteriaReader {
  private static final int MAXIMUM_VALUES = 100;

  private static final Set<String> EQUALITY = Set.of("equals", "not_equal");
  private static final Set<String> EXACT = Set.of("equals", "not_equal", "in");
  private static final Set<String> TEXTS = Set.of("equals", "not_equal", "in", "starts_with");
  private static final Set<String> ORDERED =
      Set.of(
          "equals",
          "not_equal",
          "in",
          "between",
          "greater_equal",
          "greater_than",
          "less_equal",
          "less_than");

  private final Metadata metadata;
  private final Module module;
  private final long userId;

  CriteriaReader(Metadata metadata, Module module, long userId) {
    this.metadata = metadata;
    this.module = module;
    this.userId = userId;
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_QUERY about the first condition that is wrong
   */
  ObjectNode read(Expression expression) {
    return switch (expression) {
      case Condition condition -> condition(condition);
      case Group group -> {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("group_operator", group.any() ? "OR" : "AND");
        ArrayNode parts = node.putArray("group");
        group.parts().forEach(part -> parts.add(read(part)));
        yield node;
      }
    };
  }

  private ObjectNode condition(Condition condition) {
    var problem = new QueryProblem(condition.field());
    Field field = field(condition.field()).orElseThrow(problem::unavailable);
    Kind kind = kind(field).orElseThrow(problem::unavailable);
    String operator = condition.operator();
    if (!operators(kind, field).contains(operator)) {
      throw problem.operator(operator);
    }
    List<String> values = condition.values();
    if (operator.equals("in") && values.size() > MAXIMUM_VALUES) {
      throw problem.tooManyValues(MAXIMUM_VALUES);
    }
    if (operator.equals("between") && values.size() != 2) {
      throw problem.value(field.valueType(), String.join(",", values));
    }
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.putObject("field").put("api_name", field.apiName());
    if (EQUALITY.contains(operator) && isEmptyTest(values.getFirst())) {
      return node.put("comparator", "equal").put("value", emptyTest(operator, values.getFirst()));
    }
    node.put("comparator", comparator(operator, kind, field));
    node.set(
        "value", new ConditionValues(metadata, module, field, kind, userId).read(operator, values));
    return node;
  }

  /** By its API name, whatever the case; the id or name of a lookup stands for the lookup. */
  private Optional<Field> field(String name) {
    int dot = name.indexOf('.');
    if (dot > 0) {
      String part = name.substring(dot + 1);
      return field(name.substring(0, dot))
          .filter(lookup -> part.equals("id") || part.equals("name"))
          .filter(lookup -> Kind.of(lookup).filter(CriteriaReader::isReference).isPresent());
    }
    return module
        .field(name)
        .or(
            () ->
                module.fields().stream()
                    .filter(field -> field.apiName().equalsIgnoreCase(name))
                    .findFirst());
  }

  private static boolean isReference(Kind kind) {
    return kind == Kind.REFERENCE || kind == Kind.USER;
  }

  private static Optional<Kind> kind(Field field) {
    return Kind.of(field).filter(kind -> kind != Kind.LINKS && kind != Kind.TERRITORIES);
  }

  private static Set<String> operators(Kind kind, Field field) {
    return switch (kind) {
      case TEXT -> isExact(field) ? EXACT : TEXTS;
      case CHOICES, REFERENCE, USER -> TEXTS;
      case NUMBER, DATE, DATETIME -> ORDERED;
      case FLAG -> EQUALITY;
      case TAGS -> EXACT;
      case LINKS, TERRITORIES -> Set.of();
    };
  }

  /** Whether a text is one of a list or made by the server, so that parts of it mean nothing. */
  private static boolean isExact(Field field) {
    return switch (field.dataType()) {
      case "picklist", "autonumber" -> true;
      default -> false;
    };
  }

  /** Texts equal what they contain as words, records what has such a name. */
  private static String comparator(String operator, Kind kind, Field field) {
    return switch (operator) {
      case "equals" ->
          switch (kind) {
            case TEXT -> isExact(field) ? "equal" : "has_words";
            case CHOICES -> "contains";
            case REFERENCE -> "has_words";
            case NUMBER, DATE, DATETIME, FLAG, USER, TAGS, LINKS, TERRITORIES -> "equal";
          };
      case "in", "starts_with" -> kind == Kind.USER ? "equal" : operator;
      default -> operator;
    };
  }

  private static boolean isEmptyTest(String value) {
    return value.equals("null") || value.equals("${EMPTY}") || value.equals("${NOTEMPTY}");
  }

  private static String emptyTest(String operator, String value) {
    boolean empty = !value.equals("${NOTEMPTY}");
    return empty == operator.equals("equals") ? "${EMPTY}" : "${NOTEMPTY}";
  }
}
