package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.MultiModuleLookupType;
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
    Long[] ids = drafts.stream().map(Draft::requiredId).toArray(Long[]::new);
    var touched = new TreeMap<Module, SortedSet<Long>>(Comparator.comparingLong(Module::id));
    for (Field field : fields) {
      collect(change, module, field, ids, touched);
    }
    touched.forEach((of, records) -> touch(change, of, records));
  }

  private static void collect(
      RecordChange change,
      Module module,
      Field field,
      Long[] ids,
      Map<Module, SortedSet<Long>> touched) {
    boolean several = field.type() instanceof MultiModuleLookupType;
    String id = "t." + Sql.identifier(field.column());
    String of =
        several ? "t." + Sql.identifier(MultiModuleLookupType.moduleColumn(field)) : "null::bigint";
    change.tx().stream(
        sql(
            "select distinct %s, %s from %s t where t.id = any(?) and %s is not null"
                .formatted(id, of, change.table(module), id),
            (Object) ids),
        rows -> {
          while (rows.next()) {
            long record = rows.getLong(1);
            Optional<Module> other =
                several
                    ? change.stamp().metadata().find(rows.getLong(2))
                    : change.stamp().metadata().find(field.modules().getFirst());
            other.ifPresent(
                found -> touched.computeIfAbsent(found, key -> new TreeSet<>()).add(record));
          }
        });
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
