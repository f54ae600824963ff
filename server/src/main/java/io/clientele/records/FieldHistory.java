package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modules that keep the history of a field, such as the stages of deals: one row for each value
 * that a record had, which is closed with the next value and the days it took when the field
 * changes.
 */
final class FieldHistory {
  private static final String DURATION = "_Duration_Calendar_Days";

  /** What a row of the history takes from the record beside the value, by the record's field. */
  private static final Map<String, String> COPIED =
      Map.of("Amount", "Amount", "Probability", "Probability", "Closing_Date", "Close_Date");

  private final RecordChange change;
  private final Module tracker;
  private final Field tracked;
  private final Field record;
  private final Map<Field, Field> copied = new LinkedHashMap<>();

  private FieldHistory(RecordChange change, Module module, Module tracker, Field tracked) {
    this.change = change;
    this.tracker = tracker;
    this.tracked = tracked;
    record =
        tracker.fields().stream()
            .filter(field -> field.isPlainLookup() && field.modules().contains(module.apiName()))
            .findFirst()
            .orElseThrow();
    copied.put(tracked, tracker.field(tracked.apiName()).orElseThrow());
    COPIED.forEach(
        (from, to) -> {
          Optional<Field> target =
              tracker.field(to).filter(field -> !ModuleColumns.isComputed(tracker, field));
          if (target.isPresent() && module.field(from).isPresent()) {
            copied.put(module.field(from).get(), target.get());
          }
        });
  }

  /** Adds to the history of those records whose tracked fields changed. */
  static void keep(RecordChange change, Module module, List<Draft> drafts) {
    for (Module tracker : change.stamp().metadata().trackersOf(module)) {
      Field tracked =
          module.field(tracker.definition().path("tracks").path("field").asString()).orElseThrow();
      Long[] ids =
          drafts.stream()
              .filter(draft -> draft.values().get(tracked) != null)
              .map(Draft::requiredId)
              .toArray(Long[]::new);
      if (ids.length > 0) {
        new FieldHistory(change, module, tracker, tracked).keep(change.table(module), ids);
      }
    }
  }

  private void keep(String table, Long[] ids) {
    var columns = new ArrayList<String>();
    copied.keySet().forEach(field -> columns.add(text(field)));
    String value = Sql.identifier(tracked.column());
    String owner = Sql.identifier(record.column());
    Sql statement =
        sql(
            "select t.\"id\", h.\"id\", extract(day from ?::timestamptz - h.\"modified_time\")::int, "
                + String.join(", ", columns)
                + " from "
                + table
                + " t left join lateral (select h.* from "
                + change.table(tracker)
                + " h where h."
                + owner
                + " = t.\"id\" order by h.\"id\" desc limit 1) h on true where t.\"id\" = any(?)"
                + " and h."
                + value
                + " is distinct from t."
                + value
                + " order by t.\"id\"",
            change.stamp().now().toString(),
            ids);
    var closed = new ArrayList<Draft>();
    var added = new ArrayList<Draft>();
    change.tx().stream(
        statement,
        rows -> {
          while (rows.next()) {
            Draft next = added(rows);
            added.add(next);
            if (rows.getLong(2) != 0) {
              closed.add(closed(rows, next));
            }
          }
        });
    change.write(tracker, closed, Sql.TRUE);
    if (!added.isEmpty()) {
      change.insert(tracker, added);
    }
  }

  private Draft added(ResultSet row) throws SQLException {
    var draft = new Draft("$");
    draft.set(record, row.getLong(1));
    int place = 4;
    for (Map.Entry<Field, Field> copy : copied.entrySet()) {
      draft.set(
          copy.getValue(), isText(copy.getKey()) ? row.getString(place) : row.getObject(place));
      place++;
    }
    Stamps.changed(tracker, draft, change.stamp().userId(), change.stamp().now());
    return draft;
  }

  private Draft closed(ResultSet row, Draft next) throws SQLException {
    var draft = new Draft("$");
    draft.setId(row.getLong(2));
    Field value = copied.get(tracked);
    tracker.field("Moved_To__s").ifPresent(to -> draft.set(to, next.values().get(value)));
    int days = row.getInt(3);
    String name = tracked.apiName() + DURATION;
    tracker
        .field(tracker.definition().path("tracks").path("duration").asString(name))
        .ifPresent(duration -> draft.set(duration, days));
    return draft;
  }

  private static String text(Field field) {
    String column = "t." + Sql.identifier(field.column());
    return isText(field) ? column + "::text" : column;
  }

  private static boolean isText(Field field) {
    return field.type().newArray(0) instanceof String[];
  }
}
