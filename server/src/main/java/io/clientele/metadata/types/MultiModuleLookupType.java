package io.clientele.metadata.types;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code multi_module_lookup}, and lookups whose other record may lie in one of several modules
 * (What_Id, Parent_Id). Three columns are read for it: the id, the other record's name, and the id
 * of its module, which is kept in a column of its own beside the id.
 */
public record MultiModuleLookupType() implements FieldType {
  @Override
  public String dataType() {
    return "multi_module_lookup";
  }

  @Override
  public String jsonType() {
    return "jsonobject";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.BIGINT);
  }

  @Override
  public @Nullable Object[] newArray(int size) {
    return new Long[size];
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    return LookupType.id(json, field, path);
  }

  @Override
  public List<String> extraColumns(Field field) {
    return List.of(Sql.identifier(moduleColumn(field)) + " bigint");
  }

  /** The column that tells in which module the other record lies. */
  public static String moduleColumn(Field field) {
    return field.column() + "_module";
  }

  @Override
  public int select(Field field, Selection selection) {
    String id = selection.column(field.column());
    String moduleId = selection.column(moduleColumn(field));
    int place = selection.add(id);
    selection.add(selection.nameOfAny(field.modules(), id, moduleId));
    selection.add(moduleId);
    return place;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    long id = row.getLong(column);
    String name = row.getString(column + 1);
    Module module = reading.metadata().find(row.getLong(column + 2)).orElse(null);
    if (id == 0 || name == null || module == null) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartObject();
    if (!field.isPlainLookup() || field.apiName().equals("Parent_Id")) {
      reading.json().writeObjectPropertyStart("module");
      reading.json().writeStringProperty("api_name", module.apiName());
      reading.json().writeStringProperty("id", Long.toString(module.id()));
      reading.json().writeEndObject();
    }
    reading.json().writeStringProperty("name", name);
    reading.json().writeStringProperty("id", Long.toString(id));
    reading.json().writeEndObject();
  }
}
