package io.clientele.records;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The rules of single modules that go beyond those of fields. Reference: Insert Records. */
final class ModuleRules {
  private static final String RECURRING = "Recurring_Activity";

  private ModuleRules() {}

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
      case "Appointments__s" -> Appointments.read(module, draft, creating);
      case "Appointments_Rescheduled_History__s" -> RescheduleHistory.read(module, draft, creating);
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
      case "Services__s" -> new ServiceRules(change, module).check(drafts);
      case "Appointments__s" -> new Appointments(change, module).check(drafts);
      case "Appointments_Rescheduled_History__s" -> RescheduleHistory.check(change, module, drafts);
      default -> {}
    }
  }

  /** What follows for other records once the rows are written. */
  static void written(RecordChange change, Module module, List<Draft> drafts) {
    LastActivity.touch(change, module, drafts);
    FieldHistory.keep(change, module, drafts);
    if (module.apiName().equals("Appointments__s")) {
      RescheduleHistory.keep(change, drafts);
    }
  }
}
