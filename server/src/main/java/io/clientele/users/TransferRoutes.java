package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Reply;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.oauth.Accounts;
import io.clientele.oauth.Invitations;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user's records and subordinates go to another user, and then the user goes. References:
 * Transfer Records and Delete Users, Status of Transfer Records and Delete Users.
 */
public final class TransferRoutes {
  private static final String NOUN = "transfer_and_delete";
  private static final String PATH = "/users/actions/" + NOUN;
  private static final Scope SCOPE = Scope.of("users", Operation.DELETE);

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final JobQueue jobs;
  private final Clock clock;

  public TransferRoutes(
      Database database, MetadataCache cache, MetadataChanges changes, JobQueue jobs, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.jobs = jobs;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes
        .api("POST", PATH, SCOPE, this::named)
        .api("POST", "/users/{user}/actions/" + NOUN, SCOPE, this::one)
        .get(PATH, "users", this::status);
  }

  private Reply named(Call call) {
    requirePrimary(call);
    return schedule(call, item(call));
  }

  private Reply one(Call call) {
    requirePrimary(call);
    Item item = item(call);
    long id =
        PathId.find(call, "user")
            .filter(
                user ->
                    database.read(tx -> UserSql.find(tx, metadata(call).org(), user)).isPresent())
            .orElseThrow(UserChangeRoutes::unknown);
    item.json().put("id", Long.toString(id));
    return schedule(call, item);
  }

  private Reply schedule(Call call, Item item) {
    return changes.each(call, NOUN, List.of(item), 200, this::schedule);
  }

  /** The user can do nothing more from now on; the job goes on with the rest. */
  private Done schedule(MetadataChange change, Item item) {
    ObjectNode body = new TransferRequest(change, item).read();
    long userId = body.path("user").asLong();
    boolean running =
        Jobs.open(change.tx(), change.org(), TransferJob.KIND).stream()
            .anyMatch(job -> job.body().path("user").asLong() == userId);
    if (running) {
      throw ErrorCode.ALREADY_SCHEDULED
          .error()
          .at("id", item.at("id"))
          .message("the user is being deleted already");
    }
    disable(change, userId);
    long jobId = jobs.schedule(change.tx(), change.org(), TransferJob.KIND, body, change.userId());
    return new Done(
        "user is deleted successfully", keys -> keys.id("jobId", jobId).id("id", userId));
  }

  private void disable(MetadataChange change, long userId) {
    ObjectNode stamp = Json.MAPPER.createObjectNode();
    UserStamps.statusUpdated(stamp, change.userId(), clock.instant());
    Transaction tx = change.tx();
    tx.update(
        sql(
            "update "
                + change.org().table("crm_user")
                + " set status = 'inactive', body = body || ?::jsonb, modified_by = ?,"
                + " modified_time = clock_timestamp() where id = ?",
            Json.MAPPER.writeValueAsString(stamp),
            change.userId(),
            userId));
    Accounts.setActive(tx, change.org().id(), userId, false);
    Invitations.withdraw(tx, change.org().id(), userId);
    change.touch();
  }

  /** How far a job is: in_progress, completed or failed; 204 when there is no such job. */
  private Reply status(Call call) {
    requirePrimary(call);
    String text = call.requiredQuery("job_id");
    long id =
        PathId.parse(text.strip())
            .orElseThrow(() -> ErrorCode.INVALID_DATA.with("param_name", "job_id"));
    Optional<Job> job =
        database.read(tx -> Jobs.find(tx, metadata(call).org(), id, TransferJob.KIND));
    return job.isEmpty()
        ? Reply.noContent()
        : Reply.list(NOUN, List.of(job.get()), (keys, one) -> keys.text("status", word(one)));
  }

  private static String word(Job job) {
    return switch (job.status()) {
      case SCHEDULED, RUNNING -> "in_progress";
      case COMPLETED -> "completed";
      case FAILED, CANCELLED -> "failed";
    };
  }

  /** Only the primary contact may. */
  private void requirePrimary(Call call) {
    if (metadata(call).primaryUser().id() != call.caller().userId()) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of(UserAuthority.MANAGE));
    }
  }

  private Metadata metadata(Call call) {
    return cache.of(call.caller().orgId());
  }

  private static Item item(Call call) {
    JsonNode list = call.json().path(NOUN);
    if (list.size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(NOUN, "$." + NOUN);
    }
    return Item.list(call.json(), NOUN, 1).getFirst();
  }
}
