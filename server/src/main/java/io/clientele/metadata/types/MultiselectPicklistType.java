package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code multiselectpicklist}: several values of a list, as a JSON array. */
record MultiselectPicklistType() implements FieldType {
  @Override
  public String dataType() {
    return "multiselectpicklist";
  }

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.TEXT_ARRAY);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    if (!json.isArray()) {
      throw Invalid.type("jsonarray", field, path);
    }
    List<String> values = new ArrayList<>();
    int index = 0;
    for (JsonNode item : json) {
      String at = path + "[" + index++ + "]";
      if (!item.isString()) {
        throw Invalid.type("text", field, at);
      }
      values.add(PicklistType.value(item.stringValue(), field, at));
    }
    return values.isEmpty() ? null : Arrays.literal(values);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    Array array = row.getArray(column);
    if (array == null) {
      reading.json().writeNull();
      return;
    }
    reading.json().writeStartArray();
    for (String value : (String[]) array.getArray()) {
      reading.json().writeString(value);
    }
    reading.json().writeEndArray();
  }
}
