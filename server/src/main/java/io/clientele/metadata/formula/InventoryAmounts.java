package io.clientele.metadata.formula;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.formula.FormulaException.Problem;
import io.clientele.metadata.formula.Value.Type;
import tools.jackson.databind.JsonNode;

/**
 * What discounts and taxes of quotes, orders and invoices come to. Like formulas they are computed
 * by every read, so they are right whatever way a line was changed. Each discount and each tax is
 * rounded half up to cents, so that what is listed adds up.
 *
 * <p>The definition says {@code "inventory": {"amount": …, "base": …}}: a {@code discount} is an
 * amount or a percentage of the base; {@code taxes} are a list, each a percentage of the base;
 * {@code tax} is the sum of such a list; {@code place} counts the lines of a document.
 */
final class InventoryAmounts {
  private static final int CENTS = 2;

  private InventoryAmounts() {}

  static boolean has(Field field) {
    return field.definition().path("inventory").isObject();
  }

  /** The field over the row that the statement calls {@code alias}. */
  static Value value(Compilation compilation, Module module, Field field, String alias) {
    JsonNode definition = field.definition().path("inventory");
    String column = alias + "." + Sql.identifier(field.column());
    String kind = definition.path("amount").asString("");
    return switch (kind) {
      case "discount" ->
          Value.number(
              "(case when right(%1$s, 1) = '%%' then %2$s else %1$s::numeric end)"
                  .formatted(
                      column,
                      part(
                          base(compilation, module, definition, alias),
                          "left(" + column + ", -1)")));
      case "tax" -> {
        String taxes = alias + "." + Sql.identifier(definition.path("of").asString(""));
        String row = compilation.alias();
        yield Value.number(
            "(select coalesce(sum(%s), 0) from jsonb_array_elements(%s) %s(tax))"
                .formatted(
                    part(base(compilation, module, definition, alias), percentage(row)),
                    taxes.toLowerCase(java.util.Locale.ROOT),
                    row));
      }
      case "taxes" -> {
        String row = compilation.alias();
        yield Value.of(
            Type.NOTHING,
            "(select coalesce(jsonb_agg(%1$s.tax || jsonb_build_object('value', %2$s) order by %1$s.n), '[]') from jsonb_array_elements(%3$s) with ordinality %1$s(tax, n))"
                .formatted(
                    row,
                    part(base(compilation, module, definition, alias), percentage(row)),
                    column));
      }
      case "place" -> {
        String row = compilation.alias();
        yield Value.number(
            "(select count(*) from %2$s %1$s where %1$s.%4$s = %3$s.%4$s and %1$s.\"id\" <= %3$s.\"id\")"
                .formatted(
                    row,
                    compilation.table(module),
                    alias,
                    Sql.identifier(module.field(module.parentField()).orElseThrow().column())));
      }
      default -> throw new FormulaException(Problem.INVALID_DATA, 0, "no amount " + kind);
    };
  }

  private static String percentage(String row) {
    return "(" + row + ".tax->>'percentage')";
  }

  private static String part(String base, String percent) {
    return "trim_scale(round(%s * %s::numeric / 100, %d))".formatted(base, percent, CENTS);
  }

  private static String base(
      Compilation compilation, Module module, JsonNode definition, String alias) {
    Formula formula = FormulaParser.parse(definition.path("base").asString(""));
    return new FormulaCompiler(compilation, module, alias, formula, true).compile().sql();
  }
}
