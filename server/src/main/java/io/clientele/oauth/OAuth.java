package io.clientele.oauth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.clientele.db.Database;
import io.clientele.http.Caller;
import io.clientele.http.RouteTable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The parts of this package, wired. */
public final class OAuth {
  private final TokenCache cache;
  private final Accounts accounts;
  private final OAuthClients clients;
  private final Tokens tokens;
  private final Trimming trimming;
  private final List<Consumer<RouteTable>> routes;

  public OAuth(Database database, Clock clock, OAuthLimits limits, Joining joining) {
    this(database, clock, limits, joining, Ticker.systemTicker());
  }

  OAuth(Database database, Clock clock, OAuthLimits limits, Joining joining, Ticker ticker) {
    cache = new TokenCache(database, clock, ticker);
    accounts = new Accounts(database);
    clients = new OAuthClients(database, clock, cache);
    tokens = new Tokens(database, clock, limits, cache);
    trimming = new Trimming(database, clock, limits);
    var codes = new Codes(database, clock, limits, tokens, cache);
    var enhancements = new Enhancements(database, clock, cache);
    var authenticator = authenticator((caller, module) -> Optional.empty());
    var authentication = new ClientAuthentication(clients);
    var sessions = new Sessions(database, clock);
    var pages = new Pages(sessions);
    var throttle = new SignInThrottle(database, clock, limits);
    var authorizations = new Authorizations(tokens, codes, enhancements);
    var invitations = new Invitations(database, clock, joining);
    routes =
        List.of(
            new TokenRoutes(authentication, accounts, tokens, codes, enhancements)::addTo,
            new InfoRoutes(database, accounts, authenticator)::addTo,
            new SignInRoutes(pages, accounts, sessions, throttle, clients)::addTo,
            new InvitationRoutes(pages, accounts, sessions, throttle, invitations)::addTo,
            new AuthorizeRoutes(pages, sessions, accounts, clients, authorizations)::addTo,
            new ConsoleRoutes(pages, accounts, clients, codes)::addTo,
            new ConnectedRoutes(pages, clients, tokens)::addTo);
  }

  /** Adds all routes of this package. */
  public void addTo(RouteTable table) {
    routes.forEach(part -> part.accept(table));
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
