package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code layout}: which layout a record has, {@code {"name":…,"display_label":…,"id":…}}. */
record LayoutType() implements FieldType {
  @Override
  public String dataType() {
    return "layout";
  }

  @Override
  public String jsonType() {
    return "jsonobject";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.BIGINT);
  }

  @Override
  public @Nullable Object[] newArray(int size) {
    return new Long[size];
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    return LookupType.id(json, field, path);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    Layout layout = reading.metadata().findLayout(row.getLong(column)).orElse(null);
    if (layout == null) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartObject();
    reading.json().writeStringProperty("name", layout.name());
    reading.json().writeStringProperty("display_label", layout.displayLabel());
    reading.json().writeStringProperty("id", Long.toString(layout.id()));
    reading.json().writeEndObject();
  }
}
