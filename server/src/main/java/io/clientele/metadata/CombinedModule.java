package io.clientele.metadata;

import io.clientele.db.Sql;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A module that shows the records of several others and has none of its own: Activities. */
final class CombinedModule {
  private CombinedModule() {}

  /** The rows of all its modules with the columns of the combined one. */
  static String union(Metadata metadata, ModuleTables tables, Module combined) {
    return combined.unionOf().stream()
        .map(metadata::get)
        .map(part -> "select " + columns(combined, part) + " from " + tables.of(metadata, part))
        .collect(Collectors.joining(" union all ", "(", ")"));
  }

  private static String columns(Module combined, Module part) {
    List<String> columns = new ArrayList<>();
    for (Field field : combined.fields()) {
      field
          .stored()
          .ifPresent(
              column -> {
                columns.add(expression(combined, part, field, column.sqlType()));
                if (field.type() instanceof MultiModuleLookupType) {
                  columns.add(Sql.identifier(MultiModuleLookupType.moduleColumn(field)));
                }
              });
    }
    return String.join(", ", columns);
  }

  private static String expression(Module combined, Module part, Field field, String type) {
    String name = Sql.identifier(field.column());
    if (field.apiName().equals("Activity_Type")) {
      return "'" + part.apiName() + "'::text as " + name;
    }
    boolean isName = combined.nameField().map(field::equals).orElse(false);
    Field source =
        isName ? part.nameField().orElse(field) : part.field(field.apiName()).orElse(null);
    return source == null || source.stored().isEmpty()
        ? "null::" + type + " as " + name
        : Sql.identifier(source.column()) + " as " + name;
  }
}
