package io.clientele.metadata.types;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reading numbers as clients send them: bare, or as strings of digits. */
final class Numbers {
  /**
   * Beyond this many digits before or after the point nothing fits any field; guards against
   * 1e999999999.
   */
  private static final int MAXIMUM_DIGITS = 400;

  /** Reading millions of digits takes minutes. */
  private static final int MAXIMUM_TEXT = 1000;

  private Numbers() {}

  static Optional<BigDecimal> decimal(JsonNode json) {
    BigDecimal number;
    if (json.isNumber()) {
      number = json.decimalValue();
    } else if (json.isString() && json.stringValue().length() <= MAXIMUM_TEXT) {
      try {
        number = new BigDecimal(json.stringValue().trim());
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    } else {
      return Optional.empty();
    }
    boolean sane =
        Math.abs((long) number.scale()) <= MAXIMUM_DIGITS && number.precision() <= MAXIMUM_DIGITS;
    return sane ? Optional.of(number) : Optional.empty();
  }

  /** A whole number within 64 bits. */
  static Optional<Long> whole(JsonNode json) {
    return decimal(json)
        .filter(number -> number.stripTrailingZeros().scale() <= 0)
        .filter(number -> number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
        .map(BigDecimal::longValueExact);
  }

  /** Whether every number in a document is one the database can keep and print. */
  static boolean allSane(JsonNode json) {
    return json.isNumber()
        ? decimal(json).isPresent()
        : json.valueStream().allMatch(Numbers::allSane);
  }

  static int digits(long number) {
    return Long.toString(number).length() - (number < 0 ? 1 : 0);
  }
}
