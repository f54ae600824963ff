package io.clientele.metadata.formula;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.Expression.FieldReference;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The fields a formula names. {@code ${Leads.Annual Revenue}} is a module and a label, {@code
 * ${Annual_Revenue}} an API name, {@code ${Deals.Account Name.Industry}} and {@code
 * ${Accounts.Industry}} a field of the record a lookup names; capitals make no difference.
 */
final class FieldResolver {
  private final Compilation compilation;
  private final Module module;
  private final String alias;
  private final boolean assumeDefault;

  FieldResolver(Compilation compilation, Module module, String alias, boolean assumeDefault) {
    this.compilation = compilation;
    this.module = module;
    this.alias = alias;
    this.assumeDefault = assumeDefault;
  }

  Value value(String path, int position) {
    Value value = find(path, position).orElseThrow(() -> unknown(path, position));
    return switch (value.type()) {
      case NUMBER -> assumeDefault ? Value.number("coalesce(" + value.sql() + ", 0)") : value;
      case TEXT -> assumeDefault ? Value.text("coalesce(" + value.sql() + ", '')") : value;
      case BOOLEAN, DATE, DATETIME, NOTHING -> value;
    };
  }

  /** {@code Sum(Subform.Field)}: over the rows of a subform of this record. */
  Value sum(Expression argument, int position) {
    String path = argument instanceof FieldReference field ? field.path() : "";
    int point = path.lastIndexOf('.');
    Field subform =
        Fields.find(module, path.substring(0, Math.max(point, 0)), false)
            .filter(field -> field.dataType().equals("subform"))
            .orElseThrow(() -> unknown(path, position));
    Module rows = compilation.metadata().get(subform.modules().getFirst());
    Field summed =
        Fields.find(rows, path.substring(point + 1), false)
            .orElseThrow(() -> unknown(path, position));
    String row = compilation.alias();
    Value value = Fields.value(compilation, rows, summed, row, position);
    if (value.type() != Type.NUMBER) {
      throw new FormulaException(
          Problem.INCORRECT_DATA_TYPE_PARAM, position, summed + " is no number");
    }
    String parent = rows.field(rows.parentField()).map(Field::column).orElse("id");
    return Value.number(
        "(select sum(%s) from %s %s where %s.%s = %s.\"id\")"
            .formatted(
                value.sql(), compilation.table(rows), row, row, Sql.identifier(parent), alias));
  }

  private Optional<Value> find(String path, int position) {
    Optional<Value> own = inModule(path, false, position);
    if (own.isPresent()) {
      return own;
    }
    Optional<String> rest = withoutModule(module, path);
    Optional<Value> named = rest.flatMap(name -> inModule(name, true, position));
    return named.isPresent() ? named : ofParent(path, position);
  }

  /** A field of the module, or of the record one of its lookups names. */
  private Optional<Value> inModule(String path, boolean labelFirst, int position) {
    Optional<Field> own = Fields.find(module, path, labelFirst);
    if (own.isPresent()) {
      return own.map(field -> Fields.value(compilation, module, field, alias, position));
    }
    for (int i = path.indexOf('.'); i > 0; i = path.indexOf('.', i + 1)) {
      String name = path.substring(i + 1);
      Optional<Field> lookup = Fields.find(module, path.substring(0, i), labelFirst);
      Optional<Value> value = lookup.flatMap(field -> through(field, name, labelFirst, position));
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /** {@code ${Accounts.Industry}} in a module with a lookup to accounts. */
  private Optional<Value> ofParent(String path, int position) {
    return module.fields().stream()
        .filter(FieldResolver::isSingleLookup)
        .flatMap(
            lookup ->
                target(lookup)
                    .flatMap(parent -> withoutModule(parent, path))
                    .flatMap(name -> through(lookup, name, true, position))
                    .stream())
        .findFirst();
  }

  /** The field {@code name} of the record that {@code lookup} names. */
  private Optional<Value> through(Field lookup, String name, boolean labelFirst, int position) {
    String id = alias + "." + Sql.identifier(lookup.column());
    boolean reference =
        switch (lookup.dataType()) {
          case "lookup", "multi_module_lookup", "ownerlookup", "userlookup" -> true;
          default -> false;
        };
    if (reference && name.equals("id")) {
      return Optional.of(new Value(Type.NUMBER, id + "::numeric", true));
    }
    if (!isSingleLookup(lookup)) {
      return Optional.empty();
    }
    Module parent = target(lookup).orElse(null);
    Field field = parent == null ? null : Fields.find(parent, name, labelFirst).orElse(null);
    if (parent == null || field == null) {
      return Optional.empty();
    }
    String row = compilation.alias();
    Value value = Fields.value(compilation, parent, field, row, position);
    String sql =
        "(select %s from %s %s where %s.\"id\" = %s)"
            .formatted(value.sql(), compilation.table(parent), row, row, id);
    return Optional.of(
        Value.of(
            value.type(), value.type() == Type.BOOLEAN ? "coalesce(" + sql + ", false)" : sql));
  }

  private Optional<Module> target(Field lookup) {
    Metadata metadata = compilation.metadata();
    return metadata.find(lookup.modules().getFirst()).filter(Module::hasTable);
  }

  private static boolean isSingleLookup(Field field) {
    return field.dataType().equals("lookup")
        && field.modules().size() == 1
        && !(field.type() instanceof MultiModuleLookupType);
  }

  /** What follows the module's name and a point. */
  private static Optional<String> withoutModule(Module module, String path) {
    JsonNode words = module.definition().path("module");
    return Stream.of(
            module.apiName(),
            words.path("plural_label").asString(""),
            words.path("singular_label").asString(""),
            words.path("module_name").asString(""))
        .filter(name -> !name.isEmpty())
        .filter(name -> path.regionMatches(true, 0, name + ".", 0, name.length() + 1))
        .map(name -> path.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static FormulaException unknown(String path, int position) {
    return new FormulaException(
        Problem.PARTICIPATING_FIELD_NOT_FOUND, position, "no field " + path);
  }
}
