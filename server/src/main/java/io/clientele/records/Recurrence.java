package io.clientele.records;

import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.Invalid;
import io.clientele.metadata.types.RecurrenceRule;
import io.clientele.metadata.types.RecurrenceType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Activities that recur: one row of a client becomes a record for each day of its rule, and each is
 * an outcome of its own. Meetings keep their time of day in the zone of the user.
 */
final class Recurrence {
  /** How many records one row can become. */
  static final int MOST = 365;

  private final Module module;
  private final Field rule;
  private final ZoneId zone;

  private Recurrence(Module module, Field rule, ZoneId zone) {
    this.module = module;
    this.rule = rule;
    this.zone = zone;
  }

  /** New rows with those of a series in place of the row that asks for it. */
  static List<Draft> expand(Stamp stamp, Module module, List<Draft> drafts) {
    if (drafts.stream().noneMatch(draft -> isSeries(module, draft))) {
      return drafts;
    }
    Field rule = rule(module).orElseThrow();
    var recurrence = new Recurrence(module, rule, stamp.metadata().zoneOf(stamp.userId()));
    var all = new ArrayList<Draft>();
    for (Draft draft : drafts) {
      if (isSeries(module, draft) && draft.values().get(rule) instanceof String text) {
        all.addAll(recurrence.series(draft, text));
      } else {
        all.add(draft);
      }
    }
    return all;
  }

  private static Optional<Field> rule(Module module) {
    return module
        .field("Recurring_Activity")
        .filter(field -> field.type() instanceof RecurrenceType);
  }

  /** Whether a new row becomes a record for each day of its rule. */
  static boolean isSeries(Module module, Draft draft) {
    return draft.good()
        && rule(module).filter(rule -> draft.values().get(rule) != null).isPresent();
  }

  private List<Draft> series(Draft draft, String text) {
    RecurrenceRule days = RecurrenceType.rule(Json.MAPPER.readTree(text)).orElseThrow();
    Optional<LocalDate> first = days.start().or(() -> firstDay(draft));
    List<LocalDate> dates = first.map(day -> days.days(day, MOST + 1)).orElse(List.of());
    if (module.field("Start_DateTime").isPresent() && value(draft, "Remind_At") == null) {
      draft.reject(ErrorCode.MANDATORY_NOT_FOUND.error().at("Remind_At", draft.path("Remind_At")));
    } else if (dates.isEmpty()) {
      draft.reject(Invalid.type("RRULE", rule, draft.path(rule.apiName() + ".RRULE")));
    } else if (dates.size() > MOST) {
      draft.reject(
          ErrorCode.LIMIT_EXCEEDED
              .with("limit", MOST)
              .at(rule.apiName(), draft.path(rule.apiName() + ".RRULE")));
    }
    return draft.good() ? dates.stream().map(date -> on(draft, date)).toList() : List.of(draft);
  }

  private Optional<LocalDate> firstDay(Draft draft) {
    return moment(draft, "Start_DateTime")
        .map(LocalDateTime::toLocalDate)
        .or(() -> Optional.ofNullable((String) value(draft, "Due_Date")).map(LocalDate::parse));
  }

  /** The activity as it is on {@code date}. */
  private Draft on(Draft draft, LocalDate date) {
    Draft copy = draft.copy();
    module.field("Due_Date").ifPresent(field -> copy.set(field, date.toString()));
    Optional<LocalDateTime> start = moment(draft, "Start_DateTime");
    Optional<LocalDateTime> end = moment(draft, "End_DateTime");
    if (start.isPresent() && end.isPresent()) {
      LocalDateTime begin = date.atTime(start.get().toLocalTime());
      set(copy, "Start_DateTime", begin);
      set(copy, "End_DateTime", begin.plus(Duration.between(start.get(), end.get())));
    }
    return copy;
  }

  private void set(Draft draft, String name, LocalDateTime moment) {
    draft.set(module.field(name).orElseThrow(), moment.atZone(zone).toInstant().toString());
  }

  private Optional<LocalDateTime> moment(Draft draft, String name) {
    return Optional.ofNullable((String) value(draft, name))
        .map(text -> Instant.parse(text).atZone(zone).toLocalDateTime());
  }

  private @Nullable Object value(Draft draft, String name) {
    return module.field(name).map(field -> draft.values().get(field)).orElse(null);
  }
}
