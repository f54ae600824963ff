package io.clientele.metadata.formula;

import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a formula into words. */
final class Lexer {
  private static final List<String> SYMBOLS =
      List.of(
          "==", "!=", "<>", "<=", ">=", "&&", "||", "=", "<", ">", "+", "-", "*", "/", "%", "^",
          "!", "(", ")", ",");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  /** The words in order; the last one is the end. */
  static List<Token> tokens(String source) {
    return new Lexer(source).read();
  }

  private List<Token> read() {
    while (at < source.length()) {
      char next = source.charAt(at);
      if (Character.isWhitespace(next)) {
        at++;
      } else if (isDigit(at) || next == '.' && isDigit(at + 1)) {
        number();
      } else if (Character.isLetter(next) || next == '_') {
        name();
      } else if (next == '\'' || next == '"') {
        text(next);
      } else if (source.startsWith("${", at)) {
        field();
      } else {
        symbol();
      }
    }
    tokens.add(new Token(Kind.END, "", at));
    return tokens;
  }

  private boolean isDigit(int index) {
    return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
  }

  private void number() {
    int begin = at;
    while (isDigit(at)) {
      at++;
    }
    if (at < source.length() && source.charAt(at) == '.' && isDigit(at + 1)) {
      at++;
      while (isDigit(at)) {
        at++;
      }
    }
    tokens.add(new Token(Kind.NUMBER, source.substring(begin, at), begin));
  }

  /** A name, or several with points between: {@code Quoted_Items.Net_Total}. */
  private void name() {
    int begin = at;
    while (isNamePart(at) || source.charAt(at) == '.' && isNamePart(at + 1)) {
      at++;
      if (at == source.length()) {
        break;
      }
    }
    tokens.add(new Token(Kind.NAME, source.substring(begin, at), begin));
  }

  private boolean isNamePart(int index) {
    return index < source.length()
        && (Character.isLetterOrDigit(source.charAt(index)) || source.charAt(index) == '_');
  }

  /** A quote inside is written twice. */
  private void text(char quote) {
    int begin = at++;
    var text = new StringBuilder();
    while (true) {
      if (at >= source.length()) {
        throw new FormulaException(Problem.SYNTAX_ERROR, begin, "text without closing quote");
      }
      char next = source.charAt(at++);
      if (next == quote) {
        if (at >= source.length() || source.charAt(at) != quote) {
          break;
        }
        at++;
      }
      if (next == '\0' || Character.isSurrogate(next) && !isPair(at - 1)) {
        throw new FormulaException(Problem.SYNTAX_ERROR, at - 1, "a character no text may have");
      }
      text.append(next);
    }
    tokens.add(new Token(Kind.TEXT, text.toString(), begin));
  }

  /** Whether the surrogate at {@code index} has its other half beside it. */
  private boolean isPair(int index) {
    return Character.isHighSurrogate(source.charAt(index))
        ? index + 1 < source.length() && Character.isLowSurrogate(source.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(source.charAt(index - 1));
  }

  private void field() {
    int end = source.indexOf('}', at);
    if (end < 0) {
      throw new FormulaException(Problem.MISSING_BRACES, at, "field without closing brace");
    }
    String path = source.substring(at + 2, end).strip();
    if (path.isEmpty()) {
      throw new FormulaException(Problem.SYNTAX_ERROR, at, "no field between the braces");
    }
    tokens.add(new Token(Kind.FIELD, path, at));
    at = end + 1;
  }

  private void symbol() {
    for (String symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        tokens.add(new Token(Kind.SYMBOL, symbol, at));
        at += symbol.length();
        return;
      }
    }
    int character = source.codePointAt(at);
    throw new FormulaException(
        Problem.SYNTAX_ERROR, at, "unexpected " + Character.toString(character));
  }
}
