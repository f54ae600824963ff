package io.clientele.http;

import java.util.List;

/** Pieces of JSON that stand where something else is expected. */
final class Values {
  private static final List<String> PIECES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-1",
          "1.5",
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "9".repeat(400),
          "-" + "9".repeat(400),
          "0." + "1".repeat(400),
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "1e18",
          "1e19",
          "1e400",
          "99999999999999999.99",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00x\"",
          "\"\\ud83d\\ude00\"",
          "\"\ud800\"",
          "\"\\uffff\"",
          "\"" + "x".repeat(300) + "\"",
          "\"" + "y".repeat(40_000) + "\"",
          "[]",
          "{}",
          "[[]]",
          "[{}]",
          "[null]",
          "[[[[]]]]",
          "[\"a\",1,null,{}]",
          "{\"id\":null}",
          "{\"id\":{}}",
          "{\"id\":[]}",
          "{\"id\":\"1\"}",
          "{\"id\":1e30}",
          "{\"id\":\"9223372036854775807\"}",
          "{\"name\":\"x\"}",
          "{\"name\":\"\\u0000\"}",
          "{\"id\":\"\\u0000\"}",
          "\"9223372036854775807\"",
          "\"99999999999999999999\"",
          "\"2024-02-30\"",
          "\"0000-00-00\"",
          "\"-9999-01-01\"",
          "\"+999999999-01-01\"",
          "\"9999-12-31\"",
          "\"0001-01-01\"",
          "\"2024-01-01T00:00:00+18:01\"",
          "\"-0001-01-01T00:00:00Z\"",
          "\"+1000000-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59-18:00\"",
          "\"0001-01-01T00:00:00+18:00\"",
          "\"2024-01-01T24:00:00+00:00\"",
          "\"2024-01-01T10:00:00\"",
          "\"a@b.example\"",
          "\"@\"",
          "\"http://x\"",
          "\"javascript:1\"",
          "\"+1 555 0100\"",
          "\"\\\\\"",
          "\"{}\"",
          "\"{a,\\\"b\"",
          "\"NULL\"",
          "[\"\\u0000\"]",
          "[\"\\ud800\"]",
          "[\"NULL\",\"a,b\",\"\\\"\",\"{\"]",
          "[{\"name\":\"\\u0000\"}]",
          "[{\"name\":\"\\ud800\"}]",
          "[{\"id\":1e999999999}]",
          "[{\"name\":\"t\"},{\"name\":\"t\"},{\"name\":\"T\"}]",
          "{\"a\":{\"b\":{\"c\":[]}}}");

  private Values() {}

  static String next(Chance chance) {
    return switch (chance.below(14)) {
      case 0 ->
          "{\"" + chance.of("id", "name", "module", "x\\u0000") + "\":" + chance.of(PIECES) + "}";
      case 1 -> "[" + chance.of(PIECES) + "," + chance.of(PIECES) + "]";
      case 2 ->
          "[{\""
              + chance.of("id", "name", "_delete", "Quantity")
              + "\":"
              + chance.of(PIECES)
              + "}]";
      case 3 -> "\"" + chance.printable(chance.below(80)).replaceAll("[\"\\\\]", "'") + "\"";
      case 4 ->
          Long.toString(chance.below(Integer.MAX_VALUE) * (long) chance.below(Integer.MAX_VALUE));
      default -> chance.of(PIECES);
    };
  }

  static String nested(Chance chance) {
    int depth = chance.of(10, 499, 500, 501, 999, 1001, 10_000);
    String open = chance.of("[", "{\"a\":");
    String close = open.equals("[") ? "]" : "}";
    return open.repeat(depth) + "1" + (chance.in100(70) ? close.repeat(depth) : "");
  }
}
