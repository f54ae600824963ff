package io.clientele.records.timeline;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads the rows of the ledger that are about a record or about what hangs on it. */
final class TimelineEntries {
  /** Modules whose records hang on others and have permissions of their own. */
  private static final List<String> HANGING =
      List.of("Notes", "Attachments", "Tasks", "Events", "Calls");

  private final Metadata metadata;
  private final ModuleTables tables;
  private final Access access;
  private final long userId;

  /**
   * One row of the ledger.
   *
   * @param changes of an update: by field, the value before and the one after
   */
  record Entry(
      long id,
      long recordId,
      long moduleId,
      String action,
      String source,
      long userId,
      Instant time,
      JsonNode changes) {}

  TimelineEntries(Metadata metadata, ModuleTables tables, Access access, long userId) {
    this.metadata = metadata;
    this.tables = tables;
    this.access = access;
    this.userId = userId;
  }

  /** One entry more than the page has, nearest to its position first. */
  List<Entry> read(Transaction tx, long recordId, TimelineQuery query) {
    boolean up = query.ascending() != query.backward();
    int skipped = query.token().isPresent() ? 0 : query.offset();
    Sql where =
        sql("(c.changes is null or c.changes <> '{}')")
            .and(query.filter())
            .and(
                query
                    .token()
                    .map(token -> sql(up ? "c.id > ?" : "c.id < ?", token.id()))
                    .orElse(Sql.TRUE));
    Sql order =
        sql("order by c.id " + (up ? "asc" : "desc") + " limit ?", skipped + query.perPage() + 1);
    Sql statement =
        sql("select c.id, c.record_id, c.module_id, c.action, c.source, c.user_id,"
                + " extract(epoch from c.time)::bigint, c.changes::text from (")
            .then(half("c.record_id = ?", recordId, where, order))
            .then("union all")
            .then(half("c.related_id = ?", recordId, where.and(visible()), order))
            .then(") c")
            .then(order)
            .then("offset ?", skipped);
    return tx.list(
        statement,
        row ->
            new Entry(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                Instant.ofEpochSecond(row.getLong(7)),
                row.getString(8) == null
                    ? MissingNode.getInstance()
                    : Json.read(row.getString(8).getBytes(StandardCharsets.UTF_8))));
  }

  private Sql half(String which, long recordId, Sql where, Sql order) {
    return sql(
            "(select c.* from " + metadata.org().table("record_change") + " c where " + which,
            recordId)
        .and(where)
        .then(order)
        .then(")");
  }

  /** Of what hangs on the record only what the user may see; what was deleted is seen by all. */
  private Sql visible() {
    Sql visible = Sql.TRUE;
    for (String name : HANGING) {
      Module module = metadata.get(name);
      Sql rows = access.rows(metadata, userId, Action.READ, module);
      if (!Access.allows(metadata, userId, Action.READ.permission(name))) {
        visible = visible.and(sql("c.module_id <> ?", module.id()));
      } else if (!rows.equals(Sql.TRUE)) {
        String table = tables.of(metadata, module);
        visible =
            visible.and(
                sql("(c.module_id <> ? or not exists", module.id())
                    .then("(select from " + table + " t where t.\"id\" = c.record_id)")
                    .then("or exists (select from " + table + " t where t.\"id\" = c.record_id and")
                    .then(rows)
                    .then("))"));
      }
    }
    return visible;
  }
}
