package io.clientele.records.emailsharing;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Users let their colleagues read the mails that they have of a record, or no longer. */
final class EmailSharing {
  private final Records records;

  EmailSharing(Records records) {
    this.records = records;
  }

  /** Records of a module, and who asks. */
  record Target(Metadata metadata, Module module, long userId) {}

  /** What is done, with the words that answer it. */
  enum Change {
    SHARE(
        Action.CREATE,
        "Successfully shared",
        ErrorCode.ALREADY_SHARED,
        "insert into %s as e (record_id, user_id, shared_time) select r.id, ?, ?::timestamptz"
            + " from unnest(?) r(id) on conflict do nothing returning e.record_id"),
    UNSHARE(
        Action.DELETE,
        "Sharing revoked successfully",
        ErrorCode.NOT_SHARED,
        "delete from %s e where e.user_id = ? and ?::timestamptz is not null"
            + " and e.record_id = any(?) returning e.record_id");

    private final Action permission;
    private final String done;
    private final ErrorCode already;
    private final String statement;

    Change(Action permission, String done, ErrorCode already, String statement) {
      this.permission = permission;
      this.done = done;
      this.already = already;
      this.statement = statement;
    }
  }

  /** Does it with each of the records; one outcome for each id, in order. */
  Results change(Target target, Change what, List<Long> ids) {
    return change(
        target,
        what.permission,
        change -> write(change, target, what, ids, visible(change, target, ids)));
  }

  private static Optional<ApiError> error(
      long id, Change what, Set<Long> seen, Set<Long> changed, boolean again) {
    if (again) {
      return Optional.of(of(ErrorCode.DUPLICATE_DATA, id).message("Duplicate Data"));
    }
    if (!seen.contains(id)) {
      return Optional.of(of(ErrorCode.INVALID_DATA, id).message(EmailSharingRoutes.UNKNOWN));
    }
    return changed.contains(id) ? Optional.empty() : Optional.of(of(what.already, id));
  }

  private static ApiError of(ErrorCode code, long id) {
    return code.with("id", Long.toString(id));
  }

  /** The same with one record. */
  Results change(Target target, Change what, long id) {
    return change(
        target,
        what.permission,
        change -> {
          require(change, target, id);
          return write(change, target, what, List.of(id), Set.of(id));
        });
  }

  /** The users who share their mails of the record, the first who did first. */
  List<Long> users(Target target, long id) {
    return change(
        target,
        Action.READ,
        change -> {
          require(change, target, id);
          return change
              .tx()
              .list(
                  sql(
                      "select e.user_id from "
                          + table(target)
                          + " e where e.record_id = ? order by e.shared_time, e.user_id",
                      id),
                  row -> row.getLong(1));
        });
  }

  private static void require(RecordChange change, Target target, long id) {
    if (visible(change, target, List.of(id)).isEmpty()) {
      throw EmailSharingRoutes.unknownRecord();
    }
  }

  /** Those of the records that the user reads; nobody takes them away meanwhile. */
  private static Set<Long> visible(RecordChange change, Target target, List<Long> ids) {
    Sql statement =
        sql(
                "select t.\"id\" from "
                    + change.table(target.module)
                    + " t where t.\"id\" = any(?) and",
                (Object) ids.toArray(Long[]::new))
            .then(change.rows(target.module, Action.READ))
            .then("order by t.\"id\" for key share of t");
    return Set.copyOf(change.tx().list(statement, row -> row.getLong(1)));
  }

  private static Results write(
      RecordChange change, Target target, Change what, List<Long> ids, Set<Long> seen) {
    Set<Long> changed = write(change, target, what, seen);
    var results = new Results("data");
    var before = new HashSet<Long>();
    for (long id : ids) {
      Optional<ApiError> error = error(id, what, seen, changed, !before.add(id));
      error.ifPresentOrElse(results::add, () -> results.add(Done.of(what.done, id)));
    }
    return results;
  }

  private static Set<Long> write(
      RecordChange change, Target target, Change what, Set<Long> records) {
    Sql statement =
        sql(
            what.statement.formatted(table(target)),
            target.userId,
            change.stamp().now().toString(),
            records.toArray(Long[]::new));
    return Set.copyOf(change.tx().list(statement, row -> row.getLong(1)));
  }

  private static String table(Target target) {
    return target.metadata.org().table("email_share");
  }

  private <T> T change(Target target, Action permission, Function<RecordChange, T> work) {
    var access = records.access();
    access.require(target.metadata, target.userId, Action.READ, target.module);
    access.require(target.metadata, target.userId, permission, target.module);
    return records.change(target.metadata, target.userId, Source.CRM_API, work);
  }
}
