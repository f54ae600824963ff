package io.clientele.backup;

import io.clientele.db.Database;
import io.clientele.exports.JobFiles;
import io.clientele.jobs.JobQueue;
import io.clientele.org.Org;
import java.time.Clock;

/** Takes away the files of backups that can no longer be downloaded, and old lines of history. */
public final class BackupUpkeep {
  private final Database database;
  private final JobQueue jobs;
  private final Clock clock;

  public BackupUpkeep(Database database, JobQueue jobs, Clock clock) {
    this.database = database;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Removes at most {@code rows} of an org; answers how many there were. */
  public int trim(Org org, int rows) {
    var now = clock.instant();
    return database.write(
        tx ->
            JobFiles.trim(tx, org, BackupJob.KIND, now.minus(BackupRoutes.DOWNLOAD), rows)
                + new BackupRows(tx, org, jobs).forget(now.minus(BackupRoutes.HISTORY), rows));
  }
}
