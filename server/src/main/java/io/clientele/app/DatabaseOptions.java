package io.clientele.app;

import io.clientele.db.RunningPostgres;
import io.clientele.files.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the data lies; every command has them. */
final class DatabaseOptions {
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

  @Mixin private FileStoreOptions fileStore = new FileStoreOptions();

  /** Where the contents of files lie. */
  BlobStore files() {
    return fileStore.open(dataDirectory());
  }

  Path dataDirectory() {
    return dataDirectory.toAbsolutePath().normalize();
  }

  Path postgresDirectory() {
    return dataDirectory().resolve("postgres");
  }

  /** The database the user names; empty for the embedded one. */
  Optional<DatabaseAddress> outside() {
    return Optional.ofNullable(databaseUrl)
        .filter(url -> !url.isBlank())
        .map(url -> DatabaseAddress.parse(url, databaseUser, databasePassword));
  }

  /** The database of the server that runs on the data directory now, be it embedded or outside. */
  Optional<DatabaseAddress> running() {
    try {
      return RunningPostgres.find(dataDirectory())
          .or(this::embedded)
          .map(found -> new DatabaseAddress(found.jdbcUrl(), found.user(), found.password()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<RunningPostgres> embedded() {
    try {
      return RunningPostgres.find(postgresDirectory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For commands other than the server: see {@link OpenInstallation#forCommand}. */
  OpenInstallation open() {
    return OpenInstallation.forCommand(this);
  }

  void createDataDirectory() {
    try {
      Files.createDirectories(dataDirectory());
    } catch (IOException e) {
      throw new Failure(
          "The data directory " + dataDirectory() + " cannot be made: " + e.getMessage() + ".");
    }
  }
}
