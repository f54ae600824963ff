package io.clientele.coql;

import io.clientele.coql.Query.Column;
import io.clientele.coql.Query.Condition;
import io.clientele.coql.Query.Expression;
import io.clientele.coql.Query.Junction;
import io.clientele.coql.Query.Operand;
import io.clientele.coql.Query.Order;
import io.clientele.coql.Query.Source;
import io.clientele.coql.Query.Subquery;
import io.clientele.coql.Query.Test;
import io.clientele.coql.Query.Text;
import io.clientele.coql.grammar.CoqlLexer;
import io.clientele.coql.grammar.CoqlParser;
import io.clientele.coql.grammar.CoqlParser.ConditionContext;
import io.clientele.coql.grammar.CoqlParser.ExpressionContext;
import io.clientele.coql.grammar.CoqlParser.OperandContext;
import io.clientele.coql.grammar.CoqlParser.SelectContext;
import io.clientele.coql.grammar.CoqlParser.TextContext;
import io.clientele.coql.grammar.CoqlParser.ValueContext;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Makes the tree of a query from its text. */
final class QueryReader {
  private static final int MAXIMUM_LENGTH = 200_000;
  private static final int MAXIMUM_DEPTH = 50;

  private QueryReader() {}

  /**
   * @throws io.clientele.error.ApiError SYNTAX_ERROR with what is missing or where the mistake is
   */
  static Query read(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw SyntaxError.tooComplex();
    }
    var lexer = new CoqlLexer(CharStreams.fromString(text.replace('\0', '\ufffd')));
    lexer.removeErrorListeners();
    var tokens = new CommonTokenStream(lexer);
    tokens.fill();
    checkDepth(tokens.getTokens());
    var parser = new CoqlParser(tokens);
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return select(parser.statement().select());
    } catch (ParseCancellationException e) {
      if (e.getCause() instanceof RecognitionException problem) {
        throw SyntaxError.of(problem, tokens);
      }
      throw e;
    }
  }

  private static void checkDepth(List<Token> tokens) {
    int depth = 0;
    for (Token token : tokens) {
      depth +=
          switch (String.valueOf(token.getText())) {
            case "(" -> 1;
            case ")" -> -1;
            default -> 0;
          };
      if (depth > MAXIMUM_DEPTH) {
        throw SyntaxError.tooComplex();
      }
    }
  }

  private static Query select(SelectContext select) {
    var limit = Optional.ofNullable(select.limit());
    List<String> amounts =
        limit.stream().flatMap(one -> one.amount().stream()).map(one -> text(one.text())).toList();
    // LIMIT 10, 20 and OFFSET 10 LIMIT 20 both say the offset first
    boolean offsetFirst =
        limit
            .filter(one -> one.OFFSET() != null || amounts.size() == 2)
            .filter(one -> one.LIMIT() == null || one.OFFSET() == null || isOffsetFirst(one))
            .isPresent();
    Optional<String> first = amounts.stream().findFirst();
    Optional<String> second = amounts.stream().skip(1).findFirst();
    return new Query(
        select.column().stream().map(QueryReader::column).toList(),
        new Source(
            text(select.source().text()),
            Optional.ofNullable(select.source().WORD()).map(Object::toString)),
        condition(select.condition()),
        select.expression().stream().map(QueryReader::expression).toList(),
        select.order().stream().map(QueryReader::order).toList(),
        offsetFirst ? second : first,
        offsetFirst ? first : second);
  }

  private static boolean isOffsetFirst(CoqlParser.LimitContext limit) {
    return limit.OFFSET().getSymbol().getTokenIndex() < limit.LIMIT().getSymbol().getTokenIndex();
  }

  private static Column column(CoqlParser.ColumnContext column) {
    return new Column(
        expression(column.expression()),
        Optional.ofNullable(column.alias()).map(alias -> text(alias.text())));
  }

  private static Order order(CoqlParser.OrderContext order) {
    return new Order(expression(order.expression()), order.DESC() == null);
  }

  private static Expression expression(ExpressionContext expression) {
    return switch (expression) {
      case CoqlParser.CallContext call -> new Query.Call(text(call.text(0)), text(call.text(1)));
      default -> new Query.Path(text(((CoqlParser.PathContext) expression).text()));
    };
  }

  private static Condition condition(ConditionContext condition) {
    Condition left = operand(condition.operand(0));
    return condition.operand().size() == 1
        ? left
        : new Junction(condition.AND() != null, left, operand(condition.operand(1)));
  }

  private static Condition operand(OperandContext operand) {
    return switch (operand) {
      case CoqlParser.BracketsContext brackets -> condition(brackets.condition());
      case CoqlParser.NullTestContext test ->
          new Test(
              text(test.text()), test.NOT() == null ? Operator.NULL : Operator.NOT_NULL, List.of());
      case CoqlParser.ComparisonContext test ->
          new Test(
              text(test.text()),
              Operator.of(test.comparator().getText()),
              List.of(value(test.value())));
      case CoqlParser.PatternContext test ->
          new Test(
              text(test.text()),
              test.NOT() == null ? Operator.LIKE : Operator.NOT_LIKE,
              List.of(value(test.value())));
      case CoqlParser.RangeContext test ->
          new Test(
              text(test.text()),
              test.NOT() == null ? Operator.BETWEEN : Operator.NOT_BETWEEN,
              test.value().stream().map(QueryReader::value).toList());
      case CoqlParser.ListContext test ->
          new Test(
              text(test.text()),
              test.NOT() == null ? Operator.IN : Operator.NOT_IN,
              test.item().stream().<Operand>map(item -> new Text(text(item.text()))).toList());
      default -> {
        var test = (CoqlParser.SubqueryListContext) operand;
        yield new Test(
            text(test.text()),
            test.NOT() == null ? Operator.IN : Operator.NOT_IN,
            List.of(new Subquery(select(test.select()))));
      }
    };
  }

  private static Operand value(ValueContext value) {
    return value.text() != null
        ? new Text(text(value.text()))
        : new Subquery(select(value.select()));
  }

  /** Without its quotes; a quote within is written twice. */
  private static String text(TextContext text) {
    String written = text.getText();
    if (text.WORD() != null) {
      return written;
    }
    String quote = written.substring(0, 1);
    return written.substring(1, written.length() - 1).replace(quote + quote, quote);
  }
}
