package io.clientele.metadata.formula;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import io.clientele.metadata.types.Column;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.Optional;

/** Fields by name, and their values over a row. */
final class Fields {
  private Fields() {}

  /** By API name or label, whatever the case; where they disagree, by what is asked first. */
  static Optional<Field> find(Module module, String name, boolean labelFirst) {
    String wanted = name.strip();
    Optional<Field> byName =
        module.fields().stream()
            .filter(field -> field.apiName().equalsIgnoreCase(wanted))
            .findFirst();
    Optional<Field> byLabel =
        module.fields().stream()
            .filter(
                field ->
                    field
                        .definition()
                        .path("field_label")
                        .asString("")
                        .strip()
                        .equalsIgnoreCase(wanted))
            .findFirst();
    return labelFirst ? byLabel.or(() -> byName) : byName.or(() -> byLabel);
  }

  /** The field over the row that the statement calls {@code alias}. */
  static Value value(
      Compilation compilation, Module module, Field field, String alias, int position) {
    if (field.isComputed()) {
      try {
        return compilation.computed(module, field, alias);
      } catch (FormulaException e) {
        throw new FormulaException(
            e.problem(), position, "cannot use " + field + ": " + e.getMessage());
      }
    }
    if (InventoryAmounts.has(field)) {
      return InventoryAmounts.value(compilation, module, field, alias);
    }
    String column = alias + "." + Sql.identifier(field.column());
    return switch (field.dataType()) {
      case "lookup" -> nameOf(compilation, field, column, position);
      case "ownerlookup", "userlookup" -> userName(compilation, column);
      case "layout", "module" -> throw unusable(field, position);
      default -> plain(field, column, position);
    };
  }

  private static Value plain(Field field, String column, int position) {
    String sqlType =
        field.stored().map(Column::sqlType).orElseThrow(() -> unusable(field, position));
    return switch (sqlType) {
      case "numeric" -> new Value(Type.NUMBER, column, true);
      case "integer", "bigint" -> new Value(Type.NUMBER, column + "::numeric", true);
      case "text" -> new Value(Type.TEXT, column, true);
      case "boolean" -> new Value(Type.BOOLEAN, column, true);
      case "date" -> new Value(Type.DATE, column, true);
      case "timestamptz" -> new Value(Type.DATETIME, column, true);
      case "text[]" -> Value.text("array_to_string(" + column + ", ';')");
      default -> throw unusable(field, position);
    };
  }

  /** A lookup's value is the name of the record. */
  private static Value nameOf(Compilation compilation, Field field, String id, int position) {
    boolean several = field.type() instanceof MultiModuleLookupType || field.modules().size() != 1;
    Module other =
        several
            ? null
            : compilation
                .metadata()
                .find(field.modules().getFirst())
                .filter(Module::hasTable)
                .orElse(null);
    Field name = other == null ? null : other.nameField().orElse(null);
    if (other == null || name == null || name.stored().isEmpty()) {
      throw unusable(field, position);
    }
    String row = compilation.alias();
    return Value.text(
        "(select %s.%s::text from %s %s where %s.\"id\" = %s)"
            .formatted(row, Sql.identifier(name.column()), compilation.table(other), row, row, id));
  }

  private static Value userName(Compilation compilation, String id) {
    String row = compilation.alias();
    return Value.text(
        "(select %s.full_name from %s %s where %s.id = %s)"
            .formatted(row, compilation.metadata().org().table("crm_user"), row, row, id));
  }

  private static FormulaException unusable(Field field, int position) {
    return new FormulaException(
        Problem.INCORRECT_DATA_TYPE_PARAM, position, field + " cannot be used in a formula");
  }
}
