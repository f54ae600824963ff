package io.clientele.bulk.read;

import io.clientele.db.Database;
import io.clientele.exports.JobFiles;
import io.clientele.org.Org;
import java.time.Clock;

/** Takes away the results of bulk reads that can no longer be downloaded. */
public final class BulkReadUpkeep {
  private final Database database;
  private final Clock clock;

  public BulkReadUpkeep(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Removes at most {@code rows} of an org; answers how many there were. */
  public int trim(Org org, int rows) {
    return database.write(
        tx ->
            JobFiles.trim(
                tx, org, BulkReadJob.KIND, clock.instant().minus(BulkReadRoutes.DOWNLOAD), rows));
  }
}
