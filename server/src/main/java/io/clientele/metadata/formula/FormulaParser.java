package io.clientele.metadata.formula;

import io.clientele.metadata.formula.Expression.Binary;
import io.clientele.metadata.formula.Expression.BooleanLiteral;
import io.clientele.metadata.formula.Expression.Call;
import io.clientele.metadata.formula.Expression.FieldReference;
import io.clientele.metadata.formula.Expression.Negation;
import io.clientele.metadata.formula.Expression.Not;
import io.clientele.metadata.formula.Expression.NullLiteral;
import io.clientele.metadata.formula.Expression.NumberLiteral;
import io.clientele.metadata.formula.Expression.TextLiteral;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a formula: recursive descent, operators by their strength. {@code ^} binds to the right and
 * stronger than a minus before it, as written mathematics has it.
 */
final class FormulaParser {
  /** How many characters the product lets an expression have. */
  private static final int MAXIMUM_LENGTH = 5_000;

  /** How deep brackets may lie in each other; what remains of them the compiler counts anew. */
  private static final int MAXIMUM_DEPTH = 250;

  private static final int MAXIMUM_DIGITS = 30;

  private final List<Token> tokens;
  private final Map<Expression, Integer> positions = new IdentityHashMap<>();
  private int at;
  private int depth;

  private FormulaParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * @throws FormulaException with the position of the first mistake
   */
  static Formula parse(String source) {
    if (source.length() > MAXIMUM_LENGTH) {
      throw new FormulaException(
          Problem.DYNAMIC_EXPRESSION_LENGTH_EXCEEDED,
          MAXIMUM_LENGTH,
          "longer than " + MAXIMUM_LENGTH + " characters");
    }
    var parser = new FormulaParser(Lexer.tokens(source));
    Expression root = parser.expression(1);
    Token rest = parser.peek();
    if (rest.kind() != Kind.END) {
      Problem problem = rest.is(")") ? Problem.MISSING_BRACES : Problem.SYNTAX_ERROR;
      throw new FormulaException(problem, rest.position(), "unexpected " + rest.text());
    }
    return new Formula(root, parser.positions);
  }

  /** Operands and the operators between them that are at least so strong. */
  private Expression expression(int strength) {
    if (++depth > MAXIMUM_DEPTH) {
      throw fail(Problem.SYNTAX_ERROR, "nested too deeply");
    }
    Expression left = prefixed(strength);
    for (var next = operator(strength); next.isPresent(); next = operator(strength)) {
      int position = take().position();
      boolean right = next.get() == Operator.POWER;
      Expression operand = expression(right ? next.get().strength() : next.get().strength() + 1);
      left = at(position, new Binary(next.get(), left, operand));
    }
    depth--;
    return left;
  }

  private Optional<Operator> operator(int strength) {
    return peek().kind() == Kind.SYMBOL
        ? Operator.of(peek().text()).filter(operator -> operator.strength() >= strength)
        : Optional.empty();
  }

  private Expression prefixed(int strength) {
    Token token = peek();
    if (token.is("-") || token.is("+") || token.is("!")) {
      take();
      int tight = token.is("!") ? Operator.POWER.strength() + 1 : Operator.POWER.strength();
      Expression operand = expression(Math.max(tight, strength));
      if (token.is("+")) {
        return operand;
      }
      return at(token.position(), token.is("!") ? new Not(operand) : new Negation(operand));
    }
    return operand();
  }

  private Expression operand() {
    Token token = take();
    return switch (token.kind()) {
      case NUMBER -> at(token.position(), number(token));
      case TEXT -> at(token.position(), new TextLiteral(token.text()));
      case FIELD -> at(token.position(), new FieldReference(token.text()));
      case NAME -> peek().is("(") ? call(token) : at(token.position(), word(token));
      case SYMBOL -> {
        if (!token.is("(")) {
          throw new FormulaException(
              token.is(")") ? Problem.MISSING_BRACES : Problem.SYNTAX_ERROR,
              token.position(),
              "unexpected " + token.text());
        }
        Expression inner = expression(1);
        close();
        yield inner;
      }
      case END ->
          throw new FormulaException(Problem.SYNTAX_ERROR, token.position(), "unexpected end");
    };
  }

  private static Expression number(Token token) {
    if (token.text().length() > MAXIMUM_DIGITS) {
      throw new FormulaException(Problem.SYNTAX_ERROR, token.position(), "number too long");
    }
    return new NumberLiteral(new BigDecimal(token.text()));
  }

  private static Expression word(Token token) {
    return switch (token.text().toLowerCase(Locale.ROOT)) {
      case "true" -> new BooleanLiteral(true);
      case "false" -> new BooleanLiteral(false);
      case "null" -> new NullLiteral();
      default -> new FieldReference(token.text());
    };
  }

  private Expression call(Token name) {
    Function function =
        Function.of(name.text())
            .orElseThrow(
                () ->
                    new FormulaException(
                        Problem.SYNTAX_ERROR, name.position(), "no function " + name.text()));
    take();
    List<Expression> arguments = new ArrayList<>();
    if (!peek().is(")")) {
      arguments.add(expression(1));
      while (peek().is(",")) {
        take();
        arguments.add(expression(1));
      }
    }
    close();
    if (!function.takes(arguments.size())) {
      throw new FormulaException(
          Problem.INCORRECT_NUMBER_OF_PARAM,
          name.position(),
          function.word() + " takes " + function.arguments() + " arguments");
    }
    return at(name.position(), new Call(function, List.copyOf(arguments)));
  }

  private void close() {
    if (!peek().is(")")) {
      boolean end = peek().kind() == Kind.END;
      throw fail(
          end ? Problem.MISSING_BRACES : Problem.SYNTAX_ERROR,
          end ? "missing )" : "unexpected " + peek().text());
    }
    take();
  }

  private FormulaException fail(Problem problem, String message) {
    return new FormulaException(problem, peek().position(), message);
  }

  private Expression at(int position, Expression expression) {
    positions.put(expression, position);
    return expression;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }
}
