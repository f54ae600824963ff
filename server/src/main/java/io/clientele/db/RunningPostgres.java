package io.clientele.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How other commands of the same user reach the database of a running server: the content of {@code
 * connection.json}, which is there from readiness to the clean stop.
 *
 * @param pid the server's process, not PostgreSQL's
 */
public record RunningPostgres(String jdbcUrl, String user, String password, long pid) {

  private static final String FILE = "connection.json";

  /** The database a server runs from this directory; empty when none does. */
  public static Optional<RunningPostgres> find(Path directory) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(directory.resolve(FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    var running = JsonMapper.shared().readValue(content, RunningPostgres.class);
    boolean alive = ProcessHandle.of(running.pid).map(ProcessHandle::isAlive).orElse(false);
    return alive ? Optional.of(running) : Optional.empty();
  }

  /** Lets other commands find this database. */
  public void writeTo(Path directory) throws IOException {
    PrivateFiles.write(directory.resolve(FILE), JsonMapper.shared().writeValueAsBytes(this));
  }

  /** Ends what {@link #writeTo} began. */
  public static void deleteFrom(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RunningPostgres[jdbcUrl=" + jdbcUrl + ", user=" + user + ", pid=" + pid + "]";
  }
}
