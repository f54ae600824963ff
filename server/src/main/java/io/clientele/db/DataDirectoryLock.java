package io.clientele.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time use a data directory.
 *
 * <p>The operating system holds the lock and drops it when the process ends in any way; the pid in
 * the file only serves the message.
 */
public final class DataDirectoryLock implements AutoCloseable {

  private static final String FILE = "server.lock";

  /**
   * Directories held by this JVM. Asked before the file is opened: closing any channel of a file
   * would release the lock that another channel of the same process holds.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DataDirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  public static DataDirectoryLock take(Path directory) throws IOException {
    if (!HELD_HERE.add(directory)) {
      throw inUse(directory, "this same process, pid " + ProcessHandle.current().pid());
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              directory.resolve(FILE),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PrivateFiles.OWNER_ONLY);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory, holder(directory));
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      taken = true;
      return new DataDirectoryLock(directory, channel);
    } finally {
      if (!taken) {
        if (channel != null) {
          channel.close();
        }
        HELD_HERE.remove(directory);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(directory);
  }

  private static String holder(Path directory) {
    try {
      String pid = Files.readString(directory.resolve(FILE)).strip();
      return pid.isEmpty() ? "another process" : "the process with pid " + pid;
    } catch (IOException e) {
      return "another process";
    }
  }

  private static DataDirectoryInUse inUse(Path directory, String holder) {
    return new DataDirectoryInUse(
        "The data directory "
            + directory
            + " is in use by "
            + holder
            + ". Stop that server first, or give this one its own data directory.");
  }
}
