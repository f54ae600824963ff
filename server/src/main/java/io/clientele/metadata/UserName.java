package io.clientele.metadata;

import io.clientele.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * What replies say of a user wherever one is mentioned.
 *
 * @param reference {@code {"name":…,"id":…,"email":…}}, ready because lists repeat it
 * @param active whether the user may sign in and own new records
 */
public record UserName(
    long id,
    String name,
    String email,
    ZoneId zone,
    long roleId,
    long profileId,
    boolean active,
    SerializableString reference) {

  /** The user in the row of {@code crm_user} that {@code row} stands on. */
  static UserName of(ResultSet row) throws SQLException {
    var reference = new LinkedHashMap<String, String>();
    reference.put("name", row.getString("full_name"));
    reference.put("id", row.getString("id"));
    reference.put("email", row.getString("email"));
    return new UserName(
        row.getLong("id"),
        row.getString("full_name"),
        row.getString("email"),
        ZoneId.of(row.getString("time_zone")),
        row.getLong("role_id"),
        row.getLong("profile_id"),
        row.getString("status").equals("active"),
        new SerializedString(Json.MAPPER.writeValueAsString(reference)));
  }
}
