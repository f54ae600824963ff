package io.clientele.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * ZIP files with one name and running numbers, of which none gets much larger than a limit. They
 * are written on disk, where nothing is left of them when the process is killed.
 */
final class ZipSeries implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  /** So many that a reader can hold the list of them. */
  private static final int ENTRIES = 50_000;

  private final String name;
  private final long most;
  private final BackupTarget target;
  private final List<String> names = new ArrayList<>();
  private @Nullable Zip open;

  ZipSeries(String name, long most, BackupTarget target) {
    this.name = name;
    this.most = most;
    this.target = target;
  }

  /** Begins an entry, to which is written until the next begins; the stream stays open. */
  OutputStream begin(String entry) throws IOException {
    Zip zip = open;
    if (zip != null && (zip.out.written >= most || zip.entries == ENTRIES)) {
      finish();
      zip = null;
    }
    if (zip == null) {
      zip = new Zip();
      open = zip;
      names.add("%s_%03d.zip".formatted(name, names.size() + 1));
    }
    zip.zip.putNextEntry(new ZipEntry(entry));
    zip.entries++;
    return zip.zip;
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
    Zip zip = open;
    if (zip != null) {
      open = null;
      try (zip) {
        zip.zip.finish();
        zip.zip.flush();
        zip.channel.position(0);
        target.take(file(), Channels.newInputStream(zip.channel));
      }
    }
  }

  /** What was not handed over is gone. */
  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
    }
  }

  private static final class Zip implements AutoCloseable {
    private final FileChannel channel;
    private final Counted out;
    private final ZipOutputStream zip;
    private int entries;

    Zip() throws IOException {
      Path path = Files.createTempFile("clientele-backup", ".zip");
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      out = new Counted(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
      zip = new ZipOutputStream(out);
      zip.setLevel(Deflater.BEST_SPEED);
    }

    @Override
    public void close() throws IOException {
      channel.close();
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
