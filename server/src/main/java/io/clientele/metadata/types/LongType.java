package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code bigint}: a long number or an id; a string of digits on the wire. */
record LongType() implements FieldType {
  @Override
  public String dataType() {
    return "bigint";
  }

  @Override
  public String jsonType() {
    return "string";
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
    if (json.isNull()) {
      return null;
    }
    long number = Numbers.whole(json).orElseThrow(() -> Invalid.type("bigint", field, path));
    int length = Math.min(field.length(), 19);
    if (Numbers.digits(number) > length) {
      throw Invalid.length(length, field, path);
    }
    return number;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    long value = row.getLong(column);
    if (row.wasNull()) {
      reading.json().writeNull();
    } else {
      reading.json().writeString(Long.toString(value));
    }
  }
}
