package io.clientele.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** A content that was read to its end and lies safely on disk, but not yet in the store. */
record StagedFile(Path path, String sha256, long size) implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  /** Reads {@code content} into {@code directory}; empty when it is longer than {@code most}. */
  static Optional<StagedFile> of(InputStream content, Path directory, long most)
      throws IOException {
    Files.createDirectories(directory);
    Path path = Files.createTempFile(directory, "upload", "");
    boolean whole = false;
    try {
      MessageDigest digest = Hashes.sha256();
      long size = copy(content, path, most, digest);
      whole = size <= most;
      return whole
          ? Optional.of(new StagedFile(path, HexFormat.of().formatHex(digest.digest()), size))
          : Optional.empty();
    } finally {
      if (!whole) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static long copy(InputStream content, Path path, long most, MessageDigest digest)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (int read = content.read(buffer);
          read >= 0 && size <= most;
          read = content.read(buffer)) {
        digest.update(buffer, 0, read);
        for (var bytes = ByteBuffer.wrap(buffer, 0, read); bytes.hasRemaining(); ) {
          channel.write(bytes);
        }
        size += read;
      }
      channel.force(true);
    }
    return size;
  }

  /** Deletes the file, if it was not moved into the store. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
