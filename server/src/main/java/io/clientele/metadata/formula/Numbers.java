package io.clientele.metadata.formula;

import static java.util.stream.Collectors.joining;

import io.clientele.metadata.formula.Expression.Binary;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Arithmetic. Numbers are exact decimals of up to 60 digits before the point and 20 behind; beyond
 * that, and where mathematics has no answer (division by zero, root of a negative number), the
 * value is empty.
 *
 * <p>An empty operand makes a product empty; a sum counts it as zero unless all of it is empty.
 * That is what the product does since it changed "how null values in formulas are computed".
 */
final class Numbers {
  /** Longer sums are aggregates: the database's stack takes only so many additions. */
  private static final int FEW_TERMS = 20;

  private Numbers() {}

  /** {@code sql}, or null when it is out of range; {@code sql} stands in it once. */
  static String bounded(String sql) {
    return between("round(" + sql + ", 20)", "-1e60", "1e60");
  }

  /** {@code sql} where it lies between the bounds, else null. Nulls stay so. */
  static String between(String sql, String low, String high) {
    return "nullif(nullif(least(greatest(%s, %s), %s), %s), %s)"
        .formatted(sql, low, high, low, high);
  }

  /** A whole number that fits an index or a count of days; null counts as 0. */
  static String whole(String sql, long limit) {
    return "least(greatest(trunc(coalesce(%s, 0)), %d), %d)".formatted(sql, -limit, limit);
  }

  /**
   * Terms of a sum, each with its sign: empty when all are, else empty ones count as zero.
   *
   * @param signs {@code "+"} or {@code "-"} for each
   */
  static Value sum(FormulaCompiler compiler, List<Value> terms, List<String> signs) {
    if (terms.size() > FEW_TERMS) {
      return Value.number(
          IntStream.range(0, terms.size())
              .mapToObj(i -> signs.get(i) + terms.get(i).sql())
              .collect(joining("), (", "(select sum(xs.x) from (values (", ")) xs(x))")));
    }
    return Value.number(
        compiler.let(
            terms,
            names ->
                IntStream.range(0, names.size())
                    .mapToObj(i -> signs.get(i) + " coalesce(" + names.get(i) + ", 0)")
                    .collect(
                        joining(
                            " ",
                            "case when coalesce("
                                + String.join(", ", names)
                                + ") is not null then ",
                            " end"))));
  }

  static Value binary(FormulaCompiler compiler, Binary binary) {
    Value left = compiler.compile(binary.left(), Value.Type.NUMBER);
    Value right = compiler.compile(binary.right(), Value.Type.NUMBER);
    return switch (binary.operator()) {
      case MULTIPLY -> Value.number(bounded(left.sql() + " * " + right.sql()));
      case DIVIDE -> Value.number(bounded(left.sql() + " / nullif(" + right.sql() + ", 0)"));
      case MODULO -> Value.number("mod(" + left.sql() + ", nullif(" + right.sql() + ", 0))");
      case POWER -> power(compiler, left, right);
      case OR, AND, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, ADD, SUBTRACT ->
          throw new IllegalArgumentException(binary.operator().symbol());
    };
  }

  /** The size of the result is known from the logarithm before anything large is computed. */
  private static Value power(FormulaCompiler compiler, Value base, Value exponent) {
    return Value.number(
        compiler.let(
            List.of(base, exponent),
            names -> {
              String a = names.get(0);
              String b = names.get(1);
              String digits = "abs(" + b + " * log(abs(nullif(" + a + ", 0))::double precision))";
              return "case when "
                  + a
                  + " = 0 then case when "
                  + b
                  + " > 0 then 0 when "
                  + b
                  + " = 0 then 1 end when abs("
                  + b
                  + ") > 1e6 or "
                  + a
                  + " < 0 and "
                  + b
                  + " <> trunc("
                  + b
                  + ") then null when "
                  + digits
                  + " < 60 then round(power("
                  + a
                  + ", "
                  + b
                  + "), 20) end";
            }));
  }

  static Value call(Arguments given, Function function) {
    return switch (function) {
      case ABS -> Value.number("abs(" + given.number(0) + ")");
      case CEIL -> Value.number("ceil(" + given.number(0) + ")");
      case FLOOR -> Value.number("floor(" + given.number(0) + ")");
      case NATURALLOG -> Value.number("ln(" + positive(given.number(0)) + ")");
      case BASE10LOG -> Value.number("log(" + positive(given.number(0)) + ")");
      case SQRT ->
          Value.number(
              given
                  .compiler()
                  .let(
                      List.of(given.value(0, Value.Type.NUMBER)),
                      names -> "case when %1$s >= 0 then sqrt(%1$s) end".formatted(names.get(0))));
      case MAX -> most(given, "greatest");
      case MIN -> most(given, "least");
      default -> throw new IllegalArgumentException(function.word());
    };
  }

  /** The number when it is greater than zero, else null. */
  private static String positive(String sql) {
    return "nullif(greatest(" + sql + ", 0), 0)";
  }

  /** Of numbers or of dates; empty ones do not count. */
  private static Value most(Arguments given, String word) {
    Value.Type type = given.common();
    if (type != Value.Type.NUMBER && !type.isMoment()) {
      throw given.wrong(0, "numbers or dates");
    }
    return Value.of(type, word + "(" + String.join(", ", given.all(type)) + ")");
  }
}
