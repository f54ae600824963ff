package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code boolean}: never null; a missing value is false. */
record BooleanType() implements FieldType {
  private static final Column COLUMN = new Column("boolean", "boolean");

  @Override
  public String dataType() {
    return "boolean";
  }

  @Override
  public String jsonType() {
    return "boolean";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(COLUMN);
  }

  @Override
  public @Nullable Object[] newArray(int size) {
    return new Boolean[size];
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return false;
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    if (json.isString() && json.stringValue().matches("true|false")) {
      return json.stringValue().equals("true");
    }
    throw Invalid.type("boolean", field, path);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    reading.json().writeBoolean(row.getBoolean(column));
  }
}
