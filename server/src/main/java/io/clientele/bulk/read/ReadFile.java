package io.clientele.bulk.read;

import io.clientele.exports.TemporaryZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;

/** A ZIP with one file in it, as it is written. */
final class ReadFile implements AutoCloseable {
  private final TemporaryZip zip = new TemporaryZip();
  private final OutputStream out;

  ReadFile(String entry) {
    try {
      zip.entries().putNextEntry(new ZipEntry(entry));
      out = new Handover(zip.entries());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OutputStream out() {
    return out;
  }

  /** All of it, from its beginning; nothing more can be written. */
  InputStream finish() {
    try {
      out.close();
      return zip.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (zip) {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
