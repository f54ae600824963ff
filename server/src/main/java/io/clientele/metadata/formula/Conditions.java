package io.clientele.metadata.formula;

import io.clientele.metadata.formula.Expression.Binary;
import io.clientele.metadata.formula.Expression.NullLiteral;
import io.clientele.metadata.formula.Expression.TextLiteral;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comparisons, logic and {@code If}. Conditions are true or false, never empty: nothing is greater
 * or less than an empty number or date, and it equals only another empty one; an empty text is
 * {@code ''}. Compared with {@code ''} or {@code null}, every field tells whether it is empty.
 */
final class Conditions {
  private Conditions() {}

  static Value compare(FormulaCompiler compiler, Binary binary) {
    if (isEmpty(binary.right())) {
      return emptiness(compiler, binary, compiler.compile(binary.left()));
    }
    if (isEmpty(binary.left())) {
      return emptiness(compiler, binary, compiler.compile(binary.right()));
    }
    Value left = compiler.compile(binary.left());
    Value right = compiler.compile(binary.right());
    Type type = compiler.common(left.type(), right.type(), binary);
    String a = compiler.as(left, type, binary.left()).sql();
    String b = compiler.as(right, type, binary.right()).sql();
    if (type == Type.TEXT) {
      a = "coalesce(" + a + ", '')";
      b = "coalesce(" + b + ", '')";
    }
    return Value.bool(
        switch (binary.operator()) {
          case EQUAL -> "(" + a + " is not distinct from " + b + ")";
          case NOT_EQUAL -> "(" + a + " is distinct from " + b + ")";
          default -> "coalesce(" + a + " " + binary.operator().symbol() + " " + b + ", false)";
        });
  }

  private static boolean isEmpty(Expression side) {
    return side instanceof NullLiteral
        || side instanceof TextLiteral text && text.value().isEmpty();
  }

  private static Value emptiness(FormulaCompiler compiler, Binary binary, Value value) {
    String test =
        value.type() == Type.TEXT ? "nullif(" + value.sql() + ", '')" : "(" + value.sql() + ")";
    return switch (binary.operator()) {
      case EQUAL -> Value.bool("(" + test + " is null)");
      case NOT_EQUAL -> Value.bool("(" + test + " is not null)");
      default ->
          throw new FormulaException(
              Problem.INCORRECT_DATA_TYPE_PARAM,
              compiler.position(binary),
              "nothing is greater or less than an empty value");
    };
  }

  static Value call(Arguments given, Function function) {
    return switch (function) {
      case IF -> choice(given);
      case AND -> join(given, " and ");
      case OR -> join(given, " or ");
      case NOT -> Value.bool("(not " + given.condition(0) + ")");
      default -> throw new IllegalArgumentException(function.word());
    };
  }

  private static Value join(Arguments given, String word) {
    return both(
        java.util.stream.IntStream.range(0, given.call().arguments().size())
            .mapToObj(given::condition)
            .toList(),
        word);
  }

  static Value both(List<String> conditions, String word) {
    return Value.bool(conditions.stream().collect(Collectors.joining(word, "(", ")")));
  }

  /** {@code ''} in place of a number or date means none. */
  private static Value choice(Arguments given) {
    Expression yes = given.call().arguments().get(1);
    Expression no = given.call().arguments().get(2);
    Value first = given.value(1);
    Value second = given.value(2);
    Value chosen = isEmpty(yes) && !second.is(Type.TEXT) ? Value.nothing(second.type()) : first;
    Value other = isEmpty(no) && !first.is(Type.TEXT) ? Value.nothing(first.type()) : second;
    FormulaCompiler compiler = given.compiler();
    Type type = compiler.common(chosen.type(), other.type(), no);
    String sql =
        "case when "
            + given.condition(0)
            + " then "
            + compiler.as(chosen, type, yes).sql()
            + " else "
            + compiler.as(other, type, no).sql()
            + " end";
    return Value.of(type, type == Type.BOOLEAN ? "coalesce(" + sql + ", false)" : "(" + sql + ")");
  }
}
