package io.clientele.coql;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.coql.Query.Call;
import io.clientele.coql.Query.Column;
import io.clientele.coql.Query.Condition;
import io.clientele.coql.Query.Expression;
import io.clientele.coql.Query.Junction;
import io.clientele.coql.Query.Operand;
import io.clientele.coql.Query.Order;
import io.clientele.coql.Query.Path;
import io.clientele.coql.Query.Source;
import io.clientele.coql.Query.Subquery;
import io.clientele.coql.Query.Test;
import io.clientele.coql.Query.Text;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whatever tree is printed, its text reads back as the same tree. */
class QueryPrinterTest {
  private static final String[] TEXTS = {
    "id",
    "Last_Name",
    "select",
    "Order",
    "Owner.role.id",
    "What_Id->Leads.Company",
    "it's",
    "\"",
    "a b",
    "",
    "%",
    "${TODAY}",
    "12",
    "-3.50",
    "!Leads.id",
    "(",
    "é",
    "null",
    "2024-01-01T00:00:00+05:30",
    "''"
  };

  private final long seed = Long.getLong("coql.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @org.junit.jupiter.api.Test
  void whatIsPrintedReadsBack() {
    for (int i = 0; i < Integer.getInteger("coql.trees", 2_000); i++) {
      Query query = query(2);
      String printed = QueryPrinter.print(query);
      assertThat(QueryReader.read(printed)).as("seed %d: %s", seed, printed).isEqualTo(query);
      assertThat(QueryPrinter.print(QueryReader.read(printed))).isEqualTo(printed);
    }
  }

  private Query query(int depth) {
    return new Query(
        list(1, () -> new Column(expression(), maybe(this::text))),
        new Source(text(), maybe(() -> Integer.toString(random.nextInt(1000)))),
        condition(depth),
        list(0, this::expression),
        list(0, () -> new Order(expression(), random.nextBoolean())),
        maybe(this::text),
        maybe(this::text));
  }

  private Expression expression() {
    return random.nextInt(3) == 0 ? new Call(text(), text()) : new Path(text());
  }

  private Condition condition(int depth) {
    if (depth > 0 && random.nextBoolean()) {
      return new Junction(random.nextBoolean(), condition(depth - 1), condition(depth - 1));
    }
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    return new Test(text(), operator, operands(operator, depth));
  }

  private List<Operand> operands(Operator operator, int depth) {
    return switch (operator) {
      case NULL, NOT_NULL -> List.of();
      case BETWEEN, NOT_BETWEEN -> List.of(operand(depth), operand(depth));
      case IN, NOT_IN ->
          depth > 0 && random.nextInt(3) == 0
              ? List.of(new Subquery(query(depth - 1)))
              : list(1, () -> new Text(text()));
      default -> List.of(operand(depth));
    };
  }

  private Operand operand(int depth) {
    return depth > 0 && random.nextInt(4) == 0 ? new Subquery(query(depth - 1)) : new Text(text());
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> list(int least, Supplier<T> item) {
    return Stream.generate(item).limit(least + random.nextInt(3)).toList();
  }
}
