package io.clientele.audit.export;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.org.Org;
import java.time.Clock;
import java.util.List;

/** Forgets entries after three years, and takes away the files of exports that have expired. */
public final class AuditUpkeep {
  private final Database database;
  private final Clock clock;

  public AuditUpkeep(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Removes at most {@code rows} of an org; answers how many there were. */
  public int trim(Org org, int rows) {
    return database.write(
        tx -> {
          List<Long> expired = expired(tx, org, rows);
          FileStorage.releaseRecords(tx, org, expired);
          return expired.size() + entries(tx, org, rows);
        });
  }

  private int entries(Transaction tx, Org org, int rows) {
    String table = org.table("audit_log");
    return tx.update(
        sql(
            "delete from "
                + table
                + " where id in (select a.id from "
                + table
                + " a where a.time < ?::timestamptz order by a.time limit ? for update skip locked)",
            clock.instant().minus(AuditExportJob.KEPT).toString(),
            rows));
  }

  /** Exports whose files are still there although their time is over. */
  private List<Long> expired(Transaction tx, Org org, int rows) {
    return tx.list(
        sql(
            "select j.id from "
                + org.table("job")
                + " j where j.kind = ? and j.finished_time < ?::timestamptz and exists (select from "
                + org.table("file")
                + " f where f.record_id = j.id) limit ?",
            AuditExportJob.KIND,
            clock.instant().minus(AuditExportRoutes.DOWNLOAD).toString(),
            rows),
        row -> row.getLong(1));
  }
}
