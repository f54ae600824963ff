package io.clientele.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Contents in a directory, which several servers may share. */
public final class LocalBlobs implements BlobStore {
  private final Path root;

  public LocalBlobs(Path root) {
    this.root = root;
  }

  /** On the same file system, so that a content appears whole or not at all. */
  @Override
  public Path staging() {
    return root.resolve("uploads");
  }

  /** Staged files are on disk already; what is left is to make the new name last. */
  @Override
  public void keep(String key, Path staged) {
    Path target = path(key);
    try {
      Files.createDirectories(target.getParent());
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      for (Path directory = target.getParent();
          directory != null && directory.startsWith(root);
          directory = directory.getParent()) {
        force(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void force(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public InputStream open(String key) {
    try {
      return Files.newInputStream(path(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(String key) {
    try {
      Files.deleteIfExists(path(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String key) {
    return root.resolve(key);
  }

  @Override
  public void close() {}
}
