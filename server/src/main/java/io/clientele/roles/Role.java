package io.clientele.roles;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role of an org.
 *
 * @param reportsTo the role above; null at the top
 * @param above the name of the role above
 * @param body the keys of the wire that have no column, as JSON
 * @param createdBy null when the role came with the org
 */
record Role(
    long id,
    String name,
    @Nullable Long reportsTo,
    @Nullable String above,
    boolean shareWithPeers,
    String body,
    Instant createdTime,
    Instant modifiedTime,
    @Nullable Long createdBy,
    @Nullable Long modifiedBy) {

  static Role read(ResultSet row) throws SQLException {
    return new Role(
        row.getLong("id"),
        row.getString("name"),
        (Long) row.getObject("reports_to"),
        row.getString("above"),
        row.getBoolean("share_with_peers"),
        row.getString("body"),
        row.getTimestamp("created_time").toInstant(),
        row.getTimestamp("modified_time").toInstant(),
        (Long) row.getObject("created_by"),
        (Long) row.getObject("modified_by"));
  }
}
