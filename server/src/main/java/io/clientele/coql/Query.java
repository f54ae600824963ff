package io.clientele.coql;

import java.util.List;
import java.util.Optional;

/**
 * A query as it was written; names are not looked up yet.
 *
 * @param limit what stands there, which need not be a number
 */
record Query(
    List<Column> columns,
    Source source,
    Condition where,
    List<Expression> groupBy,
    List<Order> orderBy,
    Optional<String> limit,
    Optional<String> offset) {

  record Column(Expression expression, Optional<String> alias) {}

  /** A module, and the custom view of it whose records are meant. */
  record Source(String module, Optional<String> view) {}

  record Order(Expression expression, boolean ascending) {}

  /** What can be selected, grouped by and ordered by. */
  sealed interface Expression {}

  /** {@code Account_Name.Owner.role.id}, {@code What_Id->Leads.Company}. */
  record Path(String text) implements Expression {
    @Override
    public String toString() {
      return text;
    }
  }

  /** {@code COUNT(id)}. */
  record Call(String function, String argument) implements Expression {
    @Override
    public String toString() {
      return function + "(" + argument + ")";
    }
  }

  /** What a row must be like. */
  sealed interface Condition {}

  /** Two conditions: both, or one at least. */
  record Junction(boolean both, Condition left, Condition right) implements Condition {}

  /** One criterion. */
  record Test(String column, Operator operator, List<Operand> operands) implements Condition {}

  /** What a criterion compares with. */
  sealed interface Operand {}

  record Text(String value) implements Operand {}

  record Subquery(Query query) implements Operand {}
}
