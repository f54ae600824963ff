package io.clientele.db;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** PostgreSQL's COPY, which reads and writes whole tables as a stream of rows. */
public final class Copy {
  private static final int BUFFER_BYTES = 64 << 10;

  private Copy() {}

  /** Takes the rows of a table, each as a line of its text with the line's end. */
  @FunctionalInterface
  public interface Rows {
    void take(byte[] row) throws IOException;
  }

  /** Hands over the rows of {@code copy … to stdout}; answers how many there were. */
  public static long out(Transaction tx, String statement, Rows rows) throws IOException {
    try {
      CopyOut copy = copies(tx).copyOut(statement);
      long count = 0;
      try {
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
          rows.take(row);
          count++;
        }
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
      return count;
    } catch (SQLException e) {
      throw new DatabaseException(statement, e);
    }
  }

  /**
   * Runs {@code copy … from stdin} with all of {@code content}; answers how many rows were added.
   * What {@code content} throws ends it, with nothing added.
   */
  public static long in(Transaction tx, String statement, InputStream content) throws IOException {
    try {
      CopyIn copy = copies(tx).copyIn(statement);
      try {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          copy.writeToCopy(buffer, 0, read);
        }
        return copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException(statement, e);
    }
  }

  private static CopyManager copies(Transaction tx) throws SQLException {
    return tx.connection().unwrap(PGConnection.class).getCopyAPI();
  }
}
