package io.clientele.records.share;

import io.clientele.access.Action;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * That a record is shared with somebody.
 *
 * @param type users, roles, groups or public
 * @param granteeId the user, role or group; 0 for everybody
 * @param permission read_only, read_write or full_access
 * @param related with the records of its related lists
 */
record Share(
    String type,
    long granteeId,
    String permission,
    boolean related,
    long sharedBy,
    Instant sharedTime) {
  static final String PUBLIC = "public";

  /** From the least to the most. */
  static final List<String> PERMISSIONS = List.of("read_only", "read_write", "full_access");

  static Share read(ResultSet row) throws SQLException {
    return new Share(
        row.getString("type"),
        row.getLong("grantee_id"),
        row.getString("permission"),
        row.getBoolean("related"),
        row.getLong("shared_by"),
        row.getTimestamp("shared_time").toInstant());
  }

  boolean isPublic() {
    return type.equals(PUBLIC);
  }

  /** The most that it lets its grantee do. */
  Action grants() {
    return switch (permission) {
      case "full_access" -> Action.DELETE;
      case "read_write" -> Action.UPDATE;
      default -> Action.READ;
    };
  }

  /** Whether the user is among those it is for. */
  boolean isFor(Metadata metadata, long userId) {
    return isPublic() || metadata.people().isIn(new Source(type, granteeId, false), userId);
  }
}
