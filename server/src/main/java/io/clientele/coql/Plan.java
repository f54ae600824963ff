package io.clientele.coql;

import io.clientele.coql.Query.Call;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query whose names, joins, types and limits are checked.
 *
 * @param module the base table; the users of the org where there is none
 * @param inner the tables that decide which rows are answered, in which order
 * @param outer the tables that only columns are read from
 * @param subqueries those of the criteria, by their sequence
 * @param hidesConverted whether leads that were converted are left out, because no criterion is
 *     about that
 */
record Plan(
    Query query,
    @Nullable Module module,
    Optional<CustomView> view,
    boolean hidesConverted,
    Joins inner,
    Joins outer,
    List<Output> outputs,
    Criterion where,
    List<Named> groups,
    List<Ordering> orders,
    List<Plan> subqueries,
    boolean aggregated,
    int limit,
    int offset) {

  /** A key of each object that is answered. */
  record Output(String key, Value value) {}

  record Ordering(Value value, boolean ascending) {}

  sealed interface Value {}

  record Column(Named named) implements Value {}

  record Aggregate(Call call, Function function, Named argument) implements Value {}

  /** What is computed over many rows. */
  enum Function {
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX
  }

  sealed interface Criterion {}

  record Both(Criterion left, Criterion right) implements Criterion {}

  record Either(Criterion left, Criterion right) implements Criterion {}

  record Compared(Named named, Operator operator, List<Operand> operands) implements Criterion {}

  sealed interface Operand {}

  record Literal(String value) implements Operand {}

  /** What the subquery of that sequence finds. */
  record Found(int sequence) implements Operand {}

  /** The fields of {@code select} that a client can ask the metadata of, by their keys. */
  List<Output> columns() {
    return outputs.stream().filter(output -> output.value() instanceof Column).toList();
  }
}
