package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code subform}: rows of a module of their own, read and written with their parent. */
record SubformType() implements FieldType {
  @Override
  public String dataType() {
    return "subform";
  }

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.empty();
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (!json.isNull() && !json.isArray()) {
      throw Invalid.type("jsonarray", field, path);
    }
    return null;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) {
    throw new IllegalStateException("rows of a subform are read by themselves: " + field.apiName());
  }
}
