package io.clientele.records;

import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Adds and changes rows in one go: those with an id are changed, the others added. */
final class SavedRows {
  private SavedRows() {}

  /** One outcome for each row, in their order. */
  static List<Outcome> save(
      RecordChange change, Module module, Map<String, ? extends JsonNode> rows) {
    Stamp stamp = change.stamp();
    var adding = new DraftReader(stamp.metadata(), module, true, stamp.userId());
    var changing = new DraftReader(stamp.metadata(), module, false, stamp.userId());
    List<Draft> added = new ArrayList<>();
    List<Draft> changed = new ArrayList<>();
    List<Boolean> order = new ArrayList<>();
    rows.forEach(
        (path, row) -> {
          boolean there = row.hasNonNull("id");
          order.add(there);
          (there ? changed : added).add((there ? changing : adding).read(row, path));
        });
    Iterator<Outcome> additions = outcomes(added, () -> change.create(module, added));
    Iterator<Outcome> changes = outcomes(changed, () -> change.update(module, changed));
    return order.stream().map(there -> (there ? changes : additions).next()).toList();
  }

  private static Iterator<Outcome> outcomes(
      List<Draft> drafts, java.util.function.Supplier<List<Outcome>> work) {
    return drafts.isEmpty() ? java.util.Collections.emptyIterator() : work.get().iterator();
  }
}
