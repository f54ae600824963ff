package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobHandler;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives all that a user owns to another, then deletes the user. Module by module, so many records
 * at a time, each time in a transaction of its own; what was given away is not the user's any more,
 * so a server that goes on after a kill finds the rest.
 */
public final class TransferJob implements JobHandler {
  public static final String KIND = "transfer_and_delete";

  /** Records of one transaction; some tenths of a second. */
  private static final int BATCH = 1_000;

  private final Database database;
  private final Records records;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Clock clock;

  public TransferJob(
      Database database,
      Records records,
      MetadataCache cache,
      MetadataChanges changes,
      Clock clock) {
    this.database = database;
    this.records = records;
    this.cache = cache;
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public JsonNode run(Org org, Job job) {
    if (job.body().path("records").asBoolean(false)) {
      cache.of(org.id()).modules().stream()
          .filter(module -> module.hasTable() && owner(module) != null && exists(org, module))
          .map(Module::id)
          .forEach(id -> giveAll(org, job, id));
    }
    return changes.change(org.id(), job.createdBy(), change -> end(change, job));
  }

  /** Asked for by itself, because a change may not wait for a table while it looks at it. */
  private boolean exists(Org org, Module module) {
    return database.write(tx -> ModuleTables.exists(tx, org, module));
  }

  private static @Nullable Field owner(Module module) {
    return module.field("Owner").filter(field -> field.stored().isPresent()).orElse(null);
  }

  private void giveAll(Org org, Job job, long moduleId) {
    boolean more = true;
    while (more) {
      Metadata metadata = cache.of(org.id());
      more =
          records.change(
              metadata,
              job.createdBy(),
              Source.CHANGE_OWNER,
              change -> metadata.find(moduleId).map(one -> give(change, job, one)).orElse(false));
    }
  }

  /** Gives some records away; answers whether there may be more. */
  private static boolean give(RecordChange change, Job job, Module module) {
    Transaction tx = change.tx();
    Org org = change.stamp().metadata().org();
    Field owner = owner(module);
    if (owner == null) {
      return false;
    }
    List<Long> ids =
        tx.list(
            sql(
                "select t.\"id\" from %s t where t.%s = ? order by t.\"id\" limit ? for update"
                    .formatted(change.table(module), Sql.identifier(owner.column())),
                job.body().path("user").asLong(),
                BATCH),
            row -> row.getLong(1));
    if (ids.isEmpty()) {
      return false;
    }
    Map<Long, Map<String, @Nullable Object>> values = new LinkedHashMap<>();
    ids.forEach(id -> values.put(id, Map.of(owner.apiName(), job.body().path("to").asLong())));
    change.set(module, values);
    ObjectNode progress = ((ObjectNode) Jobs.lock(tx, org, job.id()).result()).deepCopy();
    progress.put("moved", progress.path("moved").asLong(0) + ids.size());
    Jobs.report(tx, org, job.id(), Status.RUNNING, progress);
    return true;
  }

  /** Settings name the other user, subordinates have another manager, and the user is deleted. */
  private JsonNode end(MetadataChange change, Job job) {
    Transaction tx = change.tx();
    Org org = change.org();
    JsonNode body = job.body();
    long userId = body.path("user").asLong();
    if (body.path("criteria").asBoolean(false)) {
      new UserInCriteria(change, userId, body.path("to").asLong()).replace();
    }
    if (body.path("assignment").asBoolean(false)) {
      manage(tx, org, userId, body.path("to").asLong());
    }
    if (body.has("subordinates_to")) {
      long to = body.path("subordinates_to").asLong();
      tx.update(
          sql(
              "update "
                  + org.table("crm_user")
                  + " set reporting_to = ? where reporting_to = ? and id <> ?",
              to,
              userId,
              to));
    }
    if (UserSql.find(tx, org, userId).filter(user -> !user.isDeleted()).isPresent()) {
      Users.delete(tx, org, userId, job.createdBy(), clock.instant());
    }
    change.touch();
    return Jobs.lock(tx, org, job.id()).result();
  }

  /** Territories that the user looked after are the other's. */
  private static void manage(Transaction tx, Org org, long userId, long to) {
    tx.update(
        sql(
            "insert into "
                + org.table("territory_user")
                + " (territory_id, user_id) select t.id, ? from "
                + org.table("territory")
                + " t where t.manager_id = ? on conflict do nothing",
            to,
            userId));
    tx.update(
        sql(
            "update " + org.table("territory") + " set manager_id = ? where manager_id = ?",
            to,
            userId));
  }
}
