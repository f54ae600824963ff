package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.http.ScopeSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Incremental authorization: a client with a refresh token asks its user for more scopes.
 * https://www.zoho.com/accounts/protocol/oauth/incremental-auth/initiation-request.html
 */
final class Enhancements {
  static final Duration LIFE = Duration.ofMinutes(10);

  private final Database database;
  private final Clock clock;
  private final TokenCache cache;

  Enhancements(Database database, Clock clock, TokenCache cache) {
    this.database = database;
    this.clock = clock;
    this.cache = cache;
  }

  /**
   * A token that allows asking for more scopes for the grant of {@code refreshToken}.
   *
   * @throws OAuthError invalid_code when the refresh token is not one of the client's
   */
  String create(OAuthClient client, String refreshToken) {
    String token = Secrets.token();
    Instant expires = clock.instant().plus(LIFE);
    database.change(
        tx ->
            tx.update(
                sql(
                    "insert into clientele.oauth_enhancement (hash, grant_id, expires_time)"
                        + " values (?, ?, ?)",
                    Secrets.hash(token),
                    Tokens.lock(tx, client, refreshToken).id(),
                    Times.bind(expires))));
    return token;
  }

  /** The grant an enhancement token is for, if it is the client's and the account's own. */
  Optional<Grant> find(String token, OAuthClient client, Account account) {
    return database.read(tx -> find(tx, token, client, account));
  }

  /**
   * Adds scopes to the grant, and so to its access tokens; the enhancement token is used up.
   *
   * @throws OAuthError invalid_code when there is nothing to enhance
   */
  void apply(String token, OAuthClient client, Account account, ScopeSet more) {
    database.change(
        tx -> {
          Grant grant =
              find(tx, token, client, account)
                  .flatMap(found -> GrantSql.lock(tx, found.id()))
                  .orElseThrow(OAuthError::invalidCode);
          Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
          all.addAll(grant.scopes().scopes());
          all.addAll(more.scopes());
          GrantSql.widen(tx, grant.id(), ScopeSet.of(all));
          tx.update(
              sql("delete from clientele.oauth_enhancement where hash = ?", Secrets.hash(token)));
        });
    cache.forgetAll();
  }

  private Optional<Grant> find(Transaction tx, String token, OAuthClient client, Account account) {
    Optional<Long> grantId =
        tx.find(
            sql(
                "select grant_id from clientele.oauth_enhancement"
                    + " where hash = ? and expires_time > ?",
                Secrets.hash(token),
                Times.bind(clock.instant())),
            row -> row.getLong(1));
    return GrantSql.listOf(tx, account).stream()
        .filter(grant -> grantId.isPresent() && grant.id() == grantId.get())
        .filter(grant -> grant.clientId().equals(client.id()))
        .findFirst();
  }
}
