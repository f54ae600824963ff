package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.backup.Backup.Status;
import io.clientele.backup.BackupWriter.Written;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile.Use;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.MetadataCache;
import io.clientele.org.Org;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a backup, whose files belong to the job. One whose server was killed is begun anew, without
 * the files there were.
 */
public final class BackupJob implements JobHandler {
  public static final String KIND = "backup";

  /** What the result of a job has the names of its files under. */
  static final String DATA = "data";

  static final String ATTACHMENTS = "attachments";

  private final Database database;
  private final MetadataCache cache;
  private final BackupWriter writer;
  private final FileStorage files;
  private final JobQueue jobs;
  private final Clock clock;

  public BackupJob(
      Database database,
      MetadataCache cache,
      BackupWriter writer,
      FileStorage files,
      JobQueue jobs,
      Clock clock) {
    this.database = database;
    this.cache = cache;
    this.writer = writer;
    this.files = files;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** One takes much of the database's time. */
  @Override
  public int atOnce() {
    return 1;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    if (!begin(org, job)) {
      return Json.MAPPER.createObjectNode();
    }
    Written written = writer.write(org.id(), (name, content) -> keep(org, job, name, content));
    ObjectNode result = Json.MAPPER.createObjectNode().put("rows", written.rows());
    result.set(DATA, Json.MAPPER.valueToTree(written.data()));
    result.set(ATTACHMENTS, Json.MAPPER.valueToTree(written.attachments()));
    return database.write(
        tx -> {
          Jobs.report(tx, org, job.id(), Job.Status.COMPLETED, result);
          end(tx, org, job, Optional.of(written.data().getFirst()));
          return result;
        });
  }

  /** False when it was stopped meanwhile. */
  private boolean begin(Org org, Job job) {
    return database.write(
        tx -> {
          FileStorage.releaseRecords(tx, org, List.of(job.id()));
          var rows = new BackupRows(tx, org, jobs);
          Optional<Backup> backup = backup(rows, job);
          backup.ifPresent(rows::begin);
          return backup.isPresent();
        });
  }

  private static Optional<Backup> backup(BackupRows rows, Job job) {
    return rows.lock(job.body().path(BackupRows.BACKUP).asLong())
        .filter(backup -> backup.status().isOpen() && backup.jobId() == job.id());
  }

  private void keep(Org org, Job job, String name, InputStream content) {
    var kept = files.keep(org, content, name, "application/zip");
    database.change(
        tx -> files.add(tx, org, kept, job.createdBy(), Optional.of(new Use(0, job.id(), 0))));
  }

  @Override
  public void givenUp(Transaction tx, Org org, Job job) {
    FileStorage.releaseRecords(tx, org, List.of(job.id()));
    end(tx, org, job, Optional.empty());
  }

  private void end(Transaction tx, Org org, Job job, Optional<String> fileName) {
    var rows = new BackupRows(tx, org, jobs);
    backup(rows, job)
        .filter(backup -> backup.status() == Status.IN_PROGRESS)
        .ifPresent(
            backup ->
                rows.end(
                    backup,
                    fileName,
                    clock.instant(),
                    cache.of(org.id()).zoneOf(backup.requesterId())));
  }

  /** The latest backup that was made. */
  static Optional<Job> latest(Transaction tx, Org org) {
    return tx
        .list(
            sql(
                "select max(j.id) from "
                    + org.table("job")
                    + " j where j.kind = ? and j.status = 'completed'"
                    + " and jsonb_exists(j.result, ?)",
                KIND,
                DATA),
            row -> row.getLong(1))
        .stream()
        .findFirst()
        .flatMap(id -> Jobs.find(tx, org, id, KIND));
  }
}
