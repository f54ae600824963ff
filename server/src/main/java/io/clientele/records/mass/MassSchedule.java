package io.clientele.records.mass;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.JobRecords;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.CustomView;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Views;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** Chooses the records of a view and leaves them to a job. */
final class MassSchedule {
  static final int MAXIMUM = 50_000;

  private final Records records;
  private final JobQueue jobs;
  private final Views views;

  MassSchedule(Records records, JobQueue jobs, ModuleTables tables) {
    this.records = records;
    this.jobs = jobs;
    views = new Views(tables);
  }

  /** What else the records of a view must fit, which the caller may add. */
  interface More extends BiFunction<RecordChange, CustomView, Sql> {}

  /**
   * Schedules the job; answers its id.
   *
   * @param body what the job is to know; the module and the view are added
   * @param tooMany what is answered when the view has more than 50,000 records
   * @throws ApiError INVALID_DATA without such a view, ALREADY_SCHEDULED, NO_RECORDS_FOUND
   */
  long schedule(
      Metadata metadata,
      Module module,
      long userId,
      MassAction action,
      long viewId,
      ObjectNode body,
      More more,
      ApiError tooMany) {
    CustomView view = view(metadata, module, userId, viewId);
    body.put("module", module.id()).put("cvid", viewId);
    return records.change(
        metadata,
        userId,
        action.source(),
        change -> {
          requireNone(change, action, viewId);
          Sql which =
              change
                  .rows(module, action == MassAction.DELETE ? Action.DELETE : Action.UPDATE)
                  .and(change.criteria().of(metadata, module, view, userId))
                  .and(more.apply(change, view));
          long id = jobs.schedule(change.tx(), metadata.org(), action.word(), body, userId);
          int total =
              new JobRecords(change.tx(), metadata.org(), id)
                  .choose(change.table(module), which, MAXIMUM + 1);
          if (total == 0) {
            throw ErrorCode.NO_RECORDS_FOUND.error();
          }
          if (total > MAXIMUM) {
            throw tooMany;
          }
          Jobs.report(
              change.tx(), metadata.org(), id, Status.SCHEDULED, MassJob.Progress.begin(total));
          return id;
        });
  }

  private CustomView view(Metadata metadata, Module module, long userId, long id) {
    try {
      return views.require(metadata, module, id, userId);
    } catch (ApiError e) {
      throw MassRequest.invalidView(Long.toString(id));
    }
  }

  /** One job at a time for an action and a view, also when two ask at once. */
  private static void requireNone(RecordChange change, MassAction action, long viewId) {
    var org = change.stamp().metadata().org();
    change
        .tx()
        .list(
            sql(
                "select pg_advisory_xact_lock(hashtext(?))",
                org.schema() + " " + action.word() + " " + viewId),
            row -> 0);
    boolean running =
        Jobs.open(change.tx(), org, action.word()).stream()
            .anyMatch(job -> job.body().path("cvid").asLong() == viewId);
    if (running) {
      throw ErrorCode.ALREADY_SCHEDULED
          .with("api_name", "cvid")
          .message("Already a Mass Action scheduler is running for the given cvid");
    }
  }

  /** Whether the user's profile allows mass actions on the module, and the change itself. */
  void require(Metadata metadata, long userId, MassAction action, Module module) {
    String permission = Action.permission(action.permission(), module.apiName());
    if (!Access.allows(metadata, userId, permission)) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of(permission));
    }
    records
        .access()
        .require(
            metadata, userId, action == MassAction.DELETE ? Action.DELETE : Action.UPDATE, module);
  }
}
