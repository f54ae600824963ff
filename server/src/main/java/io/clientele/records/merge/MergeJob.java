package io.clientele.records.merge;

import io.clientele.access.Access;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.org.Org;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merge of records with much that hangs on them: one transaction, which also says that it was
 * done, so that a server that goes on with the job does not do it again.
 */
public final class MergeJob implements JobHandler {
  public static final String KIND = "merge_records";

  private final MetadataCache cache;
  private final Records records;

  public MergeJob(MetadataCache cache, Records records) {
    this.cache = cache;
    this.records = records;
  }

  static ObjectNode body(Module module, MergeRequest request, JsonNode merge) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("module", module.apiName());
    body.put("master", Long.toString(request.master()));
    body.set("merge", merge);
    var ids = body.putArray("records");
    ids.add(request.master());
    request.childIds().forEach(ids::add);
    return body;
  }

  /** Whether one of the records is being merged, or is about to. */
  public static boolean isUnderWay(Transaction tx, Org org, Collection<Long> ids) {
    return Jobs.open(tx, org, KIND).stream()
        .flatMap(job -> job.body().path("records").valueStream())
        .anyMatch(id -> ids.contains(id.asLong()));
  }

  @Override
  public JsonNode run(Org org, Job job) {
    if (job.result().has("merged")) {
      return job.result();
    }
    Metadata metadata = cache.of(org.id());
    Module module = metadata.get(job.body().path("module").asString());
    ObjectNode result = Json.MAPPER.createObjectNode();
    try {
      MergeRequest request =
          new MergeReader(
                  module,
                  job.body().path("master").asLong(),
                  field -> Access.writes(metadata, job.createdBy(), field))
              .read(job.body().path("merge"));
      ObjectNode merged = result.deepCopy().put("merged", true);
      return records.change(
          metadata,
          job.createdBy(),
          Source.MERGE,
          change -> {
            new RecordMerge(change, module, request).merge();
            Jobs.report(change.tx(), org, job.id(), Status.RUNNING, merged);
            return merged;
          });
    } catch (ApiError e) {
      return result.put("merged", false).put("error", e.code().name() + ": " + e.getMessage());
    }
  }

  /** Where a job stands, in the words of the pages. */
  static String status(Job job) {
    return switch (job.status()) {
      case SCHEDULED -> "SCHEDULED";
      case RUNNING -> "running";
      case COMPLETED -> job.result().path("merged").asBoolean(true) ? "completed" : "failed";
      case FAILED, CANCELLED -> "failed";
    };
  }
}
