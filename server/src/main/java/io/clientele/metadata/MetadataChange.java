package io.clientele.metadata;

import static io.clientele.db.Sql.sql;

import io.clientele.audit.AuditLog;
import io.clientele.db.Transaction;
import io.clientele.jobs.JobQueue;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change of an org's metadata under way, in one transaction that holds the org's lock: the
 * metadata as it is at this moment, and the writes of documents.
 */
public final class MetadataChange {
  private final Transaction tx;
  private final long userId;
  private final JobQueue jobs;
  private Metadata metadata;
  private boolean stale;
  private boolean changed;

  private final List<Noted> notes = new ArrayList<>();
  private final Set<Noted> documents = new LinkedHashSet<>();

  /** What was done to which thing, for the audit log. */
  record Noted(String action, String noun, @Nullable Long moduleId, String name) {}

  MetadataChange(Transaction tx, Metadata metadata, long userId, JobQueue jobs) {
    this.tx = tx;
    this.metadata = metadata;
    this.userId = userId;
    this.jobs = jobs;
  }

  /** For statements on tables that are no documents: columns, tags, records. */
  public Transaction tx() {
    return tx;
  }

  public long userId() {
    return userId;
  }

  public Org org() {
    return metadata.org();
  }

  /** The metadata with all that this change wrote until now. */
  public Metadata metadata() {
    if (stale) {
      metadata = MetadataCache.load(tx, Orgs.find(tx, org().id()).orElseThrow());
      stale = false;
    }
    return metadata;
  }

  /** Lets a job do what follows from this change, once it is kept. */
  public void schedule(String kind, JsonNode body) {
    jobs.schedule(tx, org(), kind, body, userId);
  }

  public long nextId() {
    return nextIds(1).getFirst();
  }

  public List<Long> nextIds(int count) {
    return Settings.nextIds(tx, org(), count);
  }

  /** Adds a document under an id of {@link #nextId}, behind all others of its noun and parent. */
  public void insert(long id, String noun, @Nullable Long parentId, String apiName, JsonNode body) {
    int position =
        tx.list(
                sql(
                    "select coalesce(max(s.position) + 1, 0) from "
                        + org().table("setting")
                        + " s where s.noun = ? and coalesce(s.parent_id, 0) = ?",
                    noun,
                    parentId == null ? 0L : parentId),
                row -> row.getInt(1))
            .getFirst();
    Settings.insert(
        tx, org(), List.of(Settings.of(id, noun, parentId, apiName, position, body, userId)));
    documents.add(new Noted(AuditLog.ADDED, noun, parentId, apiName));
    touch();
  }

  /** Gives a document another body; its name and place stay. */
  public void update(Setting setting, JsonNode body) {
    update(setting, setting.apiName(), setting.position(), body);
  }

  public void update(Setting setting, String apiName, int position, JsonNode body) {
    Settings.update(tx, org(), setting.id(), apiName, position, body, userId);
    documents.add(new Noted(AuditLog.UPDATED, setting.noun(), setting.parentId(), apiName));
    touch();
  }

  public void delete(Setting setting) {
    Settings.delete(tx, org(), setting.id());
    documents.add(
        new Noted(AuditLog.DELETED, setting.noun(), setting.parentId(), setting.apiName()));
    touch();
  }

  /** Says that something the metadata is made of was written through {@link #tx}. */
  public void touch() {
    stale = true;
    changed = true;
  }

  /** Does a part that may fail alone: then nothing of it is kept, and the change can go on. */
  public <T> T part(Supplier<T> work) {
    var before = List.copyOf(documents);
    try {
      return tx.part(work);
    } catch (RuntimeException e) {
      documents.retainAll(before);
      stale = true;
      throw e;
    }
  }

  boolean changed() {
    return changed;
  }

  /** Says what a client asked for, in place of the documents that were written for it. */
  void note(String action, String noun, String name) {
    notes.add(new Noted(action, noun, null, name));
  }

  /** What was done: what clients asked for, or the documents that were written. */
  List<Noted> noted() {
    return notes.isEmpty() ? List.copyOf(documents) : notes;
  }
}
