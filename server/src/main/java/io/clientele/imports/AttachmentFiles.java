package io.clientele.imports;

import static io.clientele.db.Sql.sql;

import io.clientele.files.StoredFile.Use;
import io.clientele.files.Upload;
import io.clientele.metadata.Module;
import io.clientele.records.Loaded;
import io.clientele.records.RecordChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The contents of the attachments that are loaded; of other modules, nothing. */
final class AttachmentFiles {
  private static final String MODULE = "Attachments";
  private static final String PARENT = "Parent_Id";
  private static final String NAME = "File_Name";
  private static final int BATCH = 20;

  private final Work work;
  private final Source source;
  private final Module module;
  private final Map<String, Upload.Content> contents = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  AttachmentFiles(Work work, Source source, Module module) {
    this.work = work;
    this.source = source;
    this.module = module;
  }

  private boolean has() {
    return module.apiName().equals(MODULE);
  }

  /** How many rows are to be one transaction. */
  int most(int otherwise) {
    return has() ? Math.min(BATCH, otherwise) : otherwise;
  }

  void clear() {
    contents.clear();
    links.clear();
  }

  /** Keeps the content of an attachment; answers what is wrong, if something is. */
  Optional<String> prepare(Columns columns, List<String> cells, ObjectNode row) {
    if (!has()) {
      return Optional.empty();
    }
    String id = row.path("id").asString("");
    String link = columns.other(Columns.LINK, cells);
    if (!link.isBlank()) {
      links.put(id, link);
      return Optional.empty();
    }
    String name = row.path(NAME).asString("");
    var attachment =
        new AttachmentRow(
            id,
            row.path(PARENT).path("module").path("api_name").asString(""),
            row.path(PARENT).path("id").asString(""),
            name,
            columns.other(Columns.FILE, cells));
    try (InputStream content = source.attachment(attachment).orElse(null)) {
      if (content == null) {
        Optional<String> url = source.link(attachment);
        if (url.isPresent()) {
          links.put(id, url.get());
          return Optional.empty();
        }
        return Optional.of("attachment " + id + ", " + name + ": its file is not there");
      }
      String type = URLConnection.guessContentTypeFromName(name);
      contents.put(
          id,
          work.files()
              .keep(work.org(), content, name, type == null ? "application/octet-stream" : type));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Loaded> load(RecordChange change, Module now, List<ObjectNode> rows) {
    if (!has()) {
      return change.load(now, rows);
    }
    var results = new ArrayList<Loaded>();
    for (ObjectNode row : rows) {
      try {
        results.add(change.tx().part(() -> loadOne(change, now, row)));
      } catch (Orphan e) {
        results.add(
            new Loaded(
                Loaded.State.REFUSED, Optional.of("its record was not imported"), List.of()));
      }
    }
    return results;
  }

  /** The record of an attachment is not there. */
  private static final class Orphan extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Orphan() {
      super(null, null, false, false);
    }
  }

  private Loaded loadOne(RecordChange change, Module now, ObjectNode row) {
    Loaded result = change.load(now, List.of(row)).getFirst();
    if (result.state() != Loaded.State.ADDED) {
      return result;
    }
    long id = Long.parseLong(row.path("id").asString());
    Use use = use(change, now, id);
    long author = row.path("Created_By").asLong(work.userId());
    String link = links.get(row.path("id").asString());
    if (link == null) {
      Upload.Content content = Objects.requireNonNull(contents.get(row.path("id").asString()));
      var _ = work.files().add(change.tx(), work.org(), content, author, Optional.of(use));
    } else {
      var _ =
          work.files()
              .addLink(change.tx(), work.org(), link, row.path(NAME).asString(link), author, use);
    }
    return result;
  }

  /** The record that the attachment hangs on, which is there. */
  private Use use(RecordChange change, Module now, long id) {
    return change
        .tx()
        .list(
            sql(
                "select t.\"parent_id_module\", t.\"parent_id\" from "
                    + change.table(now)
                    + " t where t.\"id\" = ? and t.\"parent_id\" is not null",
                id),
            found -> new Use(found.getLong(1), found.getLong(2), id))
        .stream()
        .filter(use -> isThere(change, use))
        .findFirst()
        .orElseThrow(Orphan::new);
  }

  private boolean isThere(RecordChange change, Use use) {
    return work.metadata().find(use.moduleId()).stream()
        .map(change::table)
        .anyMatch(
            table ->
                !change
                    .tx()
                    .list(
                        sql("select 1 from " + table + " t where t.\"id\" = ?", use.recordId()),
                        row -> 1)
                    .isEmpty());
  }
}
