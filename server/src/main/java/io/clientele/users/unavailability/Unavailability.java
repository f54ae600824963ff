package io.clientele.users.unavailability;

import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.References;
import io.clientele.metadata.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A time in which a user is away. */
record Unavailability(long id, long userId, Instant from, Instant to, @Nullable String comments) {

  static Unavailability read(ResultSet row) throws SQLException {
    return new Unavailability(
        row.getLong("id"),
        row.getLong("user_id"),
        row.getTimestamp("from_time").toInstant(),
        row.getTimestamp("to_time").toInstant(),
        row.getString("comments"));
  }

  /**
   * @param zuid whether the user's zuid is asked for
   */
  void write(Keys keys, Metadata metadata, ZoneId zone, boolean zuid) {
    keys.text("comments", comments);
    References.time(keys, "from", from, zone);
    References.time(keys, "to", to, zone);
    keys.id("id", id);
    UserName user = metadata.userName(userId);
    keys.object(
        "user",
        inner -> {
          inner.text("name", user == null ? "" : user.name()).id("id", userId);
          if (zuid) {
            inner.id("zuid", userId);
          }
        });
  }
}
