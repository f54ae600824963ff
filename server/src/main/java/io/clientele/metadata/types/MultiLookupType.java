package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code multiselectlookup} and {@code multiuserlookup}: rows of a linking module. */
record MultiLookupType(String dataType) implements FieldType {
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
    throw new IllegalStateException("linked rows are read by themselves: " + field.apiName());
  }
}
