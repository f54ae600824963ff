package io.clientele.metadata.formula;

import io.clientele.metadata.formula.Expression.Call;
import io.clientele.metadata.formula.Expression.TextLiteral;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import java.util.List;
import java.util.stream.IntStream;

/** The arguments of a function, each compiled when it is asked for by its type. */
record Arguments(FormulaCompiler compiler, Call call) {
  Value value(int index) {
    return compiler.compile(call.arguments().get(index));
  }

  Value value(int index, Type type) {
    return compiler.compile(call.arguments().get(index), type);
  }

  String number(int index) {
    return value(index, Type.NUMBER).sql();
  }

  /** A text; an empty one for none. */
  String text(int index) {
    return "coalesce(" + value(index, Type.TEXT).sql() + ", '')";
  }

  String condition(int index) {
    return value(index, Type.BOOLEAN).sql();
  }

  /** A date or a moment. */
  Value moment(int index) {
    Value value = value(index);
    if (value.type() == Type.NOTHING) {
      return Value.nothing(Type.DATETIME);
    }
    if (!value.type().isMoment()) {
      throw wrong(index, "a date");
    }
    return value;
  }

  /** A text that stands in the formula itself. */
  String literal(int index) {
    if (call.arguments().get(index) instanceof TextLiteral text) {
      return text.value();
    }
    throw wrong(index, "a text in quotes");
  }

  /** All of them as {@code type}; into texts everything turns. */
  List<String> all(Type type) {
    return IntStream.range(0, call.arguments().size())
        .mapToObj(
            index ->
                type == Type.TEXT
                    ? Texts.toText(compiler.zone(), value(index)).sql()
                    : compiler.as(value(index), type, call.arguments().get(index)).sql())
        .toList();
  }

  /** The type that fits all of them. */
  Type common() {
    Type type = Type.NOTHING;
    for (int i = 0; i < call.arguments().size(); i++) {
      type = compiler.common(type, value(i).type(), call.arguments().get(i));
    }
    return type;
  }

  FormulaException wrong(int index, String expected) {
    return new FormulaException(
        Problem.INCORRECT_DATA_TYPE_PARAM,
        compiler.position(call.arguments().get(index)),
        call.function().word() + " takes " + expected);
  }
}
