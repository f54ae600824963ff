package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds for notes alone: they say something, and stay with their record and their owner. */
final class NoteRules {
  private static final List<String> TEXTS = List.of("Note_Content", "Note_Title");
  private static final List<String> FIXED = List.of("Parent_Id", "Owner");

  private NoteRules() {}

  /** Rejects notes that would have neither content nor title. */
  static void check(RecordChange change, Module module, List<Draft> drafts) {
    if (!module.apiName().equals("Notes") || drafts.isEmpty()) {
      return;
    }
    Map<Long, Boolean> full = full(change, module, drafts.stream().filter(Draft::existed).toList());
    for (Draft draft : drafts) {
      boolean says = TEXTS.stream().anyMatch(name -> says(draft, module, name));
      boolean keeps = draft.existed() && full.getOrDefault(draft.requiredId(), true);
      if (draft.existed()) {
        FIXED.forEach(name -> draft.values().remove(field(module, name)));
      }
      if (!says && !keeps) {
        draft.reject(empty(draft));
      }
    }
  }

  private static boolean says(Draft draft, Module module, String name) {
    Object value = draft.values().get(field(module, name));
    return value != null && !value.toString().isBlank();
  }

  /** Whether each known note still says something in what its draft leaves alone. */
  private static Map<Long, Boolean> full(RecordChange change, Module module, List<Draft> drafts) {
    Map<Long, Boolean> full = new HashMap<>();
    List<Draft> touching =
        drafts.stream()
            .filter(draft -> TEXTS.stream().anyMatch(name -> sets(draft, module, name)))
            .toList();
    if (touching.isEmpty()) {
      return full;
    }
    Map<Long, List<Boolean>> stored = new HashMap<>();
    Sql texts =
        sql(
            "select t.\"id\", t.\"note_content\" is not null, t.\"note_title\" is not null from "
                + change.table(module)
                + " t where t.\"id\" = any(?)",
            (Object) touching.stream().map(Draft::requiredId).toArray(Long[]::new));
    change
        .tx()
        .list(
            texts,
            row -> stored.put(row.getLong(1), List.of(row.getBoolean(2), row.getBoolean(3))));
    for (Draft draft : touching) {
      List<Boolean> there = stored.getOrDefault(draft.requiredId(), List.of(true, true));
      boolean any = false;
      for (int i = 0; i < TEXTS.size(); i++) {
        any |= there.get(i) && !sets(draft, module, TEXTS.get(i));
      }
      full.put(draft.requiredId(), any);
    }
    return full;
  }

  private static boolean sets(Draft draft, Module module, String name) {
    return draft.values().containsKey(field(module, name));
  }

  private static Field field(Module module, String name) {
    return module.field(name).orElseThrow();
  }

  private static ApiError empty(Draft draft) {
    return ErrorCode.EXPECTED_FIELD_MISSING
        .with(
            "expected_fields",
            TEXTS.stream()
                .map(name -> Map.of("api_name", name, "json_path", draft.path(name)))
                .toList())
        .message("should contain either content or title");
  }
}
