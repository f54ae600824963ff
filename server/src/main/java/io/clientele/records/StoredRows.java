package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records have now in some fields, for rules that also look at what a draft does not say; the
 * records are locked until they are written.
 */
final class StoredRows {
  private final Map<Long, Map<Field, @Nullable String>> values = new HashMap<>();

  /** Of the records that {@code drafts} change; new ones have nothing. */
  static StoredRows load(
      RecordChange change, Module module, List<Field> fields, List<Draft> drafts) {
    var rows = new StoredRows();
    Long[] ids = drafts.stream().filter(Draft::existed).map(Draft::requiredId).toArray(Long[]::new);
    if (ids.length > 0) {
      rows.load(change, module, fields, ids);
    }
    return rows;
  }

  private void load(RecordChange change, Module module, List<Field> fields, Long[] ids) {
    var columns = new StringBuilder();
    fields.forEach(
        field ->
            columns
                .append(", to_jsonb(t.")
                .append(Sql.identifier(field.column()))
                .append(") #>> '{}'"));
    Sql statement =
        sql(
            "select t.id"
                + columns
                + " from "
                + change.table(module)
                + " t where t.id = any(?) order by t.id for update",
            (Object) ids);
    change.tx().stream(
        statement,
        rows -> {
          while (rows.next()) {
            var known = new HashMap<Field, @Nullable String>();
            for (int i = 0; i < fields.size(); i++) {
              known.put(fields.get(i), rows.getString(i + 2));
            }
            values.put(rows.getLong(1), known);
          }
        });
  }

  /** What the record has before the draft is written. */
  @Nullable String before(Draft draft, Field field) {
    return draft.id().map(values::get).map(known -> known.get(field)).orElse(null);
  }

  /** What the record has after the draft is written. */
  @Nullable String after(Draft draft, Field field) {
    if (draft.values().containsKey(field)) {
      @Nullable Object value = draft.values().get(field);
      return value == null ? null : value.toString();
    }
    return before(draft, field);
  }
}
