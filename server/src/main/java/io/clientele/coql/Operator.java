package io.clientele.coql;

/** How a criterion compares. */
enum Operator {
  EQUAL("=", "equal"),
  NOT_EQUAL("!=", "not_equal"),
  GREATER(">", "greater_than"),
  GREATER_EQUAL(">=", "greater_equal"),
  LESS("<", "less_than"),
  LESS_EQUAL("<=", "less_equal"),
  LIKE("like", "like"),
  NOT_LIKE("not like", "not_contains"),
  BETWEEN("between", "between"),
  NOT_BETWEEN("not between", "not_between"),
  IN("in", "in"),
  NOT_IN("not in", "not_in"),
  NULL("is null", "equal"),
  NOT_NULL("is not null", "not_equal");

  private final String sign;
  private final String comparator;

  Operator(String sign, String comparator) {
    this.sign = sign;
    this.comparator = comparator;
  }

  /** As it is written. */
  String sign() {
    return sign;
  }

  /** The word that criteria have for it. */
  String comparator() {
    return comparator;
  }

  boolean isNullTest() {
    return this == NULL || this == NOT_NULL;
  }

  boolean isList() {
    return this == IN || this == NOT_IN;
  }

  static Operator of(String sign) {
    for (Operator operator : values()) {
      if (operator.sign.equals(sign)) {
        return operator;
      }
    }
    throw new IllegalArgumentException("no operator " + sign);
  }
}
