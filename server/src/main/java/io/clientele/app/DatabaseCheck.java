package io.clientele.app;

import io.clientele.db.DatabaseException;
import io.clientele.db.PostgresVersion;

/** Whether a PostgreSQL can be reached and is new enough. */
final class DatabaseCheck {
  private static final int OLDEST = 15;

  private DatabaseCheck() {}

  /**
   * The version of the server, such as {@code 18.1}.
   *
   * @throws Failure when it cannot be reached or is too old
   */
  static String version(DatabaseAddress address) {
    PostgresVersion version;
    try {
      version = PostgresVersion.at(address.jdbcUrl(), address.user(), address.password());
    } catch (DatabaseException e) {
      String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
      throw new Failure("The database " + address + " cannot be reached: " + why);
    }
    if (version.major() < OLDEST) {
      throw new Failure(
          "The database %s is PostgreSQL %s: Clientele needs %d or newer."
              .formatted(address, version.number(), OLDEST));
    }
    return version.number();
  }
}
