package io.clientele.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** All files of a backup: in folders, in zips, and in zips within zips. */
final class BackupFiles implements AutoCloseable {
  private final List<BackupFile> files = new ArrayList<>();
  private final List<ZipFile> zips = new ArrayList<>();
  private final List<Path> temporary = new ArrayList<>();

  /**
   * One file.
   *
   * @param path with the names of the zips and folders it is in, {@code /} between
   */
  record BackupFile(String path, CsvPart.Opener opener) {
    /** Its own name. */
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean ends(String suffix) {
      return path.toLowerCase(Locale.ROOT).endsWith(suffix);
    }
  }

  /**
   * @throws ImportException when one of them is not there or no zip
   */
  BackupFiles(List<Path> paths) {
    boolean whole = false;
    try {
      for (Path path : paths) {
        if (!Files.exists(path)) {
          throw new ImportException("There is no file " + path + ".");
        }
        if (Files.isDirectory(path)) {
          addFolder(path);
        } else if (path.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
          files.add(
              new BackupFile(path.getFileName().toString(), () -> Files.newInputStream(path)));
        } else {
          addZip(path, path.getFileName().toString());
        }
      }
      whole = true;
    } catch (IOException e) {
      throw new ImportException("The backup cannot be read: " + e.getMessage());
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  List<BackupFile> all() {
    return files;
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(folder)) {
      inside = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path path : inside) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      var file = new BackupFile(name, () -> Files.newInputStream(path));
      if (file.ends(".zip") && !isAttachment(name.substring(0, name.lastIndexOf('/') + 1))) {
        addZip(path, name);
      } else {
        files.add(file);
      }
    }
  }

  private void addZip(Path path, String name) throws IOException {
    ZipFile zip = open(path);
    zips.add(zip);
    for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
      ZipEntry entry = entries.nextElement();
      if (entry.isDirectory()) {
        continue;
      }
      String inner = name.replaceFirst("(?i)\\.zip$", "") + "/" + entry.getName();
      var file = new BackupFile(inner, () -> zip.getInputStream(entry));
      if (file.ends(".zip") && !isAttachment(inner.substring(0, inner.lastIndexOf('/') + 1))) {
        addZip(copy(file), inner);
      } else {
        files.add(file);
      }
    }
  }

  private static ZipFile open(Path path) throws IOException {
    try {
      return new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new ImportException(path + " is not a zip file (" + e.getMessage() + ").");
    }
  }

  private Path copy(BackupFile file) throws IOException {
    Path copy = Files.createTempFile("clientele-import", ".zip");
    temporary.add(copy);
    try (InputStream in = file.opener.open()) {
      Files.copy(in, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  /** Whether a file is what an attachment has in it, by the folder or zip it lies in. */
  static boolean isAttachment(String path) {
    String small = path.toLowerCase(Locale.ROOT);
    return Stream.of(small.split("/"))
        .limit(Math.max(0, small.split("/", -1).length - 1))
        .anyMatch(folder -> folder.startsWith("attachment"));
  }

  @Override
  public void close() {
    try {
      for (ZipFile zip : zips) {
        zip.close();
      }
      for (Path path : temporary) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
