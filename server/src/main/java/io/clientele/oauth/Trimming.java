package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Removes what is over: expired tokens, codes, sessions, and counts of tries. */
final class Trimming {
  private final Database database;
  private final Clock clock;
  private final OAuthLimits limits;

  Trimming(Database database, Clock clock, OAuthLimits limits) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
  }

  /** One batch of each kind, a transaction each; answers how many rows went in all. */
  int trim(int batch) {
    return statements(batch).stream()
        .mapToInt(statement -> database.write(tx -> tx.update(statement)))
        .sum();
  }

  private List<Sql> statements(int batch) {
    Instant now = clock.instant();
    return List.of(
        expired("oauth_access_token", "hash", "expires_time", now, batch),
        expired("oauth_code", "hash", "expires_time", now.minus(limits.window()), batch),
        expired("oauth_enhancement", "hash", "expires_time", now, batch),
        expired("sign_in_session", "hash", "expires_time", now, batch),
        expired("invitation", "hash", "expires_time", now, batch),
        expired(
            "sign_in_attempt",
            "(key, window_start)",
            "window_start",
            now.minus(limits.signInWindow()),
            batch),
        onlineGrants(now, batch));
  }

  private static Sql expired(String table, String key, String time, Instant before, int batch) {
    String name = "clientele." + table;
    String columns = key.replaceAll("[()]", "");
    return sql(
        "delete from %s where %s in (select %s from %s where %s < ? order by %s limit ?)"
            .formatted(name, key, columns, name, time, time),
        Times.bind(before),
        batch);
  }

  /** Grants without a refresh token whose access token is gone. */
  private static Sql onlineGrants(Instant now, int batch) {
    return sql(
        """
        delete from clientele.oauth_grant where id in (
          select g.id from clientele.oauth_grant g
          where g.refresh_hash is null and g.created_time < ?
            and not exists (select from clientele.oauth_access_token t where t.grant_id = g.id)
          order by g.created_time limit ?)""",
        Times.bind(now.minus(Tokens.ACCESS_LIFE)),
        batch);
  }
}
