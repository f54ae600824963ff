package io.clientele.bulk.write;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.files.StoredFile;
import io.clientele.org.Org;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An uploaded ZIP and the CSV files in it, read as they stream by. */
record Archive(FileStorage files, Org org, StoredFile file) {
  private static final int MOST_ENTRIES = 100;

  /** What a file may unpack to: a ZIP of few bytes can hold very many. */
  private static final long MOST_BYTES = 1L << 30;

  private static final int BUFFER = 64 << 10;

  /** The names of its CSV files, in their order. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = open()) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().indexOf('\0') >= 0) {
          throw improper();
        }
        if (isCsv(entry)) {
          names.add(entry.getName());
        }
        if (names.size() > MOST_ENTRIES) {
          throw improper();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw improper();
    }
    return names;
  }

  /** Directories and what some systems put into archives by themselves are none. */
  private static boolean isCsv(ZipEntry entry) {
    return !entry.isDirectory()
        && !entry.getName().startsWith("__MACOSX/")
        && entry.getName().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /** The content of a file in it, which is there. */
  InputStream open(String name) {
    try {
      ZipInputStream zip = open();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return zip;
        }
      }
      zip.close();
      throw improper();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ZipInputStream open() {
    return new Bounded(
        new BufferedInputStream(files.open(org, file.sha256().orElseThrow()), BUFFER), MOST_BYTES);
  }

  static ApiError improper() {
    return ErrorCode.FILE_NOT_SUPPORTED.error();
  }

  /**
   * Ends with an error where more comes than any file may have, in all its entries together: those
   * that are passed over are read, too.
   */
  static final class Bounded extends ZipInputStream {
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      left = most;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw ErrorCode.FILE_TOO_LARGE.error();
      }
      return read;
    }
  }
}
