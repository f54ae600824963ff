package io.clientele.backup;

import io.clientele.exports.TemporaryZip;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * ZIP files with one name and running numbers, of which none gets much larger than a limit. They
 * are written on disk, where nothing is left of them when the process is killed.
 */
final class ZipSeries implements AutoCloseable {
  /** So many that a reader can hold the list of them. */
  private static final int ENTRIES = 50_000;

  private final String name;
  private final long most;
  private final BackupTarget target;
  private final List<String> names = new ArrayList<>();
  private @Nullable TemporaryZip open;
  private int entries;

  ZipSeries(String name, long most, BackupTarget target) {
    this.name = name;
    this.most = most;
    this.target = target;
  }

  /** Begins an entry, to which is written until the next begins; the stream stays open. */
  OutputStream begin(String entry) throws IOException {
    TemporaryZip zip = open;
    if (zip != null && (zip.bytes() >= most || entries == ENTRIES)) {
      finish();
      zip = null;
    }
    if (zip == null) {
      zip = new TemporaryZip();
      open = zip;
      entries = 0;
      names.add("%s_%03d.zip".formatted(name, names.size() + 1));
    }
    zip.entries().putNextEntry(new ZipEntry(entry));
    entries++;
    return zip.entries();
  }

  /** The file in which the entry lies that was begun last. */
  String file() {
    return names.getLast();
  }

  /** The files there are, in order. */
  List<String> files() {
    return names;
  }

  /** Hands over the last file. */
  void finish() throws IOException {
    TemporaryZip zip = open;
    if (zip != null) {
      open = null;
      try (zip) {
        target.take(file(), zip.finish());
      }
    }
  }

  /** What was not handed over is gone. */
  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}
