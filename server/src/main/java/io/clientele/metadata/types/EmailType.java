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
  private static final int SHORTEST = 4;
  private static final int LONGEST = 256;

  /** The documented pattern, so written that it never tries one text in two ways. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[+\\-\\p{L}\\p{M}\\p{N}_][\\p{L}\\p{M}\\p{N}!#$%&'*+\\-/=?^_`{|}~.]*+@"
              + "(?<domain>(?:[\\p{L}\\p{N}\\p{M}](?:[\\-_]*+[\\p{L}\\p{M}\\p{N}])*+[.])+"
              + "[\\p{L}\\p{M}]{2,22})");

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
    if (text != null && !isAddress(text)) {
      throw Invalid.type("email", field, path);
    }
    return text;
  }

  static boolean isAddress(String text) {
    var address = ADDRESS.matcher(text);
    if (!address.matches()) {
      return false;
    }
    int domain = address.group("domain").length();
    return domain >= SHORTEST && domain <= LONGEST;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    TextType.writeText(row, column, reading);
  }
}
