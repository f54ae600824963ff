package io.clientele.imports;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.files.StoredFile.Use;
import io.clientele.files.Upload;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.FilesType;
import io.clientele.metadata.types.ProfileImageType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Loads photos and the files of file and image fields: those of a record in one transaction with
 * how far it is.
 */
final class FileLoading {
  private static final String ANY = "application/octet-stream";

  private final Work work;
  private final Source source;
  private final ImportState state;
  private final Progress progress;

  FileLoading(Work work, Source source, ImportState state, Progress progress) {
    this.work = work;
    this.source = source;
    this.state = state;
    this.progress = progress;
  }

  void load(SourceModule from) {
    for (Field field : work.metadata().get(from.target()).fields()) {
      if (field.type() instanceof ProfileImageType || field.type() instanceof FilesType) {
        load(from, field);
      }
    }
  }

  private void load(SourceModule from, Field field) {
    Step step = state.step(from.target() + "." + field.apiName());
    Set<String> refused = step.finished() ? Set.of() : state.refused(from.target());
    while (!step.finished()) {
      List<FieldFiles> some = source.files(from, field, step.line());
      for (FieldFiles files : some) {
        step = load(from, field, files, step, refused);
        progress.at("%s: %,d".formatted(step.name(), step.read()));
      }
      step = some.isEmpty() ? step.end() : step;
      if (step.finished() && step.read() > 0) {
        state.save(step);
      }
    }
  }

  private Step load(
      SourceModule from, Field field, FieldFiles files, Step step, Set<String> refused) {
    Place place = place(from, field, files.id(), refused);
    if (place != Place.EMPTY) {
      return pass(step, field, files, place);
    }
    var contents = new ArrayList<Upload.Content>();
    var missing = new ArrayList<Problem>();
    String record = Long.toString(files.id());
    for (FieldFiles.Named file : files.files()) {
      keep(field, file)
          .ifPresentOrElse(
              contents::add,
              () ->
                  missing.add(
                      new Problem(
                          step.name(), record, field.apiName(), file.name(), "it is not there")));
    }
    if (files.files().isEmpty()) {
      missing.add(new Problem(step.name(), record, field.apiName(), "", "it is not there"));
    }
    Metadata metadata = work.metadata();
    Module module = metadata.get(from.target());
    return work.records()
        .change(
            metadata,
            work.userId(),
            io.clientele.records.Source.IMPORT,
            change -> {
              var use = new Use(module.id(), files.id(), field.id());
              List<StoredFile> stored =
                  contents.stream()
                      .map(
                          content ->
                              work.files()
                                  .add(
                                      change.tx(),
                                      work.org(),
                                      content,
                                      work.userId(),
                                      Optional.of(use)))
                      .toList();
              if (!stored.isEmpty()) {
                change.loadFiles(module, files.id(), field, stored);
              }
              Step after =
                  step.after(
                      files.id(),
                      Math.max(1, files.files().size()),
                      stored.size(),
                      0,
                      missing.size(),
                      0);
              state.add(change.tx(), missing);
              state.save(change.tx(), after);
              return after;
            });
  }

  /** What a field of a record has. */
  private enum Place {
    EMPTY,
    /** It came before, or was put there since; it stays. */
    FILLED,
    /** The record is not there, or another one with its id. */
    NONE
  }

  private Place place(SourceModule from, Field field, long id, Set<String> refused) {
    Metadata metadata = work.metadata();
    String table = work.tables().of(metadata, metadata.get(from.target()));
    return work.database()
        .read(
            tx -> {
              Sql record = sql("select 1 from " + table + " t where t.\"id\" = ?", id);
              if (refused.contains(Long.toString(id)) || tx.list(record, row -> 1).isEmpty()) {
                return Place.NONE;
              }
              return FileStorage.ofPlace(tx, work.org(), id, field.id()).isPresent()
                  ? Place.FILLED
                  : Place.EMPTY;
            });
  }

  private Step pass(Step step, Field field, FieldFiles files, Place place) {
    boolean filled = place == Place.FILLED;
    int count = Math.max(1, files.files().size());
    Step after = step.after(files.id(), count, 0, filled ? count : 0, filled ? 0 : count, 0);
    List<Problem> problems =
        filled
            ? List.of()
            : List.of(
                new Problem(
                    step.name(),
                    Long.toString(files.id()),
                    field.apiName(),
                    "",
                    "its record was not imported"));
    work.database()
        .change(
            tx -> {
              state.add(tx, problems);
              state.save(tx, after);
            });
    return after;
  }

  private Optional<Upload.Content> keep(Field field, FieldFiles.Named file) {
    try (InputStream content = file.content().get()) {
      if (content == null) {
        return Optional.empty();
      }
      var buffered = new BufferedInputStream(content);
      String seen = URLConnection.guessContentTypeFromStream(buffered);
      String told = URLConnection.guessContentTypeFromName(file.name());
      String type = seen != null ? seen : told != null ? told : ANY;
      String name =
          field.type() instanceof ProfileImageType && !file.name().contains(".")
              ? file.name() + "." + type.substring(type.indexOf('/') + 1)
              : file.name();
      return Optional.of(work.files().keep(work.org(), buffered, name, type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
