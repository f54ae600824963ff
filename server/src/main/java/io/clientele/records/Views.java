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
import java.util.Optional;

/** The custom view that a list is asked for with {@code cvid}, and its sorting. */
final class Views {
  private final ViewAccess access;
  private final ModuleTables tables;

  Views(ViewAccess access, ModuleTables tables) {
    this.access = access;
    this.tables = tables;
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_DATA when the user sees no such view
   */
  CustomView require(Metadata metadata, Module module, long id, long userId) {
    return module.customViews().stream()
        .filter(view -> view.id() == id)
        .filter(view -> access.sees(metadata, userId, view))
        .findFirst()
        .orElseThrow(() -> ErrorCode.INVALID_DATA.with("param_name", "cvid"));
  }

  /** What the view sorts by, as an expression; lookups are sorted by the other record's name. */
  Optional<String> sorting(Metadata metadata, Module module, CustomView view) {
    Field field =
        module.field(view.sortBy()).filter(found -> found.stored().isPresent()).orElse(null);
    if (field == null) {
      return Optional.empty();
    }
    String column = "t." + Sql.identifier(field.column());
    return Optional.of(
        switch (Kind.of(field).orElse(Kind.TEXT)) {
          case USER ->
              "(select u.full_name from %s u where u.id = %s)"
                  .formatted(metadata.org().table("crm_user"), column);
          case REFERENCE -> nameOf(metadata, field, column);
          case TEXT, NUMBER, DATE, DATETIME, FLAG, CHOICES, TAGS, LINKS -> column;
        });
  }

  private String nameOf(Metadata metadata, Field field, String column) {
    Module other =
        field.modules().stream()
            .findFirst()
            .flatMap(metadata::find)
            .filter(Module::hasTable)
            .orElse(null);
    Field name = other == null ? null : other.nameField().orElse(null);
    return other == null || name == null
        ? column
        : "(select n.%s from %s n where n.\"id\" = %s)"
            .formatted(Sql.identifier(name.column()), tables.of(metadata, other), column);
  }
}
