package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileAccess;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.metadata.Field;
import io.clientele.metadata.FileChange;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Settings;
import io.clientele.records.Outcome.Deleted;
import io.clientele.records.Outcome.Rejected;
import io.clientele.records.Outcome.Saved;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of records in one transaction: what is done here is kept with all the rest of it, or not
 * at all. Rows that are rejected leave nothing behind; the others go on.
 */
public final class RecordChange {
  private final Transaction tx;
  private final Stamp stamp;
  private final Metadata metadata;
  private final ModuleTables tables;
  private final Access access;
  private final RecordSelects selects;
  private final FileValues files;
  private boolean metadataChanged;

  RecordChange(
      Transaction tx,
      Stamp stamp,
      ModuleTables tables,
      Access access,
      RecordSelects selects,
      FileStorage files) {
    this.tx = tx;
    this.stamp = stamp;
    this.metadata = stamp.metadata();
    this.tables = tables;
    this.access = access;
    this.selects = selects;
    this.files = new FileValues(this, files, new FileAccess(tables, access));
  }

  /** For statements on other tables that belong to the same change. */
  public Transaction tx() {
    return tx;
  }

  public Stamp stamp() {
    return stamp;
  }

  /**
   * Whether tags were added on the way or the like, so that the org's metadata must be read anew.
   */
  boolean metadataChanged() {
    return metadataChanged;
  }

  /** Says that this change also changed the org's metadata. */
  public void changedMetadata(boolean changed) {
    metadataChanged |= changed;
  }

  /** Adds rows by the rules of Insert Records; one outcome for each. */
  public List<Outcome> create(Module module, JsonNode rows) {
    access.require(metadata, stamp.userId(), Action.CREATE, module);
    return create(module, new DraftReader(metadata, module, true, stamp.userId()).readAll(rows));
  }

  List<Outcome> create(Module module, List<Draft> drafts) {
    TrackerRules.require(module, Action.CREATE);
    return new DraftWriter(this, module, access, files).create(drafts);
  }

  /**
   * Changes rows by the rules of Update Records: each has its id, and keys only for what changes.
   */
  public List<Outcome> update(Module module, JsonNode rows) {
    access.require(metadata, stamp.userId(), Action.UPDATE, module);
    return update(module, new DraftReader(metadata, module, false, stamp.userId()).readAll(rows));
  }

  /**
   * Adds and changes rows in one go: those with an id are changed, the others added. What is right
   * to do with them the caller has checked.
   *
   * @param rows by where they stand in the body, such as {@code $.data[0]}
   */
  public List<Outcome> save(Module module, Map<String, ? extends JsonNode> rows) {
    return SavedRows.save(this, module, rows);
  }

  /**
   * Changes records alike by the rules of Update Records; one outcome for each id.
   *
   * @param row the values of all of them
   * @param replace whether values of multi-select fields replace those that were there or join them
   */
  public List<Outcome> update(Module module, ObjectNode row, boolean replace, List<Long> ids) {
    access.require(metadata, stamp.userId(), Action.UPDATE, module);
    return update(module, new SameValues(this, module, row, replace).drafts(ids));
  }

  /** What is wrong with a row that is to change records; empty when nothing is. */
  public Optional<ApiError> problem(Module module, ObjectNode row) {
    return new DraftReader(metadata, module, false, stamp.userId()).read(row, "$.data[0]").error();
  }

  /** Gives records another owner; one outcome for each id. */
  public List<Outcome> changeOwner(Module module, List<Long> ids, long ownerId) {
    List<Draft> drafts = SameValues.owner(this, module, ids, ownerId);
    return new DraftWriter(this, module, access, files)
        .update(drafts, Optional.empty(), LockedAction.CHANGE_OWNER);
  }

  List<Outcome> update(Module module, List<Draft> drafts) {
    return update(module, drafts, Optional.empty());
  }

  /**
   * @param since rows that were changed after it are rejected
   */
  List<Outcome> update(Module module, List<Draft> drafts, Optional<Instant> since) {
    TrackerRules.require(module, Action.UPDATE);
    return new DraftWriter(this, module, access, files).update(drafts, since, LockedAction.UPDATE);
  }

