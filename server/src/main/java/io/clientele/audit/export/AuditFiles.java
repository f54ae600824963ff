package io.clientele.audit.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Entries as CSV files in a directory of their own, each with so many; several become a ZIP. */
final class AuditFiles implements AutoCloseable {
  private static final List<String> HEADINGS =
      List.of(
          "Audited Time",
          "Done By",
          "User Id",
          "Action",
          "Entity",
          "Module",
          "Record Id",
          "Name",
          "Changed Fields",
          "Source",
          "IP Address");

  private final Metadata metadata;
  private final ZoneId zone;
  private final int rowsEach;
  private final Path directory;
  private final List<Path> files = new ArrayList<>();
  private @Nullable CsvWriter writer;
  private long rows;

  AuditFiles(Metadata metadata, ZoneId zone, int rowsEach) {
    this.metadata = metadata;
    this.zone = zone;
    this.rowsEach = rowsEach;
    try {
      directory = Files.createTempDirectory("clientele-audit");
      begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(AuditRow row, @Nullable String name) {
    if (rows > 0 && rows % rowsEach == 0) {
      begin();
    }
    rows++;
    UserName user = row.userId() == null ? null : metadata.userName(row.userId());
    Module module = row.moduleId() == null ? null : metadata.find(row.moduleId()).orElse(null);
    writer()
        .writeRecord(
            Moments.format(row.time(), zone),
            user == null ? "" : user.name(),
            text(row.userId()),
            row.action(),
            row.entity(),
            module == null ? "" : module.apiName(),
            text(row.recordId()),
            text(name),
            text(row.details()),
            row.source(),
            text(row.address()));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  long rows() {
    return rows;
  }

  /** The file with all of them: {@code AuditLog.csv}, or {@code AuditLog.zip} of several. */
  Path finish() {
    end();
    if (files.size() == 1) {
      return files.getFirst();
    }
    Path zip = directory.resolve("AuditLog.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : files) {
        out.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip;
  }

  private void begin() {
    end();
    String number = files.isEmpty() ? "" : "_" + (files.size() + 1);
    Path file = directory.resolve("AuditLog" + number + ".csv");
    files.add(file);
    try {
      writer = CsvWriter.builder().build(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writer().writeRecord(HEADINGS);
  }

  private CsvWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("the file has ended");
    }
    return writer;
  }

  private void end() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      writer = null;
    }
  }

  /** The files are gone then. */
  @Override
  public void close() {
    end();
    try (var all = Files.list(directory)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
