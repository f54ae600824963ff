package io.clientele.metadata.formula;

import io.clientele.metadata.formula.Expression.NumberLiteral;
import io.clientele.metadata.formula.Value.Type;
import java.math.BigDecimal;
import java.util.List;

/**
 * The functions of texts. An empty text and none are the same to them, so the length of an empty
 * field is 0. Case matters. Positions count from 1; {@code Substring} ends with the character at
 * its third argument, as {@code Substring('abcdefg',4,7)} being {@code defg} says.
 */
final class Texts {
  /** No text grows beyond this, so that no chain of replacements takes all memory. */
  private static final int LONGEST = 60_000;

  private static final int LONGEST_REPLACEMENT = 500;

  private Texts() {}

  static Value call(Arguments given, Function function) {
    return switch (function) {
      case LEN -> Value.number("char_length(" + given.text(0) + ")::numeric");
      case CONCAT -> concat(given.all(Type.TEXT));
      case CONTAINS -> Value.bool("(strpos(" + given.text(0) + ", " + given.text(1) + ") > 0)");
      case STARTSWITH -> Value.bool("starts_with(" + given.text(0) + ", " + given.text(1) + ")");
      case ENDSWITH ->
          Value.bool("starts_with(reverse(" + given.text(0) + "), reverse(" + given.text(1) + "))");
      case LOWER -> Value.text("lower(" + given.text(0) + ")");
      case UPPER -> Value.text("upper(" + given.text(0) + ")");
      case TRIM -> Value.text("btrim(" + given.text(0) + ", E' \\t\\n\\r\\f')");
      case SUBSTRING -> substring(given);
      case REPLACE -> replace(given);
      case FIND -> find(given);
      case TOSTRING -> toText(given.compiler().zone(), given.value(0));
      default -> throw new IllegalArgumentException(function.word());
    };
  }

  static Value concat(List<String> texts) {
    return Value.text("left(concat(" + String.join(", ", texts) + "), " + LONGEST + ")");
  }

  private static Value substring(Arguments given) {
    String last = "greatest(" + Numbers.whole(given.number(2), LONGEST) + ", 0)::integer";
    String first = "greatest(" + Numbers.whole(given.number(1), LONGEST) + ", 1)::integer";
    return Value.text("substr(left(" + given.text(0) + ", " + last + "), " + first + ")");
  }

  private static Value replace(Arguments given) {
    String by = "left(" + given.text(2) + ", " + LONGEST_REPLACEMENT + ")";
    return Value.text(
        "left(replace(" + given.text(0) + ", " + given.text(1) + ", " + by + "), " + LONGEST + ")");
  }

  /**
   * Where the search text stands for the nth time; 0 when it does not. The pieces between its
   * occurrences, added up, give the place.
   */
  private static Value find(Arguments given) {
    if (given.call().arguments().get(2) instanceof NumberLiteral nth
        && nth.value().equals(BigDecimal.ONE)) {
      String place = "strpos(" + given.text(0) + ", nullif(" + given.text(1) + ", ''))";
      return Value.number("coalesce(" + place + ", 0)::numeric");
    }
    List<Value> values =
        List.of(given.value(0, Type.TEXT), given.value(1, Type.TEXT), given.value(2, Type.NUMBER));
    return Value.number(
        given
            .compiler()
            .let(
                values,
                names -> {
                  String nth = Numbers.whole(names.get(2), LONGEST);
                  return ("(select case when %3$s >= 1 and count(*) > %3$s"
                          + " then sum(char_length(xp.x)) filter (where xp.n <= %3$s)"
                          + " + (%3$s - 1) * char_length(%2$s) + 1 else 0 end"
                          + " from string_to_table(%1$s, %2$s) with ordinality xp(x, n))")
                      .formatted(orEmpty(names.get(0)), orEmpty(names.get(1)), nth);
                }));
  }

  private static String orEmpty(String sql) {
    return "coalesce(" + sql + ", '')";
  }

  /** Numbers without idle zeros, dates as {@code 2024-12-31}, moments in the org's time zone. */
  static Value toText(String zone, Value value) {
    return switch (value.type()) {
      case TEXT -> value;
      case NOTHING -> Value.nothing(Type.TEXT);
      case NUMBER -> Value.text("trim_scale(" + value.sql() + ")::text");
      case BOOLEAN -> Value.text("(" + value.sql() + ")::text");
      case DATE -> Value.text("to_char(" + value.sql() + ", 'YYYY-MM-DD')");
      case DATETIME ->
          Value.text("to_char(" + Moments.local(zone, value) + ", 'YYYY-MM-DD HH24:MI:SS')");
    };
  }
}
