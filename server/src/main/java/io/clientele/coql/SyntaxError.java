package io.clientele.coql;

import io.clientele.coql.grammar.CoqlParser;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** What is wrong with the text of a query, in the documented words. */
final class SyntaxError {
  private static final Set<String> OTHER_STATEMENTS =
      Set.of("update", "insert", "delete", "upsert", "replace", "merge", "create", "drop", "alter");

  private SyntaxError() {}

  /** A query that nobody wrote by hand. */
  static ApiError tooComplex() {
    return ErrorCode.SYNTAX_ERROR
        .error()
        .message(
            "Parsing is happening for so long for the given query. please validate the query.");
  }

  static ApiError of(RecognitionException problem, CommonTokenStream tokens) {
    Token token = problem.getOffendingToken();
    IntervalSet expected = expected(problem);
    Token first = tokens.get(0);
    if (OTHER_STATEMENTS.contains(String.valueOf(first.getText()).toLowerCase(Locale.ROOT))) {
      return ErrorCode.SYNTAX_ERROR.error().message("given coql query not supported");
    }
    if (token.getType() == CoqlParser.STRAY) {
      return ErrorCode.SYNTAX_ERROR
          .with("near", token.getText())
          .message("error occured while parsing the query");
    }
    if (endsClause(token) && expected.contains(CoqlParser.FROM)) {
      return missing("from");
    }
    if (endsClause(token) && expected.contains(CoqlParser.WHERE)) {
      return missing("where");
    }
    if (token.getType() == CoqlParser.UNKNOWN_OPERATOR
        || (token.getType() == CoqlParser.NOT && !expected.contains(CoqlParser.NOT))) {
      return ErrorCode.SYNTAX_ERROR
          .with("operator", token.getText())
          .message("operator not supported");
    }
    return unexpected(token);
  }

  private static ApiError unexpected(Token token) {
    return ErrorCode.SYNTAX_ERROR
        .with("line", token.getLine())
        .with("column", token.getCharPositionInLine() + 1)
        .with("near", token.getType() == Token.EOF ? "end of query" : token.getText())
        .message("unexpected token");
  }

  private static ApiError missing(String clause) {
    return ErrorCode.SYNTAX_ERROR.with("clause", clause).message("missing clause");
  }

  private static IntervalSet expected(RecognitionException problem) {
    IntervalSet expected = problem.getExpectedTokens();
    return expected == null && problem.getRecognizer() instanceof Parser parser
        ? parser.getExpectedTokens()
        : expected == null ? new IntervalSet() : expected;
  }

  /** Whether a clause that should have come is left out. */
  private static boolean endsClause(Token token) {
    return switch (token.getType()) {
      case Token.EOF,
          CoqlParser.WHERE,
          CoqlParser.GROUP,
          CoqlParser.ORDER,
          CoqlParser.LIMIT,
          CoqlParser.OFFSET ->
          true;
      default -> ")".equals(token.getText());
    };
  }
}
