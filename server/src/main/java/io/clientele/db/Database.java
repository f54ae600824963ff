package io.clientele.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The connection pool and the two ways to use it: {@link #read} and {@link #write}. A fair
 * semaphore as wide as the pool stands in front of it, because a pool alone is unfair to virtual
 * threads (shared/measurements.md).
 */
public final class Database implements AutoCloseable {
  /** How often a write is tried again after a deadlock or a serialization failure. */
  private static final int ATTEMPTS = 5;

  private static final int PROBE_SECONDS = 2;
  private static final int ASIDE_LOCK_SECONDS = 10;

  /** The transaction that work on this thread joins, and what waits for its end. */
  private record Joined(Connection connection, Map<Object, Runnable> afterwards) {}

  private final HikariDataSource pool;
  private final Semaphore permits;

  /** Bound to the thread and only while its work goes on, so it cannot get to another. */
  private final ScopedValue<Joined> joined = ScopedValue.newInstance();

  public Database(String url, String user, String password, int connections) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(connections);
    config.setPoolName("clientele");
    config.setMaxLifetime(TimeUnit.MINUTES.toMillis(8)); // a backend grows with the orgs it touched
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(20));
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "clientele");
    config.addDataSourceProperty("preparedStatementCacheQueries", "512");
    pool = new HikariDataSource(config);
    permits = new Semaphore(connections, true);
  }

  /** Work that only reads: one statement, or several that need no common snapshot. */
  public <T> T read(Function<Transaction, T> work) {
    return joined.isBound()
        ? join(work)
        : withConnection(connection -> work.apply(new Transaction(connection)));
  }

  /**
   * Work all of whose {@link #read}s and {@link #write}s on this thread are one transaction: each
   * of them may fail alone, and an exception of the work undoes them all. Tried again as a whole
   * when it and others got in each other's way.
   */
  public <T> T together(Supplier<T> work) {
    if (joined.isBound()) {
      return work.get();
    }
    Map<Object, Runnable> afterwards = new LinkedHashMap<>();
    T result =
        retried(
            () -> {
              afterwards.clear();
              return withConnection(
                  connection ->
                      inTransaction(
                          connection,
                          tx ->
                              ScopedValue.where(joined, new Joined(connection, afterwards))
                                  .call(work::get)));
            });
    afterwards.values().forEach(Runnable::run);
    return result;
  }

  /** Runs {@code work} once, when what was changed so far is committed, so now or later. */
  public void afterwards(Object key, Runnable work) {
    if (joined.isBound()) {
      joined.get().afterwards.put(key, work);
    } else {
      work.run();
    }
  }

  /** Whether work of that key waits for the end of the transaction this thread is in. */
  public boolean waits(Object key) {
    return joined.isBound() && joined.get().afterwards.containsKey(key);
  }

  private <T> T join(Function<Transaction, T> work) {
    var transaction = new Transaction(joined.get().connection);
    return transaction.part(() -> work.apply(transaction));
  }

  /**
   * Work that changes something, in one transaction; tried again when two got in each other's way.
   */
  public <T> T write(Function<Transaction, T> work) {
    return retried(
        () ->
            joined.isBound()
                ? join(work)
                : withConnection(connection -> inTransaction(connection, work)));
  }

  private static <T> T retried(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (DatabaseException e) {
        if (!e.isRetryable() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The same as {@link #write}, for work without a result. */
  public void change(Consumer<Transaction> work) {
    var _ =
        write(
            tx -> {
              work.accept(tx);
              return true;
            });
  }

  /**
   * A change on a connection of its own, which is made for it: for rare work that is needed in the
   * middle of other work, whose connection it would else wait for. It does not wait long for locks,
   * because the other work may be what holds them.
   */
  public void aside(Consumer<Transaction> work) {
    try (Connection connection =
        DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword())) {
      var _ =
          inTransaction(
              connection,
              tx -> {
                tx.update(Sql.sql("set local lock_timeout = '" + ASIDE_LOCK_SECONDS + "s'"));
                work.accept(tx);
                return true;
              });
    } catch (SQLException e) {
      throw new DatabaseException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * A long read in one transaction, on a connection that is made for it: no call waits for it, and
   * rows come as they are asked for.
   */
  public <T> T readAside(Function<Transaction, T> work) {
    try (Connection connection =
        DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword())) {
      return inTransaction(connection, work);
    } catch (SQLException e) {
      throw new DatabaseException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The same, all of it as the database is when it begins. {@code lock} is held until its end by
   * all who read so, and by nobody who changes what it stands for.
   */
  public <T> T snapshot(String lock, Function<Transaction, T> work) {
    return readAside(
        tx -> {
          tx.update(Sql.sql("set transaction isolation level repeatable read"));
          tx.list(Sql.sql("select pg_advisory_xact_lock_shared(hashtext(?))", lock), row -> 0);
          return work.apply(tx);
        });
  }

  /** Pieces of work that wait for a connection. */
  public int waiting() {
    return permits.getQueueLength();
  }

  /** Connections at work. */
  public int active() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /**
   * Whether the database takes a new connection within two seconds, however busy the pool is. Costs
   * some milliseconds.
   */
  public boolean answers() {
    var properties = new Properties();
    properties.setProperty("user", pool.getUsername());
    properties.setProperty("password", pool.getPassword());
    for (String timeout : new String[] {"loginTimeout", "connectTimeout", "socketTimeout"}) {
      properties.setProperty(timeout, Integer.toString(PROBE_SECONDS));
    }
    try (var connection = DriverManager.getConnection(pool.getJdbcUrl(), properties)) {
      return connection.isValid(PROBE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T withConnection(Work<T> work) {
    permits.acquireUninterruptibly();
    try (Connection connection = pool.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new DatabaseException(String.valueOf(e.getMessage()), e);
    } finally {
      permits.release();
    }
  }

  private static <T> T inTransaction(Connection connection, Function<Transaction, T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.apply(new Transaction(connection));
      connection.commit();
      return result;
    } catch (Throwable e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
