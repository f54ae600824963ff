package io.clientele.oauth;

import io.clientele.db.Database;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.db.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A throw-away PostgreSQL, started once for the tests' JVM. */
final class TestPostgres {
  private static final Database DATABASE = connect(start());

  private TestPostgres() {}

  /** A database with the shared schema, for all tests. */
  static Database database() {
    return DATABASE;
  }

  private static Database connect(EmbeddedPostgres postgres) {
    var database = new Database(postgres.jdbcUrl(), postgres.user(), postgres.password(), 8);
    new Migrations(database).migrateShared();
    return database;
  }

  private static EmbeddedPostgres start() {
    try {
      Path directory = Files.createTempDirectory("clientele-oauth-test");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(directory, EmbeddedPostgres.Options.unsafeForTests());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, directory)));
      return postgres;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path directory) {
    postgres.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
