package io.clientele.metadata.formula;

import io.clientele.metadata.formula.Expression.Binary;
import io.clientele.metadata.formula.Expression.BooleanLiteral;
import io.clientele.metadata.formula.Expression.Call;
import io.clientele.metadata.formula.Expression.FieldReference;
import io.clientele.metadata.formula.Expression.Negation;
import io.clientele.metadata.formula.Expression.Not;
import io.clientele.metadata.formula.Expression.NullLiteral;
import io.clientele.metadata.formula.Expression.NumberLiteral;
import io.clientele.metadata.formula.Expression.TextLiteral;
import java.util.stream.Collectors;

/** A tree as a formula that reads back to the same tree, every bracket written. */
final class FormulaPrinter {
  private FormulaPrinter() {}

  static String print(Expression expression) {
    return switch (expression) {
      case NumberLiteral number -> number.value().toPlainString();
      case TextLiteral text -> "'" + text.value().replace("'", "''") + "'";
      case BooleanLiteral bool -> Boolean.toString(bool.value());
      case NullLiteral nothing -> "null";
      case FieldReference field -> "${" + field.path() + "}";
      case Negation negation -> "(-" + print(negation.operand()) + ")";
      case Not not -> "(!" + print(not.operand()) + ")";
      case Binary(Operator operator, Expression left, Expression right) ->
          "(" + print(left) + " " + operator.symbol() + " " + print(right) + ")";
      case Call(Function function, var arguments) ->
          arguments.stream()
              .map(FormulaPrinter::print)
              .collect(Collectors.joining(", ", function.word() + "(", ")"));
    };
  }
}
