package io.clientele.exports;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.files.StoredFile.Use;
import io.clientele.files.Upload;
import io.clientele.jobs.Job;
import io.clientele.org.Org;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The file of a job: it has one at most, however often the job was begun. */
public final class JobFiles {
  private JobFiles() {}

  /** Gives the job its file, in place of one it had. */
  public static StoredFile put(
      Transaction tx, FileStorage files, Org org, Job job, Upload.Content content) {
    FileStorage.releaseRecords(tx, org, List.of(job.id()));
    return files.add(tx, org, content, job.createdBy(), Optional.of(new Use(0, job.id(), 0)));
  }

  /** Removes the files of jobs that ended before {@code before}, of {@code rows} at most. */
  public static int trim(Transaction tx, Org org, String kind, Instant before, int rows) {
    List<Long> expired =
        tx.list(
            sql(
                "select j.id from "
                    + org.table("job")
                    + " j where j.kind = ? and j.finished_time < ?::timestamptz and exists"
                    + " (select from "
                    + org.table("file")
                    + " f where f.record_id = j.id) limit ?",
                kind,
                before.toString(),
                rows),
            row -> row.getLong(1));
    FileStorage.releaseRecords(tx, org, expired);
    return expired.size();
  }
}
