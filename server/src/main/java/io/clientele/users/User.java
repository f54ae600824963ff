package io.clientele.users;

import io.clientele.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A user of an org.
 *
 * @param status active, inactive, disabled or deleted
 * @param body the keys of the wire that have no column
 */
record User(
    long id,
    String email,
    @Nullable String firstName,
    @Nullable String lastName,
    String fullName,
    long roleId,
    String roleName,
    long profileId,
    @Nullable Long reportingTo,
    String status,
    boolean confirmed,
    ZoneId zone,
    JsonNode body,
    Instant createdTime,
    Instant modifiedTime,
    @Nullable Long createdBy,
    @Nullable Long modifiedBy) {

  /** Reads a row of {@link UserSql#select}. */
  static User read(ResultSet row) throws SQLException {
    return new User(
        row.getLong("id"),
        row.getString("email"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("full_name"),
        row.getLong("role_id"),
        row.getString("role_name"),
        row.getLong("profile_id"),
        (Long) row.getObject("reporting_to"),
        row.getString("status"),
        row.getBoolean("confirmed"),
        ZoneId.of(row.getString("time_zone")),
        Json.MAPPER.readTree(row.getString("body")),
        instant(row.getTimestamp("created_time")),
        instant(row.getTimestamp("modified_time")),
        (Long) row.getObject("created_by"),
        (Long) row.getObject("modified_by"));
  }

  boolean isActive() {
    return status.equals("active");
  }

  boolean isDeleted() {
    return status.equals("deleted");
  }

  private static Instant instant(Timestamp time) {
    return time.toInstant();
  }
}
