package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.http.ScopeSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives access and refresh tokens, and takes them back. */
public final class Tokens {
  /** How long an access token is good for. */
  static final Duration ACCESS_LIFE = Duration.ofHours(1);

  private final Database database;
  private final Clock clock;
  private final OAuthLimits limits;
  private final TokenCache cache;

  Tokens(Database database, Clock clock, OAuthLimits limits, TokenCache cache) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.cache = cache;
  }

  /** What a transaction did to tokens: the new ones, and what must be forgotten after it. */
  record Change(IssuedTokens issued, List<byte[]> evictedAccess, boolean evictedGrants) {}

  /**
   * Gives tokens without asking anybody; for the command line and for tests.
   *
   * @param userId a user who has an account ({@link Accounts#link})
   * @param offline whether to give a refresh token too
   */
  public IssuedTokens issue(
      OAuthClient client, long orgId, long userId, ScopeSet scopes, boolean offline) {
    var grantee = new Grantee(client.id(), orgId, userId);
    return remember(database.write(tx -> grant(tx, grantee, scopes, offline).change()));
  }

  /**
   * A new access token for a refresh token of ours, without the client's secret and whatever the
   * limit; for the command line. Empty when the refresh token is not valid any more.
   */
  public Optional<IssuedTokens> renew(String refreshToken) {
    Optional<Change> change =
        database.write(
            tx ->
                GrantSql.findByRefreshToken(tx, refreshToken)
                    .flatMap(grant -> GrantSql.lock(tx, grant.id()))
                    .map(grant -> access(tx, grant.id(), grant.scopes(), false, null)));
    return change.map(this::remember);
  }

  /** A new access token for a client's refresh token. */
  IssuedTokens refresh(OAuthClient client, String refreshToken) {
    return remember(database.write(tx -> refresh(tx, client, refreshToken)));
  }

  private Change refresh(Transaction tx, OAuthClient client, String refreshToken) {
    Grant grant = lock(tx, client, refreshToken);
    Instant since = clock.instant().minus(limits.window());
    if (GrantSql.countRefreshes(tx, grant.id(), since) >= limits.refreshes()) {
      throw OAuthError.tooManyRequests();
    }
    return access(tx, grant.id(), grant.scopes(), true, null);
  }

  /** The grant behind a client's refresh token, locked. */
  static Grant lock(Transaction tx, OAuthClient client, String refreshToken) {
    return GrantSql.findByRefreshToken(tx, refreshToken)
        .flatMap(grant -> GrantSql.lock(tx, grant.id()))
        .filter(grant -> grant.clientId().equals(client.id()))
        .orElseThrow(OAuthError::invalidCode);
  }

  /** A grant just made, and what it changed. */
  record Granted(long grantId, Change change) {}

  Granted grant(Transaction tx, Grantee to, ScopeSet scopes, boolean offline) {
    OAuthClients.lock(tx, to.clientId());
    String refreshToken = offline ? Secrets.token() : null;
    byte[] refreshHash = refreshToken == null ? null : Secrets.hash(refreshToken);
    long id = GrantSql.insert(tx, to, scopes, refreshHash, clock.instant());
    int evicted = offline ? GrantSql.evict(tx, to, limits.refreshTokens()) : 0;
    Change access = access(tx, id, scopes, false, refreshToken);
    return new Granted(id, new Change(access.issued, access.evictedAccess, evicted > 0));
  }

  private Change access(
      Transaction tx,
      long grantId,
      ScopeSet scopes,
      boolean byRefresh,
      @Nullable String refreshToken) {
    String token = Secrets.token();
    Instant now = clock.instant();
    GrantSql.insertAccess(tx, grantId, Secrets.hash(token), byRefresh, now, now.plus(ACCESS_LIFE));
    List<byte[]> evicted = GrantSql.evictAccess(tx, grantId, limits.liveAccessTokens());
    var issued =
        new IssuedTokens(token, Optional.ofNullable(refreshToken), scopes, ACCESS_LIFE.toSeconds());
    return new Change(issued, evicted, false);
  }

  /** To be called after the transaction that made {@code change} has ended. */
  IssuedTokens remember(Change change) {
    cache.forget(change.evictedAccess);
    if (change.evictedGrants) {
      cache.forgetAll();
    }
    return change.issued;
  }

  /**
   * Ends an access token, or a refresh token with all access tokens made from it; answers whether
   * there was such a token.
   */
  public boolean revoke(String token) {
    byte[] hash = Secrets.hash(token);
    int removed =
        database.write(
            tx -> {
              int grants =
                  tx.update(sql("delete from clientele.oauth_grant where refresh_hash = ?", hash));
              return grants > 0
                  ? grants
                  : tx.update(sql("delete from clientele.oauth_access_token where hash = ?", hash));
            });
    cache.forgetAll();
    return removed > 0;
  }

  /** Ends a grant of the account's, with all its tokens; answers whether there was one. */
  boolean revoke(Account account, long grantId) {
    boolean removed =
        database.write(
            tx ->
                GrantSql.listOf(tx, account).stream().anyMatch(grant -> grant.id() == grantId)
                    && GrantSql.delete(tx, grantId) > 0);
    cache.forgetAll();
    return removed;
  }

  List<Grant> listOf(Account account) {
    return database.read(tx -> GrantSql.listOf(tx, account));
  }
}
