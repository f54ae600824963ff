package io.clientele.db;

import java.nio.file.Path;
import java.sql.DriverManager;

/**
 * A server process for tests to kill: starts PostgreSQL in the directory given, commits one row
 * after the other and names each on its output once it is committed.
 */
public final class EmbeddedPostgresChild {

  private EmbeddedPostgresChild() {}

  /** Runs until it is killed or its input ends, then stops in good order. */
  public static void main(String[] arguments) throws Exception {
    try (var postgres =
        EmbeddedPostgres.start(Path.of(arguments[0]), EmbeddedPostgres.Options.standard())) {
      System.out.println("READY " + postgres.port());
      String url = postgres.jdbcUrl();
      try (var connection = DriverManager.getConnection(url, postgres.user(), postgres.password());
          var statement = connection.createStatement()) {
        statement.execute("create table if not exists acknowledged (id bigint primary key)");
        for (long id = 1; System.in.available() == 0; id++) {
          statement.execute("insert into acknowledged values (" + id + ") on conflict do nothing");
          System.out.println(id);
        }
      }
    } catch (EmbeddedPostgresException e) {
      System.out.println("REFUSED " + e.getMessage());
    }
  }
}
