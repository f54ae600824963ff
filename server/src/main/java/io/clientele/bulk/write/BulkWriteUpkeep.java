package io.clientele.bulk.write;

import io.clientele.db.Database;
import io.clientele.exports.JobFiles;
import io.clientele.org.Org;
import java.time.Clock;
import java.time.Instant;

/** Takes away uploads and results of bulk writes that nobody can use any more. */
public final class BulkWriteUpkeep {
  private final Database database;
  private final Clock clock;

  public BulkWriteUpkeep(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Removes some of an org, at most {@code rows} of each kind; answers how many there were. */
  public int trim(Org org, int rows) {
    Instant before = clock.instant().minus(BulkWriteRoutes.DOWNLOAD);
    return database.write(
        tx ->
            JobFiles.trim(tx, org, BulkWriteJob.KIND, before, rows)
                + JobFiles.trim(tx, org, UploadedFiles.KIND, before, rows));
  }
}
