package io.clientele.testing;

import io.clientele.app.Installation;
import io.clientele.app.Server;
import io.clientele.db.Database;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.files.BlobStore;
import io.clientele.files.LocalBlobs;
import io.clientele.oauth.OAuthLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A server on the run's one database. Tests that move time start one of their own with their own
 * clock.
 */
public final class TestServer implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final EmbeddedPostgres POSTGRES = startPostgres();
  private static final Path FILES = filesDirectory();
  private static final TestServer SHARED = new TestServer(Clock.systemUTC(), true);

  private final Installation installation;
  private final Server server;

  private TestServer(Clock clock, boolean alone) {
    this(clock, alone, POSTGRES);
  }

  private TestServer(Clock clock, boolean alone, EmbeddedPostgres postgres) {
    this(clock, alone, postgres, new LocalBlobs(FILES));
  }

  private TestServer(Clock clock, boolean alone, EmbeddedPostgres postgres, BlobStore files) {
    installation =
        new Installation(
            new Database(postgres.jdbcUrl(), postgres.user(), postgres.password(), CONNECTIONS),
            files,
            clock,
            OAuthLimits.DOCUMENTED.unthrottled(),
            alone);
    server =
        new Server(installation, "127.0.0.1", 0, Optional.empty(), false, Duration.ofDays(730));
  }

  /** The server that all tests share. */
  public static TestServer shared() {
    return SHARED;
  }

  /** Another server on the same database, whose time is {@code clock}. */
  public static TestServer withClock(Clock clock) {
    return new TestServer(clock, true);
  }

  /** Another server on the same database that knows it is not the only one. */
  public static TestServer amongOthers() {
    return new TestServer(Clock.systemUTC(), false);
  }

  /** Another server on the same database, whose files lie in {@code files}. */
  public static TestServer withFiles(BlobStore files) {
    return new TestServer(Clock.systemUTC(), true, POSTGRES, files);
  }

  /** The same, whose time is {@code clock}. */
  public static TestServer withFiles(BlobStore files, Clock clock) {
    return new TestServer(clock, true, POSTGRES, files);
  }

  /** A server on a PostgreSQL of its own, so that nobody else sees its jobs; some seconds. */
  public static TestServer separate() {
    return new TestServer(Clock.systemUTC(), true, startPostgres());
  }

  public Installation installation() {
    return installation;
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.close();
    installation.close();
  }

  private static EmbeddedPostgres startPostgres() {
    Path directory = temporaryDirectory("clientele-test");
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(directory, EmbeddedPostgres.Options.unsafeForTests());
    atTheEnd(
        () -> {
          postgres.close();
          delete(directory);
        });
    return postgres;
  }

  private static Path filesDirectory() {
    Path directory = temporaryDirectory("clientele-files");
    atTheEnd(() -> delete(directory));
    return directory;
  }

  private static Path temporaryDirectory(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void atTheEnd(Runnable work) {
    Runtime.getRuntime().addShutdownHook(new Thread(work));
  }

  private static void delete(Path directory) {
    try (var paths = Files.walk(directory)) {
      paths.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
