package io.clientele.audit.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log, or a change of a record.
 *
 * @param entity what kind of thing it was done to; {@code records} for records
 * @param recordId of a record that changed
 * @param name of another thing
 * @param details the fields of a record that changed
 */
record AuditRow(
    Instant time,
    @Nullable Long userId,
    String action,
    String entity,
    @Nullable Long moduleId,
    @Nullable Long recordId,
    @Nullable String name,
    @Nullable String details,
    String source,
    @Nullable String address) {

  static AuditRow read(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getTimestamp("time").toInstant(),
        (Long) row.getObject("user_id"),
        row.getString("action"),
        row.getString("entity"),
        (Long) row.getObject("module_id"),
        (Long) row.getObject("record_id"),
        row.getString("name"),
        row.getString("details"),
        row.getString("source"),
        row.getString("address"));
  }
}
