package io.clientele.records.territories;

import static io.clientele.db.Sql.sql;

import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.org.Org;
import io.clientele.records.RecordChange;
import io.clientele.records.RecordTerritories;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings all records of a module in line with the criteria of the territories: by their ids, so
 * many in a transaction, which also keeps how far the job is.
 */
public final class ReviewJob implements JobHandler {
  private static final int BATCH = 1_000;

  private final Records records;
  private final MetadataCache cache;

  public ReviewJob(Records records, MetadataCache cache) {
    this.records = records;
    this.cache = cache;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    ObjectNode progress = ((ObjectNode) job.result()).deepCopy();
    boolean more = true;
    while (more) {
      Metadata metadata = cache.of(org.id());
      Optional<Module> module =
          metadata
              .find(job.body().path("module").asString(""))
              .filter(found -> RecordTerritories.field(found).isPresent());
      more = module.isPresent() && review(metadata, module.get(), job, progress);
    }
    return progress;
  }

  private boolean review(Metadata metadata, Module module, Job job, ObjectNode progress) {
    long after = progress.path("after").asLong(0);
    long last =
        records.change(
            metadata,
            job.createdBy(),
            Source.CRM_API,
            change -> {
              List<Long> ids = next(change, module, after);
              change.territories(module).review(ids);
              long end = ids.isEmpty() ? 0 : ids.getLast();
              ObjectNode now = Json.MAPPER.createObjectNode().put("after", end);
              Jobs.report(change.tx(), metadata.org(), job.id(), Status.RUNNING, now);
              return end;
            });
    progress.put("after", last);
    return last > 0;
  }

  private static List<Long> next(RecordChange change, Module module, long after) {
    return change
        .tx()
        .list(
            sql(
                "select t.\"id\" from "
                    + change.table(module)
                    + " t where t.\"id\" > ? order by t.\"id\" limit ?",
                after,
                BATCH),
            row -> row.getLong(1));
  }
}
