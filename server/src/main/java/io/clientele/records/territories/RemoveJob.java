package io.clientele.records.territories;

import io.clientele.jobs.Job;
import io.clientele.jobs.JobHandler;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.org.Org;
import io.clientele.records.RecordTerritories;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Takes a territory that is gone from the records that were in it, or gives them another in its
 * place, so many in a transaction. A record that was done no longer has it, so that the job goes on
 * by itself wherever it was stopped.
 */
public final class RemoveJob implements JobHandler {
  private static final int BATCH = 1_000;

  private final Records records;
  private final MetadataCache cache;

  public RemoveJob(Records records, MetadataCache cache) {
    this.records = records;
    this.cache = cache;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    long gone = job.body().path("territory").asLong();
    JsonNode to = job.body().path("to");
    OptionalLong other = to.isNumber() ? OptionalLong.of(to.asLong()) : OptionalLong.empty();
    for (Module module : cache.of(org.id()).modules()) {
      if (module.hasTable() && RecordTerritories.field(module).isPresent()) {
        boolean more = true;
        while (more) {
          more = batch(cache.of(org.id()), module, job, gone, other);
        }
      }
    }
    return job.result();
  }

  private boolean batch(Metadata metadata, Module module, Job job, long gone, OptionalLong other) {
    return records.change(
            metadata,
            job.createdBy(),
            Source.CRM_API,
            change -> change.territories(module).replace(gone, other, BATCH))
        > 0;
  }
}
