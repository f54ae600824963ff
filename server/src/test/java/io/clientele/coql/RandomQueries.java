package io.clientele.coql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries on {@link RandomQueriesTest}'s rows, decided by one number. */
final class RandomQueries {
  /** A column of the deals, as a query names it. */
  record Named(String path, Type type) {}

  enum Type {
    TEXT,
    NUMBER,
    DATE,
    FLAG,
    LOOKUP
  }

  static final List<Named> COLUMNS =
      List.of(
          new Named("Last_Name", Type.TEXT),
          new Named("First_Name", Type.TEXT),
          new Named("Lead_Source", Type.TEXT),
          new Named("Date_of_Birth", Type.DATE),
          new Named("Email_Opt_Out", Type.FLAG),
          new Named("Account_Name", Type.LOOKUP),
          new Named("Account_Name.Account_Name", Type.TEXT),
          new Named("Account_Name.Employees", Type.NUMBER),
          new Named("Account_Name.Annual_Revenue", Type.NUMBER),
          new Named("Account_Name.Parent_Account", Type.LOOKUP),
          new Named("Account_Name.Parent_Account.Employees", Type.NUMBER),
          new Named("Account_Name.Parent_Account.Industry", Type.TEXT));

  private final Random random;
  private final List<String> accounts;

  RandomQueries(Random random, List<String> accounts) {
    this.random = random;
    this.accounts = accounts;
  }

  String query() {
    return random.nextInt(4) == 0 ? grouped() : plain();
  }

  private String plain() {
    List<Named> selected = some(COLUMNS, 4);
    String order =
        random.nextBoolean()
            ? ""
            : " order by "
                + some(COLUMNS, 2).stream()
                    .map(named -> named.path() + (random.nextBoolean() ? " desc" : ""))
                    .collect(Collectors.joining(", "));
    return "select " + paths(selected) + from(2) + order + limit();
  }

  private String grouped() {
    List<Named> groups = random.nextInt(5) == 0 ? List.of() : some(COLUMNS, 3);
    List<Named> numbers = COLUMNS.stream().filter(one -> one.type() == Type.NUMBER).toList();
    List<String> columns = new ArrayList<>(groups.stream().map(Named::path).toList());
    columns.add("COUNT(id)");
    some(numbers, 2)
        .forEach(
            number -> columns.add(pick("SUM", "MIN", "MAX", "COUNT") + "(" + number.path() + ")"));
    return "select "
        + String.join(", ", columns)
        + from(2)
        + (groups.isEmpty() ? "" : " group by " + paths(groups))
        + limit();
  }

  private String from(int depth) {
    return " from Contacts where " + condition(depth);
  }

  private String limit() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> " limit " + (1 + random.nextInt(8));
      case 2 -> " limit " + (1 + random.nextInt(8)) + " offset " + random.nextInt(6);
      default -> " limit " + random.nextInt(6) + ", " + (1 + random.nextInt(8));
    };
  }

  private String condition(int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      return "(%s) %s (%s)"
          .formatted(
              condition(depth - 1), random.nextBoolean() ? "and" : "or", condition(depth - 1));
    }
    Named named = COLUMNS.get(random.nextInt(COLUMNS.size()));
    return named.path() + " " + test(named.type());
  }

  private String test(Type type) {
    if (type != Type.FLAG && random.nextInt(6) == 0) {
      return random.nextBoolean() ? "is null" : "is not null";
    }
    return switch (type) {
      case FLAG -> "= " + random.nextBoolean();
      case TEXT ->
          switch (random.nextInt(3)) {
            case 0 -> pick("like 'A%'", "like '%a%'", "like '%o'", "not like '%l%'", "like 'B%s'");
            case 1 -> equality(this::text);
            default -> pick("=", "!=") + " " + text();
          };
      case LOOKUP ->
          random.nextInt(3) == 0
              ? pick("in", "not in")
                  + " (select id from Accounts where Employees "
                  + order(this::number)
                  + ")"
              : equality(() -> "'" + accounts.get(random.nextInt(accounts.size())) + "'");
      case NUMBER -> random.nextBoolean() ? order(this::number) : equality(this::number);
      case DATE -> random.nextBoolean() ? order(this::date) : equality(this::date);
    };
  }

  private String equality(java.util.function.Supplier<String> value) {
    return switch (random.nextInt(4)) {
      case 0 -> "= " + value.get();
      case 1 -> "!= " + value.get();
      default ->
          pick("in", "not in")
              + " ("
              + IntStream.rangeClosed(0, random.nextInt(3))
                  .mapToObj(i -> value.get())
                  .collect(Collectors.joining(", "))
              + ")";
    };
  }

  private String order(java.util.function.Supplier<String> value) {
    return random.nextInt(3) == 0
        ? pick("between", "not between") + " " + value.get() + " and " + value.get()
        : pick(">", ">=", "<", "<=") + " " + value.get();
  }

  private String text() {
    return "'" + RandomQueriesTest.WORDS[random.nextInt(RandomQueriesTest.WORDS.length)] + "'";
  }

  private String number() {
    return Integer.toString(random.nextInt(6) * 10 - 10);
  }

  private String date() {
    return "'1990-01-0" + (1 + random.nextInt(6)) + "'";
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }

  private List<Named> some(List<Named> from, int most) {
    return random
        .ints(1 + random.nextInt(most), 0, from.size())
        .distinct()
        .mapToObj(from::get)
        .toList();
  }

  private static String paths(List<Named> columns) {
    return columns.stream().map(Named::path).collect(Collectors.joining(", "));
  }
}
