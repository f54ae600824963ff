package io.clientele.metadata.types;

import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code multireminder}: how long before a meeting reminders come, {@code
 * [{"unit":15,"period":"minutes"}]}; those days or weeks before may say at which time of day.
 */
record ReminderType() implements FieldType {
  private static final int MOST_UNITS = 60;
  private static final List<String> PERIODS = List.of("minutes", "hours", "days", "weeks");

  /** Those of appointments have a range of their own, and no weeks. */
  private static final String OWN_RANGE = "most_units";

  /** How the manual writes them. */
  private static final Map<String, String> SHORT = Map.of("mins", "minutes", "hrs", "hours");

  @Override
  public String dataType() {
    return "multireminder";
  }

  @Override
  public String jsonType() {
    return "jsonarray";
  }

  @Override
  public Optional<Column> column() {
    return Optional.of(Column.JSON);
  }

  @Override
  public @Nullable Object parse(JsonNode json, Field field, String path) {
    if (json.isNull() || (json.isArray() && json.isEmpty())) {
      return null;
    }
    if (!json.isArray()) {
      throw Invalid.type("jsonarray", field, path);
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (JsonNode reminder : json) {
      kept.add(reminder(reminder, field, path + "[" + kept.size() + "]"));
    }
    return Json.MAPPER.writeValueAsString(kept);
  }

  private static ObjectNode reminder(JsonNode json, Field field, String path) {
    if (!json.isObject()) {
      throw Invalid.type("jsonobject", field, path);
    }
    for (String key : List.of("unit", "period")) {
      if (json.path(key).isMissingNode() || json.path(key).isNull()) {
        throw Invalid.missing(key, path + "." + key).message("mandatory key missing");
      }
    }
    long units =
        Numbers.whole(json.path("unit"))
            .orElseThrow(() -> Invalid.key("integer", "unit", path + ".unit"));
    int most = field.definition().path(OWN_RANGE).asInt(MOST_UNITS);
    if (units < 0 || units > most) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("unit", path + ".unit")
          .with("range", Map.of("from", 0, "to", most))
          .message("Please check whether the input values are correct");
    }
    String sent = json.path("period").asString("");
    String period = SHORT.getOrDefault(sent, sent);
    List<String> periods = field.definition().has(OWN_RANGE) ? PERIODS.subList(0, 3) : PERIODS;
    if (!periods.contains(period)) {
      throw Invalid.keyOneOf(periods, "period", path + ".period");
    }
    ObjectNode kept = Json.MAPPER.createObjectNode().put("period", period).put("unit", units);
    JsonNode time = json.path("time");
    if (!time.isMissingNode() && !time.isNull()) {
      String text = time.asString("").replace('.', ':');
      if (!time.isString() || !AlarmType.isTime(text)) {
        throw Invalid.key("time", "time", path + ".time");
      }
      kept.put("time", text);
    }
    return kept;
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    DocumentType.writeDocument(row, column, reading);
  }
}
