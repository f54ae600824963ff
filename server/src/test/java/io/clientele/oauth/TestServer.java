package io.clientele.oauth;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Migrations;
import io.clientele.http.HttpServer;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.ScopeSet;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A server with OAuth and a few routes that need scopes, an org with one user, and a clock. */
final class TestServer implements AutoCloseable {
  static final String REDIRECT = "https://app.example.com/callback?keep=1";
  static final String PASSWORD = "correct horse battery";
  static final ScopeSet SCOPES = ScopeSet.parse("ZohoCRM.modules.ALL,ZohoCRM.settings.ALL");

  /** Years apart, so that servers on one database do not count each other's tries to sign in. */
  private static final AtomicInteger DECADE = new AtomicInteger(3);

  final TestClock clock;
  final Database database = TestPostgres.database();
  final OAuth oauth;
  final Org org;
  final Account account;
  final long userId;
  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  TestServer(OAuthLimits limits) {
    this(limits, Instant.parse("20%d0-01-01T00:00:00Z".formatted(DECADE.getAndIncrement())));
  }

  TestServer(OAuthLimits limits, Instant start) {
    clock = new TestClock(start);
    oauth = oauthOf(limits);
    org = new Orgs(database, new Migrations(database)).create("Acme");
    userId = org.id() * Org.IDS + 1;
    account = oauth.accounts().create("Ann." + UUID.randomUUID() + "@example.com");
    database.change(tx -> Accounts.link(tx, account, org.id(), userId));
    addUser();
    var routes = new RouteTable();
    oauth.addTo(routes);
    routes.get("/settings/fields", "settings.fields", call -> Reply.value(200, Map.of("ok", true)));
    routes.get("/org", "org", call -> Reply.value(200, Map.of("ok", true)));
    routes.get(
        "/{module}", "modules", call -> Reply.value(200, Map.of("user", call.caller().userId())));
    server =
        new HttpServer(
                "127.0.0.1",
                0,
                Optional.empty(),
                routes,
                oauth.authenticator((caller, module) -> wordOf(module)),
                (method, path, route, status, nanos) -> {})
            .start();
  }

  /** A second process on the same database. */
  OAuth oauthOf(OAuthLimits limits) {
    return new OAuth(
        database,
        clock,
        limits,
        Joining.NOTHING,
        () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
  }

  private static Optional<String> wordOf(String module) {
    return Optional.of(module.toLowerCase(Locale.ROOT))
        .filter(word -> List.of("leads", "contacts").contains(word));
  }

  private void addUser() {
    database.change(
        tx -> {
          tx.update(
              sql(
                  "insert into " + org.table("role") + " (id, name) values (?, 'CEO')",
                  userId + 1));
          tx.update(
              sql(
                  "insert into "
                      + org.table("crm_user")
                      + " (id, email, first_name, last_name, full_name, role_id, profile_id,"
                      + " status, time_zone) values (?, ?, 'Ann', 'Lee', 'Ann Lee', ?, 1,"
                      + " 'active', 'UTC')",
                  userId,
                  account.email(),
                  userId + 1));
        });
  }

  RegisteredClient register(ClientType type) {
    List<String> uris = type == ClientType.SELF ? List.of() : List.of(REDIRECT);
    return oauth
        .clients()
        .register(
            new NewClient(type, "App", "https://app.example.com", uris, Optional.of(account.id())));
  }

  IssuedTokens issue(RegisteredClient client, boolean offline) {
    return oauth.tokens().issue(client.client(), org.id(), userId, SCOPES, offline);
  }

  String base() {
    return "http://127.0.0.1:" + server.port();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)));
  }

  /** A call of the API with a token. */
  HttpResponse<String> api(String path, String token) {
    return get(path, "Authorization", "Zoho-oauthtoken " + token);
  }

  HttpResponse<String> token(Map<String, String> parameters) {
    return form("/oauth/v2/token", parameters);
  }

  HttpResponse<String> form(String path, Map<String, String> fields, String... headers) {
    return post(path, encode(fields), withType(headers));
  }

  static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String[] withType(String[] headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/x-www-form-urlencoded";
    return all;
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var builder = HttpRequest.newBuilder(URI.create(base() + path));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
