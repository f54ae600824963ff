package io.clientele.metadata.formula;

import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import io.clientele.metadata.types.FieldTypes;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What a computed field answers: numbers rounded half up to its decimal places, texts, dates,
 * moments or truth values. Into a text every value turns; between dates and moments each turns into
 * the other; else the expression must have the type that the field returns.
 */
record ReturnType(String name, int decimalPlaces) {
  private static final int USUAL_DECIMAL_PLACES = 2;
  private static final int MOST_DECIMAL_PLACES = 9;
  private static final int LONGEST_TEXT = 32_000;

  static ReturnType of(JsonNode definition) {
    JsonNode computation = definition.path(definition.path("data_type").asString(""));
    int places = definition.path("decimal_place").asInt(USUAL_DECIMAL_PLACES);
    return new ReturnType(
        FieldTypes.returned(computation.path("return_type").asString("")),
        Math.clamp(places, 0, MOST_DECIMAL_PLACES));
  }

  /** The value as the field has it, still of a type that formulas count with. */
  Value convert(Compilation compilation, Value value) {
    Type type = type();
    Value given = value.type() == Type.NOTHING ? Value.nothing(type) : value;
    if (given.type() != type
        && type != Type.TEXT
        && !(given.type().isMoment() && type.isMoment())) {
      throw new FormulaException(
          Problem.INVALID_DATA,
          0,
          "the expression is "
              + given.type().name().toLowerCase(Locale.ROOT)
              + ", the field returns "
              + name);
    }
    return switch (type) {
      case NUMBER -> number(given.sql());
      case BOOLEAN -> Value.bool("coalesce(" + given.sql() + ", false)");
      case DATE, DATETIME -> moment(compilation, given, type);
      case TEXT, NOTHING -> {
        String text = Texts.toText(compilation.zone(), given).sql();
        yield Value.text("nullif(left(" + text + ", " + LONGEST_TEXT + "), '')");
      }
    };
  }

  private Value number(String sql) {
    return Value.number(
        switch (name) {
          case "integer" -> Numbers.between("round(" + sql + ")", "-2147483648", "2147483647");
          case "bigint" ->
              Numbers.between("round(" + sql + ")", "-9223372036854775808", "9223372036854775807");
          default ->
              "trim_scale("
                  + Numbers.between("round(" + sql + ", " + decimalPlaces + ")", "-1e60", "1e60")
                  + ")";
        });
  }

  private static Value moment(Compilation compilation, Value value, Type type) {
    if (value.type() == type) {
      return value;
    }
    return Value.of(
        type,
        type == Type.DATE
            ? "(" + Moments.local(compilation.zone(), value) + ")::date"
            : Moments.absolute(compilation.zone(), value));
  }

  private Type type() {
    return switch (name) {
      case "double", "currency", "percent", "integer", "bigint" -> Type.NUMBER;
      case "date" -> Type.DATE;
      case "datetime" -> Type.DATETIME;
      case "boolean" -> Type.BOOLEAN;
      default -> Type.TEXT;
    };
  }
}
