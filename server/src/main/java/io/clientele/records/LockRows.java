package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.metadata.recordlocking.RecordLocking.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The locks as rows, and the mark on the records they lock. */
final class LockRows {
  private final RecordChange change;
  private final Module module;
  private final Module locks;

  LockRows(RecordChange change, Module module) {
    this.change = change;
    this.module = module;
    locks = change.stamp().metadata().get(RecordLocks.MODULE);
  }

  Optional<RecordLocks.Lock> find(long recordId) {
    return change
        .tx()
        .list(
            sql(
                "select l.\"id\", l.\"lock_source__s\" from "
                    + change.table(locks)
                    + " l where l.\"locked_for__s\" = ?",
                recordId),
            row -> new RecordLocks.Lock(row.getLong(1), "Manual".equals(row.getString(2))))
        .stream()
        .findFirst();
  }

  Outcome lock(RecordLocking locking, long recordId, String reason) {
    Draft draft = draft(locking, recordId);
    draft.set(field("Locked_By__s"), change.stamp().userId());
    draft.set(field("Locked_Reason__s"), reason);
    draft.set(field("Lock_Source__s"), "Manual");
    change.insert(locks, List.of(draft));
    mark(List.of(recordId), true);
    Stamp stamp = change.stamp();
    return new Outcome.Saved(
        draft.requiredId(), stamp.now(), stamp.userId(), stamp.now(), stamp.userId());
  }

  void setReason(long lockId, String reason) {
    change.set(locks, Map.of(lockId, Map.of("Locked_Reason__s", reason)));
  }

  /** Takes away what rules locked and no rule is about any more, and locks what one is about. */
  void follow(RecordLocking locking, List<Rule> rules, Collection<Long> ids) {
    free(rules, ids);
    lock(locking, rules, ids);
  }

  /** Locks the records, not locked yet, that a rule is about. */
  void lock(RecordLocking locking, List<Rule> rules, Collection<Long> ids) {
    if (rules.isEmpty()) {
      return;
    }
    Map<Long, Long> found = new LinkedHashMap<>();
    change
        .tx()
        .list(
            sql("select t.\"id\"")
                .then(firstRule(rules))
                .then(
                    "from " + change.table(module) + " t where t.\"id\" = any(?) and",
                    (Object) ids.toArray(Long[]::new))
                .then("not t.\"locked__s\" and")
                .then(RecordLocks.condition(change, module, rules))
                .then("order by t.\"id\" for update of t"),
            row -> found.put(row.getLong(1), row.getLong(2)));
    if (found.isEmpty()) {
      return;
    }
    List<Draft> drafts = new ArrayList<>();
    found.forEach(
        (id, rule) -> {
          Draft draft = draft(locking, id);
          draft.set(field("Lock_Source__s"), "Automatic");
          draft.set(field("Record_Locking_Rule_Id__s"), rule);
          drafts.add(draft);
        });
    change.insert(locks, drafts);
    mark(found.keySet(), true);
  }

  /** {@code , case when … then <id> … end}: the first rule that is about the record. */
  private Sql firstRule(List<Rule> rules) {
    Sql cases = sql(", case");
    for (Rule rule : rules) {
      cases =
          cases
              .then("when")
              .then(RecordLocks.condition(change, module, List.of(rule)))
              .then("then " + rule.id());
    }
    return cases.then("end");
  }

  /** Unlocks what was locked automatically and none of the rules is about. */
  void free(List<Rule> rules, Collection<Long> ids) {
    Sql automatic =
        sql(
            "select t.\"id\" from "
                + change.table(module)
                + " t join "
                + change.table(locks)
                + " l on l.\"locked_for__s\" = t.\"id\" where t.\"id\" = any(?)"
                + " and t.\"locked__s\" and l.\"lock_source__s\" = 'Automatic'",
            (Object) ids.toArray(Long[]::new));
    Sql still = RecordLocks.condition(change, module, rules);
    unlock(
        change
            .tx()
            .list(
                automatic.then(new Sql("and (" + still.text() + ") is not true", still.binds())),
                row -> row.getLong(1)));
  }

  void unlock(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    List<Long> gone = change.deleteRows(locks, of(ids), Optional.empty());
    DeletedRows.forGood(change.tx(), change.stamp(), gone);
    mark(ids, false);
  }

  void moveWith(Collection<Long> deleted) {
    change.deleteRows(locks, of(deleted), Optional.of(field("Locked_For__s")));
  }

  private static Sql of(Collection<Long> ids) {
    return sql("t.\"locked_for__s\" = any(?)", (Object) ids.toArray(Long[]::new));
  }

  /** Without a new modified time: the record itself stays as it was. */
  private void mark(Collection<Long> ids, boolean locked) {
    Field mark = module.field("Locked__s").orElseThrow();
    List<Draft> drafts =
        ids.stream()
            .map(
                id -> {
                  var draft = new Draft("$");
                  draft.setId(id);
                  draft.set(mark, locked);
                  return draft;
                })
            .toList();
    change.write(module, drafts, sql("t.\"locked__s\" <> ?", locked));
  }

  private Draft draft(RecordLocking locking, long recordId) {
    var draft = new Draft("$");
    draft.set(field("Locked_For__s"), recordId);
    draft.setModule(field("Locked_For__s"), module.id());
    draft.set(field("Locked_Time__s"), change.stamp().now().toString());
    draft.set(field("Record_Locking_Configuration_Id__s"), locking.id());
    Stamps.created(locks, draft, change.stamp().userId(), change.stamp().now());
    return draft;
  }

  private Field field(String name) {
    return locks.field(name).orElseThrow();
  }
}
