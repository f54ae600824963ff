package io.clientele.records;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The rules of meetings, tasks and calls that go beyond single fields. Reference: Insert Records.
 */
final class Activities {
  private static final String RECURRING = "Recurring_Activity";

  private Activities() {}

  /** What rows say beside their fields, and what only new ones may say. */
  static void read(Module module, Draft draft, JsonNode row, boolean creating) {
    switch (module.apiName()) {
      case "Events" -> {
        if (row.path("$send_notification").asBoolean(false)) {
          draft.invite();
        }
        dropRecurrence(module, draft, creating);
      }
      case "Tasks" -> {
        module.field("Closed_Time").ifPresent(draft.values()::remove);
        dropRecurrence(module, draft, creating);
      }
      case "Calls" -> Calls.readStatus(module, draft, row);
      default -> {}
    }
  }

  /** A series is made with its first activity; what one of it says later does not change it. */
  private static void dropRecurrence(Module module, Draft draft, boolean creating) {
    if (!creating) {
      module.field(RECURRING).ifPresent(draft.values()::remove);
    }
  }

  /** Whether a new row may lack a field that its module demands. */
  static boolean spares(Module module, Draft draft, Field field) {
    return module.apiName().equals("Calls") && Calls.spares(module, draft, field);
  }

  /** Rejects what breaks the rules, and sets what follows from the rest. */
  static void check(RecordChange change, Module module, List<Draft> drafts) {
    switch (module.apiName()) {
      case "Events" -> new Meetings(change, module).check(drafts);
      case "Tasks" -> TaskRules.check(change, module, drafts);
      case "Calls" -> new Calls(change, module).check(drafts);
      default -> {}
    }
  }
}
