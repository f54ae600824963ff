package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code formula} and {@code rollup_summary}: read like the type they return, which is {@code
 * returns}. Those that say how they are computed have no column, see {@link Field#isComputed}.
 */
public record FormulaType(String dataType, FieldType returns) implements FieldType {
  @Override
  public String jsonType() {
    return returns.jsonType();
  }

  @Override
  public Optional<Column> column() {
    return returns.column();
  }

  @Override
  public @Nullable Object[] newArray(int size) {
    return returns.newArray(size);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    return returns.parse(json, field, path);
  }

  @Override
  public int select(Field field, Selection selection) {
    return returns.select(field, selection);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    returns.write(row, column, field, reading);
  }
}
