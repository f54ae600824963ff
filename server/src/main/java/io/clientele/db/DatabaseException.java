package io.clientele.db;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** The database refused or could not be reached; {@link #state} tells which. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static DatabaseException of(Sql sql, SQLException e) {
    return new DatabaseException(e.getMessage() + " in: " + sql.text(), e);
  }

  /** The SQLSTATE, such as 23505 for a unique violation; empty when there is none. */
  public String state() {
    return getCause() instanceof SQLException e && e.getSQLState() != null ? e.getSQLState() : "";
  }

  /** The name of the violated constraint or unique index; empty when there is none. */
  public String constraint() {
    if (getCause() instanceof PSQLException e
        && e.getServerErrorMessage() != null
        && e.getServerErrorMessage().getConstraint() != null) {
      return e.getServerErrorMessage().getConstraint();
    }
    return "";
  }

  /**
   * A statement named a table or a column that is gone, or was prepared for another type of one.
   */
  public boolean isSchemaChange() {
    return switch (state()) {
      case "42703", "42P01", "0A000" -> true;
      default -> false;
    };
  }

  public boolean isUniqueViolation() {
    return state().equals("23505");
  }

  /**
   * Two transactions got in each other's way; the same work may succeed when tried again, or find
   * what the other one wrote.
   */
  public boolean isRetryable() {
    return state().equals("40001") || state().equals("40P01") || isUniqueViolation();
  }
}
