package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code lookup}: a record of another module, {@code {"name":…,"id":…}}. Two columns are read for
 * it: the id and the other record's name; a record that is gone reads as null. Whether an id names
 * a record is checked when many rows are written at once, not here.
 */
record LookupType() implements FieldType {
  @Override
  public String dataType() {
    return "lookup";
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
    return id(json, field, path);
  }

  /** The id in {@code {"id":…}}, or the id itself; both as string or number. */
  static @Nullable Long id(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    JsonNode id = json;
    String at = path;
    if (json.isObject()) {
      id = json.path("id");
      at = path + ".id";
      if (id.isMissingNode() || id.isNull()) {
        throw Invalid.type("jsonobject", field, path);
      }
    } else if (!json.isString() && !json.isIntegralNumber()) {
      throw Invalid.type("jsonobject", field, path);
    }
    String where = at;
    return Numbers.whole(id).orElseThrow(() -> Invalid.id(field, where));
  }

  @Override
  public int select(Field field, Selection selection) {
    String id = selection.column(field.column());
    int place = selection.add(id);
    selection.add(
        field.modules().isEmpty()
            ? "null::text"
            : selection.nameOf(field.modules().getFirst(), id));
    return place;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    writeReference(row.getLong(column), row.getString(column + 1), reading);
  }

  static void writeReference(long id, @Nullable String name, Reading reading) {
    if (id == 0 || name == null) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartObject();
    reading.json().writeStringProperty("name", name);
    reading.json().writeStringProperty("id", Long.toString(id));
    reading.json().writeEndObject();
  }
}
