package io.clientele.coql;

import io.clientele.coql.Plan.Aggregate;
import io.clientele.coql.Plan.Criterion;
import io.clientele.coql.Plan.Function;
import io.clientele.coql.Plan.Ordering;
import io.clientele.coql.Plan.Output;
import io.clientele.coql.Plan.Value;
import io.clientele.coql.Query.Call;
import io.clientele.coql.Query.Condition;
import io.clientele.coql.Query.Expression;
import io.clientele.coql.Query.Order;
import io.clientele.coql.Query.Path;
import io.clientele.coql.Query.Test;
import io.clientele.error.ApiError;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Module;
import io.clientele.metadata.criteria.Kind;
import io.clientele.records.Views;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks up what a query names and checks it against the limits. */
final class Planner {
  private static final int MAXIMUM_JOINS = 5;
  private static final int MAXIMUM_SELECT_JOINS = 15;
  private static final int MAXIMUM_CRITERIA = 25;
  private static final int MAXIMUM_GROUPS = 4;
  private static final int MAXIMUM_ORDERS = 10;
  private static final int MAXIMUM_SUBQUERIES = 5;

  private final Sources sources;
  private final Views views;
  private final Amounts amounts;
  private final Query query;
  private final int[] subqueriesLeft;
  private final @Nullable Module module;
  private final Joins inner;
  private final Joins outer;
  private final List<Plan> subqueries = new ArrayList<>();
  private int criteria;

  private Planner(
      Sources sources, Views views, Amounts amounts, Query query, int[] subqueriesLeft) {
    this.sources = sources;
    this.views = views;
    this.amounts = amounts;
    this.query = query;
    this.subqueriesLeft = subqueriesLeft;
    String source = query.source().module();
    String name = source.startsWith("!") ? source.substring(1) : source;
    module = sources.isUsers(name) ? null : sources.module(name);
    inner = new Joins(sources, "t", module);
    outer = new Joins(sources, "s", module);
  }

  /**
   * @throws ApiError INVALID_QUERY, INVALID_MODULE, LIMIT_EXCEEDED and others, with what is wrong
   */
  static Plan plan(Sources sources, Views views, Query query, int maximumRows) {
    return new Planner(
            sources, views, Amounts.upTo(maximumRows), query, new int[] {MAXIMUM_SUBQUERIES})
        .plan();
  }

  private Plan plan() {
    boolean aggregated =
        !query.groupBy().isEmpty()
            || query.columns().stream().anyMatch(column -> column.expression() instanceof Call);
    var selected = new SelectedColumns(query.columns());
    selected.check();
    List<Output> outputs = outputs(aggregated ? inner : outer);
    Criterion where = criterion(query.where());
    List<Named> groups = groups();
    List<Ordering> orders = orders(selected, outputs, aggregated);
    if (aggregated) {
      outputs.forEach(output -> checkGrouped(output.value(), groups, "select"));
      orders.forEach(order -> checkGrouped(order.value(), groups, "order by"));
    }
    checkJoins();
    return new Plan(
        query,
        module,
        view(),
        hidesConverted(),
        inner,
        outer,
        outputs,
        where,
        groups,
        orders,
        List.copyOf(subqueries),
        aggregated,
        amounts.limit(query),
        amounts.offset(query));
  }

  private List<Output> outputs(Joins joins) {
    List<Output> outputs = new ArrayList<>();
    for (Query.Column column : query.columns()) {
      Value value =
          switch (column.expression()) {
            case Path path -> new Plan.Column(selectable(joins.named(path.text())));
            case Call call -> aggregate(call);
          };
      outputs.add(new Output(column.alias().orElse(column.expression().toString()), value));
    }
    return outputs;
  }

  /** Values that are rows of other modules, or files, are no columns. */
  private static Named selectable(Named named) {
    boolean rows =
        named
            .asField()
            .filter(
                field ->
                    field.valueColumn().isEmpty()
                        || field.dataType().equals("fileupload")
                        || field.dataType().equals("imageupload"))
            .isPresent();
    if (rows) {
      throw Problem.unsupported(named.path());
    }
    return named;
  }

  private Aggregate aggregate(Call call) {
    Function function =
        Arrays.stream(Function.values())
            .filter(one -> one.name().equals(call.function()))
            .findFirst()
            .orElseThrow(() -> Problem.function(call.toString()));
    Named argument = inner.named(call.argument());
    Kind kind = argument.kind().orElseThrow(() -> Problem.function(call.toString()));
    boolean fits =
        switch (function) {
          case COUNT ->
              switch (kind) {
                case NUMBER, REFERENCE, USER -> true;
                case TEXT -> argument.dataType().equals("picklist");
                case DATE, DATETIME, FLAG, CHOICES, TAGS, LINKS, TERRITORIES -> false;
              };
          case SUM, AVG -> kind == Kind.NUMBER && !argument.isId();
          case MIN, MAX -> kind == Kind.NUMBER || kind.isMoment();
        };
    if (!fits) {
      throw Problem.function(call.toString());
    }
    return new Aggregate(call, function, argument);
  }

