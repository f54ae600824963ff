package io.clientele.metadata.formula;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.Expression.Binary;
import io.clientele.metadata.formula.Expression.BooleanLiteral;
import io.clientele.metadata.formula.Expression.Call;
import io.clientele.metadata.formula.Expression.FieldReference;
import io.clientele.metadata.formula.Expression.Not;
import io.clientele.metadata.formula.Expression.NullLiteral;
import io.clientele.metadata.formula.Expression.NumberLiteral;
import io.clientele.metadata.formula.Expression.TextLiteral;
import io.clientele.metadata.formula.FormulaException.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The criteria of a rollup, in the keys that views have, as a formula over its rows: one language,
 * one way to be safe from what people write into it.
 */
final class RollupCriteria {
  private final Module rows;

  private RollupCriteria(Module rows) {
    this.rows = rows;
  }

  /** The condition; true for no criteria. */
  static Expression of(Compilation compilation, Module rows, JsonNode criteria) {
    return criteria.isObject() && !criteria.isEmpty()
        ? new RollupCriteria(rows).condition(criteria)
        : new BooleanLiteral(true);
  }

  private Expression condition(JsonNode criteria) {
    if (!criteria.path("group").isArray()) {
      return one(criteria);
    }
    boolean any = criteria.path("group_operator").asString("AND").equalsIgnoreCase("or");
    return criteria
        .path("group")
        .valueStream()
        .map(this::condition)
        .reduce((one, other) -> new Binary(any ? Operator.OR : Operator.AND, one, other))
        .orElse(new BooleanLiteral(true));
  }

  private Expression one(JsonNode criterion) {
    JsonNode name = criterion.path("field");
    String apiName = name.isObject() ? name.path("api_name").asString("") : name.asString("");
    Field field =
        rows.field(apiName)
            .orElseThrow(
                () ->
                    new FormulaException(
                        Problem.PARTICIPATING_FIELD_NOT_FOUND, 0, "no field " + apiName));
    boolean reference = field.dataType().endsWith("lookup");
    Expression left = new FieldReference(reference ? apiName + ".id" : apiName);
    String comparator = criterion.path("comparator").asString("");
    List<Expression> values =
        criterion.path("value").isArray()
            ? criterion.path("value").valueStream().map(value -> value(field, value)).toList()
            : List.of(value(field, criterion.path("value")));
    if (isPresence(criterion.path("value"))) {
      return new Binary(Operator.NOT_EQUAL, left, new NullLiteral());
    }
    return comparison(comparator, left, values);
  }

  private static boolean isPresence(JsonNode value) {
    return value.isString() && value.asString().equals("${NOTEMPTY}");
  }

  private static Expression comparison(
      String comparator, Expression left, List<Expression> values) {
    Expression first = values.isEmpty() ? new NullLiteral() : values.getFirst();
    return switch (comparator) {
      case "equal", "in" -> any(left, values);
      case "not_equal", "not_in" -> new Not(any(left, values));
      case "greater_than" -> new Binary(Operator.GREATER, left, first);
      case "greater_equal" -> new Binary(Operator.GREATER_EQUAL, left, first);
      case "less_than" -> new Binary(Operator.LESS, left, first);
      case "less_equal" -> new Binary(Operator.LESS_EQUAL, left, first);
      case "between" ->
          new Binary(
              Operator.AND,
              new Binary(Operator.GREATER_EQUAL, left, first),
              new Binary(Operator.LESS_EQUAL, left, values.getLast()));
      case "contains" -> lower(Function.CONTAINS, left, first);
      case "not_contains" -> new Not(lower(Function.CONTAINS, left, first));
      case "starts_with" -> lower(Function.STARTSWITH, left, first);
      case "ends_with" -> lower(Function.ENDSWITH, left, first);
      default -> throw new FormulaException(Problem.INVALID_DATA, 0, "no comparator " + comparator);
    };
  }

  private static Expression any(Expression left, List<Expression> values) {
    return values.stream()
        .<Expression>map(value -> new Binary(Operator.EQUAL, left, value))
        .reduce((one, other) -> new Binary(Operator.OR, one, other))
        .orElse(new BooleanLiteral(false));
  }

  private static Expression lower(Function function, Expression left, Expression right) {
    return new Call(
        function,
        List.of(new Call(Function.LOWER, List.of(left)), new Call(Function.LOWER, List.of(right))));
  }

  private static Expression value(Field field, JsonNode value) {
    JsonNode plain = value.isObject() ? value.path("id") : value;
    String text = plain.asString("");
    if (plain.isNull() || plain.isMissingNode() || text.matches("\\$\\{(NOT)?EMPTY}|")) {
      return new NullLiteral();
    }
    return switch (field.valueType()) {
      case "date", "datetime", "event_reminder" -> moment(text);
      case "boolean" ->
          new BooleanLiteral(plain.asBoolean(text.equals("true") || text.equals("${TRUE}")));
      case "integer", "bigint", "double", "currency", "percent" -> number(plain);
      default -> field.dataType().endsWith("lookup") ? number(plain) : new TextLiteral(text);
    };
  }

  private static Expression number(JsonNode value) {
    String text = value.asString("").strip();
    if (!text.matches("-?\\d{1,19}(\\.\\d{1,9})?")) {
      throw new FormulaException(Problem.INVALID_DATA, 0, "no number: " + text);
    }
    return new NumberLiteral(new BigDecimal(text));
  }

  /** A day; of a moment its day counts, as criteria have no time zone. */
  private static Expression moment(String text) {
    Expression now = new Call(Function.DATEPART, List.of(new Call(Function.NOW, List.of())));
    if (text.equals("${TODAY}")) {
      return now;
    }
    try {
      LocalDate day = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      Expression moment =
          new Call(
              Function.NEWDATE,
              List.of(
                  of(day.getYear()),
                  of(day.getMonthValue()),
                  of(day.getDayOfMonth()),
                  of(0),
                  of(0),
                  new TextLiteral("AM")));
      return new Call(Function.DATEPART, List.of(moment));
    } catch (DateTimeException e) {
      throw new FormulaException(Problem.INVALID_DATA, 0, "no date: " + text);
    }
  }

  private static Expression of(int number) {
    return new NumberLiteral(BigDecimal.valueOf(number));
  }
}
