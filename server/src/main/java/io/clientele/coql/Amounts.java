package io.clientele.coql;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many rows a query may ask for.
 *
 * @param usual without a LIMIT
 */
record Amounts(int usual, int maximum) {
  private static final int USUAL = 200;
  private static final int OF_SUBQUERIES = 100;

  /** What paging with offsets reaches. */
  private static final int MAXIMUM_ROWS = 100_000;

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  /** Those of a query that a client sends. */
  static Amounts upTo(int maximum) {
    return new Amounts(Math.min(USUAL, maximum), maximum);
  }

  static Amounts ofSubquery() {
    return new Amounts(OF_SUBQUERIES, OF_SUBQUERIES);
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_QUERY when it is no number, INVALID_DATA when it is
   *     below one, LIMIT_EXCEEDED when it is too high
   */
  int limit(Query query) {
    long limit = number("limit", query.limit(), usual);
    if (limit < 1) {
      throw Problem.noRows();
    }
    if (limit > maximum) {
      throw Problem.limit("limit", maximum);
    }
    return (int) limit;
  }

  /** The same; no offset and limit together go beyond what paging reaches. */
  int offset(Query query) {
    long offset = number("offset", query.offset(), 0);
    if (offset < 0) {
      throw Problem.amount("offset", Long.toString(offset));
    }
    if (offset + limit(query) > MAXIMUM_ROWS) {
      throw Problem.limit("offset", MAXIMUM_ROWS).message("Max records limit exceeded");
    }
    return (int) offset;
  }

  private static long number(String name, Optional<String> text, int otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!NUMBER.matcher(text.get()).matches()) {
      throw Problem.amount(name, text.get());
    }
    return Long.parseLong(text.get());
  }
}
