package io.clientele.bulk.read;

import io.clientele.metadata.Module;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Meetings as a calendar (RFC 5545). Each meeting of a series is a record, and so an event, of its
 * own.
 */
final class IcsEvents {
  /** The fields of a meeting that its event tells, and the property that does. */
  private static final Map<String, String> PROPERTIES = properties();

  /** Bytes of a line; what is longer goes on in the next. */
  private static final int LINE = 75;

  private final OutputStream out;
  private final List<String> fields;

  IcsEvents(OutputStream out, Module events) {
    this.out = out;
    this.fields = fields(events);
  }

  /** Those of them that the user sees. */
  static List<String> fields(Module events) {
    List<String> fields = new ArrayList<>();
    for (String name : PROPERTIES.keySet()) {
      if (events
          .field(name.contains(".") ? name.substring(0, name.indexOf('.')) : name)
          .isPresent()) {
        fields.add(name);
      }
    }
    return fields;
  }

  private static Map<String, String> properties() {
    var properties = new LinkedHashMap<String, String>();
    properties.put("Event_Title", "SUMMARY");
    properties.put("All_day", "");
    properties.put("Start_DateTime", "DTSTART");
    properties.put("End_DateTime", "DTEND");
    properties.put("Venue", "LOCATION");
    properties.put("Description", "DESCRIPTION");
    properties.put("Created_Time", "CREATED");
    properties.put("Modified_Time", "LAST-MODIFIED");
    properties.put("Owner.email", "ORGANIZER");
    return properties;
  }

  void begin() throws IOException {
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Clientele//Bulk Read//EN");
    line("CALSCALE:GREGORIAN");
  }

  /**
   * @param values the id and then the fields, in their order; moments in UTC
   * @param stamp when the file is made, as it stands in one
   */
  void event(List<@Nullable String> values, String stamp) throws IOException {
    boolean wholeDays = "true".equals(values.get(1 + fields.indexOf("All_day")));
    line("BEGIN:VEVENT");
    line("UID:" + values.getFirst());
    line("DTSTAMP:" + stamp);
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i);
      String value = values.get(i + 1);
      if (value != null && !name.equals("All_day")) {
        line(property(PROPERTIES.getOrDefault(name, ""), value, wholeDays));
      }
    }
    line("END:VEVENT");
  }

  void end() throws IOException {
    line("END:VCALENDAR");
  }

  private static String property(String name, String value, boolean wholeDays) {
    return switch (name) {
      case "DTSTART", "DTEND" ->
          wholeDays
              ? name + ";VALUE=DATE:" + basic(value).substring(0, 8)
              : name + ":" + basic(value);
      case "CREATED", "LAST-MODIFIED" -> name + ":" + basic(value);
      case "ORGANIZER" -> name + ":mailto:" + value;
      default -> name + ":" + escaped(value);
    };
  }

  /** {@code 2026-01-31 10:00:00+00} as {@code 20260131T100000Z}. */
  static String basic(String moment) {
    return moment.substring(0, 19).replace("-", "").replace(":", "").replace(' ', 'T') + "Z";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\r\n", "\\n")
        .replace("\n", "\\n")
        .replace("\r", "\\n");
  }

  private void line(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int room = LINE;
    int from = 0;
    while (bytes.length - from > room) {
      int to = from + room;
      while ((bytes[to] & 0xC0) == 0x80) {
        to--; // not within a character
      }
      out.write(bytes, from, to - from);
      out.write("\r\n ".getBytes(StandardCharsets.US_ASCII));
      from = to;
      room = LINE - 1;
    }
    out.write(bytes, from, bytes.length - from);
    out.write('\r');
    out.write('\n');
  }
}
