package io.clientele.metadata.globalpicklists;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.GlobalPickList.Use;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces a value in the records of every field that has a global pick list: field by field, and
 * in each so many records at a time by their ids, each time in a transaction of its own that also
 * keeps how far the job is.
 */
public final class ReplacementJob implements JobHandler {
  public static final String KIND = "replace_picklist_values";

  /** Records looked at in one transaction; some hundredths of a second. */
  private static final int BATCH = 20_000;

  private final Database database;
  private final MetadataCache cache;

  public ReplacementJob(Database database, MetadataCache cache) {
    this.database = database;
    this.cache = cache;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    Metadata metadata = cache.of(org.id());
    ObjectNode progress = ((ObjectNode) job.result()).deepCopy();
    long from = progress.path("field").asLong(0);
    for (Use use : uses(metadata, job)) {
      if (use.field().id() < from) {
        continue; // done before this server took the job
      }
      if (use.field().id() > from) {
        progress.put("field", use.field().id()).put("after", 0L);
      }
      if (use.field().stored().isPresent() && exists(org, use)) {
        replaceAll(org, job, use, progress);
      }
    }
    return progress;
  }

  private static List<Use> uses(Metadata metadata, Job job) {
    Optional<GlobalPickList> list =
        GlobalPickList.find(metadata, job.body().path("global_picklist").asLong());
    return list.stream()
        .flatMap(found -> found.uses(metadata).stream())
        .filter(use -> use.module().hasTable())
        .sorted(Comparator.comparingLong(use -> use.field().id()))
        .toList();
  }

  private boolean exists(Org org, Use use) {
    return database.write(tx -> ModuleTables.exists(tx, org, use.module()));
  }

  private void replaceAll(Org org, Job job, Use use, ObjectNode progress) {
    boolean more = true;
    while (more) {
      long after = progress.path("after").asLong(0);
      long replaced = progress.path("records_replaced").asLong(0);
      more =
          database.write(
              tx -> {
                Optional<Long> last = last(tx, org, use, after);
                int count = last.map(id -> replace(tx, org, job, use, after, id)).orElse(0);
                last.ifPresent(id -> progress.put("after", id));
                progress.put("records_replaced", replaced + count);
                Jobs.report(tx, org, job.id(), Status.RUNNING, progress);
                return last.isPresent();
              });
    }
  }

  /** The last id of the next batch; empty behind the last record. */
  private static Optional<Long> last(Transaction tx, Org org, Use use, long after) {
    return Optional.ofNullable(
        tx.list(
                sql(
                    "select max(b.id) from (select t.id from "
                        + org.table(use.module().table())
                        + " t where t.id > ? order by t.id limit ?) b",
                    after,
                    BATCH),
                row -> (Long) row.getObject(1))
            .getFirst());
  }

  private static int replace(Transaction tx, Org org, Job job, Use use, long after, long last) {
    String before = job.body().path("actual_value").asString();
    String now = job.body().path("new_value").asString();
    String column = Sql.identifier(use.field().column());
    boolean several = use.field().type().jsonType().equals("jsonarray");
    Sql set =
        several
            ? sql(
                "case when ? = any(t."
                    + column
                    + ") then array_remove(t."
                    + column
                    + ", ?)"
                    + " else array_replace(t."
                    + column
                    + ", ?, ?) end where ? = any(t."
                    + column
                    + ")",
                now,
                before,
                before,
                now,
                before)
            : sql("? where t." + column + " = ?", now, before);
    return tx.update(
        sql("update " + org.table(use.module().table()) + " t set " + column + " =")
            .then(set)
            .then("and t.id > ? and t.id <= ?", after, last));
  }
}
