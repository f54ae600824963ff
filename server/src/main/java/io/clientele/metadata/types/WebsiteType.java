package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code website}: an address of a page, with or without its scheme. */
record WebsiteType() implements FieldType {
  /** The documented pattern; its last part once, since more of it matches nothing else. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(?:https?|ftp)://)?"
              + "[^\\x00-\\x19\\x22-\\x27\\x2A-\\x2C\\x2E-\\x2F\\x3A-\\x3F\\x5B-\\x5E\\x60\\x7B"
              + "\\x7D-\\x7F]+"
              + "(?:\\.[^\\x00-\\x19\\x22\\x24-\\x2C\\x2E-\\x2F\\x3C\\x3E\\x40\\x5B-\\x5E\\x60\\x7B"
              + "\\x7D-\\x7F]+)+"
              + "(?:[/?].*)?");

  @Override
  public String dataType() {
    return "website";
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
    String text = TextType.string(json, field, path, "website");
    if (text != null && !ADDRESS.matcher(text).matches()) {
      throw Invalid.type("website", field, path);
    }
    return text;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    TextType.writeText(row, column, reading);
  }
}
