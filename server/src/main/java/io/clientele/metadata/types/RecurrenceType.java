package io.clientele.metadata.types;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code RRULE}: {@code {"RRULE":…,"EXDATE":…}}, how an activity recurs and on which dates it does
 * not.
 */
public record RecurrenceType() implements FieldType {
  private static final String RULE = "RRULE";
  private static final String EXCLUDED = "EXDATE";
  private static final int LONGEST = 1000;

  @Override
  public String dataType() {
    return RULE;
  }

  @Override
  public String jsonType() {
    return "jsonobject";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.JSON);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull()) {
      return null;
    }
    if (!json.isObject()) {
      throw Invalid.type("jsonobject", field, path);
    }
    ObjectNode kept = Json.MAPPER.createObjectNode();
    for (String key : new String[] {RULE, EXCLUDED}) {
      JsonNode value = json.path(key);
      if (value.isMissingNode() || value.isNull()) {
        continue;
      }
      if (!value.isString() || value.stringValue().indexOf('\0') >= 0) {
        throw Invalid.key("text", key, path + "." + key);
      }
      if (value.stringValue().length() > LONGEST) {
        throw Invalid.keyLength(LONGEST, key, path + "." + key);
      }
      kept.put(key, value.stringValue());
    }
    if (!kept.has(RULE)) {
      throw Invalid.missing(RULE, path + "." + RULE);
    }
    if (rule(kept).isEmpty()) {
      throw Invalid.key(RULE, RULE, path + "." + RULE);
    }
    return Json.MAPPER.writeValueAsString(kept);
  }

  /** The rule in a value of such a field. */
  public static Optional<RecurrenceRule> rule(JsonNode value) {
    return RecurrenceRule.parse(value.path(RULE).asString(""), value.path(EXCLUDED).asString(""));
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    DocumentType.writeDocument(row, column, reading);
  }
}
