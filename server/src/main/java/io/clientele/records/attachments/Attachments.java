package io.clientele.records.attachments;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile.Use;
import io.clientele.files.Upload;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.org.Org;
import io.clientele.records.Outcome;
import io.clientele.records.RecordChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attachments of records of any module, notes included, for all operations that add or delete some.
 * Who may reach the record is the caller's to ask.
 */
public final class Attachments {
  static final String MODULE = "Attachments";

  private final FileStorage files;
  private final ModuleTables tables;
  private final Access access;

  public Attachments(FileStorage files, ModuleTables tables, Access access) {
    this.files = files;
    this.tables = tables;
    this.access = access;
  }

  /** Adds an uploaded file to a record. */
  public Outcome add(RecordChange change, Module module, long recordId, Upload.Content content) {
    Outcome.Saved saved = addRow(change, module, recordId, content.name(), content.size());
    files.add(
        change.tx(),
        org(change),
        content,
        change.stamp().userId(),
        Optional.of(new Use(module.id(), recordId, saved.id())));
    return saved;
  }

  /** Adds a link to a record. */
  public Outcome addLink(
      RecordChange change, Module module, long recordId, String url, String title) {
    Outcome.Saved saved = addRow(change, module, recordId, title, 0);
    files.addLink(
        change.tx(),
        org(change),
        url,
        title,
        change.stamp().userId(),
        new Use(module.id(), recordId, saved.id()));
    return saved;
  }

  private Outcome.Saved addRow(
      RecordChange change, Module module, long recordId, String name, long size) {
    Metadata metadata = change.stamp().metadata();
    access.require(metadata, change.stamp().userId(), Action.CREATE, metadata.get(MODULE));
    Field parent = Parent.field(metadata);
    Map<String, @Nullable Object> values =
        Map.of("File_Name", name, "Size", size, parent.apiName(), recordId);
    return change.add(metadata.get(MODULE), values, Map.of(parent.apiName(), module.id()));
  }

  /**
   * Deletes attachments of a record for good; one outcome for each id, a refusal for one that the
   * record does not have.
   */
  public List<Outcome> delete(RecordChange change, Module module, long recordId, List<Long> ids) {
    Metadata metadata = change.stamp().metadata();
    List<Long> own =
        AttachmentSql.list(
                change.tx(),
                tables,
                metadata,
                module,
                List.of(recordId),
                Optional.empty(),
                sql("and t.\"id\" = any(?)", (Object) ids.toArray(Long[]::new)))
            .stream()
            .map(Attachment::id)
            .toList();
    change.delete(metadata.get(MODULE), own).forEach(Outcome::requireId);
    change.deleteForGood(own);
    FileStorage.releasePlaces(change.tx(), org(change), recordId, own);
    return ids.stream().map(id -> deleted(id, own)).toList();
  }

  private static Outcome deleted(long id, List<Long> own) {
    return own.contains(id)
        ? new Outcome.Deleted(id)
        : new Outcome.Rejected(
            ErrorCode.INVALID_DATA.with("id", Long.toString(id)).message("record not deleted"));
  }

  private static Org org(RecordChange change) {
    return change.stamp().metadata().org();
  }
}
