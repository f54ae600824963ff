package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code Last_Activity_Time} of the records that an activity or a note belongs to: the moment of
 * its last change. It is no change of those records themselves, so their {@code Modified_Time}
 * stays and the ledger has nothing of it. The records are locked module by module, each in the
 * order of ids, so that two calls wait for each other.
 */
final class LastActivity {
  private static final Map<String, List<String>> BELONGS =
      Map.of(
          "Tasks", List.of("What_Id", "Who_Id"),
          "Events", List.of("What_Id", "Who_Id"),
          "Calls", List.of("What_Id", "Who_Id"),
          "Appointments__s", List.of("Appointment_For"),
          "Notes", List.of("Parent_Id"));

  private LastActivity() {}

  /** Says that something happened with the records to which those of {@code drafts} belong. */
  static void touch(RecordChange change, Module module, List<Draft> drafts) {
    List<Field> fields =
        BELONGS.getOrDefault(module.apiName(), List.of()).stream()
            .flatMap(name -> module.field(name).stream())
            .toList();
    if (fields.isEmpty() || drafts.isEmpty()) {
      return;
    }
    var touched = new TreeMap<Module, SortedSet<Long>>(Comparator.comparingLong(Module::id));
    for (Draft draft : drafts) {
      if (!draft.existed()) {
        fields.forEach(field -> collect(change, field, draft, touched));
      }
    }
    Long[] changed =
        drafts.stream().filter(Draft::existed).map(Draft::requiredId).toArray(Long[]::new);
    if (changed.length > 0) {
      collect(change, module, fields, changed, touched);
    }
    touched.forEach((of, records) -> touch(change, of, records));
  }

  /** What a new row names; it has nothing else. */
  private static void collect(
      RecordChange change, Field field, Draft draft, Map<Module, SortedSet<Long>> touched) {
    if (draft.values().get(field) instanceof Long record) {
      add(change, field, draft.modules().getOrDefault(field, 0L), record, touched);
    }
  }

  /** What changed rows name, whether or not the change is about that. */
  private static void collect(
      RecordChange change,
      Module module,
      List<Field> fields,
      Long[] ids,
      Map<Module, SortedSet<Long>> touched) {
    List<String> named = new ArrayList<>();
    for (Field field : fields) {
      String of =
          field.type() instanceof MultiModuleLookupType
              ? "t." + Sql.identifier(MultiModuleLookupType.moduleColumn(field))
              : "null::bigint";
      named.add("(%d, t.%s, %s)".formatted(named.size(), Sql.identifier(field.column()), of));
    }
    change.tx().stream(
        sql(
            "select distinct n.place, n.id, n.of from %s t cross join lateral (values %s) n(place, id, of) where t.id = any(?) and n.id is not null"
                .formatted(change.table(module), String.join(", ", named)),
            (Object) ids),
        rows -> {
          while (rows.next()) {
            add(change, fields.get(rows.getInt(1)), rows.getLong(3), rows.getLong(2), touched);
          }
        });
  }

  private static void add(
      RecordChange change,
      Field field,
      long moduleId,
      long record,
      Map<Module, SortedSet<Long>> touched) {
    Metadata metadata = change.stamp().metadata();
    Optional<Module> other =
        field.type() instanceof MultiModuleLookupType
            ? metadata.find(moduleId)
            : metadata.find(field.modules().getFirst());
    other.ifPresent(found -> touched.computeIfAbsent(found, key -> new TreeSet<>()).add(record));
  }

  private static void touch(RecordChange change, Module module, SortedSet<Long> ids) {
    if (!module.hasTable() || module.field("Last_Activity_Time").isEmpty()) {
      return;
    }
    String table = change.table(module);
    String now = change.stamp().now().toString();
    change
        .tx()
        .update(
            sql(
                "update %1$s t set last_activity_time = ?::timestamptz from (select id from %1$s where"
                        .formatted(table)
                    + " id = any(?) order by id for update) o where t.id = o.id and"
                    + " (t.last_activity_time is null or t.last_activity_time < ?::timestamptz)",
                now,
                ids.toArray(Long[]::new),
                now));
  }
}
