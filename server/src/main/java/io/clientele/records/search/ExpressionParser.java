package io.clientele.records.search;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.records.search.Expression.Condition;
import io.clientele.records.search.Expression.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads {@code ((Last_Name:equals:Burns\,B)and(First_Name:starts_with:M))}. Of {@code and} and
 * {@code or} beside each other, {@code and} binds more. A backslash takes their meaning from
 * brackets, commas and backslashes in a value; anywhere else it stands for itself.
 */
final class ExpressionParser {
  static final int MAXIMUM_CONDITIONS = 15;

  private static final int MAXIMUM_DEPTH = 50;
  private static final String ESCAPED = "(),\\";

  /** Which of them take several values. */
  private static final Set<String> LISTS = Set.of("in", "between");

  private final String text;
  private int at;
  private int conditions;

  private ExpressionParser(String text) {
    this.text = text;
  }

  /**
   * @throws ApiError INVALID_QUERY when it cannot be read, CRITERIA_LIMIT_EXCEEDED when it compares
   *     too often
   */
  static Expression parse(String text) {
    var parser = new ExpressionParser(text);
    Expression expression = parser.any(0);
    if (!parser.atEnd()) {
      throw unreadable();
    }
    return expression;
  }

  private Expression any(int depth) {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(all(depth));
    } while (takes("or"));
    return parts.size() == 1 ? parts.getFirst() : new Group(true, parts);
  }

  private Expression all(int depth) {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(one(depth));
    } while (takes("and"));
    return parts.size() == 1 ? parts.getFirst() : new Group(false, parts);
  }

  private Expression one(int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw unreadable();
    }
    if (!takes("(")) {
      if (depth > 0 || at > 0) {
        throw unreadable();
      }
      return condition(false);
    }
    skipSpaces();
    Expression inside = text.startsWith("(", at) ? any(depth + 1) : condition(true);
    if (!takes(")")) {
      throw unreadable();
    }
    return inside;
  }

  private Condition condition(boolean inBrackets) {
    if (++conditions > MAXIMUM_CONDITIONS) {
      throw ErrorCode.CRITERIA_LIMIT_EXCEEDED.error();
    }
    String field = upToColon();
    String operator = upToColon().toLowerCase(Locale.ROOT);
    List<String> values = new ArrayList<>();
    var value = new StringBuilder();
    for (; at < text.length() && !(inBrackets && text.charAt(at) == ')'); at++) {
      char character = text.charAt(at);
      if (character == '\\' && at + 1 < text.length() && isEscaped(text.charAt(at + 1))) {
        value.append(text.charAt(++at));
      } else if (character == ',' && LISTS.contains(operator)) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else if (character == ',' || character == '(' || character == ')') {
        throw new QueryProblem(field).special();
      } else {
        value.append(character);
      }
    }
    values.add(value.toString().strip());
    return new Condition(field, operator, values);
  }

  private static boolean isEscaped(char character) {
    return ESCAPED.indexOf(character) >= 0;
  }

  private String upToColon() {
    int colon = text.indexOf(':', at);
    if (colon < 0) {
      throw unreadable();
    }
    String name = text.substring(at, colon).strip();
    if (name.isEmpty() || name.contains("(") || name.contains(")")) {
      throw unreadable();
    }
    at = colon + 1;
    return name;
  }

  /** Steps over a bracket or a word, whatever its case. */
  private boolean takes(String token) {
    skipSpaces();
    if (!text.regionMatches(true, at, token, 0, token.length())) {
      return false;
    }
    at += token.length();
    return true;
  }

  private boolean atEnd() {
    skipSpaces();
    return at == text.length();
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static ApiError unreadable() {
    return ErrorCode.INVALID_QUERY.error();
  }
}
