package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the reader of a row may do with it: two conditions behind the other columns of a SELECT.
 * They are of a user, so they are put to the kept SELECT at each call, and only to one that tells
 * of them.
 */
public final class Rights {
  /** For SELECTs that tell of no rights. */
  static final Rights NONE = new Rights(Sql.EMPTY);

  private final Sql columns;

  private Rights(Sql columns) {
    this.columns = columns;
  }

  /** Those of a user to the rows of a SELECT. */
  public static Rights of(RecordSelect select, Access access, long userId) {
    return select.tellsRights()
        ? new Rights(
            sql(", (")
                .then(access.rows(select.metadata(), userId, Action.UPDATE, select.module()))
                .then("), (")
                .then(access.rows(select.metadata(), userId, Action.DELETE, select.module()))
                .then(")"))
        : NONE;
  }

  Sql columns() {
    return columns;
  }

  /** Whether the reader may change the row. */
  static boolean mayUpdate(RecordSelect select, ResultSet row) throws SQLException {
    return row.getBoolean(select.width() + 2);
  }

  /** The word of {@code $sharing_permission}. */
  static String permission(RecordSelect select, ResultSet row) throws SQLException {
    if (!mayUpdate(select, row)) {
      return "read_only";
    }
    return row.getBoolean(select.width() + 3) ? "full_access" : "read_write";
  }
}
