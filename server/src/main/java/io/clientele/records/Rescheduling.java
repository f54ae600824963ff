package io.clientele.records;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moving an appointment to another time: the appointment says how often, from when and by whom, and
 * what it said of the time before goes to its history.
 */
final class Rescheduling {
  private static final String FROM = "Rescheduled_From";
  private static final String TO = "Rescheduled_To";
  private static final String TIME = "Rescheduled_Time";
  private static final String BY = "Rescheduled_By";
  private static final String REASON = "Reschedule_Reason";
  private static final String NOTE = "Reschedule_Note";
  private static final String COUNT = "Reschedule_Count";

  private final RecordChange change;
  private final Module module;

  Rescheduling(RecordChange change, Module module) {
    this.change = change;
    this.module = module;
  }

  /** A new one that says why must say from when. */
  static void read(Module module, Draft draft) {
    for (String name : new String[] {REASON, NOTE}) {
      if (draft.values().get(Appointments.field(module, name)) != null
          && draft.values().get(Appointments.field(module, FROM)) == null) {
        throw ServiceRules.missing(draft, FROM, name).message("Rescheduled_From cannot be empty");
      }
    }
  }

  void check(Draft draft, StoredRows stored) {
    Instant before = Appointments.moment(stored.before(draft, field(Appointments.START)));
    Instant start = Appointments.moment(stored.after(draft, field(Appointments.START)));
    Instant from =
        draft.values().get(field(FROM)) instanceof String text ? Instant.parse(text) : null;
    boolean moved = before != null && start != null && !before.equals(start);
    if (!draft.existed()) {
      if (from == null) {
        draft.set(field(REASON), null);
      }
      draft.set(field(COUNT), from == null ? 0 : 1);
    }
    if (from != null && from.equals(start)) {
      throw ErrorCode.DEPENDENT_FIELD_UNCHANGED
          .with(
              "dependee",
              Map.of("api_name", Appointments.START, "json_path", draft.path(Appointments.START)))
          .at(FROM, draft.path(FROM))
          .message("Reschedule_From and Appointment_Start_Time cannot be same");
    }
    if (moved || (!draft.existed() && from != null)) {
      move(draft, stored, from == null ? before : from, start);
    } else if (draft.existed() && count(draft, stored) == 0) {
      requireMove(draft);
    }
  }

  /** Why an appointment was moved cannot be said of one that was not. */
  private void requireMove(Draft draft) {
    for (String name : new String[] {REASON, NOTE}) {
      if (draft.values().get(field(name)) != null) {
        throw ServiceRules.missing(draft, FROM, name).message("Rescheduled_From cannot be empty");
      }
    }
  }

  private void move(
      Draft draft, StoredRows stored, @Nullable Instant from, @Nullable Instant start) {
    String status = stored.before(draft, field(Appointments.STATUS));
    if (Appointments.CANCELLED.equals(status) || Appointments.COMPLETED.equals(status)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .at(Appointments.START, draft.path(Appointments.START))
          .message("A cancelled or completed appointment cannot be rescheduled");
    }
    if (draft.existed()) {
      int count = count(draft, stored);
      if (count > 0) {
        draft.setNext(history(draft, stored));
      }
      draft.set(field(COUNT), count + 1);
      if (!draft.values().containsKey(field(Appointments.STATUS))) {
        draft.set(field(Appointments.STATUS), "Scheduled");
      }
      draft.values().putIfAbsent(field(REASON), "By Customer");
      draft.values().putIfAbsent(field(NOTE), null);
    }
    draft.set(field(FROM), from == null ? null : from.toString());
    draft.set(field(TO), start == null ? null : start.toString());
    draft.set(field(TIME), change.stamp().now().toString());
    draft.set(field(BY), change.stamp().userId());
    if (draft.values().get(field(REASON)) == null) {
      draft.set(field(REASON), "By Customer");
    }
  }

  private Draft history(Draft draft, StoredRows stored) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String name : new String[] {FROM, TO, TIME, REASON, NOTE}) {
      values.put(name, stored.before(draft, field(name)));
    }
    String by = stored.before(draft, field(BY));
    values.put(BY, by == null ? null : Long.valueOf(by));
    values.put("Name", stored.before(draft, field("Appointment_Name")));
    return RescheduleHistory.row(change.stamp().metadata(), draft.requiredId(), values);
  }

  private int count(Draft draft, StoredRows stored) {
    String count = stored.before(draft, field(COUNT));
    return count == null ? 0 : Integer.parseInt(count);
  }

  private Field field(String name) {
    return Appointments.field(module, name);
  }
}
