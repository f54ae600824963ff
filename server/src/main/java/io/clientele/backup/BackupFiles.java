package io.clientele.backup;

import io.clientele.backup.Manifest.Part;
import io.clientele.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;

/**
 * The ZIP files of a backup as a restore reads them. Nothing in them is trusted: entries are only
 * ever read by the names that the manifest has, never written to a path, and none may be longer
 * than the manifest says.
 */
public final class BackupFiles implements AutoCloseable {
  private static final long MANIFEST_BYTES = 64L << 20;

  /** No part is written that large. */
  private static final long PART_BYTES = 1L << 30;

  private final Map<String, ZipFile> zips = new HashMap<>();

  /**
   * @param paths ZIP files, and directories with some
   * @throws RestoreException when a file is no ZIP file, or one that no backup is made of
   */
  public BackupFiles(List<Path> paths) {
    boolean whole = false;
    try {
      for (Path path : paths) {
        for (Path file : Files.isDirectory(path) ? zipsIn(path) : List.of(path)) {
          add(file);
        }
      }
      whole = true;
    } catch (IOException e) {
      throw new RestoreException("The backup cannot be read: " + e + ".", e);
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  private static List<Path> zipsIn(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  private void add(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    ZipFile zip = open(file);
    if (zips.putIfAbsent(name, zip) != null) {
      zip.close();
      throw new RestoreException("There are two files " + name + ".");
    }
    Optional<String> outside =
        zip.stream().map(ZipEntry::getName).filter(BackupFiles::leadsOut).findFirst();
    if (outside.isPresent()) {
      throw new RestoreException(
          file + " has the entry " + outside.get() + ", which no backup has.");
    }
  }

  private static ZipFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new RestoreException("There is no file " + file + ".");
    }
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new RestoreException(file + " is damaged or no ZIP file: " + e.getMessage() + ".", e);
    }
  }

  private static boolean leadsOut(String entry) {
    return entry.startsWith("/")
        || entry.contains("\\")
        || entry.contains(":/")
        || List.of(entry.split("/", -1)).contains("..");
  }

  /**
   * What the backup has.
   *
   * @throws RestoreException when it does not say, or this version cannot read it
   */
  Manifest manifest() {
    List<ZipFile> found = new ArrayList<>();
    zips.forEach(
        (name, zip) -> {
          if (name.startsWith(Manifest.ZIP) && zip.getEntry(Manifest.ENTRY) != null) {
            found.add(zip);
          }
        });
    if (found.size() != 1) {
      throw new RestoreException(
          found.isEmpty()
              ? "There is no whole backup: no file "
                  + Manifest.ZIP
                  + "_….zip with the entry "
                  + Manifest.ENTRY
                  + "."
              : "There are files of more than one backup.");
    }
    try (InputStream in = found.getFirst().getInputStream(entry(found.getFirst()))) {
      byte[] bytes = in.readNBytes((int) MANIFEST_BYTES);
      if (in.read() >= 0) {
        throw new RestoreException("The manifest of the backup is too large.");
      }
      Manifest manifest = Json.MAPPER.readValue(bytes, Manifest.class);
      check(manifest);
      return manifest;
    } catch (IOException | JacksonException e) {
      throw new RestoreException("The manifest of the backup is damaged.", e);
    }
  }

  private static ZipEntry entry(ZipFile zip) {
    return zip.getEntry(Manifest.ENTRY);
  }

  private void check(Manifest manifest) {
    if (manifest.format() != Manifest.FORMAT) {
      throw new RestoreException(
          "The backup has the format "
              + manifest.format()
              + "; this version reads "
              + Manifest.FORMAT
              + ".");
    }
    manifest.tables().forEach(table -> table.parts().forEach(this::check));
    manifest.contents().forEach(this::check);
  }

  /** Before anything is changed: whether it is there, and as long as it should be. */
  private void check(Part part) {
    ZipEntry entry = zip(part.zip()).getEntry(part.entry());
    if (entry == null) {
      throw new RestoreException(part.zip() + " has no entry " + part.entry() + ".");
    }
    if (part.bytes() < 0 || part.bytes() > PART_BYTES || entry.getSize() != part.bytes()) {
      throw new RestoreException(
          "The entry %s of %s has a wrong size.".formatted(part.entry(), part.zip()));
    }
  }

  private ZipFile zip(String name) {
    ZipFile zip = zips.get(name);
    if (zip == null) {
      throw new RestoreException("The file " + name + " of the backup is missing.");
    }
    return zip;
  }

  /** A part, whose reading fails at its end if it is not what the manifest says. */
  InputStream open(Part part) {
    return open(part.zip(), part.entry(), part.bytes(), part.sha256());
  }

  /**
   * An entry of that length and hash.
   *
   * @throws RestoreException when there is none; the stream, when it is another
   */
  InputStream open(String zip, String name, long bytes, String sha256) {
    ZipFile file = zip(zip);
    ZipEntry entry = file.getEntry(name);
    if (entry == null) {
      throw new RestoreException(zip + " has no entry " + name + ".");
    }
    try {
      return new CheckedEntry(file.getInputStream(entry), zip + ": " + name, bytes, sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (ZipFile zip : zips.values()) {
      try {
        zip.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
