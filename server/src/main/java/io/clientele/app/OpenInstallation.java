package io.clientele.app;

import io.clientele.db.DataDirectoryInUse;
import io.clientele.db.DataDirectoryLock;
import io.clientele.db.Database;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.db.RunningPostgres;
import io.clientele.files.BlobStore;
import io.clientele.oauth.OAuthLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An installation at work in this process, with what was started or taken for it. */
final class OpenInstallation implements AutoCloseable {
  private static final int COMMAND_CONNECTIONS = 2;
  private static final Duration SERVER_START = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final StartedParts parts = new StartedParts();
  private BooleanSupplier databaseRuns = () -> true;
  private Optional<Installation> installation = Optional.empty();

  private OpenInstallation() {}

  /**
   * For the server: takes the data directory, and opens the outside database or starts the embedded
   * one.
   */
  static OpenInstallation forServer(DatabaseOptions options, int connections) {
    options.createDataDirectory();
    var opened = new OpenInstallation();
    boolean whole = false;
    try {
      opened.parts.add(lock(options.dataDirectory()));
      Optional<DatabaseAddress> outside = options.outside();
      opened.install(
          outside.isPresent()
              ? opened.announce(outside.get(), options.dataDirectory())
              : opened.startEmbedded(options.postgresDirectory()),
          options.files(),
          connections,
          outside.isEmpty());
      whole = true;
      return opened;
    } finally {
      if (!whole) {
        opened.close();
      }
    }
  }

  /**
   * For other commands: the database named, or that of the server that runs on the data directory,
   * or the embedded one, started for a moment.
   */
  static OpenInstallation forCommand(DatabaseOptions options) {
    long end = System.nanoTime() + SERVER_START.toNanos();
    while (true) {
      Optional<DatabaseAddress> address = options.outside().or(() -> reachable(options.running()));
      if (address.isPresent()) {
        DatabaseCheck.version(address.get());
        var opened = new OpenInstallation();
        opened.install(address.get(), options.files(), COMMAND_CONNECTIONS, false);
        return opened;
      }
      if (!Files.exists(options.postgresDirectory())) {
        throw new Failure(
            "There is no data in "
                + options.dataDirectory()
                + ". Run 'clientele serve' first, or name --data-dir.");
      }
      try {
        return forServer(options, COMMAND_CONNECTIONS);
      } catch (DataDirectoryInUse e) { // by a server whose database is not up yet
        if (System.nanoTime() - end >= 0) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Without the note of a server that was killed, whose process number another process has now. */
  private static Optional<DatabaseAddress> reachable(Optional<DatabaseAddress> running) {
    try {
      running.ifPresent(DatabaseCheck::version);
      return running;
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  private static DataDirectoryLock lock(Path directory) {
    try {
      return DataDirectoryLock.take(directory.toRealPath());
    } catch (IOException e) {
      throw new Failure("The data directory " + directory + " cannot be used: " + e + ".");
    }
  }

  private DatabaseAddress startEmbedded(Path directory) {
    var postgres =
        parts.add(EmbeddedPostgres.start(directory, EmbeddedPostgres.Options.standard()));
    databaseRuns = postgres::isRunning;
    return new DatabaseAddress(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /** Lets commands on this data directory find the outside database. */
  private DatabaseAddress announce(DatabaseAddress address, Path directory) {
    DatabaseCheck.version(address);
    try {
      long pid = ProcessHandle.current().pid();
      new RunningPostgres(address.jdbcUrl(), address.user(), address.password(), pid)
          .writeTo(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parts.add(() -> RunningPostgres.deleteFrom(directory));
    return address;
  }

  private void install(DatabaseAddress address, BlobStore files, int connections, boolean alone) {
    var database = new Database(address.jdbcUrl(), address.user(), address.password(), connections);
    parts.add(database);
    installation =
        Optional.of(
            new Installation(database, files, Clock.systemUTC(), OAuthLimits.DOCUMENTED, alone));
    parts.add(files);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while waiting for the server to start.");
    }
  }

  Installation installation() {
    return installation.orElseThrow();
  }

  /** False when the embedded PostgreSQL ended by itself. */
  boolean isDatabaseRunning() {
    return databaseRuns.getAsBoolean();
  }

  /** Closes the pool, stops PostgreSQL if it was started here, and gives the directory back. */
  @Override
  public void close() {
    parts.close();
  }
}
