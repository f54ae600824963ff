package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import io.clientele.audit.AuditLog;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.jobs.JobQueue;
import io.clientele.org.Orgs;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Changes of metadata: one at a time in an org, each whole or not at all, and seen by the next
 * request on every server once it is answered.
 */
public final class MetadataChanges {
  private final Database database;
  private final MetadataCache cache;
  private final JobQueue jobs;

  public MetadataChanges(Database database, MetadataCache cache, JobQueue jobs) {
    this.database = database;
    this.cache = cache;
    this.jobs = jobs;
  }

  /** Does {@code work} as the caller of {@code call}. */
  public <T> T change(Call call, Function<MetadataChange, T> work) {
    return change(
        call.caller().orgId(),
        call.caller().userId(),
        work,
        change -> SettingsAudit.of(call, change));
  }

  /**
   * Does {@code work} in one transaction; it may be done again when two got in each other's way.
   */
  public <T> T change(long orgId, long userId, Function<MetadataChange, T> work) {
    return change(orgId, userId, work, SettingsAudit::of);
  }

  private <T> T change(
      long orgId,
      long userId,
      Function<MetadataChange, T> work,
      Function<MetadataChange, List<AuditLog.Entry>> audit) {
    record Made<T>(T result, boolean changed) {}
    Made<T> made =
        database.write(
            tx -> {
              tx.list(sql("select from clientele.org where id = ? for update", orgId), row -> 0);
              Metadata now = cache.current(tx, Orgs.find(tx, orgId).orElseThrow());
              var change = new MetadataChange(tx, now, userId, jobs);
              T result = work.apply(change);
              if (change.changed()) {
                Settings.changed(tx, change.org());
                AuditLog.write(tx, change.org(), audit.apply(change));
              }
              return new Made<>(result, change.changed());
            });
    if (made.changed) {
      cache.changed(orgId);
    }
    return made.result;
  }

  /**
   * The operation on a body {@code {"noun":[…]}}: changes each item alone and answers one outcome
   * for each.
   *
   * @param maximum how many items a call may have
   * @param success the status when all are kept
   */
  public Reply each(
      Call call,
      String noun,
      int maximum,
      int success,
      BiFunction<MetadataChange, Item, Done> work) {
    return each(call, noun, Item.list(call.json(), noun, maximum), success, work);
  }

  /** The same for things that the client named elsewhere, such as ids of the query. */
  public <T> Reply each(
      Call call,
      String noun,
      List<T> items,
      int success,
      BiFunction<MetadataChange, T, Done> work) {
    return change(
            call,
            change -> {
              var results = new Results(noun);
              for (T item : items) {
                try {
                  results.add(change.part(() -> work.apply(change, item)));
                  change.note(SettingsAudit.action(call), noun, SettingsAudit.name(item));
                } catch (ApiError e) {
                  results.add(e);
                }
              }
              return results;
            })
        .reply(success);
  }
}
