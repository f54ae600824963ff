package io.clientele.metadata.formula;

import io.clientele.metadata.Module;
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
import io.clientele.metadata.formula.Value.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns a formula of a module into SQL over a row of its table, checking types on the way. No
 * result can fail on data: each operation answers null where it has no value. The SQL of a part can
 * stand behind any operator without brackets.
 */
final class FormulaCompiler {
  /** The database's stack, too, takes only so much. */
  private static final int MAXIMUM_DEPTH = 60;

  private static final int MAXIMUM_SQL = 200_000;

  private final Compilation compilation;
  private final FieldResolver fields;
  private final Formula formula;

  /**
   * @param alias what the statement calls the module's table
   * @param assumeDefault whether empty fields count as zero or an empty text
   */
  FormulaCompiler(
      Compilation compilation,
      Module module,
      String alias,
      Formula formula,
      boolean assumeDefault) {
    this.compilation = compilation;
    this.formula = formula;
    this.fields = new FieldResolver(compilation, module, alias, assumeDefault);
  }

  Value compile() {
    return compile(formula.root());
  }

  Value compile(Expression part) {
    int depth = compilation.enter();
    if (depth > MAXIMUM_DEPTH) {
      throw new FormulaException(Problem.SYNTAX_ERROR, position(part), "nested too deeply");
    }
    Value value = render(part);
    compilation.leave();
    if (value.sql().length() > MAXIMUM_SQL) {
      throw new FormulaException(
          Problem.DYNAMIC_EXPRESSION_LENGTH_EXCEEDED,
          position(part),
          "too long with the formulas it uses");
    }
    return value;
  }

  Value compile(Expression part, Type type) {
    return as(compile(part), type, part);
  }

  private Value render(Expression part) {
    return switch (part) {
      case NumberLiteral number -> new Value(Type.NUMBER, Literals.number(number.value()), true);
      case TextLiteral text -> new Value(Type.TEXT, Literals.text(text.value()), true);
      case BooleanLiteral bool -> new Value(Type.BOOLEAN, Boolean.toString(bool.value()), true);
      case NullLiteral nothing -> Value.nothing(Type.NOTHING);
      case FieldReference field -> fields.value(field.path(), position(field));
      case Negation negation ->
          Value.number("(-" + compile(negation.operand(), Type.NUMBER).sql() + ")");
      case Not not -> Value.bool("(not " + compile(not.operand(), Type.BOOLEAN).sql() + ")");
      case Binary binary -> binary(binary);
      case Call call -> call(call);
    };
  }

  private Value binary(Binary binary) {
    return switch (binary.operator()) {
      case OR, AND -> logic(binary);
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
          Conditions.compare(this, binary);
      case ADD, SUBTRACT -> sum(binary);
      case MULTIPLY, DIVIDE, MODULO, POWER -> Numbers.binary(this, binary);
    };
  }

  /** A chain of the same operator is one list, however long. */
  private Value logic(Binary binary) {
    var conditions = new ArrayList<String>();
    Expression part = binary;
    while (part instanceof Binary(Operator operator, Expression left, Expression right)
        && operator == binary.operator()) {
      conditions.addFirst(compile(right, Type.BOOLEAN).sql());
      part = left;
    }
    conditions.addFirst(compile(part, Type.BOOLEAN).sql());
    return Conditions.both(conditions, binary.operator() == Operator.AND ? " and " : " or ");
  }

  /** So is a chain of terms added and subtracted; texts added are put together. */
  private Value sum(Binary binary) {
    var parts = new ArrayList<Expression>();
    var added = new ArrayList<Boolean>();
    Expression part = binary;
    while (part instanceof Binary(Operator operator, Expression left, Expression right)
        && (operator == Operator.ADD || operator == Operator.SUBTRACT)) {
      parts.addFirst(right);
      added.addFirst(operator == Operator.ADD);
      part = left;
    }
    parts.addFirst(part);
    added.addFirst(true);
    List<Value> values = parts.stream().map(this::compile).toList();
    if (!added.contains(false) && values.stream().anyMatch(value -> value.type() == Type.TEXT)) {
      return Texts.concat(values.stream().map(value -> Texts.toText(zone(), value).sql()).toList());
    }
    var terms = new ArrayList<Value>();
    for (int i = 0; i < parts.size(); i++) {
      terms.add(as(values.get(i), Type.NUMBER, parts.get(i)));
    }
    return Numbers.sum(this, terms, added.stream().map(plus -> plus ? "+" : "-").toList());
  }

  private Value call(Call call) {
    var given = new Arguments(this, call);
    return switch (call.function()) {
      case ABS, CEIL, FLOOR, NATURALLOG, BASE10LOG, MAX, MIN, SQRT ->
          Numbers.call(given, call.function());
      case SUM -> fields.sum(call.arguments().getFirst(), position(call.arguments().getFirst()));
      case LEN,
          FIND,
          CONCAT,
          CONTAINS,
          STARTSWITH,
          ENDSWITH,
          LOWER,
          UPPER,
          TRIM,
          SUBSTRING,
          TOSTRING,
          REPLACE ->
          Texts.call(given, call.function());
      case NEWDATE,
          DATEPART,
          TIMEPART,
          ADDDATE,
          SUBDATE,
          NOW,
          DATECOMP,
          DAYOFMONTH,
          HOUR,
          MINUTE,
          MONTH,
          YEAR,
          WEEKDAY ->
          Moments.call(given, call.function());
      case IF, AND, OR, NOT -> Conditions.call(given, call.function());
    };
  }

  /** The value as another type: null and dates fit, the rest is a mistake. */
  Value as(Value value, Type type, Expression part) {
    if (value.type() == type) {
      return value;
    }
    if (value.type() == Type.NOTHING) {
      return type == Type.BOOLEAN ? Value.bool("false") : Value.nothing(type);
    }
    if (value.type() == Type.DATE && type == Type.DATETIME) {
      return Value.of(Type.DATETIME, absolute(value));
    }
    throw mismatch(type, value.type(), part);
  }

  /** The type that both fit. */
  Type common(Type one, Type other, Expression part) {
    if (one == other || other == Type.NOTHING) {
      return one;
    }
    if (one == Type.NOTHING) {
      return other;
    }
    if (one.isMoment() && other.isMoment()) {
      return Type.DATETIME;
    }
    throw mismatch(one, other, part);
  }

  private FormulaException mismatch(Type expected, Type found, Expression part) {
    return new FormulaException(
        Problem.INCORRECT_DATA_TYPE_PARAM,
        position(part),
        "expected " + word(expected) + ", found " + word(found));
  }

  private static String word(Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  String let(List<Value> values, Compilation.Body body) {
    return compilation.let(values, body);
  }

  /** A date or moment as the clock of the org's zone shows it. */
  String local(Value moment) {
    return Moments.local(zone(), moment);
  }

  /** A date or moment as a moment; a date begins at midnight of the org's zone. */
  String absolute(Value moment) {
    return Moments.absolute(zone(), moment);
  }

  String zone() {
    return compilation.zone();
  }

  int position(Expression part) {
    return formula.position(part);
  }
}
