package io.clientele.records.recyclebin;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.metadata.Metadata;
import io.clientele.records.RecordShares;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The bin as one user sees it: administrators see all of it, others what they owned or deleted, of
 * modules whose records they may view. What went along with another record is no entry of its own.
 */
record Bin(Transaction tx, Metadata metadata, Access access, long userId, Instant now) {
  /** How long records stay in it. */
  static final Duration KEPT = Duration.ofDays(60);

  /** What the user sees, over {@code deleted_record t}. */
  Sql visible() {
    Long[] modules =
        metadata.modules().stream()
            .filter(
                module ->
                    module
                        .definition()
                        .path("module")
                        .path("recycle_bin_on_delete")
                        .asBoolean(true))
            .filter(
                module -> Access.allows(metadata, userId, Action.READ.permission(module.apiName())))
            .map(module -> module.id())
            .toArray(Long[]::new);
    Sql all =
        sql(
            "t.parent_id is null and not t.permanent and t.deleted_time > ?::timestamptz"
                + " and t.module_id = any(?)",
            now.minus(KEPT).toString(),
            modules);
    return Access.isAdministrator(metadata, userId)
        ? all
        : all.and(sql("(t.owner_id = ? or t.deleted_by = ?)", userId, userId));
  }

  String table() {
    return metadata.org().table("deleted_record");
  }

  List<BinRow> list(Sql which, String order, int limit, long offset) {
    return tx.list(
        sql("select t.id, t.module_id, t.display_name, t.owner_id, t.deleted_by, t.deleted_time"
                + " from "
                + table()
                + " t where")
            .then(visible().and(which))
            .then(order)
            .then("limit ? offset ?", limit, offset),
        BinRow::read);
  }

  long count() {
    return tx.list(
            sql("select count(*) from " + table() + " t where").then(visible()),
            row -> row.getLong(1))
        .getFirst();
  }

  /** Which of the ids are entries that the user sees. */
  List<Long> known(List<Long> ids) {
    return tx.list(
        sql("select t.id from " + table() + " t where")
            .then(visible().and(sql("t.id = any(?)", (Object) ids.toArray(Long[]::new))))
            .then("order by t.id for update of t"),
        row -> row.getLong(1));
  }

  /** How many rows there are with all that went along; counted no further than {@code most}. */
  long size(Sql which, int most) {
    return tx.list(
            family(which).then("select count(*) from (select from family limit ?) f", most + 1),
            row -> row.getLong(1))
        .getFirst();
  }

  /** They and all that went along are gone for good; that they were there is known a while yet. */
  int purge(Sql which) {
    List<Long> gone =
        tx.list(
            family(which)
                .then(
                    "update "
                        + table()
                        + " g set permanent = true, body = '{}' where g.id in (select id from family)"
                        + " returning g.id"),
            row -> row.getLong(1));
    FileStorage.releaseRecords(tx, metadata.org(), gone);
    RecordShares.release(tx, metadata.org(), gone);
    return gone.size();
  }

  private Sql family(Sql which) {
    return sql("with recursive family as (select t.id from " + table() + " t where")
        .then(which)
        .then(
            "union select c.id from "
                + table()
                + " c join family f on c.parent_id = f.id where not c.permanent)");
  }

  static Sql of(List<Long> ids) {
    return sql("t.id = any(?)", (Object) ids.toArray(Long[]::new));
  }
}
