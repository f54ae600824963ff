package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code phone}: of the documented form, kept as written. */
record PhoneType() implements FieldType {
  /** The documented pattern, with the brackets that its page lost but its example has. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+]?(?![.-])"
              + "(?>(?>[.-]?[ ]?[\\da-zA-Z]+)+"
              + "|(?:[ ]?\\((?![.-])(?>[ .-]?[\\da-zA-Z]+)+\\)(?![.])(?:[ -]?[\\da-zA-Z]+)?)+)+"
              + "(?>(?>(?:,+)?;?[\\da-zA-Z]+)+(?:(?:#[\\da-zA-Z]+)+)?)?[#;]?");

  @Override
  public String dataType() {
    return "phone";
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
    String text = TextType.string(json, field, path, "phone");
    if (text != null && !NUMBER.matcher(text).matches()) {
      throw Invalid.type("phone", field, path);
    }
    return text;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    TextType.writeText(row, column, reading);
  }
}
