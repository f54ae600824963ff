package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.SearchColumn;
import io.clientele.org.Org;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes anew what searches find the records of a module by: for tables older than the column, and
 * after a field went. It goes by id, so many records in a transaction.
 */
public final class SearchWordsJob implements JobHandler {
  private static final int BATCH = 1_000;

  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;

  public SearchWordsJob(Database database, MetadataCache cache, ModuleTables tables) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    Metadata metadata = cache.of(org.id());
    ObjectNode progress = ((ObjectNode) job.result()).deepCopy();
    Optional<Module> module =
        metadata.find(job.body().path("module").asLong()).filter(Module::hasTable);
    if (module.isEmpty() || !database.write(tx -> ModuleTables.exists(tx, org, module.get()))) {
      return progress;
    }
    String table = tables.of(metadata, module.get()); // which has the column from now on
    boolean more = true;
    while (more) {
      long after = progress.path("after").asLong(0);
      more =
          database.write(
              tx -> {
                Optional<Long> last = refresh(tx, table, module.get(), after);
                last.ifPresent(id -> progress.put("after", id));
                Jobs.report(tx, org, job.id(), Status.RUNNING, progress);
                return last.isPresent();
              });
    }
    return progress;
  }

  /** Does the records behind an id; answers the last one's, none at the end. */
  private static Optional<Long> refresh(Transaction tx, String table, Module module, long after) {
    List<Long> ids =
        tx.list(
            sql(
                "select t.\"id\" from "
                    + table
                    + " t where t.\"id\" > ? order by t.\"id\" limit "
                    + BATCH,
                after),
            row -> row.getLong(1));
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    write(tx, table, module, ids);
    return Optional.of(ids.getLast());
  }

  /** Writes the words of records from what they have. */
  static void write(Transaction tx, String table, Module module, List<Long> ids) {
    List<Field> fields = SearchColumn.fields(module);
    var stored = StoredTexts.lock(tx, module, table, ids);
    List<Long> there = List.copyOf(stored.ids());
    String[] words =
        there.stream()
            .map(id -> SearchWords.of(fields, field -> stored.value(id, field)))
            .toArray(String[]::new);
    String vector = SearchWords.cast("v.words");
    tx.update(
        sql(
            "update "
                + table
                + " t set "
                + SearchColumn.NAME
                + " = "
                + vector
                + " from unnest(?, ?) as v(id, words) where t.\"id\" = v.id and t."
                + SearchColumn.NAME
                + " is distinct from "
                + vector,
            tx.array("bigint", there.toArray()),
            tx.array("text", words)));
  }
}
