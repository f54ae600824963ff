package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.UserName;
import io.clientele.metadata.recordlocking.RecordLocking;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Locked records of a module: whom a lock stops, by the module's record locking configuration. The
 * record itself says in {@code Locked__s} that it is locked; why and by whom says a row of {@code
 * Locking_Information__s}. Where a module has no configuration nothing is asked of the database.
 */
public final class RecordLocks {
  /** The module whose rows are the locks. */
  public static final String MODULE = "Locking_Information__s";

  private final RecordChange change;
  private final Module module;
  private final Optional<RecordLocking> locking;

  RecordLocks(RecordChange change, Module module) {
    this.change = change;
    this.module = module;
    this.locking = RecordLocking.of(change.stamp().metadata(), module);
  }

  /** Which of the records have a lock that keeps the user from {@code action}. */
  public Set<Long> stopped(LockedAction action, Collection<Long> ids) {
    boolean free =
        locking
            .filter(
                found ->
                    action == LockedAction.UPDATE
                        || found.restrictedActions().contains(action.word()))
            .filter(found -> stops(found, change.stamp().metadata(), change.stamp().userId()))
            .isEmpty();
    if (free || ids.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        change
            .tx()
            .list(
                sql(
                    "select t.\"id\" from "
                        + change.table(module)
                        + " t where t.\"id\" = any(?) and t.\"locked__s\"",
                    (Object) ids.toArray(Long[]::new)),
                row -> row.getLong(1)));
  }

  /** Whether locks of that configuration stop a user: all but those of excluded profiles. */
  public static boolean stops(RecordLocking locking, Metadata metadata, long userId) {
    UserName user = metadata.userName(userId);
    return user == null || !locking.excludedProfiles().contains(user.profileId());
  }

  /** What is answered about a record that a lock keeps from being changed. */
  public static ApiError error(long id) {
    return error().with("id", Long.toString(id));
  }

  private static ApiError error() {
    return ErrorCode.RECORD_LOCKED.with("action", "record_locking");
  }

  /** Which rows of a subform, named by their ids, belong to a record that is locked. */
  Set<Long> ofLockedParents(Collection<Long> ids) {
    Field parent = module.field(module.parentField()).orElse(null);
    if (ids.isEmpty() || parent == null || !module.generatedType().equals("subform")) {
      return Set.of();
    }
    Metadata metadata = change.stamp().metadata();
    List<Module> lockable =
        parent.modules().stream()
            .flatMap(name -> metadata.find(name).stream())
            .filter(found -> RecordLocking.of(metadata, found).isPresent())
            .toList();
    if (lockable.isEmpty()) {
      return Set.of();
    }
    Map<Long, Long> parents = new HashMap<>();
    change
        .tx()
        .list(
            sql(
                "select t.\"id\", t."
                    + Sql.identifier(parent.column())
                    + " from "
                    + change.table(module)
                    + " t where t.\"id\" = any(?)",
                (Object) ids.toArray(Long[]::new)),
            row -> parents.put(row.getLong(1), row.getLong(2)));
    Set<Long> locked = new HashSet<>();
    for (Module found : lockable) {
      locked.addAll(change.locks(found).stopped(LockedAction.UPDATE, parents.values()));
    }
    return parents.keySet().stream()
        .filter(id -> locked.contains(parents.get(id)))
        .collect(Collectors.toSet());
  }

  /** Rejects the rows that change more of a locked record than fields that locks leave free. */
  void check(List<Draft> drafts) {
    Set<Long> ofLocked = ofLockedParents(drafts.stream().map(Draft::requiredId).toList());
    drafts.stream()
        .filter(draft -> ofLocked.contains(draft.requiredId()))
        .forEach(draft -> draft.reject(error().at("id", draft.path("id"))));
    if (locking.isEmpty()) {
      return;
    }
    List<Draft> touching = drafts.stream().filter(draft -> !isFree(draft)).toList();
    Set<Long> stopped =
        stopped(LockedAction.UPDATE, touching.stream().map(Draft::requiredId).toList());
    for (Draft draft : touching) {
      if (stopped.contains(draft.requiredId())) {
        draft.reject(error().at("id", draft.path("id")));
      }
    }
  }

  private boolean isFree(Draft draft) {
    Set<String> excluded = locking.orElseThrow().excludedFields();
    return draft.values().keySet().stream().allMatch(field -> excluded.contains(field.apiName()))
        && draft.children().keySet().stream().allMatch(field -> excluded.contains(field.apiName()));
  }

  /** Locks and unlocks records that were just written, as the rules of the module say. */
  void follow(Collection<Long> ids) {
    if (!ids.isEmpty() && locking.filter(found -> found.lockType().isAutomatic()).isPresent()) {
      new LockRows(change, module).follow(locking.get(), locking.get().rules(), ids);
    }
  }

  /** Takes the locks of deleted records along. */
  void moveWith(Collection<Long> deleted) {
    if (!deleted.isEmpty() && locking.isPresent()) {
      new LockRows(change, module).moveWith(deleted);
    }
  }

  /**
   * Brings the locks of records in line with a configuration that was changed or taken away; rules
   * lock records that were there before only if they say so.
   */
  public void review(Collection<Long> ids) {
    var rows = new LockRows(change, module);
    if (locking.isEmpty()) {
      rows.unlock(ids);
      return;
    }
    boolean automatic = locking.get().lockType().isAutomatic();
    rows.free(automatic ? locking.get().rules() : List.of(), ids);
    if (automatic) {
      List<RecordLocking.Rule> rules =
          locking.get().rules().stream().filter(RecordLocking.Rule::lockExisting).toList();
      rows.lock(locking.get(), rules, ids);
    }
  }

  /** The lock of a record; empty when it has none. */
  public Optional<Lock> find(long recordId) {
    return new LockRows(change, module).find(recordId);
  }

  /** A row of {@code Locking_Information__s}. */
  public record Lock(long id, boolean manual) {}

  /** Locks a record, with the user's reason; answers the lock. */
  public Outcome lock(long recordId, String reason) {
    return new LockRows(change, module).lock(locking.orElseThrow(), recordId, reason);
  }

  /** Gives a lock another reason. */
  public void setReason(Lock lock, String reason) {
    new LockRows(change, module).setReason(lock.id(), reason);
  }

  /** Unlocks a record. */
  public void unlock(long recordId) {
    new LockRows(change, module).unlock(List.of(recordId));
  }

  /** The condition that a rule puts on the module's table, aliased {@code t}. */
  static Sql condition(RecordChange change, Module module, List<RecordLocking.Rule> rules) {
    CriteriaSql criteria = change.criteria();
    Stamp stamp = change.stamp();
    List<Sql> each =
        rules.stream()
            .map(
                rule -> criteria.of(stamp.metadata(), module, rule.criteria(), stamp.userId(), "t"))
            .toList();
    Sql any = Sql.join(" or ", each);
    return each.isEmpty() ? sql("false") : new Sql("(" + any.text() + ")", any.binds());
  }
}
