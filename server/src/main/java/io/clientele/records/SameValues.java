package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One row of values for many records: read and checked once, then written to each. */
final class SameValues {
  private static final String PATH = "$.data[0]";

  private final RecordChange change;
  private final Module module;
  private final boolean replace;
  private final Draft values;

  /**
   * @param replace whether values of multi-select fields replace those that were there
   */
  SameValues(RecordChange change, Module module, ObjectNode row, boolean replace) {
    this.change = change;
    this.module = module;
    this.replace = replace;
    Stamp stamp = change.stamp();
    values = new DraftReader(stamp.metadata(), module, false, stamp.userId()).read(row, PATH);
  }

  /** Rows that give records another owner; those of records locked against that are rejected. */
  static List<Draft> owner(RecordChange change, Module module, List<Long> ids, long ownerId) {
    Set<Long> locked = change.locks(module).stopped(LockedAction.CHANGE_OWNER, ids);
    Field owner = module.field("Owner").orElseThrow();
    return ids.stream()
        .map(
            id -> {
              var draft = new Draft(PATH);
              draft.setGivenId(id);
              draft.set(owner, ownerId);
              if (locked.contains(id)) {
                draft.reject(RecordLocks.error(id));
              }
              return draft;
            })
        .toList();
  }

  List<Draft> drafts(List<Long> ids) {
    List<Draft> drafts = ids.stream().map(values::copyFor).toList();
    if (!replace && values.good()) {
      values
          .values()
          .forEach(
              (field, value) -> {
                if (value instanceof String added
                    && field.stored().orElseThrow().sqlType().equals("text[]")) {
                  Map<Long, String> joined = joined(field, added, ids);
                  drafts.forEach(
                      draft -> draft.set(field, joined.getOrDefault(draft.requiredId(), added)));
                }
              });
    }
    return drafts;
  }

  /** The values each record has, and behind them those of {@code added} that it has not. */
  private Map<Long, String> joined(Field field, String added, List<Long> ids) {
    String column = "t." + Sql.identifier(field.column());
    Map<Long, String> joined = new HashMap<>();
    change
        .tx()
        .list(
            sql(
                "select t.\"id\", (coalesce("
                    + column
                    + ", '{}') || array(select v from unnest(?::text[]) v where "
                    + column
                    + " is null or v <> all("
                    + column
                    + ")))::text from "
                    + change.table(module)
                    + " t where t.\"id\" = any(?) order by t.\"id\" for update of t",
                added,
                (Object) ids.toArray(Long[]::new)),
            row -> joined.put(row.getLong(1), row.getString(2)));
    return joined;
  }
}
