package io.clientele.coql;

import io.clientele.coql.Query.Column;
import io.clientele.coql.Query.Condition;
import io.clientele.coql.Query.Expression;
import io.clientele.coql.Query.Junction;
import io.clientele.coql.Query.Operand;
import io.clientele.coql.Query.Subquery;
import io.clientele.coql.Query.Test;
import io.clientele.coql.Query.Text;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a query in its usual form, which reads back as the same tree. */
final class QueryPrinter {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_.$]*");
  private static final Set<String> KEY_WORDS =
      Set.of(
          "select", "from", "where", "group", "order", "by", "as", "and", "or", "not", "in", "is",
          "null", "like", "between", "asc", "desc", "limit", "offset");

  private QueryPrinter() {}

  static String print(Query query) {
    var text = new StringBuilder("select ");
    text.append(list(query.columns().stream().map(QueryPrinter::column).toList()));
    text.append(" from ").append(name(query.source().module()));
    query.source().view().ifPresent(view -> text.append('#').append(view));
    text.append(" where ").append(condition(query.where()));
    if (!query.groupBy().isEmpty()) {
      text.append(" group by ")
          .append(list(query.groupBy().stream().map(QueryPrinter::expression).toList()));
    }
    if (!query.orderBy().isEmpty()) {
      text.append(" order by ");
      text.append(
          list(
              query.orderBy().stream()
                  .map(one -> expression(one.expression()) + (one.ascending() ? "" : " desc"))
                  .toList()));
    }
    query.limit().ifPresent(limit -> text.append(" limit ").append(value(limit)));
    query.offset().ifPresent(offset -> text.append(" offset ").append(value(offset)));
    return text.toString();
  }

  private static String column(Column column) {
    return expression(column.expression())
        + column.alias().map(alias -> " as " + quoted(alias)).orElse("");
  }

  private static String expression(Expression expression) {
    return switch (expression) {
      case Query.Path path -> name(path.text());
      case Query.Call call -> name(call.function()) + "(" + name(call.argument()) + ")";
    };
  }

  static String condition(Condition condition) {
    return switch (condition) {
      case Junction junction ->
          operand(junction.left())
              + (junction.both() ? " and " : " or ")
              + operand(junction.right());
      case Test test -> test(test);
    };
  }

  private static String operand(Condition condition) {
    return condition instanceof Junction ? "(" + condition(condition) + ")" : condition(condition);
  }

  private static String test(Test test) {
    String start = name(test.column()) + " " + test.operator().sign();
    List<String> operands = test.operands().stream().map(QueryPrinter::operand).toList();
    if (operands.isEmpty()) {
      return start;
    }
    boolean subquery = test.operands().getFirst() instanceof Subquery;
    return start
        + " "
        + (test.operator().isList() && !subquery
            ? "(" + list(operands) + ")"
            : String.join(" and ", operands));
  }

  private static String operand(Operand operand) {
    return switch (operand) {
      case Text text -> value(text.value());
      case Subquery subquery -> "(" + print(subquery.query()) + ")";
    };
  }

  private static String list(List<String> items) {
    return items.stream().collect(Collectors.joining(", "));
  }

  private static String name(String text) {
    boolean plain =
        NAME.matcher(text).matches() && !KEY_WORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  private static String value(String text) {
    return text.matches("-?\\d+(\\.\\d+)?") ? text : quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
