package io.clientele.records;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * E-mail addresses as lexemes: whole, and from the at sign on, each to be found by its beginning.
 */
public final class Addresses {
  private static final String MARK = "e:";
  private static final int MAXIMUM = 255;

  private Addresses() {}

  static List<String> lexemes(String address) {
    String plain = plain(address);
    int at = plain.indexOf('@');
    return at > 0
        ? List.of(MARK + plain, MARK + plain.substring(at))
        : plain.isEmpty() ? List.of() : List.of(MARK + plain);
  }

  /** A tsquery for addresses or domains that begin like {@code text}. */
  public static String query(String text) {
    String plain = plain(text);
    return plain.contains("@")
        ? TextQuery.prefix(MARK + plain)
        : TextQuery.prefix(MARK + plain) + " | " + TextQuery.prefix(MARK + "@" + plain);
  }

  private static String plain(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\s", "");
    return plain.length() > MAXIMUM ? plain.substring(0, MAXIMUM) : plain;
  }
}
