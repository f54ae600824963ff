package io.clientele.coql;

import static io.clientele.db.Sql.sql;

import io.clientele.coql.Plan.Aggregate;
import io.clientele.coql.Plan.Criterion;
import io.clientele.coql.Plan.Literal;
import io.clientele.coql.Plan.Ordering;
import io.clientele.coql.Plan.Output;
import io.clientele.db.Sql;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.types.MultiModuleLookupType;
import io.clientele.records.CriteriaSql;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as SQL. Which rows are answered is decided first, in a SELECT within; what is only read is
 * joined to those rows.
 */
final class PlanSql {
  private final Sources sources;
  private final CriteriaSql criteria;
  private final LocalDate today;
  private final Plan plan;
  private final List<List<String>> found;

  /**
   * @param found the values that each subquery has found
   */
  PlanSql(
      Sources sources, CriteriaSql criteria, LocalDate today, Plan plan, List<List<String>> found) {
    this.sources = sources;
    this.criteria = criteria;
    this.today = today;
    this.plan = plan;
    this.found = found;
  }

  Statement statement() {
    var list = new SelectList(sources);
    plan.outputs().forEach(output -> list.add(output.key(), output.value()));
    if (plan.aggregated()) {
      return new Statement(
          sql("select " + list.sql()).then(aggregated(plan.limit() + 1)),
          list.cells(),
          plan.limit());
    }
    if (plan.outputs().stream().noneMatch(output -> output.key().equals("id"))) {
      list.addId();
    }
    Sql statement =
        sql("select " + list.sql() + " from (")
            .then(rows())
            .then(") " + Joins.BASE)
            .then(Sql.join("", plan.outer().sql()));
    return new Statement(statement.then("order by " + outerOrder()), list.cells(), plan.limit());
  }

  /** The one column of a subquery, as texts. */
  Sql values() {
    Output output = plan.outputs().getFirst();
    return switch (output.value()) {
      case Aggregate aggregate ->
          sql("select " + text(SelectList.sql(aggregate, sources), aggregate.argument()))
              .then(aggregated(plan.limit()));
      case Plan.Column(Named named) -> {
        Sql select = sql("select " + text(sources.value(named), named));
        yield plan.aggregated()
            ? select.then(aggregated(plan.limit()))
            : select
                .then("from (")
                .then(rows())
                .then(") " + Joins.BASE)
                .then(Sql.join("", plan.outer().sql()))
                .then("order by " + outerOrder())
                .then("limit ?", plan.limit());
      }
    };
  }

  private static String text(String value, Named named) {
    return switch (named.kind().orElse(Kind.TEXT)) {
      case DATETIME ->
          "to_char(" + value + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
      case CHOICES, TAGS, TERRITORIES -> "array_to_string(" + value + ", ';')";
      case TEXT, NUMBER, DATE, FLAG, REFERENCE, USER, LINKS -> value + "::text";
    };
  }

  /** The rows that are answered, in their order, with what they are ordered by. */
  private Sql rows() {
    var columns = new StringBuilder("select " + Joins.BASE + ".*");
    for (int i = 0; i < plan.orders().size(); i++) {
      columns.append(", ").append(value(plan.orders().get(i).value()));
      columns.append(" as ").append(orderColumn(i));
    }
    List<String> order = new ArrayList<>();
    for (Ordering ordering : plan.orders()) {
      order.add(value(ordering.value()) + direction(ordering));
    }
    order.add(Joins.BASE + ".\"id\"" + (lastAscends() ? "" : " desc"));
    return sql(columns.toString())
        .then(from())
        .then("order by " + String.join(", ", order))
        .then("limit ? offset ?", plan.limit() + 1, plan.offset());
  }

  private String outerOrder() {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < plan.orders().size(); i++) {
      order.add(Joins.BASE + "." + orderColumn(i) + direction(plan.orders().get(i)));
    }
    order.add(Joins.BASE + ".\"id\"" + (lastAscends() ? "" : " desc"));
    return String.join(", ", order);
  }

  private static String orderColumn(int i) {
    return "\"$order" + i + "\"";
  }

  private boolean lastAscends() {
    return plan.orders().isEmpty() || plan.orders().getLast().ascending();
  }

  /** An index is read in either direction only where nothing is said of rows without a value. */
  private static String direction(Ordering ordering) {
    boolean always =
        ordering.value() instanceof Plan.Column(Named.OfModule field) && field.isAlways();
    return (ordering.ascending() ? "" : " desc") + (always ? "" : " nulls last");
  }

  private Sql from() {
    return sql("from").then(base()).then(Joins.BASE).then(joins()).then("where").then(where());
  }

  private Sql joins() {
    return Sql.join("", plan.inner().sql());
  }

  private Sql base() {
    if (plan.module() == null) {
      return sql(sources.table(SystemTable.USER));
    }
    var module = plan.module();
    return plan.view()
        .map(view -> criteria.of(sources.metadata(), module, view, sources.userId()))
        .map(condition -> sources.rows(module, condition))
        .orElseGet(() -> sources.rows(module));
  }

  private Sql where() {
    Sql where = condition(plan.where());
    return plan.hidesConverted()
        ? sql("not " + Joins.BASE + ".\"converted__s\" and (").then(where).then(")")
        : where;
  }

  private Sql condition(Criterion criterion) {
    return switch (criterion) {
      case Plan.Both(Criterion left, Criterion right) -> two(left, " and ", right);
      case Plan.Either(Criterion left, Criterion right) -> two(left, " or ", right);
      case Plan.Compared compared -> {
        List<String> values = new ArrayList<>();
        for (Plan.Operand operand : compared.operands()) {
          switch (operand) {
            case Literal(String value) -> values.add(value);
            case Plan.Found(int sequence) -> values.addAll(found.get(sequence));
          }
        }
        yield Comparison.render(compared, values, sources, today);
      }
    };
  }

  private Sql two(Criterion left, String word, Criterion right) {
    Sql both = Sql.join(word, List.of(condition(left), condition(right)));
    return new Sql("(" + both.text() + ")", both.binds());
  }

  /** All that follows the select list of a query over groups. */
  private Sql aggregated(int limit) {
    Sql rest = from();
    List<String> groups = new ArrayList<>();
    for (Named named : plan.groups()) {
      groups.add(sources.value(named));
      named
          .asField()
          .filter(field -> field.type() instanceof MultiModuleLookupType)
          .ifPresent(
              field ->
                  groups.add(
                      ((Named.OfModule) named).alias()
                          + "."
                          + Sql.identifier(MultiModuleLookupType.moduleColumn(field))));
    }
    if (!groups.isEmpty()) {
      rest = rest.then("group by " + String.join(", ", groups));
    }
    List<String> order = new ArrayList<>();
    plan.orders().forEach(ordering -> order.add(value(ordering.value()) + direction(ordering)));
    groups.stream().map(group -> group + " nulls last").forEach(order::add);
    if (!order.isEmpty()) {
      rest = rest.then("order by " + String.join(", ", order));
    }
    return rest.then("limit ? offset ?", limit, plan.offset());
  }

  private String value(Plan.Value value) {
    return switch (value) {
      case Plan.Column(Named named) -> sources.value(named);
      case Aggregate aggregate -> SelectList.sql(aggregate, sources);
    };
  }
}
