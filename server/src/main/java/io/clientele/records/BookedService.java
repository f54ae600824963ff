package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What appointments ask of the service they are for.
 *
 * @param minutes how long it takes
 * @param days a JSON object of what limits the days and times it is offered
 */
record BookedService(long id, int minutes, boolean jobSheet, Set<Long> members, JsonNode days) {

  /** The services with those ids. */
  static Map<Long, BookedService> load(RecordChange change, Collection<Long> ids) {
    Map<Long, BookedService> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    Metadata metadata = change.stamp().metadata();
    Module services = metadata.require("Services__s");
    String links = change.table(metadata.get("Services_X_Users__s"));
    change
        .tx()
        .list(
            sql(
                "select t.id, t.duration, t.job_sheet_required, to_jsonb(t) as days, array(select"
                    + " l.members from "
                    + links
                    + " l where l.services = t.id) as members from "
                    + change.table(services)
                    + " t where t.id = any(?)",
                (Object) ids.toArray(Long[]::new)),
            BookedService::of)
        .forEach(service -> found.put(service.id, service));
    return found;
  }

  private static BookedService of(ResultSet row) throws SQLException {
    Long[] members = (Long[]) row.getArray("members").getArray();
    return new BookedService(
        row.getLong("id"),
        row.getInt("duration"),
        "Yes".equals(row.getString("job_sheet_required")),
        new HashSet<>(List.of(members)),
        Json.MAPPER.readTree(row.getString("days")));
  }

  /** Whether it is offered for its whole length from {@code start}, a time of the user. */
  boolean isOffered(LocalDateTime start) {
    if ("Not in Use".equals(text("status")) || !isOfferedOn(start.toLocalDate())) {
      return false;
    }
    JsonNode timings = days.path("available_timings");
    if (!timings.isArray() || timings.isEmpty()) {
      return true;
    }
    LocalDateTime end = start.plusMinutes(minutes);
    return timings
        .valueStream()
        .anyMatch(
            timing ->
                !start.toLocalTime().isBefore(LocalTime.parse(timing.path("From").asString()))
                    && !end.isAfter(
                        start.toLocalDate().atTime(LocalTime.parse(timing.path("To").asString()))));
  }

  private boolean isOfferedOn(LocalDate date) {
    String type = text("availability_type");
    return switch (type == null ? "" : type) {
      case "Specific Date Range" -> {
        String from = text("available_from");
        String till = text("available_till");
        yield (from == null || !date.isBefore(LocalDate.parse(from)))
            && (till == null || !date.isAfter(LocalDate.parse(till)));
      }
      case "Specific Date(s)" -> contains("available_dates", date.toString());
      case "Specific Day(s)" ->
          contains(
              "available_days", date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      default -> true;
    };
  }

  private boolean contains(String column, String value) {
    return days.path(column).valueStream().anyMatch(one -> one.asString().equals(value));
  }

  private @Nullable String text(String column) {
    return days.path(column).asString(null);
  }

  static boolean isDate(String text) {
    try {
      return text.matches("\\d{4}-\\d{2}-\\d{2}") && LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A time of day such as 18:30. */
  static boolean isTime(String text) {
    try {
      return text.matches("\\d{2}:\\d{2}") && LocalTime.parse(text).getHour() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
