package io.clientele.db;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.PGCopyOutputStream;

/** One unit of work on one connection: everything in it is kept, or nothing is. */
public final class Transaction {
  /** Rows fetched at a time by {@link #stream}; a page of the API fits in one. */
  private static final int FETCH_SIZE = 1000;

  /** What a COPY sends at a time. */
  private static final int COPY_BYTES = 32 << 10;

  private final Connection connection;

  Transaction(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row into a value. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes the rows of a result as they arrive. */
  @FunctionalInterface
  public interface RowHandler {
    void handle(ResultSet rows) throws SQLException;
  }

  public <T> List<T> list(Sql sql, RowReader<T> reader) {
    var list = new ArrayList<T>();
    stream(
        sql,
        rows -> {
          while (rows.next()) {
            list.add(reader.read(rows));
          }
        });
    return list;
  }

  public <T> Optional<T> find(Sql sql, RowReader<T> reader) {
    List<T> rows = list(sql, reader);
    if (rows.size() > 1) {
      throw new DatabaseException("more than one row for: " + sql.text(), null);
    }
    return rows.stream().findFirst();
  }

  /**
   * The rows of {@code sql}, handed over as they arrive; the handler calls {@code next()} itself.
   */
  public void stream(Sql sql, RowHandler handler) {
    try (PreparedStatement statement = prepare(sql)) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = statement.executeQuery()) {
        handler.handle(rows);
      }
    } catch (SQLException e) {
      throw DatabaseException.of(sql, e);
    }
  }

  /** The same, all rows at once, among which the handler may go back and forth. */
  public void scroll(Sql sql, RowHandler handler) {
    try (PreparedStatement statement = prepare(sql, ResultSet.TYPE_SCROLL_INSENSITIVE);
        ResultSet rows = statement.executeQuery()) {
      handler.handle(rows);
    } catch (SQLException e) {
      throw DatabaseException.of(sql, e);
    }
  }

  /**
   * The rows of {@code sql} as they arrive, planned for these very binds each time: for statements
   * whose best plan depends on how many rows a value finds.
   */
  public void streamPlanned(Sql sql, RowHandler handler) {
    try (PreparedStatement statement = prepare(sql)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = statement.executeQuery()) {
        handler.handle(rows);
      }
    } catch (SQLException e) {
      throw DatabaseException.of(sql, e);
    }
  }

  /** Runs a change; answers how many rows it touched. */
  public int update(Sql sql) {
    try (PreparedStatement statement = prepare(sql)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw DatabaseException.of(sql, e);
    }
  }

  /** Writes something that another takes while it is written. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Sends rows as the text that {@code COPY … FROM STDIN} reads, which the database does while the
   * next are written.
   */
  public void copy(String statement, Writer rows) {
    try (var out =
        new PGCopyOutputStream(connection.unwrap(PGConnection.class), statement, COPY_BYTES)) {
      rows.write(out);
      out.endCopy();
    } catch (SQLException e) {
      throw DatabaseException.of(Sql.sql(statement), e);
    } catch (IOException e) {
      throw e.getCause() instanceof SQLException cause
          ? DatabaseException.of(Sql.sql(statement), cause)
          : new UncheckedIOException(e);
    }
  }

  /** Does a part of the work that may fail alone: then what it changed is undone. */
  public <T> T part(Supplier<T> work) {
    try {
      Savepoint before = connection.setSavepoint();
      try {
        T result = work.get();
        connection.releaseSavepoint(before);
        return result;
      } catch (RuntimeException e) {
        connection.rollback(before);
        throw e;
      }
    } catch (SQLException e) {
      throw new DatabaseException("savepoint", e);
    }
  }

  /**
   * Reads whose locks are given back when it is done, so that others need not wait for the end of
   * the transaction to change a table; whatever it changed is undone.
   */
  public <T> T passing(Supplier<T> work) {
    try {
      Savepoint before = connection.setSavepoint();
      try {
        return work.get();
      } finally {
        connection.rollback(before);
        connection.releaseSavepoint(before);
      }
    } catch (SQLException e) {
      throw new DatabaseException("savepoint", e);
    }
  }

  /** An SQL array of {@code sqlType} for a bind. */
  public java.sql.Array array(String sqlType, @Nullable Object[] elements) {
    try {
      return connection.createArrayOf(sqlType, elements);
    } catch (SQLException e) {
      throw new DatabaseException("array of " + sqlType, e);
    }
  }

  /** The connection itself, for what has no words here (COPY, LISTEN). */
  public Connection connection() {
    return connection;
  }

  private PreparedStatement prepare(Sql sql) throws SQLException {
    return prepare(sql, ResultSet.TYPE_FORWARD_ONLY);
  }

  private PreparedStatement prepare(Sql sql, int type) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql.text(), type, ResultSet.CONCUR_READ_ONLY);
    int index = 0;
    for (Object bind : sql.binds()) {
      statement.setObject(++index, bind);
    }
    return statement;
  }
}
