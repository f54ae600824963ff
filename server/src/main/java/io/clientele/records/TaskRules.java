package io.clientele.records;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.AlarmType;
import io.clientele.metadata.types.Invalid;
import java.util.List;

/** The rules of tasks: when they were closed, and reminders that count from the day of a series. */
final class TaskRules {
  private static final String COMPLETED = "Completed";

  private TaskRules() {}

  static void check(RecordChange change, Module module, List<Draft> drafts) {
    Field status = module.field("Status").orElseThrow();
    Field closed = module.field("Closed_Time").orElseThrow();
    Field recurring = module.field("Recurring_Activity").orElseThrow();
    Field reminder = module.field("Remind_At").orElseThrow();
    List<Draft> touching =
        drafts.stream().filter(draft -> sets(draft, status) || sets(draft, reminder)).toList();
    StoredRows stored =
        StoredRows.load(change, module, List.of(status, closed, recurring), touching);
    for (Draft draft : touching) {
      boolean was = draft.existed() && COMPLETED.equals(stored.before(draft, status));
      boolean is = COMPLETED.equals(stored.after(draft, status));
      if (is && (!was || stored.before(draft, closed) == null)) {
        draft.set(closed, change.stamp().now().toString());
      } else if (!is) {
        draft.set(closed, null);
      }
      boolean relative =
          draft.values().get(reminder) instanceof String text
              && AlarmType.isRelative(Json.MAPPER.readTree(text));
      if (relative && stored.after(draft, recurring) == null) {
        draft.reject(Invalid.type("datetime", reminder, draft.path("Remind_At.ALARM")));
      }
    }
  }

  private static boolean sets(Draft draft, Field field) {
    return draft.values().containsKey(field);
  }
}
