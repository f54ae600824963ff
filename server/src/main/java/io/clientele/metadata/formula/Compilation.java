package io.clientele.metadata.formula;

import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.FormulaException.Problem;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The making of one expression, with all the computed fields it uses on its way. */
final class Compilation {
  private static final int MAXIMUM_CHAIN = 10;

  private final Metadata metadata;
  private final TableNames tables;
  private final String zone;
  private final Deque<String> open = new ArrayDeque<>();
  private int aliases;
  private int depth;

  /** What stands behind {@code from} for a module. */
  interface TableNames {
    String of(Module module);
  }

  /** SQL over values that have names. */
  interface Body {
    String with(List<String> names);
  }

  Compilation(Metadata metadata, TableNames tables) {
    this.metadata = metadata;
    this.tables = tables;
    this.zone = Literals.zone(zone(metadata));
  }

  private static ZoneId zone(Metadata metadata) {
    try {
      return metadata.settings("org").stream()
          .findFirst()
          .map(org -> ZoneId.of(org.body().path("time_zone").asString("UTC")))
          .orElse(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  Metadata metadata() {
    return metadata;
  }

  String table(Module module) {
    return tables.of(module);
  }

  String zone() {
    return zone;
  }

  /** A name no other table of the expression has. */
  String alias() {
    return "x" + ++aliases;
  }

  int enter() {
    return ++depth;
  }

  void leave() {
    depth--;
  }

  /**
   * The body over {@code values}, each computed once: those that are more than a column become
   * columns of a row of their own, which {@code offset 0} keeps from being put in place again.
   */
  String let(List<Value> values, Body body) {
    if (values.stream().allMatch(Value::simple)) {
      return "(" + body.with(values.stream().map(Value::sql).toList()) + ")";
    }
    String alias = alias();
    var names = new ArrayList<String>();
    var columns = new ArrayList<String>();
    for (Value value : values) {
      String name = "v" + names.size();
      names.add(alias + "." + name);
      columns.add(value.sql() + " as " + name);
    }
    return "(select "
        + body.with(names)
        + " from (select "
        + String.join(", ", columns)
        + " offset 0) "
        + alias
        + ")";
  }

  /** A computed field over a row of its module's table. */
  Value computed(Module module, Field field, String alias) {
    return computed(module, field.apiName(), field.definition(), alias);
  }

  /** The same for a field that need not be there yet. */
  Value computed(Module module, String name, JsonNode definition, String alias) {
    String key = module.apiName() + "." + name.toLowerCase(Locale.ROOT);
    if (open.contains(key)) {
      throw new FormulaException(Problem.INVALID_DATA, 0, name + " would depend on itself");
    }
    if (open.size() >= MAXIMUM_CHAIN) {
      throw new FormulaException(Problem.INVALID_DATA, 0, "too many formulas in a chain");
    }
    open.push(key);
    String dataType = definition.path("data_type").asString("");
    JsonNode computation = definition.path(dataType);
    Value value =
        dataType.equals("rollup_summary")
            ? new Rollup(this, module, computation).value(alias)
            : formula(module, computation, alias);
    open.pop();
    return ReturnType.of(definition).convert(this, value);
  }

  private Value formula(Module module, JsonNode computation, String alias) {
    Formula formula = FormulaParser.parse(computation.path("expression").asString(""));
    boolean assumeDefault = computation.path("assume_default").asBoolean(false);
    return new FormulaCompiler(this, module, alias, formula, assumeDefault).compile();
  }
}
