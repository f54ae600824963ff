package io.clientele.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;

/**
 * The passwords of the embedded PostgreSQL, in a file only we can read.
 *
 * @param superuser the password of {@code postgres}, for an administrator
 * @param user the password of {@code clientele}, the user the server connects as
 */
record PostgresCredentials(String superuser, String user) {

  private static final String FILE = "credentials.json";

  /** Reads the passwords, or makes them when there is no data they could belong to yet. */
  static PostgresCredentials ensure(Path directory, Path data) throws IOException {
    Path file = directory.resolve(FILE);
    var json = JsonMapper.shared();
    if (Files.exists(file)) {
      return json.readValue(Files.readAllBytes(file), PostgresCredentials.class);
    }
    if (Files.exists(data.resolve("PG_VERSION"))) {
      throw new EmbeddedPostgresException(
          "The passwords of the database in " + data + " are missing: put " + file + " back.");
    }
    var random = new SecureRandom();
    var credentials = new PostgresCredentials(password(random), password(random));
    PrivateFiles.write(file, json.writeValueAsBytes(credentials));
    return credentials;
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "PostgresCredentials";
  }

  private static String password(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
