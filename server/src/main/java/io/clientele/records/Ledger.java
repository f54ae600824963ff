package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ledger {@code record_change}: every statement that changes records carries a part that writes
 * a row for each of them, so a change and its row are one.
 */
final class Ledger {
  static final String ADDED = "added";
  static final String UPDATED = "updated";
  static final String DELETED = "deleted";
  static final String RESTORED = "restored";

  /** Where records hang on no other. */
  static final String NONE = "null::bigint";

  /** Who and when stand in the row itself. */
  private static final Set<String> LEFT_OUT =
      Set.of("Modified_Time", "Modified_By", "Last_Activity_Time");

  private Ledger() {}

  /**
   * {@code insert into record_change … select … from rows}.
   *
   * @param rows a CTE of the statement with the columns {@code id}, {@code related_id} and, where
   *     {@code changes} says so, {@code changes}
   */
  static Sql write(Stamp stamp, Module module, String action, String rows, boolean changes) {
    return sql(
        "insert into "
            + stamp.metadata().org().table("record_change")
            + " (record_id, related_id, module_id, action, source, user_id, time, changes)"
            + " select r.\"id\", r.related_id, ?, ?, ?, ?, ?::timestamptz, "
            + (changes ? "r.changes" : "null")
            + " from "
            + rows
            + " r",
        module.id(),
        action,
        stamp.source().word(),
        stamp.userId(),
        stamp.now().toString());
  }

  /** The record that a row of {@code module} hangs on, over the alias of its table. */
  static String related(Module module, String alias) {
    return switch (module.apiName()) {
      case "Notes", "Attachments" -> column(alias, "Parent_Id");
      case "Tasks", "Events", "Calls" ->
          "coalesce(" + column(alias, "What_Id") + ", " + column(alias, "Who_Id") + ")";
      default ->
          module.generatedType().equals("subform")
              ? module
                  .field(module.parentField())
                  .map(field -> alias + "." + Sql.identifier(field.column()))
                  .orElse(NONE)
              : NONE;
    };
  }

  private static String column(String alias, String name) {
    return alias + "." + Sql.identifier(name.toLowerCase(java.util.Locale.ROOT));
  }

  /** The values that differ between {@code o}, the row before, and {@code t}, the row after. */
  static String changes(List<Field> fields) {
    String parts =
        fields.stream()
            .filter(field -> !LEFT_OUT.contains(field.apiName()))
            .map(Ledger::change)
            .collect(Collectors.joining(" || "));
    return parts.isEmpty() ? "'{}'::jsonb" : parts;
  }

  private static String change(Field field) {
    String column = Sql.identifier(field.column());
    return "case when o.%1$s is distinct from t.%1$s then jsonb_build_object('%2$s',"
            .formatted(column, field.apiName().replace("'", "''"))
        + " jsonb_build_array(o.%1$s, t.%1$s)) else '{}' end".formatted(column);
  }
}
