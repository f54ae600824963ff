package io.clientele.records.mass;

import io.clientele.error.ApiError;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobRecords;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.org.Org;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Records;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mass action on the records that were chosen when it was asked for: so many at a time by their
 * ids, each time in a transaction of its own that also keeps how far the job is. So each record is
 * done once, also when the server is killed, and by whichever server goes on.
 */
public final class MassJob implements JobHandler {
  /** Records of one transaction; some tenths of a second. */
  private static final int BATCH = 1_000;

  private final Records records;
  private final MetadataCache cache;
  private final MassAction action;

  public MassJob(Records records, MetadataCache cache, MassAction action) {
    this.records = records;
    this.cache = cache;
    this.action = action;
  }

  @Override
  public boolean isCancellable() {
    return true;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    Optional<JsonNode> end = Optional.empty();
    while (end.isEmpty()) {
      Metadata metadata = cache.of(org.id());
      end = batch(metadata, job);
    }
    return end.get();
  }

  /** The next records; answers the job's result when there are no more. */
  private Optional<JsonNode> batch(Metadata metadata, Job job) {
    try {
      return records.change(
          metadata,
          job.createdBy(),
          action.source(),
          change -> {
            var progress = new Progress(Jobs.lock(change.tx(), metadata.org(), job.id()).result());
            Module module = metadata.find(job.body().path("module").asLong()).orElse(null);
            var targets = new JobRecords(change.tx(), metadata.org(), job.id());
            List<Long> ids = targets.after(progress.after(), BATCH);
            if (ids.isEmpty() || module == null) {
              targets.forget();
              return Optional.of(progress.end());
            }
            long rejected =
                action.run(change, module, job.body(), ids).stream()
                    .filter(Rejected.class::isInstance)
                    .count();
            ObjectNode now = progress.plus(ids, rejected);
            Jobs.report(change.tx(), metadata.org(), job.id(), Status.RUNNING, now);
            return Optional.empty();
          });
    } catch (ApiError e) {
      return Optional.of(refused(metadata, job, e));
    }
  }

  /** What the user may not do any more is not done with any of the rest. */
  private JsonNode refused(Metadata metadata, Job job, ApiError error) {
    return records.change(
        metadata,
        job.createdBy(),
        action.source(),
        change -> {
          new JobRecords(change.tx(), metadata.org(), job.id()).forget();
          var progress = new Progress(Jobs.lock(change.tx(), metadata.org(), job.id()).result());
          return progress.end().put("error", error.code().name());
        });
  }

  /**
   * How far a job is: {@code total}, {@code done} and {@code failed} records, and {@code after},
   * the id of the last.
   */
  record Progress(JsonNode json) {
    static ObjectNode begin(int total) {
      return Json.MAPPER
          .createObjectNode()
          .put("total", total)
          .put("done", 0)
          .put("failed", 0)
          .put("after", 0L);
    }

    int total() {
      return json.path("total").asInt();
    }

    int done() {
      return json.path("done").asInt();
    }

    int failed() {
      return json.path("failed").asInt();
    }

    long after() {
      return json.path("after").asLong();
    }

    ObjectNode plus(List<Long> ids, long rejected) {
      return ((ObjectNode) json.deepCopy())
          .put("done", done() + ids.size() - rejected)
          .put("failed", failed() + rejected)
          .put("after", ids.getLast());
    }

    /** What was not done until the end has failed. */
    ObjectNode end() {
      return ((ObjectNode) json.deepCopy()).put("failed", total() - done());
    }
  }
}
