package io.clientele.oauth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.clientele.db.Database;
import io.clientele.http.Caller;
import io.clientele.http.RouteTable;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;

/** The parts of this package, wired. */
public final class OAuth {
  private final TokenCache cache;
  private final Accounts accounts;
  private final OAuthClients clients;
  private final Tokens tokens;
  private final Trimming trimming;
  private final TokenRoutes tokenRoutes;

  public OAuth(Database database, Clock clock, OAuthLimits limits) {
    this(database, clock, limits, Ticker.systemTicker());
  }

  OAuth(Database database, Clock clock, OAuthLimits limits, Ticker ticker) {
    cache = new TokenCache(database, clock, ticker);
    accounts = new Accounts(database);
    clients = new OAuthClients(database, clock, cache);
    tokens = new Tokens(database, clock, limits, cache);
    trimming = new Trimming(database, clock, limits);
    var codes = new Codes(database, clock, limits, tokens, cache);
    var enhancements = new Enhancements(database, clock, cache);
    tokenRoutes =
        new TokenRoutes(new ClientAuthentication(clients), accounts, tokens, codes, enhancements);
  }

  /** Adds all routes of this package. */
  public void addTo(RouteTable routes) {
    tokenRoutes.addTo(routes);
  }

  public Accounts accounts() {
    return accounts;
  }

  public OAuthClients clients() {
    return clients;
  }

  public Tokens tokens() {
    return tokens;
  }

  /** What tells the dispatcher who calls; see {@link TokenAuthenticator}. */
  public TokenAuthenticator authenticator(BiFunction<Caller, String, Optional<String>> moduleWord) {
    return new TokenAuthenticator(cache, moduleWord);
  }

  /**
   * Removes at most {@code batch} expired rows of each kind; answers how many went, so that the
   * caller can go on while there are some. To be called every few minutes.
   */
  public int trim(int batch) {
    return trimming.trim(batch);
  }
}
