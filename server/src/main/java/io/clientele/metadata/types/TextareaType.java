package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code textarea}: several lines; rich text is cut in lists, whole only through the rich text
 * operation.
 */
record TextareaType() implements FieldType {
  /** How much of a rich text the Get Records operation answers. */
  private static final int RICH_TEXT_CHARACTERS = 500;

  @Override
  public String dataType() {
    return "textarea";
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
    return TextType.string(json, field, path, "text");
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    String value = row.getString(column);
    if (value != null && field.isRichText() && value.length() > RICH_TEXT_CHARACTERS) {
      int characters = Math.min(RICH_TEXT_CHARACTERS, value.codePointCount(0, value.length()));
      value = value.substring(0, value.offsetByCodePoints(0, characters));
    }
    TextType.writeString(value, reading);
  }
}
