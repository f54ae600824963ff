package io.clientele.metadata.formula;

import io.clientele.metadata.formula.Expression.Binary;
import io.clientele.metadata.formula.Expression.BooleanLiteral;
import io.clientele.metadata.formula.Expression.Call;
import io.clientele.metadata.formula.Expression.FieldReference;
import io.clientele.metadata.formula.Expression.Negation;
import io.clientele.metadata.formula.Expression.Not;
import io.clientele.metadata.formula.Expression.NullLiteral;
import io.clientele.metadata.formula.Expression.NumberLiteral;
import io.clientele.metadata.formula.Expression.TextLiteral;
import io.clientele.metadata.formula.Value.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Formulas over a lead that no one would write: every function, and values at their bounds. */
final class RandomFormulas {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "0.5",
          "3",
          "7",
          "12",
          "59",
          "1000",
          "2024",
          "99999999999",
          "0.000001",
          "123456789012345678901234567890");
  private static final List<String> TEXTS =
      List.of("", " ", "a", "aa", "o", "'", "\"", "\\", "%", "?", "${x", "ünï \n", "null", "2024");
  private static final List<String> UNITS = List.of("YEAR", "MONTH", "DAY", "HOUR", "MIN");

  private final Random random;

  RandomFormulas(long seed) {
    random = new Random(seed);
  }

  Expression next(Type type, int depth) {
    if (random.nextInt(25) == 0) {
      return new NullLiteral();
    }
    if (depth <= 0 || random.nextInt(6) == 0) {
      return leaf(type);
    }
    if (random.nextInt(8) == 0) {
      return call(
          Function.IF, next(Type.BOOLEAN, depth - 1), next(type, depth - 1), next(type, depth - 1));
    }
    return switch (type) {
      case NUMBER -> number(depth - 1);
      case TEXT, NOTHING -> text(depth - 1);
      case BOOLEAN -> bool(depth - 1);
      case DATE, DATETIME -> moment(depth - 1);
    };
  }

  private Expression leaf(Type type) {
    return switch (type) {
      case NUMBER ->
          random.nextBoolean()
              ? new NumberLiteral(new BigDecimal(pick(NUMBERS)))
              : field("Annual Revenue", "No_of_Employees", "Huge", "Leads.Tiny");
      case TEXT, NOTHING ->
          random.nextBoolean()
              ? new TextLiteral(pick(TEXTS))
              : field("Email", "First Name", "Leads.Last Name", "Lead Owner");
      case BOOLEAN ->
          random.nextBoolean()
              ? new BooleanLiteral(random.nextBoolean())
              : field("Email Opt Out", "Converted__s");
      case DATE, DATETIME ->
          random.nextInt(4) == 0
              ? call(Function.NOW)
              : field("Start", "Call At", "Created Time", "Far");
    };
  }

  private Expression number(int depth) {
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          new Binary(
              pick(
                  List.of(
                      Operator.ADD,
                      Operator.SUBTRACT,
                      Operator.MULTIPLY,
                      Operator.DIVIDE,
                      Operator.MODULO,
                      Operator.POWER)),
              next(Type.NUMBER, depth),
              next(Type.NUMBER, depth));
      case 2 ->
          call(
              pick(
                  List.of(
                      Function.ABS,
                      Function.CEIL,
                      Function.FLOOR,
                      Function.SQRT,
                      Function.NATURALLOG,
                      Function.BASE10LOG)),
              next(Type.NUMBER, depth));
      case 3 ->
          random.nextBoolean()
              ? new Negation(next(Type.NUMBER, depth))
              : call(
                  pick(List.of(Function.MAX, Function.MIN)),
                  new NumberLiteral(BigDecimal.TEN),
                  next(Type.NUMBER, depth));
      case 4 ->
          random.nextBoolean()
              ? call(Function.LEN, next(Type.TEXT, depth))
              : call(
                  Function.FIND,
                  next(Type.TEXT, depth),
                  next(Type.TEXT, depth),
                  next(Type.NUMBER, depth));
      default ->
          random.nextInt(3) == 0
              ? call(Function.DATECOMP, next(Type.DATETIME, depth), next(Type.DATETIME, depth))
              : call(
                  pick(
                      List.of(
                          Function.YEAR,
                          Function.MONTH,
                          Function.DAYOFMONTH,
                          Function.HOUR,
                          Function.MINUTE,
                          Function.WEEKDAY)),
                  next(Type.DATETIME, depth));
    };
  }

  private Expression text(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> call(Function.CONCAT, next(Type.TEXT, depth), next(Type.NUMBER, depth));
      case 1 ->
          call(
              Function.SUBSTRING,
              next(Type.TEXT, depth),
              next(Type.NUMBER, depth),
              next(Type.NUMBER, depth));
      case 2 ->
          call(
              Function.REPLACE,
              next(Type.TEXT, depth),
              next(Type.TEXT, depth),
              next(Type.TEXT, depth));
      case 3 -> call(Function.TOSTRING, next(pick(List.of(Type.values())), depth));
      default ->
          random.nextInt(4) == 0
              ? call(Function.TIMEPART, next(Type.DATETIME, depth))
              : call(
                  pick(List.of(Function.LOWER, Function.UPPER, Function.TRIM)),
                  next(Type.TEXT, depth));
    };
  }

  private Expression bool(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        Type type = pick(List.of(Type.NUMBER, Type.TEXT, Type.DATETIME));
        boolean empty = random.nextInt(4) == 0;
        yield new Binary(
            empty ? Operator.EQUAL : pick(List.of(Operator.values()).subList(2, 8)),
            leaf(type),
            empty ? new TextLiteral("") : nonEmpty(type, depth));
      }
      case 1 ->
          call(
              pick(List.of(Function.CONTAINS, Function.STARTSWITH, Function.ENDSWITH)),
              next(Type.TEXT, depth),
              next(Type.TEXT, depth));
      case 2 -> new Not(next(Type.BOOLEAN, depth));
      default ->
          random.nextBoolean()
              ? new Binary(
                  pick(List.of(Operator.AND, Operator.OR)),
                  next(Type.BOOLEAN, depth),
                  next(Type.BOOLEAN, depth))
              : call(
                  pick(List.of(Function.AND, Function.OR)),
                  next(Type.BOOLEAN, depth),
                  next(Type.BOOLEAN, depth));
    };
  }

  /** Greater and less than nothing are no comparisons. */
  private Expression nonEmpty(Type type, int depth) {
    return type == Type.TEXT
        ? call(Function.LOWER, next(type, depth))
        : call(Function.MAX, leaf(type), next(type, depth));
  }

  private Expression moment(int depth) {
    return switch (random.nextInt(4)) {
      case 0 ->
          call(
              Function.NEWDATE,
              next(Type.NUMBER, depth),
              next(Type.NUMBER, depth),
              leaf(Type.NUMBER),
              leaf(Type.NUMBER),
              leaf(Type.NUMBER),
              new TextLiteral(random.nextBoolean() ? "AM" : "PM"));
      case 1 -> call(Function.DATEPART, next(Type.DATETIME, depth));
      default ->
          call(
              random.nextBoolean() ? Function.ADDDATE : Function.SUBDATE,
              next(Type.DATETIME, depth),
              next(Type.NUMBER, depth),
              new TextLiteral(pick(UNITS)));
    };
  }

  private FieldReference field(String... names) {
    return new FieldReference(pick(List.of(names)));
  }

  private static Call call(Function function, Expression... arguments) {
    return new Call(function, List.of(arguments));
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
