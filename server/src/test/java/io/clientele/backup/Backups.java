package io.clientele.backup;

import io.clientele.configuration.Configuration;
import io.clientele.http.Json;
import io.clientele.testing.TestOrg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Writes and restores backups without HTTP, and makes others of their files. */
final class Backups {
  /** So that there are several of each kind of file. */
  static final BackupSizes SMALL = new BackupSizes(60_000, 1_000, 3, 2);

  private Backups() {}

  static BackupWriter writer(TestOrg org, BackupSizes sizes) {
    var installation = org.server().installation();
    return new BackupWriter(
        installation.database(),
        installation.tables(),
        installation.files(),
        new Configuration(installation.changes(), installation.jobs()),
        installation.clock(),
        sizes);
  }

  static BackupWriter.Written write(TestOrg org, BackupSizes sizes, Path directory) {
    return writer(org, sizes)
        .write(org.orgId(), (name, content) -> Files.copy(content, directory.resolve(name)));
  }

  static Restore.Restored restore(TestOrg org, Optional<Long> into, Path... paths) {
    return restore(org, into, line -> {}, paths);
  }

  static Restore.Restored restore(
      TestOrg org, Optional<Long> into, Consumer<String> progress, Path... paths) {
    var installation = org.server().installation();
    try (var files = new BackupFiles(List.of(paths))) {
      return new Restore(
              installation.database(),
              installation.orgs(),
              installation.metadata(),
              installation.files(),
              installation.jobs(),
              installation.clock(),
              progress)
          .run(files, into, Optional.empty());
    }
  }

  /** The same files, but for an entry of one of them. */
  static Path changed(Path directory, String zip, String entry, UnaryOperator<byte[]> change) {
    try {
      Path copy = Files.createTempDirectory(directory.getParent(), "changed");
      try (var files = Files.list(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      rewrite(directory.resolve(zip), copy.resolve(zip), entry, change);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rewrite(Path from, Path to, String name, UnaryOperator<byte[]> change)
      throws IOException {
    try (var in = new ZipFile(from.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      boolean found = false;
      for (ZipEntry entry : in.stream().toList()) {
        byte[] bytes;
        try (InputStream content = in.getInputStream(entry)) {
          bytes = content.readAllBytes();
        }
        found |= entry.getName().equals(name);
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(entry.getName().equals(name) ? change.apply(bytes) : bytes);
      }
      if (!found) {
        out.putNextEntry(new ZipEntry(name));
        out.write(change.apply(new byte[0]));
      }
    }
  }

  /** The same files with another manifest. */
  static Path withManifest(Path directory, UnaryOperator<Manifest> change) {
    return changed(
        directory,
        "Clientele_001.zip",
        Manifest.ENTRY,
        bytes ->
            Json.MAPPER.writeValueAsBytes(
                change.apply(Json.MAPPER.readValue(bytes, Manifest.class))));
  }
}
