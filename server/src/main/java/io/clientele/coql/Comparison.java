package io.clientele.coql;

import static io.clientele.db.Sql.sql;

import io.clientele.coql.Plan.Compared;
import io.clientele.coql.Plan.Literal;
import io.clientele.db.Sql;
import io.clientele.http.Json;
import io.clientele.metadata.criteria.Kind;
import io.clientele.records.ComparisonSql;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A criterion as a condition. */
final class Comparison {
  private static final int MAXIMUM_VALUES = 100;

  private Comparison() {}

  /**
   * Whether the field can be compared so, with values like these.
   *
   * @throws io.clientele.error.ApiError INVALID_QUERY or LIMIT_EXCEEDED
   */
  static void check(Compared compared, Sources sources) {
    Named named = compared.named();
    List<String> literals = new ArrayList<>();
    for (Plan.Operand operand : compared.operands()) {
      if (operand instanceof Literal(String value)) {
        literals.add(value);
      }
    }
    String first = literals.isEmpty() ? "" : literals.getFirst();
    Kind kind =
        named
            .kind()
            .filter(one -> one != Kind.LINKS && one != Kind.TERRITORIES)
            .orElseThrow(() -> Problem.criteria(named.path(), compared.operator(), first));
    if (!allows(kind, named, compared.operator())) {
      throw Problem.operator(named.path(), compared.operator());
    }
    if (literals.size() > MAXIMUM_VALUES) {
      throw Problem.limit(compared.operator().sign(), MAXIMUM_VALUES);
    }
    if (compared.operator() == Operator.NOT_LIKE && !first.matches("(?s)%.+%")) {
      throw Problem.operator(named.path(), compared.operator());
    }
    ZoneId zone = sources.metadata().zoneOf(sources.userId());
    literals.forEach(literal -> new Values(named, kind, zone).checked(literal));
  }

  private static boolean allows(Kind kind, Named named, Operator operator) {
    boolean equality =
        switch (operator) {
          case EQUAL, NOT_EQUAL, IN, NOT_IN, NULL, NOT_NULL -> true;
          case GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, LIKE, NOT_LIKE, BETWEEN, NOT_BETWEEN ->
              false;
        };
    boolean pattern = operator == Operator.LIKE || operator == Operator.NOT_LIKE;
    return switch (kind) {
      case TEXT, CHOICES -> equality || pattern;
      case NUMBER, DATE, DATETIME -> !pattern;
      case REFERENCE, USER, TAGS -> equality;
      case FLAG ->
          operator == Operator.EQUAL
              || (operator.isNullTest()
                  && named.asField().filter(field -> field.isComputed()).isPresent());
      case LINKS, TERRITORIES -> false;
    };
  }

  /**
   * @param values what stands in the criterion, and what its subqueries found
   */
  static Sql render(Compared compared, List<String> values, Sources sources, LocalDate today) {
    Named named = compared.named();
    Operator operator = compared.operator();
    boolean found = compared.operands().stream().anyMatch(Plan.Found.class::isInstance);
    int needed = operator == Operator.BETWEEN || operator == Operator.NOT_BETWEEN ? 2 : 1;
    if (found && values.size() < needed) {
      return sql(operator == Operator.NOT_IN ? "true" : "false");
    }
    Kind kind = named.kind().orElseThrow();
    ZoneId zone = sources.metadata().zoneOf(sources.userId());
    var reader = new Values(named, kind, zone);
    String column = sources.value(named);
    if (named.isId() && !operator.isNullTest()) {
      return ofId(column, operator, values.stream().map(reader::id).toList());
    }
    var comparison =
        new ComparisonSql(
            sources.metadata(), sources.userId(), kind, column, words(named), today, zone);
    if (operator.isNullTest()) {
      return comparison.of(operator.comparator(), Json.MAPPER.nullNode());
    }
    if (operator == Operator.LIKE || operator == Operator.NOT_LIKE) {
      return new LikePattern(values.getFirst()).condition(comparison, kind, operator);
    }
    ArrayNode list = Json.MAPPER.createArrayNode();
    values.forEach(value -> reader.read(value).forEach(list::add));
    boolean one = list.size() == 1 && !operator.isList();
    JsonNode value = one ? list.get(0) : list;
    return comparison.of(operator.comparator(), value);
  }

  private static String words(Named named) {
    return named instanceof Named.OfModule field ? field.words() : "";
  }

  /** As whole numbers, which the index of ids knows. */
  private static Sql ofId(String column, Operator operator, List<Long> ids) {
    Object array = ids.toArray(Long[]::new);
    return switch (operator) {
      case EQUAL, IN -> sql(column + " = any(?)", array);
      case NOT_EQUAL, NOT_IN -> sql("(" + column + " is null or " + column + " <> all(?))", array);
      case BETWEEN -> sql(column + " between ? and ?", ids.getFirst(), ids.getLast());
      case NOT_BETWEEN ->
          sql(
              "(" + column + " is null or " + column + " not between ? and ?)",
              ids.getFirst(),
              ids.getLast());
      case GREATER, GREATER_EQUAL, LESS, LESS_EQUAL ->
          sql(column + " " + operator.sign() + " ?", ids.getFirst());
      case LIKE, NOT_LIKE, NULL, NOT_NULL -> throw new IllegalStateException(operator.sign());
    };
  }
}
