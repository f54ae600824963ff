package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.Draft.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes what hangs on records: rows of subforms and links. New ones are added, known ones changed,
 * marked ones deleted, all of them when the client sends an empty array.
 */
final class ChildRows {
  private final RecordChange change;
  private final Stamp stamp;
  private final Module module;

  ChildRows(RecordChange change, Module module) {
    this.change = change;
    this.stamp = change.stamp();
    this.module = module;
  }

  void write(List<Draft> parents) {
    for (Field field : Children.fields(module)) {
      write(field, parents);
    }
  }

  private void write(Field field, List<Draft> parents) {
    Metadata metadata = stamp.metadata();
    Module child = Children.module(metadata, field);
    Field parentField = Children.parentField(metadata, field);
    List<Draft> added = new ArrayList<>();
    List<Draft> changed = new ArrayList<>();
    List<Long> deleted = new ArrayList<>();
    List<Long> emptied = new ArrayList<>();
    for (Draft parent : parents) {
      List<Child> rows = parent.children().get(field);
      if (rows != null && rows.isEmpty() && parent.existed()) {
        emptied.add(parent.requiredId());
      }
      for (Child row : rows == null ? List.<Child>of() : rows) {
        Draft draft = row.draft();
        draft.set(parentField, parent.requiredId());
        if (row.delete()) {
          draft.id().ifPresent(deleted::add);
        } else if (draft.existed()) {
          Stamps.changed(child, draft, stamp.userId(), stamp.now());
          changed.add(draft);
        } else {
          Stamps.created(child, draft, stamp.userId(), stamp.now());
          added.add(draft);
        }
      }
    }
    if (!added.isEmpty()) {
      change.insert(child, added);
    }
    change.write(child, changed, Sql.TRUE);
    delete(child, parentField, "\"id\"", deleted);
    delete(child, parentField, Sql.identifier(parentField.column()), emptied);
  }

  private void delete(Module child, Field parentField, String column, List<Long> ids) {
    if (!ids.isEmpty()) {
      Sql which = sql("t." + column + " = any(?)", (Object) ids.toArray(Long[]::new));
      // a row that was taken off its record does not come back with it
      DeletedRows.forGood(
          change.tx(), stamp, change.deleteRows(child, which, Optional.of(parentField)));
    }
  }
}