  private List<Named> groups() {
    if (query.groupBy().size() > MAXIMUM_GROUPS) {
      throw Problem.limit("group by", MAXIMUM_GROUPS);
    }
    Set<String> names = new HashSet<>();
    List<Named> groups = new ArrayList<>();
    for (Expression expression : query.groupBy()) {
      if (!(expression instanceof Path(String path))) {
        throw Problem.inClause(expression.toString(), "group by");
      }
      if (!names.add(path)) {
        throw Problem.duplicate(path, "group by column");
      }
      groups.add(sortable(inner.named(path)));
    }
    return groups;
  }

  private static Named sortable(Named named) {
    if (named.kind().filter(Kind::isSortable).isEmpty()) {
      throw Problem.unsupported(named.path());
    }
    return named;
  }

  /** An alias stands for its column. */
  private List<Ordering> orders(
      SelectedColumns selected, List<Output> outputs, boolean aggregated) {
    if (query.orderBy().size() > MAXIMUM_ORDERS) {
      throw Problem.limit("order by", MAXIMUM_ORDERS);
    }
    Set<Expression> seen = new HashSet<>();
    List<Ordering> orders = new ArrayList<>();
    for (Order order : query.orderBy()) {
      Expression expression = selected.meant(order.expression());
      if (!seen.add(expression)) {
        throw Problem.duplicate(order.expression().toString(), "order by column");
      }
      Value value =
          switch (expression) {
            case Path path -> new Plan.Column(sortable(inner.named(path.text())));
            case Call call -> {
              if (!aggregated) {
                throw Problem.inClause(call.toString(), "order by");
              }
              yield aggregate(call);
            }
          };
      orders.add(new Ordering(value, order.ascending()));
    }
    return orders;
  }

  private static void checkGrouped(Value value, List<Named> groups, String clause) {
    if (value instanceof Plan.Column(Named named)
        && groups.stream().noneMatch(group -> group.path().equals(named.path()))) {
      throw Problem.inClause(named.path(), clause.equals("select") ? "group by" : clause);
    }
  }

  private void checkJoins() {
    if (inner.paths().size() > MAXIMUM_JOINS) {
      throw Problem.limit("join", MAXIMUM_JOINS);
    }
    if (outer.paths().size() > MAXIMUM_SELECT_JOINS) {
      throw Problem.limit("select join", MAXIMUM_SELECT_JOINS);
    }
  }

  private Criterion criterion(Condition condition) {
    return switch (condition) {
      case Query.Junction(boolean both, Condition left, Condition right) ->
          both
              ? new Plan.Both(criterion(left), criterion(right))
              : new Plan.Either(criterion(left), criterion(right));
      case Test test -> compared(test);
    };
  }

  private Criterion compared(Test test) {
    if (++criteria > MAXIMUM_CRITERIA) {
      throw Problem.limit("criteria", MAXIMUM_CRITERIA);
    }
    Named named = inner.named(test.column());
    List<Plan.Operand> operands = new ArrayList<>();
    for (Query.Operand operand : test.operands()) {
      operands.add(
          switch (operand) {
            case Query.Text(String value) -> new Plan.Literal(value);
            case Query.Subquery(Query other) -> subquery(other);
          });
    }
    var compared = new Plan.Compared(named, test.operator(), operands);
    Comparison.check(compared, sources);
    return compared;
  }

  private Plan.Operand subquery(Query other) {
    int sequence = subqueries.size();
    if (subqueriesLeft[0]-- == 0) {
      throw Problem.limit("sub query", MAXIMUM_SUBQUERIES);
    }
    if (other.columns().size() != 1) {
      throw Problem.severalColumns(
          sequence,
          other.columns().stream().map(column -> column.expression().toString()).toList());
    }
    subqueries.add(new Planner(sources, views, Amounts.ofSubquery(), other, subqueriesLeft).plan());
    return new Plan.Found(sequence);
  }

  private Optional<CustomView> view() {
    return query
        .source()
        .view()
        .map(
            id -> {
              try {
                Module viewed = Optional.ofNullable(module).orElseThrow(() -> Problem.view(id));
                return views.require(
                    sources.metadata(), viewed, Long.parseLong(id), sources.userId());
              } catch (NumberFormatException | ApiError e) {
                throw Problem.view(id);
              }
            });
  }

  private boolean hidesConverted() {
    return module != null
        && module.field("Converted__s").isPresent()
        && columnsOf(query.where()).noneMatch(column -> column.contains("Converted"));
  }

  private static Stream<String> columnsOf(Condition condition) {
    return switch (condition) {
      case Query.Junction(boolean _, Condition left, Condition right) ->
          Stream.concat(columnsOf(left), columnsOf(right));
      case Test test -> Stream.of(test.column());
    };
  }
}
