package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code text} and {@code mediumtext}: one line of text. */
record TextType(String dataType) implements FieldType {
  @Override
  public String jsonType() {
    return "string";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.TEXT);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    return string(json, field, path, "text");
  }

  /** A string no longer than the field; an empty one is null, as the product keeps it. */
  static @Nullable String string(JsonNode json, Field field, String path, String expected) {
    if (json.isNull()) {
      return null;
    }
    if (!json.isString()) {
      throw Invalid.type(expected, field, path);
    }
    String text = json.stringValue();
    if (text.indexOf('\0') >= 0) {
      throw Invalid.type(expected, field, path);
    }
    if (text.codePointCount(0, text.length()) > field.length()) {
      throw Invalid.length(field.length(), field, path);
    }
    return text.isEmpty() ? null : text;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    writeText(row, column, reading);
  }

  /** The bytes as the database sent them, which are UTF-8 already: nothing is decoded. */
  static void writeText(ResultSet row, int column, Reading reading) throws SQLException {
    byte[] utf8 = row.getBytes(column);
    if (utf8 == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeUTF8String(utf8, 0, utf8.length);
    }
  }

  static void writeString(@Nullable String value, Reading reading) {
    if (value == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeString(value);
    }
  }
}
