package io.clientele.oauth;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pages: signing in, the API console, connected apps; and what is stored of their secrets. */
final class PagesTest {
  private static final TestServer SERVER = new TestServer(OAuthLimits.DOCUMENTED);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void pagesForbidFramingScriptsAndStorage() {
    HttpResponse<String> page = SERVER.get("/accounts");
    Map<String, String> headers =
        page.headers().map().entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(java.util.Locale.ROOT),
                    entry -> entry.getValue().getFirst()));

    assertThat(headers.get("content-security-policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "script-src 'none'");
    assertThat(headers)
        .containsEntry("x-frame-options", "DENY")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", "no-store");
    assertThat(headers.get("set-cookie")).contains("HttpOnly", "SameSite=Lax", "Path=/");
    assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
    assertThat(SERVER.get("/accounts/style.css").headers().firstValue("Content-Type"))
        .contains("text/css; charset=utf-8");
  }

  @Test
  void signingInIsInTheAuditLog() {
    Browser.signedIn(SERVER);
    List<String> addresses =
        SERVER.database.read(
            tx ->
                tx.list(
                    sql(
                        "select a.address from "
                            + SERVER.org.table("audit_log")
                            + " a where a.action = 'signed_in' and a.user_id = ? and a.name = ?",
                        SERVER.userId,
                        SERVER.account.email()),
                    row -> row.getString(1)));
    assertThat(addresses).contains("127.0.0.1");
  }

  @Test
  void aRefusedSignInIsInTheAuditLog() throws InterruptedException {
    var browser = new Browser(SERVER);
    browser.open("/accounts");
    browser.signIn(SERVER.account.email(), "wrong");
    Instant latest = Instant.now().plusSeconds(30);
    while (refused().isEmpty() && Instant.now().isBefore(latest)) {
      Thread.sleep(10);
    }
    assertThat(refused()).containsOnly(SERVER.account.email());
  }

  private static List<String> refused() {
    return SERVER.database.read(
        tx ->
            tx.list(
                sql(
                    "select a.name from "
                        + SERVER.org.table("audit_log")
                        + " a where a.action = 'sign_in_refused' and a.user_id is null"
                        + " and a.address = '127.0.0.1'"),
                row -> row.getString(1)));
  }

  @Test
  void theRedirectUriMayFollowTheConsentForm() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    String request =
        "/oauth/v2/auth?"
            + TestServer.encode(
                Map.of(
                    "client_id",
                    client.client().id(),
                    "redirect_uri",
                    TestServer.REDIRECT,
                    "response_type",
                    "code",
                    "scope",
                    "ZohoCRM.org.READ"));

    assertThat(policy(SERVER.get(request))).contains("form-action 'self' https://app.example.com");
    Browser browser = Browser.signedIn(SERVER);
    assertThat(policy(browser.open(request)))
        .contains("form-action 'self' https://app.example.com");
    var wrong = new Browser(SERVER);
    wrong.open(request);
    assertThat(policy(wrong.signIn("nobody@example.com", "x")))
        .contains("form-action 'self' https://app.example.com");
  }

  @Test
  void signingInRenewsTheSessionAndSigningOutEndsIt() {
    SERVER.oauth.accounts().setPassword(SERVER.account, TestServer.PASSWORD);
    var browser = new Browser(SERVER);
    browser.open("/accounts/console");
    String before = browser.cookie();

    HttpResponse<String> reply = browser.signIn(SERVER.account.email(), TestServer.PASSWORD);

    assertThat(Browser.location(reply)).isEqualTo("/accounts/console");
    String during = browser.cookie();
    assertThat(during).isNotEqualTo(before);
    assertThat(browser.open("/accounts").body()).contains("You are signed in as");
    browser.submit("/accounts/signout", Map.of());
    assertThat(SERVER.get("/accounts", "Cookie", during).body()).contains("Sign in");
  }

  @Test
  void sessionsEnd() {
    Browser browser = Browser.signedIn(SERVER);
    SERVER.clock.advance(Sessions.LIFE);
    assertThat(browser.open("/accounts").body()).contains("Sign in");
  }

  @Test
  void nextNeverLeadsToAnotherSite() {
    SERVER.oauth.accounts().setPassword(SERVER.account, TestServer.PASSWORD);
    for (String next :
        List.of("https://evil.example.com/", "//evil.example.com", "/\\evil", "/oauth/\\x", "/x")) {
      var browser = new Browser(SERVER);
      browser.open("/accounts");
      HttpResponse<String> reply =
          browser.submit(
              "/accounts/signin",
              Map.of(
                  "email", SERVER.account.email(), "password", TestServer.PASSWORD, "next", next));
      assertThat(Browser.location(reply)).as(next).isEqualTo("/accounts");
    }
  }

  @Test
  void formsWithoutTheTokenOfThisBrowserAreRefused() {
    Browser browser = Browser.signedIn(SERVER);
    var stranger = new Browser(SERVER);
    stranger.open("/accounts");
    for (String action :
        List.of(
            "/accounts/signin",
            "/accounts/signout",
            "/accounts/password",
            "/accounts/console",
            "/accounts/console/1000.X/secret",
            "/accounts/console/1000.X/delete",
            "/accounts/console/1000.X/code",
            "/accounts/console/1000.X/redirect-uris",
            "/accounts/connected/1/revoke",
            "/oauth/v2/auth/consent")) {
      assertThat(SERVER.form(action, Map.of(), "Cookie", browser.cookie()).statusCode())
          .as(action)
          .isEqualTo(403);
      assertThat(
              SERVER
                  .form(action, Map.of("csrf", "0".repeat(64)), "Cookie", browser.cookie())
                  .statusCode())
          .as(action)
          .isEqualTo(403);
      assertThat(stranger.submit(action, Map.of("csrf", csrf(browser))).statusCode())
          .as(action)
          .isEqualTo(403);
    }
  }

  @Test
  void tooManyTriesAreRefusedEvenWithTheRightPassword() {
    Account account = SERVER.oauth.accounts().create("tries@example.com");
    SERVER.oauth.accounts().setPassword(account, TestServer.PASSWORD);
    var browser = new Browser(SERVER);
    browser.open("/accounts");
    String wrong = "The mail address or the password is not right.";
    for (int i = 0; i < 10; i++) {
      assertThat(browser.signIn("Tries@example.com", "wrong").body()).contains(wrong);
    }
    HttpResponse<String> refused = browser.signIn("tries@example.com", TestServer.PASSWORD);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("Too many tries");
    assertThat(browser.signIn("unknown@example.com", "wrong").body()).contains(wrong);

    SERVER.clock.advance(Duration.ofMinutes(15));
    assertThat(browser.signIn("tries@example.com", TestServer.PASSWORD).statusCode())
        .isEqualTo(303);
  }

  @Test
  void tooManyTriesFromOneAddressAreRefused() {
    try (var server = new TestServer(OAuthLimits.DOCUMENTED)) {
      var browser = new Browser(server);
      browser.open("/accounts");
      for (int i = 0; i < 50; i++) {
        assertThat(browser.signIn("a" + i + "@example.com", "x".repeat(1001)).body())
            .contains("is not right");
      }
      assertThat(browser.signIn("fresh@example.com", "x").body()).contains("Too many tries");
    }
  }

  @Test
  void changingThePasswordEndsOtherSessions() {
    Browser browser = Browser.signedIn(SERVER);
    browser.open("/accounts");
    var elsewhere = new Browser(SERVER);
    elsewhere.open("/accounts");
    elsewhere.signIn(SERVER.account.email(), TestServer.PASSWORD);
    browser.open("/accounts/password");

    assertThat(
            browser
                .submit("/accounts/password", Map.of("password", "no", "new_password", "12345678"))
                .body())
        .contains("The password is not right");
    assertThat(
            browser
                .submit(
                    "/accounts/password",
                    Map.of("password", TestServer.PASSWORD, "new_password", "short"))
                .body())
        .contains("at least 8 characters");
    browser.open("/accounts/password");
    assertThat(
            browser
                .submit(
                    "/accounts/password",
                    Map.of("password", TestServer.PASSWORD, "new_password", "another password"))
                .statusCode())
        .isEqualTo(303);

    assertThat(browser.open("/accounts").body()).contains("You are signed in as");
    assertThat(elsewhere.open("/accounts").body()).contains("Sign in");
    assertThat(SERVER.oauth.accounts().verify(SERVER.account.email(), "another password"))
        .contains(SERVER.account);
  }

  @Test
  void aClientIsRegisteredEditedAndRemovedInTheConsole() {
    Browser browser = Browser.signedIn(SERVER);
    browser.open("/accounts/console");
    browser.submit(
        "/accounts/console",
        Map.of(
            "type", "server-based",
            "name", "<script>alert('x')</script>",
            "homepage", "https://app.example.com",
            "redirect_uris", "https://a.example.com/cb\n\nhttps://b.example.com/cb"));
    String id = browser.text("client_id");
    String secret = browser.text("client_secret");
    assertThat(id).matches("1000\\.[A-Z0-9]{30}");
    assertThat(browser.page()).doesNotContain("<script>");

    OAuthClient client = SERVER.oauth.clients().find(id).orElseThrow();
    assertThat(client.redirectUris())
        .containsExactly("https://a.example.com/cb", "https://b.example.com/cb");
    assertThat(browser.open("/accounts/console").body()).contains(id, "&lt;script&gt;");
    assertThat(browser.open("/accounts/console/" + id).body()).doesNotContain(secret);

    browser.submit(
        "/accounts/console/" + id + "/redirect-uris",
        Map.of("redirect_uris", "https://c.example.com/cb"));
    assertThat(SERVER.oauth.clients().find(id).orElseThrow().redirectUris())
        .containsExactly("https://c.example.com/cb");
    browser.open("/accounts/console/" + id);
    browser.submit("/accounts/console/" + id + "/secret", Map.of());
    assertThat(SERVER.oauth.clients().find(id, secret)).isEmpty();
    assertThat(SERVER.oauth.clients().find(id, browser.text("client_secret"))).isPresent();
    browser.open("/accounts/console/" + id);
    browser.submit("/accounts/console/" + id + "/delete", Map.of());
    assertThat(SERVER.oauth.clients().find(id)).isEmpty();
  }

  @Test
  void badRegistrationsAreExplained() {
    Browser browser = Browser.signedIn(SERVER);
    for (String uri :
        List.of(
            "", "callback", "javascript://x/%0aalert(1)", "https://a.example.com/#f", "app://x")) {
      browser.open("/accounts/console");
      HttpResponse<String> reply =
          browser.submit(
              "/accounts/console",
              Map.of("type", "server-based", "name", "App", "redirect_uris", uri));
      assertThat(reply.statusCode()).as(uri).isEqualTo(400);
      assertThat(reply.body()).contains("Enter a valid redirect URI");
    }
    browser.open("/accounts/console");
    browser.submit(
        "/accounts/console",
        Map.of("type", "mobile", "name", "App", "redirect_uris", "crmleads://signed-in"));
    assertThat(browser.text("client_id")).startsWith("1000.");
  }

  @Test
  void nobodySeesClientsOfOthers() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Account other = SERVER.oauth.accounts().create("curious@example.com");
    SERVER.oauth.accounts().setPassword(other, TestServer.PASSWORD);
    var browser = new Browser(SERVER);
    browser.open("/accounts");
    browser.signIn("curious@example.com", TestServer.PASSWORD);

    assertThat(browser.open("/accounts/console").body()).doesNotContain(client.client().id());
    assertThat(browser.open("/accounts/console/" + client.client().id()).statusCode())
        .isEqualTo(404);
    assertThat(
            browser
                .submit("/accounts/console/" + client.client().id() + "/delete", Map.of())
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aSelfClientsOwnerMakesCodesThatLastAsLongAsChosen() {
    RegisteredClient client = SERVER.register(ClientType.SELF);
    Browser browser = Browser.signedIn(SERVER);
    String late = selfCode(browser, client, "10");
    String code = selfCode(browser, client, "10");
    SERVER.clock.advance(Duration.ofMinutes(9));

    JsonNode tokens = exchange(client, code);

    assertThat(tokens.has("refresh_token")).isTrue();
    SERVER.clock.advance(Duration.ofMinutes(1));
    assertThat(exchange(client, late).path("error").asString("")).isEqualTo("invalid_code");
    String shorter = selfCode(browser, client, "3");
    SERVER.clock.advance(Duration.ofMinutes(3));
    assertThat(exchange(client, shorter).path("error").asString("")).isEqualTo("invalid_code");
  }

  @Test
  void connectedAppsAreListedAndEnded() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    assertThat(SERVER.api("/crm/v8/Leads", issued.accessToken()).statusCode()).isEqualTo(200);
    Browser browser = Browser.signedIn(SERVER);
    assertThat(browser.open("/accounts/connected").body())
        .contains("the records of all modules", "until you end it");
    long grant =
        SERVER.oauth.tokens().listOf(SERVER.account).stream()
            .filter(one -> one.clientId().equals(client.client().id()))
            .findFirst()
            .orElseThrow()
            .id();

    browser.submit("/accounts/connected/" + grant + "/revoke", Map.of());

    assertThat(SERVER.api("/crm/v8/Leads", issued.accessToken()).statusCode()).isEqualTo(401);
    browser.open("/accounts/connected");
    assertThat(browser.submit("/accounts/connected/" + grant + "/revoke", Map.of()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void noSecretIsStoredInClear() {
    RegisteredClient client = SERVER.register(ClientType.SELF);
    IssuedTokens issued = SERVER.issue(client, true);
    Browser browser = Browser.signedIn(SERVER);
    String code = selfCode(browser, client, "3");
    String cookie = browser.cookie().substring(browser.cookie().indexOf('=') + 1);

    String everything = dump();

    assertThat(everything).contains(client.client().id(), "$argon2id$v=19$m=19456,t=2,p=1$");
    for (String secret :
        List.of(
            client.secret(),
            issued.accessToken(),
            issued.refreshToken().orElseThrow(),
            code,
            cookie,
            TestServer.PASSWORD)) {
      String hex = java.util.HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
      assertThat(everything).doesNotContain(secret).doesNotContain(hex);
    }
  }

  private static String dump() {
    return SERVER.database.read(
        tx ->
            tx
                .list(
                    sql(
                        "select table_name from information_schema.tables"
                            + " where table_schema = 'clientele'"),
                    row -> row.getString(1))
                .stream()
                .flatMap(
                    table ->
                        tx
                            .list(
                                sql("select t::text from clientele." + table + " t"),
                                row -> row.getString(1))
                            .stream())
                .collect(Collectors.joining("\n")));
  }

  private static String selfCode(Browser browser, RegisteredClient client, String minutes) {
    browser.open("/accounts/console/" + client.client().id());
    browser.submit(
        "/accounts/console/" + client.client().id() + "/code",
        Map.of("scope", "ZohoCRM.modules.ALL", "minutes", minutes));
    return browser.text("code");
  }

  private static JsonNode exchange(RegisteredClient client, String code) {
    HttpResponse<String> reply =
        SERVER.token(
            Map.of(
                "client_id",
                client.client().id(),
                "client_secret",
                client.secret(),
                "grant_type",
                "authorization_code",
                "code",
                code));
    return Json.read(reply.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String csrf(Browser browser) {
    String cookie = browser.cookie().substring(browser.cookie().indexOf('=') + 1);
    return java.util.HexFormat.of().formatHex(Secrets.hash("csrf:" + cookie));
  }

  private static String policy(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Security-Policy").orElse("");
  }
}