  /** Deletes records with what hangs on them; one outcome for each id. */
  public List<Outcome> delete(Module module, List<Long> ids) {
    access.require(metadata, stamp.userId(), Action.DELETE, module);
    TrackerRules.require(module, Action.DELETE);
    Set<Long> locked = new HashSet<>(locks(module).stopped(LockedAction.DELETE, ids));
    locked.addAll(locks(module).ofLockedParents(ids));
    Sql which =
        sql(
                "t.\"id\" = any(?)",
                (Object) ids.stream().filter(id -> !locked.contains(id)).toArray(Long[]::new))
            .and(rows(module, Action.DELETE));
    var gone = new HashSet<>(deleteRows(module, which, Optional.empty()));
    Children.delete(tx, stamp, tables, module, List.copyOf(gone));
    Dependents.delete(this, module, List.copyOf(gone));
    locks(module).moveWith(gone);
    return ids.stream().map(id -> deleted(id, gone, locked)).toList();
  }

  private static Outcome deleted(long id, Set<Long> gone, Set<Long> locked) {
    if (locked.contains(id)) {
      return new Rejected(RecordLocks.error(id));
    }
    return gone.contains(id)
        ? new Deleted(id)
        : new Rejected(
            ErrorCode.INVALID_DATA.with("id", Long.toString(id)).message("record not deleted"));
  }

  /**
   * Sets fields of records to values as the database keeps them, whatever the API's rules say about
   * the fields: for what the server itself decides. Records that are not there are passed over.
   *
   * @param values by the id of the record, then by the API name of the field
   */
  public void set(Module module, Map<Long, Map<String, @Nullable Object>> values) {
    List<Draft> drafts =
        values.entrySet().stream()
            .map(
                row -> {
                  var draft = new Draft("$");
                  draft.setId(row.getKey());
                  row.getValue()
                      .forEach((name, value) -> draft.set(module.field(name).orElseThrow(), value));
                  Stamps.changed(module, draft, stamp.userId(), stamp.now());
                  return draft;
                })
            .toList();
    write(module, drafts, Sql.TRUE);
    locks(module).follow(ids(drafts));
  }

  /**
   * Brings a deleted record back, with what went along.
   *
   * @throws ApiError INVALID_DATA or DUPLICATE_DATA, and then nothing of it came back
   */
  public void restore(long id) {
    new RestoredRows(this).restore(id);
  }

  /** The territories of the module's records. */
  public RecordTerritories territories(Module module) {
    return new RecordTerritories(this, module);
  }

  /** The locks of the module's records. */
  public RecordLocks locks(Module module) {
    return new RecordLocks(this, module);
  }

  /**
   * The record as the database keeps it, locked until the transaction ends; empty when there is
   * none that the user may do {@code action} with.
   */
  public Optional<RawRecord> raw(Module module, long id, Action action) {
    access.require(metadata, stamp.userId(), action, module);
    return RawRecord.read(tx, module, tables.of(metadata, module), id, rows(module, action));
  }

  /** All lookups that can name records of the module, where rows can be. */
  public List<Relinks.Referrer> referrers(Module module) {
    return Relinks.to(tx, metadata, module);
  }

  /** Lets the rows that {@code which} shows, aliased {@code t}, name another record, or none. */
  public List<Long> relink(Relinks.Referrer rows, Sql which, RawRecord.@Nullable Link to) {
    List<Long> moved = Relinks.move(tx, stamp, rows, tables.of(metadata, rows.module()), which, to);
    RuleLabels.refresh(tx, tables, metadata, rows.module(), moved);
    return moved;
  }

  /** Lets files of records, by what clients know them by, belong to another record. */
  public void moveFiles(List<Long> from, Set<String> fileIds, RawRecord.Link to) {
    Relinks.moveFiles(tx, metadata, from, file -> fileIds.contains(file.id()), to);
  }

  /** Deletes rows of the server's own, whoever may see them, such as links. */
  public void remove(Module module, Sql which) {
    var gone = deleteRows(module, which, Optional.empty());
    Children.delete(tx, stamp, tables, module, gone);
  }

  /** The same for one record, with the modules of its lookups that have several. */
  public void set(
      Module module, long id, Map<String, @Nullable Object> values, Map<String, Long> modules) {
    Draft draft = draft(module, values, modules);
    draft.setId(id);
    Stamps.changed(module, draft, stamp.userId(), stamp.now());
    write(module, List.of(draft), Sql.TRUE);
  }

  /**
   * Adds a record of values that the server itself decides, as the database keeps them; nothing is
   * checked.
   *
   * @param values by the API name of the field
   * @param modules for lookups to several modules, the id of the one that is meant
   */
  public Saved add(Module module, Map<String, @Nullable Object> values, Map<String, Long> modules) {
    Draft draft = draft(module, values, modules);
    Stamps.created(module, draft, stamp.userId(), stamp.now());
    insert(module, List.of(draft));
    return new Saved(draft.requiredId(), stamp.now(), stamp.userId(), stamp.now(), stamp.userId());
  }

