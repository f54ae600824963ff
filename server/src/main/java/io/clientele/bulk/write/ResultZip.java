package io.clientele.bulk.write;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The result of a bulk write as it is put together: on disk, where nothing is left of it. */
final class ResultZip implements AutoCloseable {
  private final FileChannel channel;
  private final ZipOutputStream zip;

  ResultZip() {
    try {
      channel =
          FileChannel.open(
              Files.createTempFile("clientele-bulk", ".zip"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
      zip.setLevel(Deflater.BEST_SPEED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins a file with its first line. */
  void begin(String name, String headings) {
    try {
      zip.putNextEntry(new ZipEntry(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(headings);
  }

  void add(String lines) {
    try {
      zip.write(lines.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it, from its beginning; nothing more can be written. */
  InputStream finish() {
    try {
      zip.finish();
      zip.flush();
      channel.position(0);
      return Channels.newInputStream(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
