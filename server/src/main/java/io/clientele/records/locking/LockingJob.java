package io.clientele.records.locking;

import static io.clientele.db.Sql.sql;

import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.metadata.recordlocking.RecordLocking.Rule;
import io.clientele.org.Org;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the records of a module in line with its record locking configuration after a change of
 * it: rules that say so lock records that were there before, locks without a rule go, and all locks
 * go with the configuration.
 */
public final class LockingJob implements JobHandler {
  /** Records looked at in one transaction. */
  private static final int BATCH = 1_000;

  private final Records records;
  private final MetadataCache cache;

  public LockingJob(Records records, MetadataCache cache) {
    this.records = records;
    this.cache = cache;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    ObjectNode progress = ((ObjectNode) job.result()).deepCopy();
    boolean more = true;
    while (more) {
      Metadata metadata = cache.of(org.id());
      Optional<Module> module = metadata.find(job.body().path("module").asLong());
      more = module.isPresent() && review(metadata, module.get(), job, progress);
    }
    return progress;
  }

  private boolean review(Metadata metadata, Module module, Job job, ObjectNode progress) {
    long after = progress.path("after").asLong(0);
    boolean locksMore =
        RecordLocking.of(metadata, module)
            .filter(locking -> locking.lockType().isAutomatic())
            .filter(locking -> locking.rules().stream().anyMatch(Rule::lockExisting))
            .isPresent();
    long last =
        records.change(
            metadata,
            job.createdBy(),
            Source.CRM_API,
            change -> {
              List<Long> ids = next(change, module, after, locksMore);
              change.locks(module).review(ids);
              long end = ids.isEmpty() ? 0 : ids.getLast();
              ObjectNode now = Json.MAPPER.createObjectNode().put("after", end);
              Jobs.report(change.tx(), metadata.org(), job.id(), Status.RUNNING, now);
              return end;
            });
    progress.put("after", last);
    return last > 0;
  }

  private static List<Long> next(RecordChange change, Module module, long after, boolean all) {
    return change
        .tx()
        .list(
            sql(
                "select t.\"id\" from "
                    + change.table(module)
                    + " t where t.\"id\" > ?"
                    + (all ? "" : " and t.\"locked__s\"")
                    + " order by t.\"id\" limit ?",
                after,
                BATCH),
            row -> row.getLong(1));
  }
}
