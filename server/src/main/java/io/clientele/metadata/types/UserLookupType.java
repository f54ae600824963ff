package io.clientele.metadata.types;

import io.clientele.metadata.Field;
import io.clientele.metadata.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code ownerlookup} and {@code userlookup}: a user, {@code {"name":…,"id":…,"email":…}}. Names
 * come from the org's metadata, not from a join.
 */
record UserLookupType(String dataType) implements FieldType {
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
    UserName user = reading.metadata().userName(row.getLong(column));
    if (user == null) {
      reading.json().writeNull();
    } else {
      reading.json().writeRawValue(user.reference());
    }
  }
}
