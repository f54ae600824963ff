package io.clientele.records.recyclebin;

import io.clientele.error.ApiError;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobRecords;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.org.Org;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings back, or takes away for good, more of the bin than one call can wait for. */
public final class BinJob implements JobHandler {
  public static final String RESTORE = "restore_recycle_bin";
  public static final String PURGE = "purge_recycle_bin";

  private static final int BATCH = 100;

  private final Records records;
  private final MetadataCache cache;

  public BinJob(Records records, MetadataCache cache) {
    this.records = records;
    this.cache = cache;
  }

  @Override
  public boolean isCancellable() {
    return true;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    ObjectNode progress = Json.MAPPER.createObjectNode();
    while (!progress.path("end").asBoolean()) {
      progress = batch(cache.of(org.id()), job);
    }
    return progress;
  }

  private ObjectNode batch(Metadata metadata, Job job) {
    return records.change(
        metadata,
        job.createdBy(),
        Source.CRM_API,
        change -> {
          Org org = metadata.org();
          ObjectNode progress =
              ((ObjectNode) Jobs.lock(change.tx(), org, job.id()).result()).deepCopy();
          var chosen = new JobRecords(change.tx(), org, job.id());
          List<Long> ids = chosen.after(progress.path("after").asLong(0), BATCH);
          if (ids.isEmpty()) {
            chosen.forget();
            return progress.put("end", true);
          }
          int failed = job.kind().equals(RESTORE) ? restore(change, ids) : purge(change, ids);
          progress
              .put("after", ids.getLast())
              .put("done", progress.path("done").asInt() + ids.size() - failed)
              .put("failed", progress.path("failed").asInt() + failed);
          Jobs.report(change.tx(), org, job.id(), Status.RUNNING, progress);
          return progress;
        });
  }

  private static int restore(RecordChange change, List<Long> ids) {
    int failed = 0;
    for (long id : ids) {
      try {
        change.restore(id);
      } catch (ApiError e) {
        failed++;
      }
    }
    return failed;
  }

  /** What was brought back meanwhile is left alone. */
  private int purge(RecordChange change, List<Long> ids) {
    var stamp = change.stamp();
    var bin = new Bin(change.tx(), stamp.metadata(), records.access(), stamp.userId(), stamp.now());
    bin.purge(Bin.of(ids));
    return 0;
  }
}
