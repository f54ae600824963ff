package io.clientele.records;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One row of values for many records: read and checked once, then written to each. */
final class SameValues {
  private static final String PATH = "$.data[0]";

  private final boolean replace;
  private final Draft values;

  /**
   * @param replace whether values of multi-select fields replace those that were there
   */
  SameValues(RecordChange change, Module module, ObjectNode row, boolean replace) {
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
    if (!replace) {
      values.values().keySet().stream().filter(AppendedValues::isList).forEach(values::append);
    }
    return ids.stream().map(values::copyFor).toList();
  }
}
