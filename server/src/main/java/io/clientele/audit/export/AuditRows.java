package io.clientele.audit.export;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import io.clientele.records.timeline.RecordNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** All that was done in an org: the audit log and the ledger of records, as one list. */
record AuditRows(Transaction tx, Metadata metadata, ModuleTables tables) {
  private static final int NAMED_AT_ONCE = 1_000;

  /**
   * Hands over the rows that {@code which} shows, with the names of what they are about.
   *
   * @param order {@code asc} or {@code desc} by time
   */
  void each(
      Sql which, String order, int limit, long offset, BiConsumer<AuditRow, @Nullable String> to) {
    tx.stream(
        select(metadata.org(), which, order, limit, offset),
        rows -> {
          var some = new ArrayList<AuditRow>();
          while (rows.next()) {
            some.add(AuditRow.read(rows));
            if (some.size() == NAMED_AT_ONCE) {
              name(some, to);
              some.clear();
            }
          }
          name(some, to);
        });
  }

  private void name(List<AuditRow> rows, BiConsumer<AuditRow, @Nullable String> to) {
    var names = new RecordNames(metadata, tables);
    for (AuditRow row : rows) {
      if (row.recordId() != null && row.moduleId() != null) {
        names.add(row.moduleId(), row.recordId());
      }
    }
    names.read(tx);
    for (AuditRow row : rows) {
      Long recordId = row.recordId();
      to.accept(row, recordId == null ? row.name() : names.of(recordId));
    }
  }

  /** The condition and the order stand in both parts, so that each finds its rows by its index. */
  private static Sql select(Org org, Sql which, String order, int limit, long offset) {
    String last = "order by a.time " + Objects.requireNonNull(order) + " limit ?";
    long most = limit + offset;
    return sql("select * from ((select a.time, a.user_id, a.action, a.entity, a.module_id,"
            + " null::bigint as record_id, a.name, null as details, a.source, a.address from "
            + org.table("audit_log")
            + " a where")
        .then(which)
        .then(last, most)
        .then(
            ") union all (select a.time, a.user_id, a.action, 'records', a.module_id, a.record_id,"
                + " null, (select string_agg(k.key, ', ') from jsonb_object_keys(a.changes)"
                + " k(key)), a.source, null from "
                + org.table("record_change")
                + " a where")
        .then(which)
        .then(last, most)
        .then(")) a")
        .then("order by a.time " + order + " limit ? offset ?", limit, offset);
  }
}
