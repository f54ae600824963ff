package io.clientele.metadata.formula;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A rollup summary: {@code {"expression":{"function":"SUM","function_parameters":[{"api_name":…}],
 * "criteria":…},"related_list":{…},"based_on_module":{…}}}, one number or date over the rows that
 * belong to a record, found through the index of their lookup. Every row counts, whoever may see
 * it. Without rows, counts and sums are 0, the others empty.
 */
final class Rollup {
  private final Compilation compilation;
  private final Module module;
  private final JsonNode definition;

  Rollup(Compilation compilation, Module module, JsonNode definition) {
    this.compilation = compilation;
    this.module = module;
    this.definition = definition;
  }

  /** Its value for the record that the statement calls {@code alias}. */
  Value value(String alias) {
    RelatedRows related = RelatedRows.of(compilation, module, definition);
    Module rows = related.rows();
    JsonNode expression = definition.path("expression");
    String row = compilation.alias();
    Value result = aggregate(rows, row, expression);
    String where = related.condition().apply(alias, row);
    Expression criteria = RollupCriteria.of(compilation, rows, expression.path("criteria"));
    Value test = new FormulaCompiler(compilation, rows, row, Formula.of(criteria), false).compile();
    return Value.of(
        result.type(),
        "(select %s from %s %s where %s and %s)"
            .formatted(result.sql(), compilation.table(rows), row, where, test.sql()));
  }

  private Value aggregate(Module rows, String row, JsonNode expression) {
    String function = expression.path("function").asString("").toUpperCase(Locale.ROOT);
    String name = expression.path("function_parameters").path(0).path("api_name").asString("");
    if (function.equals("COUNT") && (name.isEmpty() || name.equals("id"))) {
      return Value.number("count(*)::numeric");
    }
    Field field =
        rows.field(name)
            .orElseThrow(
                () ->
                    new FormulaException(
                        Problem.PARTICIPATING_FIELD_NOT_FOUND, 0, "no field " + name));
    Value value = Fields.value(compilation, rows, field, row, 0);
    boolean number = value.type() == Type.NUMBER;
    boolean ordered = number || value.type().isMoment();
    return switch (function) {
      case "COUNT" -> Value.number("count(" + value.sql() + ")::numeric");
      case "SUM" -> Value.number("coalesce(sum(" + require(number, value, field) + "), 0)");
      case "AVERAGE", "AVG" -> Value.number("avg(" + require(number, value, field) + ")");
      case "MIN", "MINIMUM", "OLDEST" ->
          Value.of(value.type(), "min(" + require(ordered, value, field) + ")");
      case "MAX", "MAXIMUM", "RECENT" ->
          Value.of(value.type(), "max(" + require(ordered, value, field) + ")");
      default -> throw new FormulaException(Problem.INVALID_DATA, 0, "no function " + function);
    };
  }

  private static String require(boolean fits, Value value, Field field) {
    if (!fits) {
      throw new FormulaException(
          Problem.INCORRECT_DATA_TYPE_PARAM, 0, field + " cannot be summarised so");
    }
    return value.sql();
  }
}
