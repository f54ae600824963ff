package io.clientele.metadata.types;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code ALARM}: when and how a task reminds, {@code {"ALARM":"ACTION=EMAIL;TRIGGER=…"}}. The
 * trigger is a moment, or for tasks that recur a number of days or weeks before, with the time of
 * day beside it.
 */
public record AlarmType() implements FieldType {
  private static final String ALARM = "ALARM";
  private static final Set<String> ACTIONS = Set.of("EMAIL", "POPUP", "EMAILANDPOPUP");
  private static final Set<String> PARTS = Set.of("FREQ", "ACTION", "TRIGGER", "TRIGGER_TIME");
  private static final String BEFORE = "-P([1-6]D|[1-3]W)";
  private static final String MOMENT = "DATE-TIME:";
  private static final int LONGEST = 255;

  @Override
  public String dataType() {
    return ALARM;
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
    JsonNode alarm = json.path(ALARM);
    String at = path + "." + ALARM;
    if (alarm.isMissingNode() || alarm.isNull()) {
      throw Invalid.missing(ALARM, at);
    }
    if (!alarm.isString()) {
      throw Invalid.key("text", ALARM, at);
    }
    if (alarm.stringValue().length() > LONGEST) {
      throw Invalid.keyLength(LONGEST, ALARM, at);
    }
    if (!isAlarm(alarm.stringValue())) {
      throw Invalid.key(ALARM, ALARM, at);
    }
    return Json.MAPPER.writeValueAsString(Map.of(ALARM, alarm.stringValue()));
  }

  /** Whether a value of such a field reminds some days before a day that it does not say. */
  public static boolean isRelative(JsonNode value) {
    return parts(value.path(ALARM).asString("")).getOrDefault("TRIGGER", "").matches(BEFORE);
  }

  private static boolean isAlarm(String text) {
    Map<String, String> parts = parts(text);
    String trigger = parts.getOrDefault("TRIGGER", "");
    if (!PARTS.containsAll(parts.keySet()) || !ACTIONS.contains(parts.getOrDefault("ACTION", ""))) {
      return false;
    }
    if (trigger.matches(BEFORE)) {
      return isTime(parts.getOrDefault("TRIGGER_TIME", ""));
    }
    String moment = trigger.startsWith(MOMENT) ? trigger.substring(MOMENT.length()) : trigger;
    return DateTimeType.parse(moment).isPresent();
  }

  private static Map<String, String> parts(String text) {
    var parts = new LinkedHashMap<String, String>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      parts.put(
          name.strip().toUpperCase(Locale.ROOT),
          part.substring(equals + 1).strip().toUpperCase(Locale.ROOT));
    }
    return parts;
  }

  /** A time of day such as 22:52. */
  static boolean isTime(String text) {
    try {
      return text.matches("\\d{2}:\\d{2}") && LocalTime.parse(text).getHour() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @Override
  public void write(ResultSet row, int column, Field field, Reading reading) throws SQLException {
    DocumentType.writeDocument(row, column, reading);
  }
}
