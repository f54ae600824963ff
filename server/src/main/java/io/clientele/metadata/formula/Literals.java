package io.clientele.metadata.formula;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Constants as SQL. */
final class Literals {
  private Literals() {}

  /** A text, whatever is in it and whether or not the database takes backslashes literally. */
  static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0
        ? quoted + "::text"
        : "E" + quoted.replace("\\", "\\\\") + "::text";
  }

  /** A decimal: without the cast 5 / 2 would be 2. */
  static String number(BigDecimal number) {
    return number.toPlainString() + "::numeric";
  }

  /** What stands behind {@code at time zone}; an offset in Java's words would mean its opposite. */
  static String zone(ZoneId zone) {
    return zone instanceof ZoneOffset offset
        ? "interval '" + offset.getTotalSeconds() + " seconds'"
        : text(zone.getId());
  }
}
