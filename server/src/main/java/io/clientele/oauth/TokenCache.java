package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.http.Caller;
import io.clientele.http.ScopeSet;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a token stands for, remembered for {@link #LIFE}. What this process revokes is forgotten at
 * once; what another process revokes (or a user who is switched off) is refused here after at most
 * {@link #LIFE}. One statement on a miss; unknown tokens are not remembered.
 */
final class TokenCache {
  static final Duration LIFE = Duration.ofSeconds(5);
  private static final int MAXIMUM_TOKENS = 50_000;
  private static final Sql FIND =
      sql(
          """
          select g.org_id, g.user_id, g.client_id, g.scopes, t.expires_time
          from clientele.oauth_access_token t
          join clientele.oauth_grant g on g.id = t.grant_id
          join clientele.account_user u on u.org_id = g.org_id and u.user_id = g.user_id
          where u.active and t.hash = ?""");

  private final Database database;
  private final Clock clock;
  private final Cache<ByteBuffer, Known> known;

  private record Known(Caller caller, Instant expires) {}

  TokenCache(Database database, Clock clock, Ticker ticker) {
    this.database = database;
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MAXIMUM_TOKENS)
            .expireAfterWrite(LIFE)
            .ticker(ticker)
            .build();
  }

  /** Empty when the token is unknown, expired or revoked, or its user is switched off. */
  Optional<Caller> find(String token) {
    Known found = known.get(ByteBuffer.wrap(Secrets.hash(token)), this::load);
    return found == null || !clock.instant().isBefore(found.expires)
        ? Optional.empty()
        : Optional.of(found.caller);
  }

  void forget(List<byte[]> hashes) {
    hashes.forEach(hash -> known.invalidate(ByteBuffer.wrap(hash)));
  }

  void forgetAll() {
    known.invalidateAll();
  }

  private @Nullable Known load(ByteBuffer hash) {
    var find = new Sql(FIND.text(), List.of(hash.array()));
    return database.read(tx -> tx.find(find, TokenCache::read)).orElse(null);
  }

  private static Known read(ResultSet row) throws SQLException {
    var caller =
        new Caller(
            row.getLong("org_id"),
            row.getLong("user_id"),
            row.getString("client_id"),
            ScopeSet.parse(row.getString("scopes")));
    return new Known(caller, Times.read(row, "expires_time"));
  }
}
