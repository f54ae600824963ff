package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.http.ScopeSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Codes (grant tokens): made when a user agrees, redeemed once for tokens. */
final class Codes {
  /** How long a code is good for, unless the owner of a self client chose otherwise. */
  static final Duration LIFE = Duration.ofMinutes(3);

  private final Database database;
  private final Clock clock;
  private final OAuthLimits limits;
  private final Tokens tokens;
  private final TokenCache cache;

  Codes(Database database, Clock clock, OAuthLimits limits, Tokens tokens, TokenCache cache) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.tokens = tokens;
    this.cache = cache;
  }

  private record Stored(Code code, boolean used, Optional<Long> grantId, Instant expires) {}

  /** What the redeemer of a code shows besides it. */
  record Proof(Optional<String> redirectUri, Optional<String> verifier, boolean secretKnown) {}

  /**
   * A new code.
   *
   * @throws OAuthError access_denied when the client got too many lately
   */
  String create(Code code, Duration life) {
    String text = Secrets.token();
    database.change(
        tx -> {
          OAuthClients.lock(tx, code.grantee().clientId());
          Instant now = clock.instant();
          if (countSince(tx, code.grantee(), now.minus(limits.window())) >= limits.codes()) {
            throw OAuthError.accessDenied();
          }
          insert(tx, text, code, now, now.plus(life));
        });
    return text;
  }

  /**
   * Exchanges a code for tokens. A code that comes again takes back what it gave the first time.
   *
   * @throws OAuthError invalid_code, invalid_redirect_uri, invalid_client_secret
   */
  IssuedTokens redeem(OAuthClient client, String text, Proof proof) {
    Optional<Tokens.Change> change =
        database.write(
            tx -> {
              Stored stored =
                  lock(tx, text)
                      .filter(found -> found.code.grantee().clientId().equals(client.id()))
                      .orElseThrow(OAuthError::invalidCode);
              if (stored.used) {
                stored.grantId.ifPresent(id -> GrantSql.delete(tx, id));
                return Optional.empty();
              }
              check(stored, client, proof);
              return Optional.of(use(tx, text, stored.code));
            });
    if (change.isEmpty()) {
      cache.forgetAll();
      throw OAuthError.invalidCode();
    }
    return tokens.remember(change.get());
  }

  private void check(Stored stored, OAuthClient client, Proof proof) {
    Code code = stored.code;
    if (!clock.instant().isBefore(stored.expires)) {
      throw OAuthError.invalidCode();
    }
    if (code.redirectUri().isPresent() && !code.redirectUri().equals(proof.redirectUri())) {
      throw OAuthError.invalidRedirectUri();
    }
    if (code.challenge().filter(challenge -> !challenge.isMetBy(proof.verifier())).isPresent()) {
      throw OAuthError.invalidCode();
    }
    boolean proven = client.type().isPublic() && code.challenge().isPresent();
    if (!proof.secretKnown() && !proven) {
      throw OAuthError.invalidClientSecret();
    }
  }

  private Tokens.Change use(Transaction tx, String text, Code code) {
    Tokens.Granted granted = tokens.grant(tx, code.grantee(), code.scopes(), code.offline());
    tx.update(
        sql(
            "update clientele.oauth_code set used_time = ?, grant_id = ? where hash = ?",
            Times.bind(clock.instant()),
            granted.grantId(),
            Secrets.hash(text)));
    return granted.change();
  }

  private static int countSince(Transaction tx, Grantee grantee, Instant since) {
    return tx.list(
            sql(
                "select count(*) from clientele.oauth_code where client_id = ? and created_time > ?",
                grantee.clientId(),
                Times.bind(since)),
            row -> row.getInt(1))
        .getFirst();
  }

  private static void insert(Transaction tx, String text, Code code, Instant now, Instant expires) {
    tx.update(
        sql(
            "insert into clientele.oauth_code (hash, client_id, org_id, user_id, scopes, offline,"
                + " redirect_uri, challenge, challenge_method, created_time, expires_time)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            Secrets.hash(text),
            code.grantee().clientId(),
            code.grantee().orgId(),
            code.grantee().userId(),
            code.scopes().toString(),
            code.offline(),
            code.redirectUri().orElse(null),
            code.challenge().map(Challenge::value).orElse(null),
            code.challenge().map(challenge -> challenge.sha256() ? "S256" : "plain").orElse(null),
            Times.bind(now),
            Times.bind(expires)));
  }

  private static Optional<Stored> lock(Transaction tx, String text) {
    return tx.find(
        sql(
            "select * from clientele.oauth_code where hash = ? for no key update",
            Secrets.hash(text)),
        Codes::read);
  }

  private static Stored read(ResultSet row) throws SQLException {
    String challenge = row.getString("challenge");
    boolean sha256 = "S256".equals(row.getString("challenge_method"));
    var code =
        new Code(
            new Grantee(row.getString("client_id"), row.getLong("org_id"), row.getLong("user_id")),
            ScopeSet.parse(row.getString("scopes")),
            row.getBoolean("offline"),
            Optional.ofNullable(row.getString("redirect_uri")),
            Optional.ofNullable(challenge).map(value -> new Challenge(value, sha256)));
    return new Stored(
        code,
        row.getObject("used_time") != null,
        Optional.ofNullable(row.getObject("grant_id", Long.class)),
        Times.read(row, "expires_time"));
  }
}
