package io.clientele.files;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * Where contents lie. A key is never overwritten with something else, because it is made of the
 * hash of its content.
 */
public sealed interface BlobStore extends AutoCloseable permits LocalBlobs, S3Blobs {
  /** A directory for uploads under way. */
  Path staging();

  /** Keeps a staged content for good under {@code key}; the staged file may be gone then. */
  void keep(String key, Path staged);

  /**
   * The content under {@code key}, open.
   *
   * @throws java.io.UncheckedIOException when it is not there or cannot be read
   */
  InputStream open(String key);

  /** Removes the content under {@code key}, if it is there. */
  void delete(String key);

  @Override
  void close();
}
