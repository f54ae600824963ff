package io.clientele.metadata.formula;

import java.math.BigDecimal;
import java.util.List;

/** A formula as a tree. Equal formulas are equal trees, wherever blanks and brackets stood. */
sealed interface Expression {
  record NumberLiteral(BigDecimal value) implements Expression {}

  record TextLiteral(String value) implements Expression {}

  record BooleanLiteral(boolean value) implements Expression {}

  record NullLiteral() implements Expression {}

  /** What stands between <code>${</code> and <code>}</code>, or a name alone. */
  record FieldReference(String path) implements Expression {}

  /** {@code -operand}. */
  record Negation(Expression operand) implements Expression {}

  /** {@code !operand}. */
  record Not(Expression operand) implements Expression {}

  record Binary(Operator operator, Expression left, Expression right) implements Expression {}

  record Call(Function function, List<Expression> arguments) implements Expression {}
}
