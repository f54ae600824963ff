package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.Outcome.Deleted;
import io.clientele.records.Outcome.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes records: each row leaves its table whole and lies in {@code deleted_record}, with the
 * rows of its subforms and links. Reference: Delete Records.
 */
final class DeleteRecords {
  private final Database database;
  private final ModuleTables tables;
  private final Access access;
  private final Clock clock;

  DeleteRecords(Database database, ModuleTables tables, Access access, Clock clock) {
    this.database = database;
    this.tables = tables;
    this.access = access;
    this.clock = clock;
  }

  /** Who deletes, and when. */
  record Stamp(Metadata metadata, long userId, Instant now) {}

  List<Outcome> delete(Metadata metadata, Module module, long userId, List<Long> ids) {
    access.require(metadata, userId, Action.DELETE, module);
    String table = tables.of(metadata, module);
    Children.fields(module).forEach(field -> tables.of(metadata, Children.module(metadata, field)));
    var stamp = new Stamp(metadata, userId, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    Sql which =
        sql("t.\"id\" = any(?)", (Object) ids.toArray(Long[]::new))
            .and(access.rows(metadata, userId, Action.DELETE, module));
    Set<Long> gone =
        database.write(
            tx -> {
              var deleted = new HashSet<>(move(tx, table, module, which, Optional.empty(), stamp));
              Children.delete(tx, tables, metadata, module, List.copyOf(deleted), stamp);
              return deleted;
            });
    return ids.stream().map(id -> outcome(id, gone)).toList();
  }

  private static Outcome outcome(long id, Set<Long> gone) {
    return gone.contains(id)
        ? new Deleted(id)
        : new Rejected(
            ErrorCode.INVALID_DATA.with("id", Long.toString(id)).message("record not deleted"));
  }

  /** Moves the rows of a table, aliased {@code t}, to the deleted ones; answers their ids. */
  static List<Long> move(
      Transaction tx, String table, Module module, Sql which, Optional<Field> parent, Stamp stamp) {
    String name = column(module.nameField(), "null") + "::text";
    Sql statement =
        sql("with gone as (delete from " + table + " t where")
            .then(which)
            .then("returning t.*)")
            .then(
                "insert into "
                    + stamp.metadata.org().table("deleted_record")
                    + " (id, module_id, parent_id, display_name, owner_id, created_by, created_time,"
                    + " deleted_by, deleted_time, body) select g.\"id\", ?, "
                    + column(parent, "null")
                    + ", "
                    + name
                    + ", "
                    + column(module.field("Owner"), "null")
                    + ", "
                    + column(module.field("Created_By"), "null")
                    + ", "
                    + column(module.field("Created_Time"), "null")
                    + ", ?, ?::timestamptz, to_jsonb(g) from gone g returning id",
                module.id(),
                stamp.userId,
                stamp.now.toString());
    return tx.list(statement, row -> row.getLong(1));
  }

  private static String column(Optional<Field> field, String otherwise) {
    return field.map(found -> "g." + Sql.identifier(found.column())).orElse(otherwise);
  }
}
