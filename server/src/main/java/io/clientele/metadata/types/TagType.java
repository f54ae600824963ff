package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import io.clientele.metadata.Tag;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The field Tag, whose data type says text: an array of {@code {"name":…,"id":…,"color_code":…}}.
 * The row keeps the ids; names come from the org's metadata. Written by name.
 */
record TagType() implements FieldType {
  @Override
  public String dataType() {
    return "text";
  }

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.BIGINT_ARRAY);
  }

  /** The names; the writer of records turns them into ids. */
  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    if (!json.isArray()) {
      throw Invalid.type("jsonarray", field, path);
    }
    List<String> names = new ArrayList<>();
    int index = 0;
    for (JsonNode tag : json) {
      JsonNode name = tag.isObject() ? tag.path("name") : tag;
      if (!name.isString()
          || name.stringValue().isBlank()
          || name.stringValue().indexOf('\0') >= 0) {
        throw Invalid.type("text", field, path + "[" + index + "].name");
      }
      names.add(name.stringValue().strip());
      index++;
    }
    return names.isEmpty() ? null : new Tag.Names(names);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    Array array = row.getArray(column);
    reading.json().writeStartArray();
    if (array != null) {
      for (Long id : (Long[]) array.getArray()) {
        Tag tag = reading.metadata().findTag(id).orElse(null);
        if (tag != null) {
          reading.json().writeStartObject();
          reading.json().writeStringProperty("name", tag.name());
          reading.json().writeStringProperty("id", Long.toString(tag.id()));
          reading.json().writeName("color_code");
          TextType.writeString(tag.colorCode(), reading);
          reading.json().writeEndObject();
        }
      }
    }
    reading.json().writeEndArray();
  }
}
