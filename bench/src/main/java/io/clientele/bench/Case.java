package io.clientele.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongFunction;

/**
 * One hot path.
 *
 * @param request the n-th HTTP request, without the headers that all have
 * @param limit the same work on a bare connection
 */
record Case(String name, LongFunction<Request> request, JdbcWork limit) {
  /** An HTTP request: method and path, and a body that may be empty. */
  record Request(String line, String body) {}

  /** The n-th piece of work on a connection. */
  interface JdbcWork {
    void run(Connection connection, long number) throws SQLException;
  }
}
