package io.clientele.metadata.formula;

/**
 * A word of a formula.
 *
 * @param text what it says: of a text without its quotes, of a field without its braces
 * @param position where it begins, from 0
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    FIELD,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
