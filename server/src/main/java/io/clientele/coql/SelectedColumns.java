package io.clientele.coql;

import io.clientele.coql.Query.Call;
import io.clientele.coql.Query.Column;
import io.clientele.coql.Query.Expression;
import io.clientele.coql.Query.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns that a query selects, and the aliases it gives them. */
final class SelectedColumns {
  private static final int MAXIMUM_COLUMNS = 500;
  private static final int MAXIMUM_AGGREGATES = 5;

  private final List<Column> columns;
  private final Map<String, Expression> byAlias = new HashMap<>();

  SelectedColumns(List<Column> columns) {
    this.columns = columns;
  }

  /** What an expression of ORDER BY means: the column that has it for an alias, or itself. */
  Expression meant(Expression expression) {
    return expression instanceof Path(String text)
        ? byAlias.getOrDefault(text, expression)
        : expression;
  }

  /**
   * @throws io.clientele.error.ApiError LIMIT_EXCEEDED, DUPLICATE_DATA, INVALID_ALIAS,
   *     DUPLICATE_ALIAS or INVALID_QUERY
   */
  void check() {
    if (columns.size() > MAXIMUM_COLUMNS) {
      throw Problem.limit("select column", MAXIMUM_COLUMNS);
    }
    if (columns.stream().filter(column -> column.expression() instanceof Call).count()
        > MAXIMUM_AGGREGATES) {
      throw Problem.limit("aggregate", MAXIMUM_AGGREGATES);
    }
    checkDuplicates();
    columns.forEach(this::checkAlias);
  }

  private void checkDuplicates() {
    Set<Expression> seen = new HashSet<>();
    for (Column column : columns) {
      if (!seen.add(column.expression())) {
        throw switch (column.expression()) {
          case Path path -> Problem.duplicate(path.text(), "select column");
          case Call call -> Problem.duplicateAggregate(call);
        };
      }
    }
  }

  private void checkAlias(Column column) {
    if (column.alias().isEmpty()) {
      return;
    }
    String alias = column.alias().get();
    String name = column.expression().toString();
    if (alias.isBlank()) {
      throw Problem.emptyAlias(name);
    }
    Expression other = byAlias.putIfAbsent(alias, column.expression());
    if (other != null) {
      throw Problem.duplicateAlias(List.of(other.toString(), name), alias);
    }
    for (Column one : columns) {
      if (one.alias().isEmpty() && one.expression().toString().equals(alias)) {
        throw Problem.aliasIsColumn(name, alias);
      }
    }
  }
}
