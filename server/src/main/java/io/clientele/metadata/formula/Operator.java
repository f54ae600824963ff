package io.clientele.metadata.formula;

import java.util.Arrays;
import java.util.Optional;

/** What stands between two operands, from the weakest binding to the strongest. */
enum Operator {
  OR(1, "||"),
  AND(2, "&&"),
  EQUAL(3, "==", "="),
  NOT_EQUAL(3, "!=", "<>"),
  LESS(4, "<"),
  LESS_EQUAL(4, "<="),
  GREATER(4, ">"),
  GREATER_EQUAL(4, ">="),
  ADD(5, "+"),
  SUBTRACT(5, "-"),
  MULTIPLY(6, "*"),
  DIVIDE(6, "/"),
  MODULO(6, "%"),
  POWER(7, "^");

  private final int strength;
  private final String[] symbols;

  Operator(int strength, String... symbols) {
    this.strength = strength;
    this.symbols = symbols;
  }

  int strength() {
    return strength;
  }

  String symbol() {
    return symbols[0];
  }

  static Optional<Operator> of(String symbol) {
    return Arrays.stream(values())
        .filter(operator -> Arrays.asList(operator.symbols).contains(symbol))
        .findFirst();
  }
}
