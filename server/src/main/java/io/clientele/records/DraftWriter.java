package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcome.Saved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks and writes drafts of one module: the steps of Insert Records and Update Records. */
final class DraftWriter {
  private final RecordChange change;
  private final Module module;
  private final Access access;
  private final FileValues files;
  private final Transaction tx;
  private final Stamp stamp;
  private final Metadata metadata;
  private final ModuleTables tables;

  DraftWriter(RecordChange change, Module module, Access access, FileValues files) {
    this.change = change;
    this.module = module;
    this.access = access;
    this.files = files;
    tx = change.tx();
    stamp = change.stamp();
    metadata = stamp.metadata();
    tables = change.tables();
  }

  /** Adds the good rows; one outcome for each. */
  List<Outcome> create(List<Draft> sent) {
    sent.forEach(Draft::restart);
    List<Draft> drafts = Recurrence.expand(stamp, module, sent);
    good(drafts).forEach(draft -> Stamps.created(module, draft, stamp.userId(), stamp.now()));
    check(drafts);
    new MapDependencies(metadata, tables, module).check(tx, good(drafts), true);
    List<Draft> kept = good(drafts);
    change.insert(module, kept);
    new ChildRows(change, module).write(kept);
    files.finish();
    ModuleRules.written(change, module, kept);
    change.locks(module).follow(ids(kept));
    return outcomes(drafts, Map.of());
  }

  /**
   * Changes the records of the good rows; one outcome for each.
   *
   * @param since rows that were changed after it are rejected
   * @param action what locks are asked about; those who asked for another one themselves name it
   */
  List<Outcome> update(List<Draft> drafts, Optional<Instant> since, LockedAction action) {
    drafts.forEach(Draft::restart);
    for (Draft draft : good(drafts)) {
      if (draft.id().isEmpty()) {
        draft.reject(ErrorCode.MANDATORY_NOT_FOUND.error().at("id", draft.path("id")));
      }
    }
    if (action == LockedAction.UPDATE) {
      change.locks(module).check(good(drafts));
    }
    good(drafts).forEach(draft -> Stamps.changed(module, draft, stamp.userId(), stamp.now()));
    String table = tables.of(metadata, module);
    since.ifPresent(moment -> AlreadyModified.reject(change, module, good(drafts), moment));
    if (action == LockedAction.UPDATE) {
      OwnerRules.check(change, module, good(drafts));
    }
    ConvertedLeads.reject(tx, table, module, good(drafts));
    AppendedValues.join(change, module, good(drafts));
    check(drafts);
    LayoutRequirements.check(tx, table, module, good(drafts));
    new DealPipelines(module).check(tx, table, good(drafts));
    new MapDependencies(metadata, tables, module).check(tx, good(drafts), false);
    Map<Long, RowWriter.Updated> updated =
        change.write(module, good(drafts), change.rows(module, Action.UPDATE));
    for (Draft draft : good(drafts)) {
      if (!updated.containsKey(draft.requiredId())) {
        draft.reject(
            ErrorCode.INVALID_DATA
                .error()
                .message("the id given seems to be invalid")
                .at("id", draft.path("id")));
      }
    }
    new ChildRows(change, module).write(good(drafts));
    files.finish();
    ModuleRules.written(change, module, good(drafts));
    change.locks(module).follow(ids(good(drafts)));
    return outcomes(drafts, updated);
  }

  /** What holds for new and changed rows alike. */
  private void check(List<Draft> drafts) {
    new References(metadata, tables, access, stamp.userId(), change.criteria())
        .check(tx, module, drafts);
    ModuleRules.check(change, module, good(drafts));
    Children.check(tx, tables, metadata, module, good(drafts));
    NoteRules.check(change, module, good(drafts));
    new Uniques(metadata, module, tables.of(metadata, module), stamp.userId())
        .check(tx, good(drafts));
    Uniques.checkContacts(tx, metadata, tables, module, stamp.userId(), good(drafts));
    change.changedMetadata(Tags.resolve(tx, metadata, module, stamp.userId(), good(drafts)));
    files.resolve(metadata, module, good(drafts));
    LinePrices.fill(tx, metadata, tables, module, good(drafts));
  }

  private static List<Long> ids(List<Draft> drafts) {
    return drafts.stream().map(Draft::requiredId).toList();
  }

  private static List<Draft> good(List<Draft> drafts) {
    return drafts.stream().filter(Draft::good).toList();
  }

  private List<Outcome> outcomes(List<Draft> drafts, Map<Long, RowWriter.Updated> updated) {
    return drafts.stream().map(draft -> outcome(draft, updated)).toList();
  }

  private Outcome outcome(Draft draft, Map<Long, RowWriter.Updated> updated) {
    if (draft.error().isPresent()) {
      return new Rejected(draft.error().get());
    }
    RowWriter.Updated row = updated.get(draft.requiredId());
    return row == null
        ? new Saved(draft.requiredId(), stamp.now(), stamp.userId(), stamp.now(), stamp.userId())
        : new Saved(row.id(), row.createdTime(), row.createdBy(), stamp.now(), stamp.userId());
  }
}
