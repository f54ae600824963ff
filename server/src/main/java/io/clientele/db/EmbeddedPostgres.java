package io.clientele.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this process: its binaries come with the class path, its data
 * outlives restarts and {@code kill -9}, and it ends when this process does.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final Path directory;
  private final DataDirectoryLock lock;
  private final PostgresProcess process;
  private final String password;
  private boolean closed;

  private EmbeddedPostgres(
      Path directory, DataDirectoryLock lock, PostgresProcess process, String password) {
    this.directory = directory;
    this.lock = lock;
    this.process = process;
    this.password = password;
  }

  /**
   * How to run it.
   *
   * @param durable whether a committed transaction survives a crash of the machine
   * @param settings PostgreSQL settings that take the place of ours
   */
  public record Options(boolean durable, Map<String, String> settings) {

    public Options {
      settings = Map.copyOf(settings);
    }

    /** For users' data. */
    public static Options standard() {
      return new Options(true, Map.of());
    }

    /** Faster, and loses data when the machine crashes. */
    public static Options unsafeForTests() {
      return new Options(
          false,
          Map.of(
              "fsync", "off",
              "synchronous_commit", "off",
              "full_page_writes", "off",
              "shared_buffers", "128MB"));
    }
  }

  /**
   * Starts PostgreSQL on the data in a directory, which is made when it is not there, and returns
   * when it takes connections. Throws {@link EmbeddedPostgresException} with a message for a person
   * when it cannot.
   */
  public static EmbeddedPostgres start(Path directory, Options options) {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL runs on Linux and macOS. Use --database-url, or WSL.");
    }
    try {
      long began = System.nanoTime();
      var account = PostgresAccount.choose(directory.resolve("data"));
      Path prepared = prepare(directory, account);
      var lock = DataDirectoryLock.take(prepared);
      EmbeddedPostgres postgres = null;
      try {
        postgres = start(prepared, account, options, lock);
      } finally {
        if (postgres == null) {
          lock.close();
        }
      }
      long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
      LOG.info("PostgreSQL runs on port {} after {} ms", postgres.port(), millis);
      return postgres;
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "PostgreSQL could not be started in " + directory + ": " + e, e);
    }
  }

  private static EmbeddedPostgres start(
      Path directory, PostgresAccount account, Options options, DataDirectoryLock lock)
      throws IOException {
    Path data = directory.resolve("data");
    RunningPostgres.deleteFrom(directory);
    var log = PostgresLog.begin(directory);
    var binaries = PostgresBinaries.unpack(directory.resolve("binaries"));
    account.checkReaches(binaries.program("postgres"));
    new LeftoverProcesses(data, binaries, account, log).end();
    deleteUnfinished(directory, binaries);
    var credentials = PostgresCredentials.ensure(directory, data);
    PostgresCluster.ensure(data, binaries, account, credentials, options, log);
    var process = PostgresProcess.start(data, binaries, account, options, log);
    boolean announced = false;
    try {
      var postgres = new EmbeddedPostgres(directory, lock, process, credentials.user());
      long pid = ProcessHandle.current().pid();
      new RunningPostgres(postgres.jdbcUrl(), postgres.user(), postgres.password(), pid)
          .writeTo(directory);
      announced = true;
      return postgres;
    } finally {
      if (!announced) {
        process.stop();
      }
    }
  }

  /** Whether the class path holds PostgreSQL for this kind of machine. */
  public static boolean isAvailable() {
    return PostgresBinaries.isThere();
  }

  /** The address to connect to; give {@link #user()} and {@link #password()} with it. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable"
        .formatted(port(), PostgresCluster.DATABASE);
  }

  /** The owner of the database, no superuser. */
  public String user() {
    return PostgresCluster.USER;
  }

  /** The password of {@link #user()}. */
  public String password() {
    return password;
  }

  /** The port on 127.0.0.1, another one at each start. */
  public int port() {
    return process.port();
  }

  /** False once PostgreSQL ended, be it by {@link #close()} or by itself. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Stops PostgreSQL in good order: close connections first, what they have open is lost. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      RunningPostgres.deleteFrom(directory);
      process.stop();
    } catch (IOException e) {
      LOG.warn("PostgreSQL stopped, but its directory {} was not tidied", directory, e);
    }
  }

  /** Makes the directory and names it by its real path, as the processes in it do. */
  private static Path prepare(Path directory, PostgresAccount account) throws IOException {
    var permissions = PosixFilePermissions.fromString(account.directoryPermissions());
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(permissions));
    Files.setPosixFilePermissions(directory, permissions);
    return directory.toRealPath();
  }

  private static void deleteUnfinished(Path directory, PostgresBinaries binaries)
      throws IOException {
    binaries.deleteOthers();
    PostgresCluster.deleteUnfinished(directory);
    for (Path temporary : PrivateFiles.childrenNamed(directory, "", ".tmp")) {
      Files.deleteIfExists(temporary);
    }
  }
}
