package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code module}: which module a record belongs to, {@code {"api_name":…,"id":…}}. */
record ModuleType() implements FieldType {
  @Override
  public String dataType() {
    return "module";
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
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    var module = reading.metadata().find(row.getLong(column));
    if (module.isEmpty()) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartObject();
    reading.json().writeStringProperty("api_name", module.get().apiName());
    reading.json().writeStringProperty("id", Long.toString(module.get().id()));
    reading.json().writeEndObject();
  }
}
