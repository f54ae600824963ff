package io.clientele.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Telephone numbers as lexemes, so that a number is found however either side writes it: with or
 * without country code, trunk zero, extension and punctuation. Each is kept forwards, to be found
 * by its beginning, and backwards, to be found by its end.
 */
public final class PhoneDigits {
  /** What identifies a number; shorter ones are parts of numbers. */
  private static final int LOCAL = 7;

  /** The longest national numbers of countries whose code is not written with a plus. */
  private static final int NATIONAL = 10;

  private static final int MAXIMUM = 30;
  private static final String FORWARDS = "n:";
  private static final String BACKWARDS = "r:";

  private static final String TRUNK = "(0)";
  private static final Pattern EXTENSION = Pattern.compile("(?i)(?<=\\d\\d)\\s*(ext|[x#;,]).*");
  private static final Pattern INTERNATIONAL = Pattern.compile("\\s*(\\+|00)");

  /** Country codes of one or two digits; all others have three (E.164). */
  private static final Set<String> SHORT_CODES =
      Set.of(
          "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44",
          "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61",
          "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95",
          "98");

  private PhoneDigits() {}

  static List<String> lexemes(String number) {
    String digits = digits(number);
    List<String> lexemes = new ArrayList<>();
    if (!digits.isEmpty()) {
      lexemes.add(FORWARDS + digits);
      lexemes.add(BACKWARDS + reversed(digits));
      String national = national(number, digits);
      if (!national.equals(digits)) {
        lexemes.add(FORWARDS + national);
      }
    }
    return lexemes;
  }

  /**
   * A tsquery for numbers that are {@code number}, begin or end like it, or are the end of it.
   *
   * @return empty when there are fewer than three digits
   */
  public static String query(String number) {
    String digits = digits(number);
    if (digits.length() < 3) {
      return "";
    }
    String reversed = reversed(digits);
    var query =
        new StringBuilder(TextQuery.prefix(FORWARDS + digits))
            .append(" | ")
            .append(TextQuery.prefix(BACKWARDS + reversed));
    for (int length = LOCAL; length < reversed.length(); length++) {
      query.append(" | ").append(TextQuery.exact(BACKWARDS + reversed.substring(0, length)));
    }
    return query.toString();
  }

  /** Without what countries put before their own numbers. */
  private static String digits(String number) {
    String main = EXTENSION.matcher(number.replace(TRUNK, "")).replaceFirst("");
    var digits = new StringBuilder();
    main.codePoints()
        .filter(Character::isDigit)
        .map(digit -> Character.digit(digit, 10))
        .filter(digit -> digit > 0 || digits.length() > 0)
        .limit(MAXIMUM)
        .forEach(digits::append);
    return digits.toString();
  }

  private static String national(String number, String digits) {
    if (INTERNATIONAL.matcher(number).lookingAt()) {
      for (int length = 1; length < 3 && length < digits.length(); length++) {
        if (SHORT_CODES.contains(digits.substring(0, length))) {
          return digits.substring(length);
        }
      }
      return digits.length() > 3 ? digits.substring(3) : digits;
    }
    return digits.length() > NATIONAL ? digits.substring(digits.length() - NATIONAL) : digits;
  }

  private static String reversed(String digits) {
    return new StringBuilder(digits).reverse().toString();
  }
}
