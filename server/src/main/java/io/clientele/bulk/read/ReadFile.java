package io.clientele.bulk.read;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP with one file in it, as it is written: on disk, where nothing is left of it when it is
 * closed or the process is killed.
 */
final class ReadFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final FileChannel channel;
  private final ZipOutputStream zip;
  private final OutputStream out;

  ReadFile(String entry) {
    try {
      Path path = Files.createTempFile("clientele-bulk", ".zip");
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      zip =
          new ZipOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
      zip.setLevel(Deflater.BEST_SPEED); // the rows come faster than it packs them
      zip.putNextEntry(new ZipEntry(entry));
      out = new Handover(zip);
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
      zip.closeEntry();
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
    try (channel) {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
