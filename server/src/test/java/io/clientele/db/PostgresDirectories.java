package io.clientele.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A folder others may enter, with one made database in it to copy: making one takes seconds. Made
 * once per test run, and watched meanwhile for files that others could read.
 */
final class PostgresDirectories {

  private final Path root;
  private final Set<String> seenByOthers = new ConcurrentSkipListSet<>();
  private final AtomicInteger copies = new AtomicInteger();

  private PostgresDirectories(Path root) {
    this.root = root;
  }

  private static final class Shared {
    static final PostgresDirectories INSTANCE = make();
  }

  static PostgresDirectories shared() {
    return Shared.INSTANCE;
  }

  private static PostgresDirectories make() {
    try {
      var made = new PostgresDirectories(Files.createTempDirectory("clientele postgres "));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(made::delete));
      Files.setPosixFilePermissions(made.root, PosixFilePermissions.fromString("rwxr-xr-x"));
      made.firstStart();
      return made;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void firstStart() throws IOException, SQLException {
    Path unfinished = Files.createDirectories(template().resolve("data.unfinished-1/base"));
    PrivateFiles.write(unfinished.resolve("1"), new byte[100]); // an initialisation was killed
    var over = new AtomicBoolean();
    var watch = Thread.ofPlatform().start(() -> watch(over));
    try (var postgres = EmbeddedPostgres.start(template(), EmbeddedPostgres.Options.standard())) {
      execute(postgres, "create table kept (name text); insert into kept values ('Ada')");
      execute(postgres, "create table first_fsync as select current_setting('fsync') as value");
    } finally {
      over.set(true);
    }
    Waiting.until(Duration.ofSeconds(10), () -> !watch.isAlive());
  }

  private void watch(AtomicBoolean over) {
    while (!over.get()) {
      try (Stream<Path> files = Files.walk(template())) {
        files
            .filter(file -> !file.startsWith(template().resolve("binaries")))
            .filter(file -> !Files.isDirectory(file) && readableByOthers(file))
            .forEach(file -> seenByOthers.add(file.toString()));
      } catch (IOException | UncheckedIOException e) {
        // a file went while we looked
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The files that others could have read at some instant of the first start. */
  Set<String> seenByOthers() {
    return seenByOthers;
  }

  static boolean readableByOthers(Path file) {
    try {
      return ((Integer) Files.getAttribute(file, "unix:mode") & 0077) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  Path root() {
    return root;
  }

  Path template() {
    return root.resolve("template");
  }

  /** A stopped database of its own for one test. */
  Path copy() throws IOException {
    Path target = Files.createDirectory(root.resolve("copy-" + copies.incrementAndGet()));
    copyBinaries(target);
    copy(template().resolve("credentials.json"), target.resolve("credentials.json"));
    copy(template().resolve("data"), target.resolve("data"));
    return target;
  }

  void copyBinaries(Path target) {
    String from = template().resolve("binaries").toString();
    String to = target.resolve("binaries").toString();
    if (!ProgramRun.succeeds(List.of("cp", "-Rl", from, to))) { // links: macOS has none
      copy(Path.of(from), Path.of(to));
    }
  }

  static Path copy(Path from, Path to) {
    assertThat(ProgramRun.succeeds(List.of("cp", "-Rp", from.toString(), to.toString())))
        .as("cp -Rp")
        .isTrue();
    return to;
  }

  static EmbeddedPostgres start(Path directory) {
    return EmbeddedPostgres.start(directory, EmbeddedPostgres.Options.unsafeForTests());
  }

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  private void delete() {
    try {
      PrivateFiles.deleteTree(root);
    } catch (IOException e) {
      System.err.println("Left behind: " + root + " (" + e + ")");
    }
  }
}
