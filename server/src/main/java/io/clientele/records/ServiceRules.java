package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.bookings.ServicePreferences;
import io.clientele.metadata.types.Invalid;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The rules of services: how long they take and when they are offered. Reference: Add Services. */
final class ServiceRules {
  private static final int SHORTEST = 5;
  private static final int LONGEST = 24 * 60;
  private static final int MEMBERS = 100;
  private static final int DATES = 20;
  private static final int TIMINGS = 2;
  private static final int ACTIVE = 500;

  private final RecordChange change;
  private final Module module;

  ServiceRules(RecordChange change, Module module) {
    this.change = change;
    this.module = module;
  }

  void check(List<Draft> drafts) {
    List<Field> fields =
        module.fields().stream().filter(field -> field.stored().isPresent()).toList();
    StoredRows stored = StoredRows.load(change, module, fields, drafts);
    for (Draft draft : drafts) {
      try {
        checkMembers(draft);
        checkDuration(draft, stored);
        checkDays(draft, stored);
        checkTimings(draft, stored);
        checkJobSheet(draft, stored);
        ServiceStatus.check(change.stamp(), module, draft, stored);
      } catch (ApiError e) {
        draft.reject(e);
      }
    }
    checkActive(drafts, stored);
  }

  private void checkMembers(Draft draft) {
    if (draft.children().getOrDefault(field("Members"), List.of()).size() > MEMBERS) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("api_name", "Members")
          .with("limit", MEMBERS)
          .with("json_path", draft.path("Members"))
          .message("More than " + MEMBERS + " users cannot be associated");
    }
  }

  private void checkDuration(Draft draft, StoredRows stored) {
    String minutes = stored.after(draft, field("Duration"));
    if (minutes != null
        && (Integer.parseInt(minutes) < SHORTEST || Integer.parseInt(minutes) > LONGEST)) {
      throw invalid(
          draft, "Duration", "Duration value should not be greater than 24hrs or less than 5mins");
    }
  }

  private void checkDays(Draft draft, StoredRows stored) {
    Field type = field("Availability_Type");
    String kind = stored.after(draft, type);
    if (kind != null && !type.pickListValues().contains(kind)) {
      throw invalid(draft, type.apiName(), "The given Availability Type is not in picklist");
    }
    List<String> needed =
        switch (kind == null ? "" : kind) {
          case "Specific Date Range" -> List.of("Available_From", "Available_Till");
          case "Specific Date(s)" -> List.of("Available_Dates");
          case "Specific Day(s)" -> List.of("Available_Days");
          default -> List.of();
        };
    for (String name : needed) {
      if (stored.after(draft, field(name)) == null) {
        throw missing(draft, name, type.apiName());
      }
    }
    if (draft.values().get(field("Available_Dates")) instanceof String dates) {
      checkDates(draft, Json.MAPPER.readTree(dates));
    }
    String from = stored.after(draft, field("Available_From"));
    String till = stored.after(draft, field("Available_Till"));
    if (from != null && till != null && LocalDate.parse(till).isBefore(LocalDate.parse(from))) {
      throw mismatch(
          draft, "Available_Till", "Available_From", "To value must be Greater than From value");
    }
  }

  private void checkDates(Draft draft, JsonNode dates) {
    Field field = field("Available_Dates");
    if (dates.size() > DATES) {
      throw Invalid.length(DATES, field, draft.path(field.apiName()));
    }
    for (JsonNode date : dates) {
      if (!date.isString() || !BookedService.isDate(date.stringValue())) {
        throw Invalid.type("date", field, draft.path(field.apiName()));
      }
    }
  }

  private void checkTimings(Draft draft, StoredRows stored) {
    String text = stored.after(draft, field("Available_Timings"));
    String minutes = stored.after(draft, field("Duration"));
    if (text == null || minutes == null) {
      return;
    }
    JsonNode timings = Json.MAPPER.readTree(text);
    if (timings.size() > TIMINGS) {
      throw Invalid.length(TIMINGS, field("Available_Timings"), draft.path("Available_Timings"));
    }
    boolean fits = timings.isEmpty();
    for (JsonNode timing : timings) {
      LocalTime from = time(draft, timing, "From");
      LocalTime to = time(draft, timing, "To");
      if (!to.isAfter(from)) {
        throw mismatch(
            draft, "Available_Timings", "Duration", "To value must be Greater than From value");
      }
      fits |= Duration.between(from, to).toMinutes() >= Integer.parseInt(minutes);
    }
    if (!fits) {
      throw mismatch(draft, "Duration", "Status", "Duration does not satisfy the service timing");
    }
  }

  private static LocalTime time(Draft draft, JsonNode timing, String key) {
    String text = timing.path(key).asString("");
    if (!BookedService.isTime(text)) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at(key, draft.path("Available_Timings"))
          .message(" The given custom time is invalid");
    }
    return LocalTime.parse(text);
  }

  private void checkJobSheet(Draft draft, StoredRows stored) {
    boolean required = "Yes".equals(stored.after(draft, field("Job_Sheet_Required")));
    boolean sets = draft.values().containsKey(field("Job_Sheet_Required"));
    if (required && sets && !ServicePreferences.jobSheetEnabled(change.stamp().metadata())) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .at("Job_Sheet_Required", draft.path("Job_Sheet_Required"))
          .message("Job Sheet is not configured in services preferences");
    }
    if (!required && draft.values().get(field("Job_Sheet_Section__s")) != null) {
      throw mismatch(
          draft,
          "Job_Sheet_Section__s",
          "Job_Sheet_Required",
          "Job_Sheet_Section__s can have value only when value of Job_Sheet_Required is Yes");
    }
  }

  /** How many services an org can offer at once. */
  private void checkActive(List<Draft> drafts, StoredRows stored) {
    List<Draft> more =
        drafts.stream()
            .filter(Draft::good)
            .filter(draft -> !ServiceStatus.UNUSED.equals(stored.after(draft, field("Status"))))
            .filter(
                draft ->
                    !draft.existed()
                        || ServiceStatus.UNUSED.equals(stored.before(draft, field("Status"))))
            .toList();
    if (more.isEmpty()) {
      return;
    }
    String table = change.table(module);
    int active =
        change
            .tx()
            .list(
                sql(
                    "select count(*) from " + table + " where status is distinct from ?",
                    ServiceStatus.UNUSED),
                row -> row.getInt(1))
            .getFirst();
    more.stream()
        .skip(Math.max(0, ACTIVE - active))
        .forEach(
            draft ->
                draft.reject(
                    ErrorCode.LIMIT_EXCEEDED
                        .with("api_name", "Status")
                        .with("limit", ACTIVE)
                        .with("json_path", draft.path("Status"))
                        .message("You cannot create more than 500 active services")));
  }

  private Field field(String name) {
    return module.field(name).orElseThrow();
  }

  private static ApiError invalid(Draft draft, String name, String message) {
    return ErrorCode.INVALID_DATA.error().message(message).at(name, draft.path(name));
  }

  static ApiError missing(Draft draft, String name, String dependee) {
    return ErrorCode.DEPENDENT_FIELD_MISSING
        .with("dependee", Map.of("api_name", dependee, "json_path", draft.path(dependee)))
        .at(name, draft.path(name))
        .message("Dependent Field missing");
  }

  static ApiError mismatch(Draft draft, String name, String dependee, String message) {
    return ErrorCode.DEPENDENT_MISMATCH
        .with("dependee", Map.of("api_name", dependee, "json_path", draft.path(dependee)))
        .at(name, draft.path(name))
        .message(message);
  }
}
