package io.clientele.records;

import java.util.List;
import java.util.stream.Collectors;

/** Parts of a tsquery as text. */
public final class TextQuery {
  private TextQuery() {}

  /** One lexeme. */
  static String exact(String lexeme) {
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** All lexemes that begin so. */
  static String prefix(String lexeme) {
    return exact(lexeme) + ":*";
  }

  /** All the words; empty when there is none. */
  public static String all(List<String> words) {
    return words.stream().map(TextQuery::exact).collect(Collectors.joining(" & "));
  }

  /** All the words, the last of them by its beginning; empty when there is none. */
  public static String beginning(List<String> words) {
    if (words.isEmpty()) {
      return "";
    }
    String last = prefix(words.getLast());
    return words.size() == 1 ? last : all(words.subList(0, words.size() - 1)) + " & " + last;
  }
}
