package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.SharingLabel;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Setting;
import io.clientele.org.Org;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives the criteria of a module's sharing rules labels and lets all records carry them; until it
 * is done, who reads records tries the criteria. So many records at a time, each time in a
 * transaction of its own that also keeps how far the job is.
 */
public final class RuleLabelsJob implements JobHandler {
  private static final int BATCH = 5_000;

  /** As long before its start the job looks for records that were written meanwhile. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final ModuleTables tables;
  private final Clock clock;

  public RuleLabelsJob(
      Database database,
      MetadataCache cache,
      MetadataChanges changes,
      ModuleTables tables,
      Clock clock) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.tables = tables;
    this.clock = clock;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    ObjectNode progress = ((ObjectNode) job.result()).deepCopy();
    long moduleId = job.body().path("module").asLong();
    if (!progress.has("since")) {
      var _ = changes.change(org.id(), job.createdBy(), change -> giveLabels(change, moduleId));
      progress.put("since", clock.instant().minus(OVERLAP).toString());
    }
    Optional<Module> module = cache.of(org.id()).find(moduleId).filter(Module::hasTable);
    if (module.isEmpty()) {
      return progress;
    }
    List<SharingLabel> labels = SharingLabel.of(cache.of(org.id()), module.get());
    label(org, job, module.get(), progress);
    var _ = changes.change(org.id(), job.createdBy(), change -> complete(change, moduleId, labels));
    return progress;
  }

  private boolean giveLabels(MetadataChange change, long moduleId) {
    Module module = change.metadata().find(moduleId).orElse(null);
    if (module == null) {
      return false;
    }
    List<SharingLabel> known = SharingLabel.of(change.metadata(), module);
    for (Setting rule : SharingLabel.rules(change.metadata(), module)) {
      JsonNode criteria = rule.body().path("criteria");
      boolean has = known.stream().anyMatch(label -> label.isOf(rule));
      if (!has && RuleLabels.isLasting(tables, change.metadata(), module, criteria)) {
        change.update(rule, SharingLabel.give(rule, change.nextId()));
      }
    }
    return true;
  }

  private void label(Org org, Job job, Module module, ObjectNode progress) {
    Optional<Long> last = Optional.of(progress.path("after").asLong(0));
    while (last.isPresent()) {
      long after = last.get();
      Metadata metadata = cache.of(org.id()); // other rules may have got labels meanwhile
      last =
          database.write(
              tx -> {
                Optional<Long> next = next(tx, metadata, module, after);
                next.ifPresent(
                    id -> {
                      RuleLabels.refresh(
                          tx,
                          tables,
                          metadata,
                          module,
                          sql("t.\"id\" > ? and t.\"id\" <= ?", after, id));
                      progress.put("after", id);
                    });
                Jobs.report(tx, org, job.id(), Status.RUNNING, progress);
                return next;
              });
    }
    if (module.field("Modified_Time").isPresent()) { // by servers that did not know the labels yet
      Metadata metadata = cache.of(org.id());
      String since = progress.path("since").asString();
      database.change(
          tx ->
              RuleLabels.refresh(
                  tx,
                  tables,
                  metadata,
                  module,
                  sql("t.\"modified_time\" > ?::timestamptz", since)));
    }
  }

  /** The last id of the next batch; empty behind the last record. */
  private Optional<Long> next(Transaction tx, Metadata metadata, Module module, long after) {
    return Optional.ofNullable(
        tx.list(
                sql(
                    "select max(b.\"id\") from (select t.\"id\" from "
                        + tables.of(metadata, module)
                        + " t where t.\"id\" > ? order by t.\"id\" limit ?) b",
                    after,
                    BATCH),
                row -> (Long) row.getObject(1))
            .getFirst());
  }

  /** The labels that all records have now which should. */
  private static boolean complete(MetadataChange change, long moduleId, List<SharingLabel> done) {
    Module module = change.metadata().find(moduleId).orElse(null);
    if (module != null) {
      for (Setting rule : SharingLabel.rules(change.metadata(), module)) {
        if (done.stream().anyMatch(label -> !label.complete() && label.isOf(rule))) {
          change.update(rule, SharingLabel.complete(rule));
        }
      }
    }
    return true;
  }
}
