package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import io.clientele.metadata.FileChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code profileimage}: the photo of a record, told by the id of its file. */
public record ProfileImageType() implements FieldType {
  @Override
  public String dataType() {
    return "profileimage";
  }

  @Override
  public String jsonType() {
    return "string";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.TEXT);
  }

  /** The file that takes the photo's place; the writer of records sees to it. */
  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    String id = TextType.string(json, field, path, "text");
    return id == null
        ? null
        : new FileChange(
            List.of(
                new FileChange.Item(path, Optional.empty(), Optional.of(id), false, null, null)),
            true);
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    TextType.writeText(row, column, reading);
  }
}
