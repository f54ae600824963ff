package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.Invalid;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times an appointment had before its last rescheduling, the latest twenty of each. Reference:
 * Appointments Rescheduled History.
 */
final class RescheduleHistory {
  private static final String MODULE = "Appointments_Rescheduled_History__s";
  private static final String APPOINTMENT = "Appointment_Name";
  private static final int KEPT = 20;

  private RescheduleHistory() {}

  /** A row stays with its appointment. */
  static void read(Module module, Draft draft, boolean creating) {
    if (!creating) {
      module.field(APPOINTMENT).ifPresent(draft.values()::remove);
    }
  }

  /** What clients may add: of appointments that were rescheduled, not in the future, no more. */
  static void check(RecordChange change, Module module, List<Draft> drafts) {
    Field time = module.field("Rescheduled_Time").orElseThrow();
    Field appointment = module.field(APPOINTMENT).orElseThrow();
    Map<Long, Integer> rows = new HashMap<>();
    for (Draft draft : drafts) {
      if (draft.values().get(time) instanceof String text
          && OffsetDateTime.parse(text).toInstant().isAfter(change.stamp().now())) {
        draft.reject(Invalid.type("datetime", time, draft.path(time.apiName())));
      } else if (!draft.existed() && draft.values().get(appointment) instanceof Long id) {
        int count = rows.computeIfAbsent(id, key -> count(change, module, key));
        rows.put(id, count + 1);
        check(change, draft, id, count);
      }
    }
  }

  private static void check(RecordChange change, Draft draft, long id, int count) {
    Module appointments = change.stamp().metadata().require("Appointments__s");
    boolean rescheduled =
        change
            .tx()
            .list(
                sql(
                    "select 1 from "
                        + change.table(appointments)
                        + " where id = ? and reschedule_count > 0",
                    id),
                row -> 1)
            .isEmpty();
    if (rescheduled) {
      draft.reject(
          ErrorCode.NOT_ALLOWED
              .error()
              .at(APPOINTMENT, draft.path(APPOINTMENT))
              .message("The appointment was not rescheduled"));
    } else if (count >= KEPT) {
      draft.reject(
          ErrorCode.IN_REQUEST_LIMIT_EXCEEDED
              .with("limit", KEPT)
              .at(APPOINTMENT, draft.path(APPOINTMENT)));
    }
  }

  private static int count(RecordChange change, Module module, long id) {
    return change
        .tx()
        .list(
            sql("select count(*) from " + change.table(module) + " where appointment_name = ?", id),
            row -> row.getInt(1))
        .getFirst();
  }

  /** The row for a time that an appointment has now and loses. */
  static Draft row(Metadata metadata, long appointment, Map<String, @Nullable Object> values) {
    Module module = metadata.require(MODULE);
    var draft = new Draft("$");
    draft.set(module.field(APPOINTMENT).orElseThrow(), appointment);
    values.forEach((name, value) -> draft.set(module.field(name).orElseThrow(), value));
    return draft;
  }

  /** Adds the rows that appointments left behind, and lets the oldest go. */
  static void keep(RecordChange change, List<Draft> appointments) {
    List<Draft> rows = appointments.stream().map(Draft::next).flatMap(Optional::stream).toList();
    if (rows.isEmpty()) {
      return;
    }
    Stamp stamp = change.stamp();
    Module module = stamp.metadata().require(MODULE);
    rows.forEach(row -> Stamps.created(module, row, stamp.userId(), stamp.now()));
    change.insert(module, rows);
    Field appointment = module.field(APPOINTMENT).orElseThrow();
    for (Draft row : rows) {
      Sql oldest =
          sql(
              "t.id in (select o.id from "
                  + change.table(module)
                  + " o where o.appointment_name = ? order by o.id desc offset ?)",
              row.values().get(appointment),
              KEPT);
      change.deleteRows(module, oldest, Optional.of(appointment));
    }
  }
}
