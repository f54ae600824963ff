package io.clientele.records.attachments;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Attachments of records of any module, notes included, for all operations that show, add, move or
 * delete some. Who may reach the record is the caller's to ask.
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

  /** The attachments of each of some records, the newest first; none where there are none. */
  public Map<Long, List<Attachment>> of(
      Transaction tx, Metadata metadata, Module module, List<Long> recordIds) {
    return AttachmentSql.list(
            tx,
            tables,
            metadata,
            module,
            recordIds,
            Optional.empty(),
            sql("order by t.\"id\" desc"))
        .stream()
        .collect(Collectors.groupingBy(Attachment::parentId));
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
    files.releasePlaces(change.tx(), org(change), recordId, own);
    return ids.stream().map(id -> deleted(id, own)).toList();
  }

  private static Outcome deleted(long id, List<Long> own) {
    return own.contains(id)
        ? new Outcome.Deleted(id)
        : new Outcome.Rejected(
            ErrorCode.INVALID_DATA.with("id", Long.toString(id)).message("record not deleted"));
  }

  /** Hangs all attachments of a record on another one, of any module. */
  public void move(RecordChange change, long fromId, Module to, long toId) {
    Metadata metadata = change.stamp().metadata();
    Org org = org(change);
    List<StoredFile> moved = FileStorage.ofRecords(change.tx(), org, List.of(fromId));
    Map<Long, String> places =
        moved.stream()
            .filter(file -> file.use().isPresent())
            .collect(Collectors.toMap(file -> file.use().orElseThrow().placeId(), StoredFile::id));
    Field parent = Parent.field(metadata);
    List<Long> ids =
        change
            .tx()
            .list(
                sql(
                    "select t.\"id\" from "
                        + tables.of(metadata, metadata.get(MODULE))
                        + " t where t.\"parent_id\" = ? order by 1 for update",
                    fromId),
                row -> row.getLong(1));
    for (long id : ids) {
      change.set(
          metadata.get(MODULE),
          id,
          Map.of(parent.apiName(), toId),
          Map.of(parent.apiName(), to.id()));
      String file = places.get(id);
      if (file != null) {
        FileStorage.use(change.tx(), org, file, new Use(to.id(), toId, id));
      }
    }
  }

  private static Org org(RecordChange change) {
    return change.stamp().metadata().org();
  }
}
