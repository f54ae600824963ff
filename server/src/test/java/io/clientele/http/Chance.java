package io.clientele.http;

import java.util.List;
import java.util.Random;

/** Choices that one number decides, so that a case can be made again. */
final class Chance {
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "%00",
          "%",
          "%zz",
          "%E2%82",
          "%ff%fe",
          "%2F",
          "%2e%2e%2f",
          "..",
          ".",
          "+",
          "null",
          "true",
          "NaN",
          "1e9",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999",
          "1.5",
          "0x10",
          "%F0%9F%98%80",
          "%ED%A0%80",
          "%D9%A1%D9%A2%D9%A3",
          "'",
          "%22",
          "';drop%20table",
          "\\",
          "%5C",
          ",",
          ",,",
          "a,b",
          "%3Cscript%3E",
          "{}",
          "[]",
          "${x}",
          "%0d%0aX:%20y",
          "id",
          "Last_Name",
          "asc",
          "DESC",
          "Modified_Time",
          "Owner.id",
          "Layout",
          "*",
          "000000000000000000000001");

  private static final char[] OF_INTEREST = "\0\"{}[],:\\9eE-\u00ff\u0080\u00c0\r\n".toCharArray();

  private final Random random;

  Chance(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean in100(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** A value for a URL, mostly unwelcome. */
  String odd() {
    return switch (below(12)) {
      case 0 -> of(ODD).repeat(1 + below(50));
      case 1 -> of(ODD) + of(ODD);
      case 2 -> "x".repeat(below(3000));
      case 3 -> printable(1 + below(20));
      default -> of(ODD);
    };
  }

  /** Visible ASCII that may stand in a request line. */
  String printable(int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + below(94)));
    }
    return text.toString().replace('#', '_');
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Some bytes changed, left out or put in. */
  byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    for (int i = below(4); i >= 0 && bytes.length > 0; i--) {
      bytes[below(bytes.length)] = (byte) OF_INTEREST[below(OF_INTEREST.length)];
    }
    return in100(30) ? java.util.Arrays.copyOf(bytes, below(bytes.length + 1)) : bytes;
  }
}
