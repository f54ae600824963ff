package io.clientele.imports;

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
    while (!step.finished()) {
      List<FieldFiles> some = source.files(from, field, step.line());
      for (FieldFiles files : some) {
        step = load(from, field, files, step);
        progress.at("%s: %,d".formatted(step.name(), step.read()));
      }
      step = some.isEmpty() ? step.end() : step;
      if (step.finished() && step.read() > 0) {
        state.save(step);
      }
    }
  }

  private Step load(SourceModule from, Field field, FieldFiles files, Step step) {
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
