package io.clientele.sharing;

import io.clientele.db.Transaction;
import io.clientele.http.Json;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.org.Org;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Runs the rules of a module again. Rules are part of every query, so they are in force for all
 * records from the moment they are there, and the job has only to count them.
 */
public final class Reruns implements JobHandler {
  public static final String KIND = "rerun_sharing_rules";

  private final MetadataCache cache;

  public Reruns(MetadataCache cache) {
    this.cache = cache;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    long rules =
        SharingRules.of(cache.of(org.id()), job.body().path("module").asLong()).stream()
            .filter(SharingRules::isActive)
            .count();
    return Json.MAPPER.createObjectNode().put("rules", rules);
  }

  static void schedule(JobQueue jobs, MetadataChange change, Module module) {
    jobs.schedule(
        change.tx(),
        change.org(),
        KIND,
        Json.MAPPER.createObjectNode().put("module", module.id()),
        change.userId());
  }

  /** The ids of the modules whose rules wait to be run again. */
  static Set<Long> running(Transaction tx, Org org) {
    return Jobs.open(tx, org, KIND).stream()
        .map(job -> job.body().path("module").asLong())
        .collect(Collectors.toSet());
  }
}
