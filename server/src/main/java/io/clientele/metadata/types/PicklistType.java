package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code picklist}: one value of a list; others are refused. {@code -None-} means no value. */
record PicklistType() implements FieldType {
  @Override
  public String dataType() {
    return "picklist";
  }

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
    String text = TextType.string(json, field, path, "text");
    return text == null || text.equals("-None-") ? null : value(text, field, path);
  }

  /** The value as it is kept, when the list knows it. */
  static String value(String text, Field field, String path) {
    String kept = field.pickListValue(text);
    if (kept == null) {
      throw Invalid.oneOf(field.pickListValues(), field, path);
    }
    return kept;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    TextType.writeText(row, column, reading);
  }
}
