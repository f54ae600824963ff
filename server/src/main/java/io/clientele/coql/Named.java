package io.clientele.coql;

import io.clientele.coql.SystemTable.SystemColumn;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.SearchColumn;
import io.clientele.metadata.criteria.Kind;
import io.clientele.metadata.formula.FormulaFields;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.Optional;

/** What a path of a query names: a value in one of its tables. */
public sealed interface Named {
  /** The path as it was written. */
  String path();

  /** How its values are compared; none when they are not. */
  Optional<Kind> kind();

  /** The word errors have for its type. */
  String dataType();

  /** The value as SQL. */
  String value(Metadata metadata, ModuleTables tables);

  /** Whether it is the key of its table. */
  boolean isId();

  /** The field behind it, if it is one. */
  default Optional<Field> asField() {
    return Optional.empty();
  }

  /** A field of a module. */
  record OfModule(String path, String alias, Module module, Field field) implements Named {
    @Override
    public Optional<Kind> kind() {
      return switch (field.dataType()) {
        case "textarea" -> Optional.empty();
        case "profileimage" -> Optional.of(Kind.TEXT); // by the id of the image
        default -> Kind.of(field);
      };
    }

    @Override
    public String dataType() {
      return field.valueType();
    }

    @Override
    public String value(Metadata metadata, ModuleTables tables) {
      return FormulaFields.value(metadata, tables, module, field, alias);
    }

    @Override
    public boolean isId() {
      return field.apiName().equals("id");
    }

    @Override
    public Optional<Field> asField() {
      return Optional.of(field);
    }

    /** Where words of it can be looked up; empty when nowhere. */
    public String words() {
      return SearchColumn.holds(module, field) ? alias + "." + SearchColumn.NAME : "";
    }

    /** Whether no record is without it. */
    boolean isAlways() {
      return switch (field.apiName()) {
        case "id", "Created_Time", "Modified_Time" -> true;
        default -> false;
      };
    }
  }

  /** A column of users, roles or profiles. */
  record OfSystem(String path, String alias, SystemColumn column) implements Named {
    @Override
    public Optional<Kind> kind() {
      return Optional.of(column.kind());
    }

    @Override
    public String dataType() {
      return column.dataType();
    }

    @Override
    public String value(Metadata metadata, ModuleTables tables) {
      return column.value(alias);
    }

    @Override
    public boolean isId() {
      return column.name().equals("id");
    }
  }

  /** The API name of the module that a lookup to several modules leads to. */
  record ModuleName(String path, String alias, Field lookup) implements Named {
    @Override
    public Optional<Kind> kind() {
      return Optional.of(Kind.TEXT);
    }

    @Override
    public String dataType() {
      return "text";
    }

    @Override
    public String value(Metadata metadata, ModuleTables tables) {
      var text = new StringBuilder("case ");
      text.append(alias).append('.');
      text.append(io.clientele.db.Sql.identifier(MultiModuleLookupType.moduleColumn(lookup)));
      for (Module module : metadata.modules()) {
        text.append(" when ").append(module.id()).append(" then '");
        text.append(module.apiName().replace("'", "''")).append('\'');
      }
      return text.append(" end").toString();
    }

    @Override
    public boolean isId() {
      return false;
    }
  }
}
