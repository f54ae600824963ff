package io.clientele.audit.export;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.exports.JobFiles;
import io.clientele.org.Org;
import java.time.Clock;
import java.time.Instant;

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
          Instant before = clock.instant().minus(AuditExportRoutes.DOWNLOAD);
          return JobFiles.trim(tx, org, AuditExportJob.KIND, before, rows) + entries(tx, org, rows);
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
}
