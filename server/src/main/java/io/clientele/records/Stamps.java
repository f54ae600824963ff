package io.clientele.records;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** What the server itself writes into a row: who, when, and what follows from other fields. */
final class Stamps {
  private Stamps() {}

  static void created(Module module, Draft draft, long userId, Instant now) {
    set(module, draft, "Created_Time", now.toString());
    set(module, draft, "Created_By", userId);
    set(module, draft, "Record_Status__s", "Available");
    Field owner = module.field("Owner").orElse(null);
    if (owner != null && draft.values().get(owner) == null) {
      draft.set(owner, userId);
    }
    changed(module, draft, userId, now);
  }

  /** What a row from elsewhere does not say itself. */
  static void loaded(Module module, Draft draft, long userId, Instant now) {
    for (String who : new String[] {"Created_By", "Modified_By", "Owner"}) {
      fill(module, draft, who, userId);
    }
    fill(module, draft, "Created_Time", now.toString());
    for (String when : new String[] {"Modified_Time", "Last_Activity_Time"}) {
      module
          .field(when.equals("Modified_Time") ? "Created_Time" : "Modified_Time")
          .map(draft.values()::get)
          .ifPresent(time -> fill(module, draft, when, time));
    }
    fill(module, draft, "Record_Status__s", "Available");
  }

  private static void fill(Module module, Draft draft, String name, Object value) {
    module.field(name).ifPresent(field -> draft.values().putIfAbsent(field, value));
  }

  static void changed(Module module, Draft draft, long userId, Instant now) {
    set(module, draft, "Modified_Time", now.toString());
    set(module, draft, "Modified_By", userId);
    set(module, draft, "Last_Activity_Time", now.toString());
    followStage(module, draft);
  }

  private static void set(Module module, Draft draft, String name, Object value) {
    module.field(name).ifPresent(field -> draft.set(field, value));
  }

  /** A stage says how probable its deals are, unless the row says otherwise. */
  private static void followStage(Module module, Draft draft) {
    Field stage = module.field("Stage").orElse(null);
    Field probability = module.field("Probability").orElse(null);
    if (stage == null
        || probability == null
        || draft.values().get(stage) == null
        || draft.values().containsKey(probability)) {
      return;
    }
    for (JsonNode value : stage.definition().path("pick_list_values")) {
      if (value.path("actual_value").asString("").equals(draft.values().get(stage))
          && value.path("probability").isNumber()) {
        draft.set(probability, value.path("probability").asInt());
      }
    }
  }
}
