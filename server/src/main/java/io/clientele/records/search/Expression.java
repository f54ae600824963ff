package io.clientele.records.search;

import java.util.List;

/** What the parameter {@code criteria} says, as it is written. */
sealed interface Expression {
  /** Several expressions, all or any of which must hold. */
  record Group(boolean any, List<Expression> parts) implements Expression {}

  /**
   * One comparison.
   *
   * @param values what stands between commas, without the backslashes
   */
  record Condition(String field, String operator, List<String> values) implements Expression {}
}
