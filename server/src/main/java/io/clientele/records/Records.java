package io.clientele.records;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.files.FileStorage;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The one way to change records, for the API's own operations and for all other parts of the
 * server: {@link #change} opens a transaction in which any number of records of any modules are
 * created, updated and deleted, each with its row in the ledger.
 */
public final class Records {
  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final Access access;
  private final FileStorage files;
  private final Clock clock;
  private final RecordSelects selects;

  public Records(
      Database database,
      MetadataCache cache,
      ModuleTables tables,
      Access access,
      FileStorage files,
      Clock clock) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.access = access;
    this.files = files;
    this.clock = clock;
    selects = new RecordSelects(tables);
  }

  /**
   * Records by the ids of other systems, as the call's header {@code X-EXTERNAL} names them.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA when the header names no external field
   */
  public ExternalIds externals(Call call, Metadata metadata) {
    return new ExternalIds(database, tables, access, call, metadata);
  }

  /** What users may do. */
  public Access access() {
    return access;
  }

  /** The SELECTs of records in use. */
  public RecordSelects selects() {
    return selects;
  }

  /**
   * Does {@code work} in one transaction, all of it or nothing; it may be done again when two got
   * in each other's way, so it must not change anything outside. An exception undoes it.
   */
  public <T> T change(
      Metadata metadata, long userId, Source source, Function<RecordChange, T> work) {
    var stamp =
        new Stamp(
            metadata.whole(), userId, clock.instant().truncatedTo(ChronoUnit.SECONDS), source);
    record Made<T>(T result, boolean metadataChanged) {}
    Made<T> made =
        database.write(
            tx -> {
              var change = new RecordChange(tx, stamp, tables, access, selects, files);
              return new Made<>(work.apply(change), change.metadataChanged());
            });
    if (made.metadataChanged) {
      cache.changed(metadata.org().id());
    }
    return made.result;
  }

  /**
   * Does the same for a call and answers it; when the call has an {@code Idempotency-Key}, the
   * reply is kept in the same transaction, and given again when the call comes again.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA (422) when the key was used for another call
   */
  public Reply answer(
      Call call, Metadata metadata, Source source, Function<RecordChange, Reply> work) {
    long userId = call.caller().userId();
    Optional<IdempotencyKey> key = IdempotencyKey.of(call);
    return change(
        metadata,
        userId,
        source,
        change ->
            key.isPresent()
                ? key.get().once(change, () -> work.apply(change))
                : work.apply(change));
  }

  /**
   * Adds the rows of a body's {@code data}; the good ones are kept, one outcome for each.
   * Reference: Insert Records.
   */
  public List<Outcome> create(Metadata metadata, Module module, long userId, JsonNode rows) {
    access.require(metadata, userId, Action.CREATE, module);
    List<Draft> drafts = new DraftReader(metadata, module, true, userId).readAll(rows);
    return change(metadata, userId, Source.CRM_API, change -> change.create(module, drafts));
  }

  /**
   * Changes the rows of a body's {@code data}; those without an id or with one that is not there
   * are rejected. Reference: Update Records.
   */
  public List<Outcome> update(Metadata metadata, Module module, long userId, JsonNode rows) {
    access.require(metadata, userId, Action.UPDATE, module);
    List<Draft> drafts = new DraftReader(metadata, module, false, userId).readAll(rows);
    return change(metadata, userId, Source.CRM_API, change -> change.update(module, drafts));
  }

  /** Deletes the records with those ids. Reference: Delete Records. */
  public List<Outcome> delete(Metadata metadata, Module module, long userId, List<Long> ids) {
    return change(metadata, userId, Source.CRM_API, change -> change.delete(module, ids));
  }
}
