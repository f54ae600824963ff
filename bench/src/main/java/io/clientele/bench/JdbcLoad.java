package io.clientele.bench;

import io.clientele.db.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A case's limit: the same SQL on as many bare connections. */
final class JdbcLoad {
  private JdbcLoad() {}

  static Result run(EmbeddedPostgres postgres, Case one, int connections, Duration time)
      throws Exception {
    return Load.run(connections, time, () -> new JdbcWorker(connect(postgres), one));
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private record JdbcWorker(Connection connection, Case one) implements Load.Worker {
    @Override
    public void work(long number) throws SQLException {
      one.limit().run(connection, number);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
