package io.clientele.records;

import io.clientele.access.ViewAccess;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.formula.FormulaFields;
import java.util.Optional;

/** The custom view that a list is asked for with {@code cvid}, and its sorting. */
public final class Views {
  private final ModuleTables tables;

  public Views(ModuleTables tables) {
    this.tables = tables;
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_DATA when the user sees no such view
   */
  public CustomView require(Metadata metadata, Module module, long id, long userId) {
    return module.customViews().stream()
        .filter(view -> view.id() == id)
        .filter(view -> ViewAccess.sees(metadata, userId, view))
        .findFirst()
        .orElseThrow(() -> ErrorCode.INVALID_DATA.with("param_name", "cvid"));
  }

  /**
   * What a list is sorted by.
   *
   * @param expression on the module's table and what is joined
   * @param join empty, or the table that has what is sorted by: a join, because one lookup for each
   *     of a million rows takes ten times as long
   */
  public record Sorting(String expression, String join) {}

  /** The view's own sorting; by lookups and users it is by their names. */
  Optional<Sorting> sorting(Metadata metadata, Module module, CustomView view) {
    return sorting(metadata, module, view.sortBy());
  }

  /** The same by a field, if there is one to sort by. */
  public Optional<Sorting> sorting(Metadata metadata, Module module, String name) {
    Field field = module.field(name).filter(found -> found.valueColumn().isPresent()).orElse(null);
    if (field == null) {
      return Optional.empty();
    }
    String column = FormulaFields.value(metadata, tables, module, field, "t");
    return Optional.of(
        switch (Kind.of(field).orElse(Kind.TEXT)) {
          case USER -> joined(metadata.org().table("crm_user"), "full_name", column);
          case REFERENCE -> byName(metadata, field, column);
          case TEXT, NUMBER, DATE, DATETIME, FLAG, CHOICES, TAGS, LINKS, TERRITORIES ->
              new Sorting(column, "");
        });
  }

  private Sorting byName(Metadata metadata, Field field, String column) {
    Module other =
        field.modules().stream()
            .findFirst()
            .flatMap(metadata::find)
            .filter(Module::hasTable)
            .orElse(null);
    Field name = other == null ? null : other.nameField().orElse(null);
    return other == null || name == null
        ? new Sorting(column, "")
        : joined(tables.of(metadata, other), name.column(), column);
  }

  private static Sorting joined(String table, String name, String column) {
    return new Sorting(
        "s." + Sql.identifier(name), "left join " + table + " s on s.\"id\" = " + column);
  }
}
