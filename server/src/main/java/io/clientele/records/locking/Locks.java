package io.clientele.records.locking;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.records.Outcome.Saved;
import io.clientele.records.RecordChange;
import io.clientele.records.RecordLocks.Lock;
import io.clientele.records.Records;
import io.clientele.records.Source;
import io.clientele.records.locking.LockRoutes.Target;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Who may lock and unlock which records. */
final class Locks {
  private final Records records;

  Locks(Records records) {
    this.records = records;
  }

  /** The lock of the record; empty when it has none. */
  Optional<LockJson> find(Target target) {
    return change(
        target,
        Action.READ,
        change ->
            change.locks(target.module()).find(target.recordId()).isPresent()
                ? LockJson.read(change, target)
                : Optional.empty());
  }

  /** Locks the record for everybody but the profiles that the configuration excludes. */
  Saved lock(Target target, String reason) {
    return change(
        target,
        Action.READ,
        change -> {
          requireManual(target, "record cannot be locked, only automatic locking is configured");
          if (change.locks(target.module()).find(target.recordId()).isPresent()) {
            throw notAllowed("record is already locked");
          }
          return (Saved) change.locks(target.module()).lock(target.recordId(), reason);
        });
  }

  void update(Target target, long lockId, String reason) {
    withLock(
        target,
        lockId,
        (change, lock) -> {
          if (!lock.manual()) {
            throw notAllowed("record cannot be locked, only automatic locking is configured");
          }
          change.locks(target.module()).setReason(lock, reason);
          return true;
        });
  }

  void unlock(Target target, long lockId) {
    withLock(
        target,
        lockId,
        (change, lock) -> {
          if (!lock.manual()) {
            throw notAllowed("Automatically locked records can not be unlocked manually");
          }
          change.locks(target.module()).unlock(target.recordId());
          return true;
        });
  }

  private void withLock(Target target, long lockId, BiFunction<RecordChange, Lock, Boolean> work) {
    var _ =
        change(
            target,
            Action.READ,
            change -> {
              requirePermission(target);
              Lock lock =
                  change
                      .locks(target.module())
                      .find(target.recordId())
                      .filter(found -> found.id() == lockId)
                      .orElseThrow(
                          () ->
                              ErrorCode.INVALID_DATA
                                  .with("resource_path_index", 3)
                                  .message("the id given seems to be invalid"));
              return work.apply(change, lock);
            });
  }

  /** Holds the record while {@code work} looks at its lock. */
  private <T> T change(Target target, Action action, Function<RecordChange, T> work) {
    records.access().require(target.metadata(), target.userId(), action, target.module());
    return records.change(
        target.metadata(),
        target.userId(),
        Source.CRM_API,
        change -> {
          boolean there =
              !change
                  .tx()
                  .list(
                      sql(
                              "select t.\"id\" from "
                                  + change.table(target.module())
                                  + " t where t.\"id\" = ? and",
                              target.recordId())
                          .then(change.rows(target.module(), action))
                          .then("for update of t"),
                      row -> row.getLong(1))
                  .isEmpty();
          if (!there) {
            throw unknownRecord();
          }
          return work.apply(change);
        });
  }

  private static void requireManual(Target target, String message) {
    requirePermission(target);
    if (!RecordLocking.of(target.metadata(), target.module()).orElseThrow().lockType().isManual()) {
      throw notAllowed(message);
    }
  }

  private static void requirePermission(Target target) {
    if (!mayLock(target.metadata(), target)) {
      throw ErrorCode.NO_PERMISSION
          .with("resource_path_index", 1)
          .message("You do not have permission to lock or unlock this record");
    }
  }

  static boolean mayLock(Metadata metadata, Target target) {
    return Access.allows(
        metadata, target.userId(), Action.permission("Lock", target.module().apiName()));
  }

  private static ApiError notAllowed(String message) {
    return ErrorCode.NOT_ALLOWED.with("resource_path_index", 1).message(message);
  }

  static ApiError unknownRecord() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 1)
        .message("the related id given seems to be invalid");
  }
}