  private static Draft draft(
      Module module, Map<String, @Nullable Object> values, Map<String, Long> modules) {
    var draft = new Draft("$");
    values.forEach((name, value) -> draft.set(module.field(name).orElseThrow(), value));
    modules.forEach((name, id) -> draft.setModule(module.field(name).orElseThrow(), id));
    return draft;
  }

  /** Says of records deleted in this change that they do not come back. */
  public void deleteForGood(List<Long> ids) {
    DeletedRows.forGood(tx, stamp, ids);
  }

  /**
   * The record as the API shows it, all its fields and what hangs on it, locked until the
   * transaction ends; empty when there is none that the user may do {@code action} with.
   */
  public Optional<ObjectNode> read(Module module, long id, Action action) {
    access.require(metadata, stamp.userId(), action, module);
    Sql lock =
        sql("select t.\"id\" from " + tables.of(metadata, module) + " t where t.\"id\" = ?", id)
            .then("and")
            .then(rows(module, action))
            .then("for update of t");
    if (tx.list(lock, row -> row.getLong(1)).isEmpty()) {
      return Optional.empty();
    }
    return RecordTree.read(tx, selects, access, metadata, module, id, stamp.userId());
  }

  /** Refuses what the user's profile does not allow with the module's records. */
  void require(Module module, Action action) {
    access.require(metadata, stamp.userId(), action, module);
  }

  /** Which rows of the module's table, aliased {@code t}, the user may do {@code action} with. */
  public Sql rows(Module module, Action action) {
    return access.rows(metadata, stamp.userId(), action, module);
  }

  /** The qualified name of the module's table, which is there. */
  public String table(Module module) {
    return tables.of(metadata, module);
  }

  /** The tables of modules. */
  public ModuleTables tables() {
    return tables;
  }

  /**
   * Adds rows as they were elsewhere, with their ids and what is known of who made and changed them
   * when: nothing is checked but types. One result for each, in order; ids and numbers that the org
   * gives from now on come after theirs.
   *
   * @param rows as a body has them, each with its {@code id}; users by their ids in this org
   */
  public List<Loaded> load(Module module, List<? extends JsonNode> rows) {
    return new LoadedRows(this, module).load(rows);
  }

  void insertLoaded(Module module, List<Draft> drafts) {
    AutoNumbers.keep(tx, metadata.org(), module, drafts);
    insertNumbered(module, drafts);
  }

  /**
   * Gives a field of a loaded record its files, and leaves who changed the record when.
   *
   * @param stored files that belong to the record already
   */
  public void loadFiles(Module module, long id, Field field, List<StoredFile> stored) {
    var list = new FileList(field);
    stored.forEach(
        file ->
            list.add(
                file,
                new FileChange.Item("$", Optional.empty(), Optional.empty(), false, null, null),
                this));
    var draft = new Draft("$");
    draft.setId(id);
    draft.set(field, list.value());
    write(module, List.of(draft), Sql.TRUE);
  }

  void insert(Module module, List<Draft> drafts) {
    Iterator<Long> ids = Settings.nextIds(tx, metadata.org(), drafts.size()).iterator();
    drafts.forEach(draft -> draft.setId(ids.next()));
    AutoNumbers.give(tx, metadata.org(), module, drafts);
    insertNumbered(module, drafts);
  }

  private void insertNumbered(Module module, List<Draft> drafts) {
    RowWriter.insert(tx, stamp, module, tables.of(metadata, module), drafts);
    RuleLabels.refresh(tx, tables, metadata, module, ids(drafts));
    territories(module).follow(drafts, ids(drafts));
  }

  Map<Long, RowWriter.Updated> write(Module module, List<Draft> drafts, Sql visible) {
    var written = RowWriter.update(tx, stamp, module, tables.of(metadata, module), visible, drafts);
    RuleLabels.refresh(tx, tables, metadata, module, List.copyOf(written.keySet()));
    territories(module).follow(drafts, written.keySet());
    return written;
  }

  List<Long> deleteRows(Module module, Sql which, Optional<Field> parent) {
    return DeletedRows.move(tx, stamp, module, tables.of(metadata, module), which, parent);
  }

  /** Conditions on records as they are at this moment. */
  public CriteriaSql criteria() {
    return new CriteriaSql(tables, Clock.fixed(stamp.now(), ZoneOffset.UTC));
  }

  private static List<Long> ids(List<Draft> drafts) {
    return drafts.stream().map(Draft::requiredId).toList();
  }
}
