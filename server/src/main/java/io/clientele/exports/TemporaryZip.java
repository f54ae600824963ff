package io.clientele.exports;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP as it is written: on disk, where nothing is left of it when it is closed or the process is
 * killed.
 */
public final class TemporaryZip implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final FileChannel channel;
  private final Counted counted;
  private final ZipOutputStream zip;

  public TemporaryZip() {
    try {
      channel =
          FileChannel.open(
              Files.createTempFile("clientele", ".zip"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      counted =
          new Counted(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
      zip = new ZipOutputStream(counted);
      zip.setLevel(Deflater.BEST_SPEED); // what is written comes faster than it packs it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the entries. */
  public ZipOutputStream entries() {
    return zip;
  }

  /** How many bytes it has by now. */
  public long bytes() {
    return counted.written;
  }

  /** All of it, from its beginning; nothing more can be written. */
  public InputStream finish() {
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

  private static final class Counted extends FilterOutputStream {
    private long written;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }
  }
}
