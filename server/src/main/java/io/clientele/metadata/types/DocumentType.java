package io.clientele.metadata.types;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * <<<<<<< HEAD Values that are small JSON documents, kept as they are: {@code time_range}, {@code
 * linetax}, {@code fileupload}, {@code imageupload}. ======= Values that are small JSON documents,
 * kept as they are: {@code RRULE}, {@code ALARM}, {@code multireminder}, {@code time_range}, {@code
 * fileupload}, {@code imageupload}. >>>>>>> convert
 */
record DocumentType(String dataType, String jsonType) implements FieldType {
  @Override
  public Optional<Column> column() {
    return Optional.of(Column.JSON);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    if (jsonType.equals("jsonarray") ? !json.isArray() : !json.isObject()) {
      throw Invalid.type(jsonType, field, path);
    }
    String text = Json.MAPPER.writeValueAsString(json);
    if (text.contains("\\u0000") || !Numbers.allSane(json)) {
      throw Invalid.type(jsonType, field, path);
    }
    return text;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    writeDocument(row, column, reading);
  }

  /** The document as it is kept. */
  static void writeDocument(ResultSet row, int column, Reading reading) throws SQLException {
    String value = row.getString(column);
    if (value == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeRawValue(value);
    }
  }
}
