package io.clientele.coql;

import io.clientele.coql.Query.Call;
import io.clientele.coql.Query.Condition;
import io.clientele.coql.Query.Expression;
import io.clientele.coql.Query.Junction;
import io.clientele.coql.Query.Order;
import io.clientele.coql.Query.Path;
import io.clientele.coql.Query.Subquery;
import io.clientele.coql.Query.Test;
import io.clientele.coql.Query.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries over rows in memory, the plain way: a second opinion on what SQL makes of them.
 * Values are texts (dates and ids too), numbers and booleans; a lookup is the other row's id.
 */
final class NaiveQueries {
  private final Map<String, List<Map<String, Object>>> modules;
  private final Map<Object, Map<String, Object>> byId;

  NaiveQueries(Map<String, List<Map<String, Object>>> modules) {
    this.modules = modules;
    byId =
        modules.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(row -> row.get("id"), row -> row));
  }

  /** What the query answers: its columns' values, row by row. */
  List<List<@Nullable Object>> run(Query query) {
    List<Map<String, Object>> rows =
        modules.getOrDefault(query.source().module(), List.of()).stream()
            .filter(row -> fits(query.where(), row))
            .toList();
    boolean aggregated =
        !query.groupBy().isEmpty()
            || query.columns().stream().anyMatch(column -> column.expression() instanceof Call);
    List<List<@Nullable Object>> answers = aggregated ? grouped(query, rows) : plain(query, rows);
    int offset = query.offset().map(Integer::parseInt).orElse(0);
    int limit = query.limit().map(Integer::parseInt).orElse(200);
    return answers.stream().skip(offset).limit(limit).toList();
  }

  private List<List<@Nullable Object>> plain(Query query, List<Map<String, Object>> rows) {
    Comparator<Map<String, Object>> order = (one, other) -> 0;
    boolean ascending = true;
    for (Order by : query.orderBy()) {
      String path = ((Path) by.expression()).text();
      ascending = by.ascending();
      order = order.thenComparing(row -> value(row, path), nullsLast(ascending));
    }
    Comparator<Map<String, Object>> byId = Comparator.comparing(row -> (String) row.get("id"));
    order = order.thenComparing(ascending ? byId : byId.reversed());
    return rows.stream()
        .sorted(order)
        .map(row -> values(query, path -> value(row, path), List.of(row)))
        .toList();
  }

  private List<List<@Nullable Object>> grouped(Query query, List<Map<String, Object>> rows) {
    List<String> paths = query.groupBy().stream().map(Object::toString).toList();
    Map<List<@Nullable Object>, List<Map<String, Object>>> groups = new LinkedHashMap<>();
    if (paths.isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (Map<String, Object> row : rows) {
      var key = new ArrayList<@Nullable Object>();
      paths.forEach(path -> key.add(value(row, path)));
      groups.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
    }
    Comparator<List<@Nullable Object>> order = (one, other) -> 0;
    for (int i = 0; i < paths.size(); i++) {
      int place = i;
      order = order.thenComparing(key -> key.get(place), nullsLast(true));
    }
    return groups.keySet().stream()
        .sorted(order)
        .map(key -> values(query, path -> key.get(paths.indexOf(path)), groups.get(key)))
        .toList();
  }

  private interface Values {
    @Nullable Object of(String path);
  }

  private List<@Nullable Object> values(
      Query query, Values values, @Nullable List<Map<String, Object>> rows) {
    var answer = new ArrayList<@Nullable Object>();
    for (Query.Column column : query.columns()) {
      Expression expression = column.expression();
      answer.add(
          expression instanceof Call call
              ? aggregate(call, Objects.requireNonNull(rows))
              : values.of(expression.toString()));
    }
    return answer;
  }

  private @Nullable Object aggregate(Call call, List<Map<String, Object>> rows) {
    List<Object> values =
        rows.stream().map(row -> value(row, call.argument())).filter(Objects::nonNull).toList();
    if (call.function().equals("COUNT")) {
      return BigDecimal.valueOf(values.size());
    }
    var numbers = values.stream().map(BigDecimal.class::cast);
    return switch (call.function()) {
      case "SUM" -> numbers.reduce(BigDecimal::add).map(NaiveQueries::plain).orElse(null);
      case "MIN" -> numbers.min(Comparator.naturalOrder()).orElse(null);
      default -> numbers.max(Comparator.naturalOrder()).orElse(null);
    };
  }

  /** One number has one form. */
  static BigDecimal plain(BigDecimal number) {
    return new BigDecimal(number.stripTrailingZeros().toPlainString());
  }

  private @Nullable Object value(Map<String, Object> row, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return row.get(path);
    }
    Map<String, Object> other = byId.get(row.get(path.substring(0, dot)));
    return other == null ? null : value(other, path.substring(dot + 1));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Comparator<@Nullable Object> nullsLast(boolean ascending) {
    Comparator<Comparable> natural = Comparator.naturalOrder();
    Comparator<Object> some = (one, other) -> natural.compare((Comparable) one, (Comparable) other);
    return Comparator.nullsLast(ascending ? some : some.reversed());
  }

  private boolean fits(Condition condition, Map<String, Object> row) {
    return switch (condition) {
      case Junction(boolean both, Condition left, Condition right) ->
          both ? fits(left, row) && fits(right, row) : fits(left, row) || fits(right, row);
      case Test test -> fits(test, value(row, test.column()));
    };
  }

  /** What has no value is unlike every value. */
  private boolean fits(Test test, @Nullable Object value) {
    List<String> operands = operands(test);
    return switch (test.operator()) {
      case NULL -> value == null;
      case NOT_NULL -> value != null;
      case EQUAL, IN -> equalsAny(value, operands);
      case NOT_EQUAL, NOT_IN -> !equalsAny(value, operands);
      case GREATER -> compares(value, operands.getFirst(), sign -> sign > 0);
      case GREATER_EQUAL -> compares(value, operands.getFirst(), sign -> sign >= 0);
      case LESS -> compares(value, operands.getFirst(), sign -> sign < 0);
      case LESS_EQUAL -> compares(value, operands.getFirst(), sign -> sign <= 0);
      case BETWEEN -> isBetween(value, operands);
      case NOT_BETWEEN -> !isBetween(value, operands);
      case LIKE -> isLike(value, operands.getFirst());
      case NOT_LIKE -> !isLike(value, operands.getFirst());
    };
  }

  private List<String> operands(Test test) {
    return test.operands().stream()
        .flatMap(
            operand ->
                switch (operand) {
                  case Text(String text) -> List.of(text).stream();
                  case Subquery(Query query) ->
                      run(query).stream().map(row -> String.valueOf(row.getFirst()));
                })
        .toList();
  }

  private static boolean equalsAny(@Nullable Object value, List<String> operands) {
    return operands.stream()
        .anyMatch(
            operand ->
                switch (value) {
                  case null -> false;
                  case BigDecimal number -> number.compareTo(new BigDecimal(operand)) == 0;
                  default -> value.toString().equalsIgnoreCase(operand);
                });
  }

  private static boolean compares(@Nullable Object value, String operand, IntPredicate sign) {
    return switch (value) {
      case null -> false;
      case BigDecimal number -> sign.test(number.compareTo(new BigDecimal(operand)));
      default -> sign.test(value.toString().compareTo(operand));
    };
  }

  private static boolean isBetween(@Nullable Object value, List<String> operands) {
    return compares(value, operands.getFirst(), sign -> sign >= 0)
        && compares(value, operands.getLast(), sign -> sign <= 0);
  }

  private static boolean isLike(@Nullable Object value, String pattern) {
    String regex =
        Pattern.compile("%")
            .splitAsStream(pattern + "\u0000")
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"))
            .replace("\u0000", "");
    return value != null
        && Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(value.toString()).matches();
  }
}
