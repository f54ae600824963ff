package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.org.Org;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Takes away what records left behind and nobody may ask for any more, in small batches. */
public final class RecordUpkeep {
  private final Database database;
  private final Clock clock;
  private final Duration ledgerAge;

  /**
   * @param ledgerAge how long changes of records are kept for their timelines
   */
  public RecordUpkeep(Database database, Clock clock, Duration ledgerAge) {
    this.database = database;
    this.clock = clock;
    this.ledgerAge = ledgerAge;
  }

  /** Removes at most {@code batch} rows of each kind; answers how many there were. */
  public int trim(Org org, int batch) {
    Instant now = clock.instant();
    return trim(org.table("record_change"), "record_id, id", "time", now.minus(ledgerAge), batch)
        + trim(
            org.table("idempotency_key"),
            "user_id, key",
            "created_time",
            now.minus(IdempotencyKey.LIFETIME),
            batch);
  }

  private int trim(String table, String key, String time, Instant before, int batch) {
    return database.write(
        tx ->
            tx.update(
                sql(
                    "delete from "
                        + table
                        + " where ("
                        + key
                        + ") in (select "
                        + key
                        + " from "
                        + table
                        + " where "
                        + time
                        + " < ?::timestamptz order by "
                        + time
                        + " limit ? for update skip locked)",
                    before.toString(),
                    batch)));
  }
}
