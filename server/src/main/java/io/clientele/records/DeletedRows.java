package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Deletes rows: each leaves its table whole and lies in {@code deleted_record}. */
final class DeletedRows {
  private DeletedRows() {}

  /**
   * Moves the rows of a table, aliased {@code t}, to the deleted ones; answers their ids.
   *
   * @param parent the field that names the record they hang on and go with
   */
  static List<Long> move(
      Transaction tx, Stamp stamp, Module module, String table, Sql which, Optional<Field> parent) {
    Sql statement =
        sql("with gone as (delete from " + table + " t where")
            .then(which)
            .then("returning t.*, " + Ledger.related(module, "t") + " as related_id), kept as (")
            .then(keep(stamp, module, parent))
            .then("), unlabelled as (delete from ")
            .then(stamp.metadata().org().table("record_label") + " l using gone g")
            .then("where l.record_id = g.\"id\"), logged as (")
            .then(Ledger.write(stamp, module, Ledger.DELETED, "gone", false))
            .then(") select g.\"id\" from gone g");
    return tx.list(statement, row -> row.getLong(1));
  }

  /** Marks deleted rows as gone for good: what was in them, and their files, is no more. */
  static void forGood(Transaction tx, Stamp stamp, Collection<Long> ids) {
    if (!ids.isEmpty()) {
      tx.update(
          sql(
              "update "
                  + stamp.metadata().org().table("deleted_record")
                  + " set permanent = true, body = '{}' where id = any(?)",
              (Object) ids.toArray(Long[]::new)));
      FileStorage.releaseRecords(tx, stamp.metadata().org(), ids);
      RecordShares.release(tx, stamp.metadata().org(), ids);
    }
  }

  private static Sql keep(Stamp stamp, Module module, Optional<Field> parent) {
    return sql(
        "insert into "
            + stamp.metadata().org().table("deleted_record")
            + " (id, module_id, parent_id, display_name, owner_id, created_by,"
            + " created_time, deleted_by, deleted_time, body) select g.\"id\", ?, "
            + column(parent, "null")
            + ", "
            + column(module.nameField(), "null")
            + "::text, "
            + column(module.field("Owner"), "null")
            + ", "
            + column(module.field("Created_By"), "null")
            + ", "
            + column(module.field("Created_Time"), "null")
            + ", ?, ?::timestamptz, to_jsonb(g) - 'related_id' - '$words' from gone g",
        module.id(),
        stamp.userId(),
        stamp.now().toString());
  }

  private static String column(Optional<Field> field, String otherwise) {
    return field.map(found -> "g." + Sql.identifier(found.column())).orElse(otherwise);
  }
}
