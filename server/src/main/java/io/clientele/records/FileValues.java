package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.files.FileAccess;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.files.StoredFile.Use;
import io.clientele.metadata.Field;
import io.clientele.metadata.FileChange;
import io.clientele.metadata.FileChange.Item;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.FilesType;
import io.clientele.metadata.types.Invalid;
import io.clientele.metadata.types.ProfileImageType;
import io.clientele.org.Org;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files that rows name in their fields. Before the rows are written each becomes the value of its
 * column; after, the files belong to the records, and those that were taken out go.
 */
final class FileValues {
  private final RecordChange change;
  private final FileStorage files;
  private final FileAccess access;
  private final List<Pending> pending = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  /** What is left to do when the row is written, if the row that the client sees is kept. */
  private record Pending(Draft reported, Runnable work) {}

  FileValues(RecordChange change, FileStorage files, FileAccess access) {
    this.change = change;
    this.files = files;
    this.access = access;
  }

  /** Turns what drafts and the rows of their subforms say of files into values, or rejects them. */
  void resolve(Metadata metadata, Module module, List<Draft> drafts) {
    Map<Draft, Draft> themselves = new LinkedHashMap<>();
    drafts.forEach(draft -> themselves.put(draft, draft));
    resolve(module, themselves);
    for (Field field : Children.fields(module)) {
      Map<Draft, Draft> rows = new LinkedHashMap<>();
      for (Draft parent : drafts) {
        parent.children().getOrDefault(field, List.of()).stream()
            .filter(row -> !row.delete())
            .forEach(row -> rows.put(row.draft(), parent));
      }
      resolve(Children.module(metadata, field), rows);
    }
  }

  /**
   * @param drafts each with the one that the client sees
   */
  private void resolve(Module module, Map<Draft, Draft> drafts) {
    List<Field> fields =
        module.fields().stream()
            .filter(FileValues::hasFiles)
            .filter(field -> drafts.keySet().stream().anyMatch(one -> names(one, field)))
            .toList();
    if (fields.isEmpty()) {
      return;
    }
    Map<String, StoredFile> uploaded = lock(fields, drafts.keySet());
    for (Field field : fields) {
      Map<Long, FileList> before = before(module, field, drafts.keySet());
      drafts.forEach(
          (draft, reported) -> {
            if (names(draft, field) && reported.good()) {
              var list = new FileList(field);
              try {
                draft.id().map(before::get).ifPresent(list::addAll);
                resolve(module, field, draft, reported, list, uploaded);
                draft.id().ifPresent(id -> before.put(id, list));
              } catch (ApiError e) {
                reported.reject(e);
              }
            }
          });
    }
  }

  private static boolean hasFiles(Field field) {
    return field.type() instanceof FilesType || field.type() instanceof ProfileImageType;
  }

  private static boolean names(Draft draft, Field field) {
    return draft.values().containsKey(field);
  }

  /** The files that drafts name by the id of the upload. */
  private Map<String, StoredFile> lock(List<Field> fields, Set<Draft> drafts) {
    Set<String> ids =
        drafts.stream()
            .flatMap(draft -> fields.stream().map(draft.values()::get))
            .filter(FileChange.class::isInstance)
            .flatMap(value -> ((FileChange) value).items().stream())
            .flatMap(item -> item.fileId().stream())
            .collect(Collectors.toSet());
    return FileStorage.lock(change.tx(), org(), ids).stream()
        .collect(Collectors.toMap(StoredFile::id, file -> file));
  }

  /** What the field has now in the records that exist, which stay locked. */
  private Map<Long, FileList> before(Module module, Field field, Set<Draft> drafts) {
    Long[] ids =
        drafts.stream()
            .filter(Draft::existed)
            .filter(draft -> names(draft, field))
            .map(Draft::requiredId)
            .distinct()
            .toArray(Long[]::new);
    Map<Long, FileList> before = new HashMap<>();
    if (ids.length > 0) {
      change
          .tx()
          .list(
              sql(
                  "select t.\"id\", t."
                      + Sql.identifier(field.column())
                      + "::text from "
                      + change.table(module)
                      + " t where t.\"id\" = any(?) order by t.\"id\" for update",
                  (Object) ids),
              row -> before.put(row.getLong(1), FileList.of(field, row.getString(2))));
    }
    return before;
  }

  private void resolve(
      Module module,
      Field field,
      Draft draft,
      Draft reported,
      FileList list,
      Map<String, StoredFile> uploaded) {
    Set<String> had = list.fileIds();
    if (draft.values().get(field) instanceof FileChange asked) {
      if (asked.replaces()) {
        list.clear();
      }
      for (Item item : asked.items()) {
        apply(field, item, list, had, uploaded);
      }
      list.checkLength(draft.path(field.apiName()));
    } else {
      list.clear();
    }
    draft.set(field, list.value());
    Set<String> has = list.fileIds();
    Set<String> gone = had.stream().filter(id -> !has.contains(id)).collect(Collectors.toSet());
    pending.add(
        new Pending(
            reported,
            () -> {
              var use = new Use(module.id(), draft.requiredId(), field.id());
              has.stream()
                  .filter(id -> !had.contains(id))
                  .forEach(id -> FileStorage.use(change.tx(), org(), id, use));
              FileStorage.release(change.tx(), org(), gone);
            }));
  }

  private void apply(
      Field field, Item item, FileList list, Set<String> had, Map<String, StoredFile> uploaded) {
    if (item.id().isPresent() && (list.has(item.id().get()) || item.fileId().isEmpty())) {
      list.change(item);
      return;
    }
    String fileId = item.fileId().orElseThrow();
    String path = field.type() instanceof FilesType ? item.path() + ".File_Id__s" : item.path();
    Optional<StoredFile> file =
        Optional.ofNullable(uploaded.get(fileId))
            .filter(found -> found.sha256().isPresent())
            .filter(found -> had.contains(fileId) || readable(found));
    if (file.isEmpty()) {
      throw Invalid.id(field, path);
    }
    list.checkKind(file.get(), path);
    list.add(had.contains(fileId) ? file.get() : own(file.get()), item, change);
  }

  private boolean readable(StoredFile file) {
    Metadata metadata = change.stamp().metadata();
    return access.readable(change.tx(), metadata, change.stamp().userId(), file);
  }

  /** The file itself when it is free; another one with its content when something has it. */
  private StoredFile own(StoredFile file) {
    return file.use().isEmpty() && taken.add(file.id())
        ? file
        : files.copy(change.tx(), org(), file, change.stamp().userId());
  }

  /** After the rows were written: files belong to those that were kept. */
  void finish() {
    pending.stream().filter(one -> one.reported.good()).forEach(one -> one.work.run());
    pending.clear();
  }

  private Org org() {
    return change.stamp().metadata().org();
  }
}
