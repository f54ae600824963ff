package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code integer}: a whole number of up to nine digits. */
record IntegerType() implements FieldType {
  private static final Column COLUMN = new Column("integer", "integer");

  @Override
  public String dataType() {
    return "integer";
  }

  @Override
  public String jsonType() {
    return "integer";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(COLUMN);
  }

  @Override
  public @Nullable Object[] newArray(int size) {
    return new Integer[size];
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    long number = Numbers.whole(json).orElseThrow(() -> Invalid.type("integer", field, path));
    int length = Math.min(field.length(), 9);
    if (Numbers.digits(number) > length) {
      throw Invalid.length(length, field, path);
    }
    return (int) number;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    int value = row.getInt(column);
    if (row.wasNull()) {
      reading.json().writeNull();
    } else {
      reading.json().writeNumber(value);
    }
  }
}
