package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code email}: an address of the usual form. */
record EmailType() implements FieldType {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@<>(),;:\"\\[\\]\\\\]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?");

  @Override
  public String dataType() {
    return "email";
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
    String text = TextType.string(json, field, path, "email");
    if (text != null && (!ADDRESS.matcher(text).matches() || text.contains(".."))) {
      throw Invalid.type("email", field, path);
    }
    return text;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    TextType.writeText(row, column, reading);
  }
}
