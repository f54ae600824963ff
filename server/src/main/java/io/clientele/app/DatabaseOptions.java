package io.clientele.app;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.DatabaseException;
import io.clientele.db.EmbeddedPostgres;
import io.clientele.db.RunningPostgres;
import io.clientele.oauth.OAuthLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the data lies; every command has them. */
final class DatabaseOptions {
  private static final int OLDEST_POSTGRES = 15;
  private static final int COMMAND_CONNECTIONS = 2;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data lies (default: data in the working directory).")
  private Path dataDirectory = Path.of("data");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "An outside PostgreSQL 15 or newer, postgresql://user:password@host:5432/database, in"
              + " place of the embedded one.")
  private @Nullable String databaseUrl;

  @Option(names = "--database-user", paramLabel = "NAME", description = "Unless the URL names one.")
  private @Nullable String databaseUser;

  @Option(
      names = "--database-password",
      paramLabel = "PASSWORD",
      description = "Unless the URL has it; better given as CLIENTELE_DATABASE_PASSWORD.")
  private @Nullable String databasePassword;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file with settings (default: clientele.yaml, if it is there).")
  private @Nullable Path config;

  Path dataDirectory() {
    return dataDirectory.toAbsolutePath().normalize();
  }

  Path postgresDirectory() {
    return dataDirectory().resolve("postgres");
  }

  Optional<DatabaseAddress> outside() {
    return Optional.ofNullable(databaseUrl)
        .map(url -> DatabaseAddress.parse(url, databaseUser, databasePassword));
  }

  /** An installation, and the PostgreSQL that was started for it. */
  record Opened(Installation installation, Optional<EmbeddedPostgres> postgres)
      implements AutoCloseable {
    @Override
    public void close() {
      installation.close();
      postgres.ifPresent(EmbeddedPostgres::close);
    }
  }

  /** For the server: the outside database, or the embedded one started now. */
  Opened start(int connections) {
    createDataDirectory();
    if (outside().isPresent()) {
      return new Opened(install(connect(outside().get(), connections)), Optional.empty());
    }
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(postgresDirectory(), EmbeddedPostgres.Options.standard());
    try {
      var address = new DatabaseAddress(postgres.jdbcUrl(), postgres.user(), postgres.password());
      return new Opened(install(connect(address, connections)), Optional.of(postgres));
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /**
   * For other commands: the database of a server that runs on the data, or one started for a
   * moment.
   */
  Opened open() {
    try {
      Optional<RunningPostgres> running =
          outside().isPresent() ? Optional.empty() : RunningPostgres.find(postgresDirectory());
      if (running.isPresent()) {
        var server = running.get();
        var address = new DatabaseAddress(server.jdbcUrl(), server.user(), server.password());
        return new Opened(install(connect(address, COMMAND_CONNECTIONS)), Optional.empty());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (outside().isEmpty() && !Files.exists(postgresDirectory())) {
      throw new Failure(
          "There is no data in "
              + dataDirectory()
              + ". Run 'clientele serve' first, or name --data-dir.");
    }
    return start(COMMAND_CONNECTIONS);
  }

  private void createDataDirectory() {
    try {
      Files.createDirectories(dataDirectory());
    } catch (IOException e) {
      throw new Failure(
          "The data directory " + dataDirectory() + " cannot be made: " + e.getMessage());
    }
  }

  private static Installation install(Database database) {
    try {
      return new Installation(database, Clock.systemUTC(), OAuthLimits.DOCUMENTED);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Connects, and refuses a PostgreSQL that is too old. */
  static Database connect(DatabaseAddress address, int connections) {
    Database database;
    try {
      database = new Database(address.jdbcUrl(), address.user(), address.password(), connections);
    } catch (RuntimeException e) {
      throw new Failure("The database " + address + " cannot be reached: " + Failure.message(e));
    }
    try {
      int version =
          database.read(
              tx ->
                  tx.list(
                          sql("select current_setting('server_version_num')::int / 10000"),
                          row -> row.getInt(1))
                      .getFirst());
      if (version < OLDEST_POSTGRES) {
        throw new Failure("PostgreSQL " + version + " is too old: Clientele needs 15 or newer.");
      }
      return database;
    } catch (DatabaseException | Failure e) {
      database.close();
      throw e;
    }
  }
}
