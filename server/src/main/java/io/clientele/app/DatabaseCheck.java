package io.clientele.app;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Whether a PostgreSQL can be reached and is new enough, found out with one connection. */
final class DatabaseCheck {
  private static final int OLDEST = 15;
  private static final String SECONDS_TO_CONNECT = "10";

  private DatabaseCheck() {}

  /**
   * The version of the server, such as {@code 18.1}.
   *
   * @throws Failure when it cannot be reached or is too old
   */
  static String version(DatabaseAddress address) {
    var properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), properties)) {
      var server = connection.getMetaData();
      if (server.getDatabaseMajorVersion() < OLDEST) {
        throw new Failure(
            "The database %s is PostgreSQL %s: Clientele needs %d or newer."
                .formatted(address, server.getDatabaseProductVersion(), OLDEST));
      }
      return server.getDatabaseProductVersion();
    } catch (SQLException e) {
      String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
      throw new Failure("The database " + address + " cannot be reached: " + why);
    }
  }
}
