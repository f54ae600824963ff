package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code date}: {@code yyyy-MM-dd}. */
record DateType() implements FieldType {
  private static final Column COLUMN = new Column("date", "text");
  private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  @Override
  public String dataType() {
    return "date";
  }

  @Override
  public String jsonType() {
    return "string";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(COLUMN);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull() || (json.isString() && json.stringValue().isEmpty())) {
      return null;
    }
    if (json.isString() && FORM.matcher(json.stringValue()).matches()) {
      try {
        LocalDate date = LocalDate.parse(json.stringValue());
        if (date.getYear() > 0) {
          return date.toString();
        }
      } catch (DateTimeException e) {
        throw Invalid.type("date", field, path);
      }
    }
    throw Invalid.type("date", field, path);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    LocalDate date = row.getObject(column, LocalDate.class);
    if (date == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeString(date.toString());
    }
  }
}
