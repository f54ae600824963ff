package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.DatabaseException;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.RulesColumn;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings deleted rows back: what lies in {@code deleted_record} becomes a row of its module's table
 * again, with what went along. What the table has no column for any more is left out; what it got
 * since then has its default.
 */
final class RestoredRows {
  private final RecordChange change;
  private final Stamp stamp;

  RestoredRows(RecordChange change) {
    this.change = change;
    this.stamp = change.stamp();
  }

  /** A column that the database does not compute. */
  private record Column(String name, @Nullable String otherwise) {}

  /**
   * @throws ApiError INVALID_DATA or DUPLICATE_DATA, and then nothing of it came back
   */
  void restore(long id) {
    record Found(long moduleId, Timestamp time) {}
    Found found =
        change
            .tx()
            .find(
                sql(
                    "select d.module_id, d.deleted_time from "
                        + deleted()
                        + " d where d.id = ? and not d.permanent for update",
                    id),
                row -> new Found(row.getLong(1), row.getTimestamp(2)))
            .orElseThrow(() -> refused(id).message("the id given seems to be invalid"));
    Module module =
        stamp
            .metadata()
            .find(found.moduleId)
            .filter(Module::hasTable)
            .orElseThrow(() -> refused(id).message("the module of the record is no longer there"));
    try {
      var _ =
          change
              .tx()
              .part(
                  () -> {
                    requireUnique(module, id);
                    insert(module, List.of(id), true);
                    restoreChildren(List.of(id), found.time);
                    review(module, id);
                    return true;
                  });
    } catch (DatabaseException e) {
      if (e.isUniqueViolation()) {
        throw ErrorCode.DUPLICATE_DATA.with("id", Long.toString(id));
      }
      if (e.isSchemaChange() || e.isRetryable()) {
        throw e;
      }
      throw refused(id).message("the values of the record no longer fit its fields");
    }
  }

  private static ApiError refused(long id) {
    return ErrorCode.INVALID_DATA.with("id", Long.toString(id));
  }

  private String deleted() {
    return stamp.metadata().org().table("deleted_record");
  }

  /** Values that must be unique and that another record has by now. */
  private void requireUnique(Module module, long id) {
    String table = change.table(module);
    for (Field field : module.fields()) {
      if (!field.isUnique() || field.stored().isEmpty()) {
        continue;
      }
      String column = Sql.identifier(field.column());
      boolean taken =
          !change
              .tx()
              .list(
                  sql(
                      "select t.\"id\" from "
                          + deleted()
                          + " d cross join lateral jsonb_populate_record(null::"
                          + table
                          + ", d.body) r join "
                          + table
                          + " t on "
                          + ModuleTables.uniqueKey(field, "t." + column)
                          + " = "
                          + ModuleTables.uniqueKey(field, "r." + column)
                          + " where d.id = ?",
                      id),
                  row -> row.getLong(1))
              .isEmpty();
      if (taken) {
        throw ErrorCode.DUPLICATE_DATA
            .with("api_name", field.apiName())
            .with("id", Long.toString(id));
      }
    }
  }

  /** Level by level, what hangs on the rows and was deleted with them. */
  private void restoreChildren(List<Long> parents, Timestamp time) {
    List<Long> level = parents;
    while (!level.isEmpty()) {
      Map<Module, List<Long>> byModule = new LinkedHashMap<>();
      change
          .tx()
          .list(
              sql(
                  "select d.id, d.module_id from "
                      + deleted()
                      + " d where d.parent_id = any(?) and not d.permanent and d.deleted_time = ?"
                      + " order by d.id",
                  level.toArray(Long[]::new),
                  time),
              row -> Map.entry(row.getLong(1), row.getLong(2)))
          .forEach(
              child ->
                  stamp
                      .metadata()
                      .find(child.getValue())
                      .filter(Module::hasTable)
                      .ifPresent(
                          module ->
                              byModule
                                  .computeIfAbsent(module, key -> new ArrayList<>())
                                  .add(child.getKey())));
      byModule.forEach((module, ids) -> insert(module, ids, false));
      level = byModule.values().stream().flatMap(List::stream).toList();
    }
  }

  /** A lock that came back may have lost its configuration meanwhile. */
  private void review(Module module, long id) {
    boolean locked =
        module.field("Locked__s").isPresent()
            && !change
                .tx()
                .list(
                    sql(
                        "select t.\"id\" from "
                            + change.table(module)
                            + " t where t.\"id\" = ? and t.\"locked__s\"",
                        id),
                    row -> row.getLong(1))
                .isEmpty();
    if (locked) {
      change.locks(module).review(List.of(id));
    }
  }

  private void insert(Module module, List<Long> ids, boolean changed) {
    String table = change.table(module);
    List<Column> columns = columns(table);
    Sql statement =
        sql(
                "with back as (delete from "
                    + deleted()
                    + " d where d.id = any(?) returning d.body), added as (insert into "
                    + table
                    + " as t ("
                    + columns.stream()
                        .map(column -> Sql.identifier(column.name))
                        .collect(Collectors.joining(", "))
                    + ") select",
                (Object) ids.toArray(Long[]::new))
            .then(
                Sql.join(
                    ", ", columns.stream().map(column -> value(module, column, changed)).toList()))
            .then(
                "from back b cross join lateral jsonb_populate_record(null::"
                    + table
                    + ", b.body) r returning t.\"id\", "
                    + Ledger.related(module, "t")
                    + " as related_id)")
            .then(Ledger.write(stamp, module, Ledger.RESTORED, "added", false));
    change.tx().update(statement);
    SearchWordsJob.write(change.tx(), table, module, ids);
    RuleLabels.refresh(change.tx(), change.tables(), stamp.metadata(), module, ids);
  }

  private List<Column> columns(String table) {
    return change
        .tx()
        .list(
            sql(
                "select a.attname, pg_get_expr(d.adbin, d.adrelid) from pg_attribute a"
                    + " left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum"
                    + " where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped"
                    + " and a.attgenerated = '' order by a.attnum",
                table),
            row -> new Column(row.getString(1), row.getString(2)));
  }

  private Sql value(Module module, Column column, boolean changed) {
    String kept = "r." + Sql.identifier(column.name);
    if (changed
        && column.name.equals("modified_time")
        && module.field("Modified_Time").isPresent()) {
      return sql("?::timestamptz", stamp.now().toString());
    }
    if (changed && column.name.equals("modified_by") && module.field("Modified_By").isPresent()) {
      return sql("?::bigint", stamp.userId());
    }
    if (column.name.equals("layout") && module.field("Layout").isPresent()) {
      return layout(module, kept);
    }
    if (Sql.identifier(column.name).equals(RulesColumn.NAME)) {
      return sql("null"); // they are found anew
    }
    return sql(
        column.otherwise == null ? kept : "coalesce(" + kept + ", " + column.otherwise + ")");
  }

  /** The layout the record had; the default one when that is gone. */
  private Sql layout(Module module, String kept) {
    Long[] ids = module.layouts().stream().map(layout -> layout.id()).toArray(Long[]::new);
    return sql(
        "case when " + kept + " = any(?::bigint[]) then " + kept + " else ?::bigint end",
        ids,
        stamp
            .metadata()
            .defaultLayout(module, stamp.userId())
            .map(layout -> layout.id())
            .orElse(null));
  }
}
