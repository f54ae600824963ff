package io.clientele.records.recyclebin;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.files.FileStorage;
import io.clientele.org.Org;
import io.clientele.records.RecordShares;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Takes what was in the bin for sixty days away for good; sixty days later it is not even known
 * that it was there.
 */
public final class BinUpkeep {
  private final Database database;
  private final Clock clock;

  public BinUpkeep(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Does at most {@code rows} of an org; answers how many there were. */
  public int trim(Org org, int rows) {
    Instant full = clock.instant().minus(Bin.KEPT);
    Instant forgotten = full.minus(Duration.ofDays(Bin.KEPT.toDays()));
    String table = org.table("deleted_record");
    return database.write(
        tx -> {
          List<Long> gone =
              tx.list(
                  sql(
                      "update "
                          + table
                          + " d set permanent = true, body = '{}' where d.id in (select o.id from "
                          + table
                          + " o where not o.permanent and o.deleted_time < ?::timestamptz"
                          + " order by o.deleted_time, o.id limit ? for update skip locked)"
                          + " returning d.id",
                      full.toString(),
                      rows),
                  row -> row.getLong(1));
          FileStorage.releaseRecords(tx, org, gone);
          RecordShares.release(tx, org, gone);
          return gone.size()
              + tx.update(
                  sql(
                      "delete from "
                          + table
                          + " d where d.id in (select o.id from "
                          + table
                          + " o where o.permanent and o.deleted_time < ?::timestamptz limit ?"
                          + " for update skip locked)",
                      forgotten.toString(),
                      rows));
        });
  }
}
