package io.clientele.db;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Which PostgreSQL answers at an address, found out with one connection.
 *
 * @param number as it calls itself, such as {@code 18.1}
 */
public record PostgresVersion(int major, String number) {
  private static final String SECONDS_TO_CONNECT = "10";

  /**
   * Asks it.
   *
   * @throws DatabaseException with the driver's words when it cannot be reached
   */
  public static PostgresVersion at(String jdbcUrl, String user, String password) {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
    try (var connection = DriverManager.getConnection(jdbcUrl, properties)) {
      var server = connection.getMetaData();
      return new PostgresVersion(
          server.getDatabaseMajorVersion(), server.getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new DatabaseException(String.valueOf(e.getMessage()), e);
    }
  }
}
