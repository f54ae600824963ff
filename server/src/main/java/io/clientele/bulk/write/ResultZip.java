package io.clientele.bulk.write;

import io.clientele.exports.TemporaryZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;

/** The result of a bulk write as it is put together. */
final class ResultZip implements AutoCloseable {
  private final TemporaryZip zip = new TemporaryZip();

  /** Begins a file with its first line. */
  void begin(String name, String headings) {
    try {
      zip.entries().putNextEntry(new ZipEntry(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(headings);
  }

  void add(String lines) {
    try {
      zip.entries().write(lines.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it, from its beginning; nothing more can be written. */
  InputStream finish() {
    return zip.finish();
  }

  @Override
  public void close() {
    zip.close();
  }
}
