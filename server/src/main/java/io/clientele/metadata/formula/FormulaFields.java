package io.clientele.metadata.formula;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.types.Column;
import io.clientele.metadata.types.FieldTypes;
import tools.jackson.databind.JsonNode;

/**
 * Formula and rollup summary fields as SQL. They have no column: every read computes them, so they
 * are right for rows written before them and after any change of what they depend on.
 */
public final class FormulaFields {
  private FormulaFields() {}

  /**
   * Whether {@code definition}, a field in the keys of the fields operation, can be computed for
   * records of {@code module}. It need not be one of the module's fields yet.
   *
   * @throws FormulaException with what is wrong and where
   */
  public static void check(Metadata metadata, Module module, JsonNode definition) {
    String dataType = definition.path("data_type").asString("");
    String returns = definition.path(dataType).path("return_type").asString("double");
    if (!FieldTypes.isReturnable(returns)) {
      throw new FormulaException(Problem.INVALID_DATA, 0, "no return type " + returns);
    }
    var compilation = new Compilation(metadata, other -> metadata.org().table(other.table()));
    compilation.computed(module, definition.path("api_name").asString(""), definition, "t");
  }

  /**
   * The value of a field that has one, over the row that a statement calls {@code alias}: its
   * column, or what computes it. Names that begin with x are its own. It has no binds, and no row
   * makes it fail. A definition that can no longer be computed, because a field it names is gone,
   * reads as null.
   */
  public static String value(
      Metadata metadata, ModuleTables tables, Module module, Field field, String alias) {
    if (!field.isComputed() && !InventoryAmounts.has(field)) {
      return alias + "." + Sql.identifier(field.column());
    }
    String type = field.valueColumn().map(Column::sqlType).orElse("text");
    try {
      var compilation = new Compilation(metadata.whole(), other -> tables.of(metadata, other));
      Value value =
          field.isComputed()
              ? compilation.computed(module.whole(), field, alias)
              : InventoryAmounts.value(compilation, module.whole(), field, alias);
      return value.sql() + "::" + type;
    } catch (FormulaException e) {
      return "null::" + type;
    }
  }
}
