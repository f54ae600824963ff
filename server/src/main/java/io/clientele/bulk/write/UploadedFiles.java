package io.clientele.bulk.write;

import io.clientele.db.Transaction;
import io.clientele.exports.JobFiles;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.files.Upload;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Settings;
import io.clientele.org.Org;
import java.util.Optional;

/**
 * What was uploaded for bulk writes. On the wire their ids are numbers, so each is the file of a
 * job of its own that has nothing to do, and goes when its file does.
 */
final class UploadedFiles {
  static final String KIND = "bulk_upload";

  private UploadedFiles() {}

  /** Keeps an uploaded content; answers the job that has it. */
  static Job add(Transaction tx, FileStorage files, Org org, Upload.Content content, long userId) {
    long id = Settings.nextIds(tx, org, 1).getFirst();
    Jobs.add(tx, org, id, KIND, Json.MAPPER.createObjectNode(), userId);
    Jobs.report(tx, org, id, Status.COMPLETED, Json.MAPPER.createObjectNode());
    Job job = Jobs.find(tx, org, id, KIND).orElseThrow();
    var _ = JobFiles.put(tx, files, org, job, content);
    return job;
  }

  /** The file under the id, when the user uploaded it. */
  static Optional<StoredFile> find(Transaction tx, Org org, String id, long userId) {
    return PathId.parse(id)
        .flatMap(number -> Jobs.find(tx, org, number, KIND))
        .filter(job -> job.createdBy() == userId)
        .flatMap(job -> FileStorage.ofPlace(tx, org, job.id(), 0));
  }
}
