package io.clientele.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.http.Query;
import io.clientele.http.ScopeSet;
import io.clientele.org.Org;
import io.clientele.org.Orgs;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Authorization requests as a browser and a client see them. */
final class AuthorizationTest {
  private static final TestServer SERVER = new TestServer(OAuthLimits.DOCUMENTED);
  private static final String VERIFIER = "v".repeat(43);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void userSignsInAgreesAndTheClientGetsTokens() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    SERVER.oauth.accounts().setPassword(SERVER.account, TestServer.PASSWORD);
    var browser = new Browser(SERVER);
    String request = request(client, Map.of("access_type", "offline", "state", "a b&c"));

    assertThat(browser.open(request).body()).contains("Sign in");
    HttpResponse<String> signedIn = browser.signIn(SERVER.account.email(), TestServer.PASSWORD);
    assertThat(Browser.location(signedIn)).isEqualTo(request);
    assertThat(browser.open(request).body())
        .contains("Allow access?", "Read, create, change and delete the records of all modules");
    HttpResponse<String> agreed = allow(browser);

    assertThat(agreed.statusCode()).isEqualTo(302);
    assertThat(Browser.location(agreed)).startsWith(TestServer.REDIRECT + "&code=1000.");
    Query answer = Browser.parameters(agreed);
    assertThat(answer.first("state")).contains("a b&c");
    assertThat(answer.first("location")).contains("us");
    assertThat(answer.first("accounts-server")).contains(SERVER.base());
    JsonNode tokens = json(SERVER.token(exchange(client, code(agreed))));
    assertThat(tokens.propertyNames())
        .containsExactly(
            "access_token", "refresh_token", "scope", "api_domain", "token_type", "expires_in");
    assertThat(SERVER.api("/crm/v8/Leads", text(tokens, "access_token")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void onlineAccessGivesNoRefreshTokenAndIsNotAskedForTwice() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Browser browser = Browser.signedIn(SERVER);

    browser.open(request(client, Map.of()));
    JsonNode tokens = json(SERVER.token(exchange(client, code(allow(browser)))));

    assertThat(tokens.has("access_token")).isTrue();
    assertThat(tokens.has("refresh_token")).isFalse();
    assertThat(browser.open(request(client, Map.of())).statusCode()).isEqualTo(302);
    assertThat(browser.open(request(client, Map.of("prompt", "consent"))).statusCode())
        .isEqualTo(200);
    assertThat(browser.open(request(client, Map.of("access_type", "offline"))).statusCode())
        .isEqualTo(200);
    assertThat(browser.open(request(client, Map.of("scope", "ZohoCRM.org.READ"))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aCodeIsGoodOnceAndUsedTwiceTakesItsTokensBack() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    String code = newCode(client, Map.of("access_type", "offline"));
    JsonNode tokens = json(SERVER.token(exchange(client, code)));
    assertThat(SERVER.api("/crm/v8/Leads", text(tokens, "access_token")).statusCode())
        .isEqualTo(200);

    assertThat(error(exchange(client, code))).isEqualTo("200 invalid_code");

    assertThat(SERVER.api("/crm/v8/Leads", text(tokens, "access_token")).statusCode())
        .isEqualTo(401);
    assertThat(error(exchange(client, code))).isEqualTo("200 invalid_code");
  }

  @Test
  void ofManyAtOnceOnlyOneGetsTokensForACode() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Map<String, String> exchange = exchange(client, newCode(client, Map.of()));

    List<String> bodies =
        IntStream.range(0, 8).parallel().mapToObj(i -> SERVER.token(exchange).body()).toList();

    assertThat(bodies).filteredOn(body -> body.contains("access_token")).hasSize(1);
    assertThat(bodies).filteredOn(body -> body.contains("invalid_code")).hasSize(7);
  }

  @Test
  void aCodeEndsAfterThreeMinutes() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    String code = newCode(client, Map.of());
    SERVER.clock.advance(Duration.ofMinutes(3));

    assertThat(error(exchange(client, code))).isEqualTo("200 invalid_code");
  }

  @Test
  void aCodeIsBoundToItsClientAndRedirectUri() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    RegisteredClient other = SERVER.register(ClientType.SERVER_BASED);
    String code = newCode(client, Map.of());

    assertThat(error(exchange(other, code))).isEqualTo("200 invalid_code");
    assertThat(error(with(exchange(client, code), "redirect_uri", "https://app.example.com/")))
        .isEqualTo("200 invalid_redirect_uri");
    assertThat(error(with(exchange(client, code), "client_secret", "x")))
        .isEqualTo("200 invalid_client_secret");
    assertThat(json(SERVER.token(exchange(client, code))).has("access_token")).isTrue();
  }

  @Test
  void pkceWithS256AndPlain() {
    RegisteredClient app = SERVER.register(ClientType.MOBILE);
    String hashed = Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.hash(VERIFIER));
    Map<String, String> s256 = Map.of("code_challenge", hashed, "code_challenge_method", "S256");

    String code = newCode(app, s256);
    assertThat(error(exchange(app, code))).isEqualTo("200 invalid_code");
    assertThat(error(with(exchange(app, code), "code_verifier", "w".repeat(43))))
        .isEqualTo("200 invalid_code");
    var withoutSecret = new HashMap<>(with(exchange(app, code), "code_verifier", VERIFIER));
    withoutSecret.remove("client_secret");
    assertThat(json(SERVER.token(withoutSecret)).has("access_token")).isTrue();

    String plain = newCode(app, Map.of("code_challenge", VERIFIER));
    assertThat(
            json(SERVER.token(with(exchange(app, plain), "code_verifier", VERIFIER)))
                .has("access_token"))
        .isTrue();
    withoutSecret.put("code", newCode(app, Map.of()));
    assertThat(error(withoutSecret)).isEqualTo("200 invalid_client_secret");
  }

  @Test
  void wrongClientOrRedirectUriIsShownAndNeverRedirected() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Browser browser = Browser.signedIn(SERVER);
    for (String uri :
        new String[] {
          "https://app.example.com/callback",
          TestServer.REDIRECT + "&more=1",
          TestServer.REDIRECT + "/",
          "https://APP.example.com/callback?keep=1",
          "https://evil.example.com/",
          ""
        }) {
      HttpResponse<String> shown = browser.open(request(client, Map.of("redirect_uri", uri)));
      assertThat(shown.statusCode()).as(uri).isEqualTo(400);
      assertThat(shown.body()).contains("invalid_redirect_uri");
      assertThat(shown.headers().firstValue("Location")).isEmpty();
    }
    HttpResponse<String> unknown = browser.open(request(client, Map.of("client_id", "1000.X")));
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("invalid_client");
  }

  @Test
  void otherErrorsAreRedirected() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Browser browser = Browser.signedIn(SERVER);

    assertThat(redirectedError(browser.open(request(client, Map.of("scope", "")))))
        .isEqualTo("invalid_scope");
    assertThat(redirectedError(browser.open(request(client, Map.of("scope", "<b>")))))
        .isEqualTo("invalid_scope");
    assertThat(redirectedError(browser.open(request(client, Map.of("response_type", "x")))))
        .isEqualTo("invalid_response_type");
    assertThat(redirectedError(browser.open(request(client, Map.of("response_type", "token")))))
        .isEqualTo("invalid_response_type");
    browser.open(request(client, Map.of("state", "s")));
    HttpResponse<String> denied =
        browser.submit("/oauth/v2/auth/consent", Map.of("decision", "deny"));
    assertThat(redirectedError(denied)).isEqualTo("access_denied");
    assertThat(Browser.parameters(denied).first("state")).contains("s");
  }

  @Test
  void theEleventhCodeInTenMinutesIsDenied() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Browser browser = Browser.signedIn(SERVER);
    Map<String, String> ask = Map.of("prompt", "consent");
    for (int i = 0; i < 10; i++) {
      browser.open(request(client, ask));
      assertThat(code(allow(browser))).startsWith("1000.");
    }
    browser.open(request(client, ask));
    assertThat(redirectedError(allow(browser))).isEqualTo("access_denied");
    SERVER.clock.advance(Duration.ofMinutes(10));
    browser.open(request(client, ask));
    assertThat(code(allow(browser))).startsWith("1000.");
  }

  @Test
  void clientBasedApplicationsGetAnAccessTokenInTheFragment() {
    RegisteredClient client = SERVER.register(ClientType.CLIENT_BASED);
    Browser browser = Browser.signedIn(SERVER);
    String refresh = request(client, Map.of("response_type", "token")).replace("?", "/refresh?");
    assertThat(redirectedError(browser.open(refresh))).isEqualTo("access_denied");

    browser.open(request(client, Map.of("response_type", "token")));
    HttpResponse<String> agreed = allow(browser);

    assertThat(Browser.location(agreed)).startsWith(TestServer.REDIRECT + "#access_token=1000.");
    Query answer = Browser.parameters(agreed);
    assertThat(answer.first("expires_in")).contains("3600");
    assertThat(answer.first("api_domain")).contains(SERVER.base());
    String token = answer.first("access_token").orElseThrow();
    assertThat(SERVER.api("/crm/v8/Leads", token).statusCode()).isEqualTo(200);
    assertThat(Browser.parameters(browser.open(refresh)).first("access_token")).isPresent();
  }

  @Test
  void aClientAsksForMoreScopesLater() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    assertThat(SERVER.api("/crm/v8/org", issued.accessToken()).statusCode()).isEqualTo(401);
    Map<String, String> enhance = with(exchange(client, ""), "grant_type", "update_scopes_token");
    enhance.put("refresh_token", issued.refreshToken().orElseThrow());

    HttpResponse<String> reply = SERVER.form("/oauth/v2/token/scopeenhance", enhance);
    assertThat(text(json(reply), "token_type")).isEqualTo("update_scope");
    assertThat(json(reply).get("expires_in").asInt()).isEqualTo(600);
    Browser browser = Browser.signedIn(SERVER);
    String ask =
        request(
                client,
                Map.of(
                    "response_type", "update_scopes",
                    "scope", "ZohoCRM.org.READ,ZohoCRM.settings.ALL",
                    "logout", "true",
                    "enhance_token", text(json(reply), "access_token")))
            .replace("/oauth/v2/auth", "/oauth/v2/token/addextrascope");
    assertThat(browser.open(ask).body())
        .contains("Read the organization")
        .doesNotContain("all settings");
    HttpResponse<String> agreed = allow(browser);

    assertThat(Browser.location(agreed))
        .isEqualTo(TestServer.REDIRECT + "&status=success&scope_enhanced=true");
    assertThat(SERVER.api("/crm/v8/org", issued.accessToken()).statusCode()).isEqualTo(200);
    assertThat(browser.open("/accounts").body()).contains("Sign in");
    Browser again = Browser.signedIn(SERVER);
    assertThat(redirectedError(again.open(ask))).isEqualTo("invalid_code");
  }

  @Test
  void somebodyElseCannotWidenAGrant() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    Map<String, String> enhance = with(exchange(client, ""), "grant_type", "update_scopes_token");
    enhance.put("refresh_token", issued.refreshToken().orElseThrow());
    String token = text(json(SERVER.form("/oauth/v2/token/scopeenhance", enhance)), "access_token");
    Account other = SERVER.oauth.accounts().create("other@example.com");
    SERVER.database.change(tx -> Accounts.link(tx, other, SERVER.org.id(), SERVER.userId + 10));
    SERVER.oauth.accounts().setPassword(other, TestServer.PASSWORD);
    var browser = new Browser(SERVER);
    browser.open("/accounts");
    browser.signIn("other@example.com", TestServer.PASSWORD);

    HttpResponse<String> refused =
        browser.open(
            request(
                client,
                Map.of(
                    "response_type", "update_scopes",
                    "scope", "ZohoCRM.org.READ",
                    "enhance_token", token)));

    assertThat(redirectedError(refused)).isEqualTo("invalid_code");
  }

  @Test
  void whoIsInSeveralOrgsChoosesOne() {
    Account account = SERVER.oauth.accounts().create("two@example.com");
    Org second =
        new Orgs(SERVER.database, new io.clientele.db.Migrations(SERVER.database)).create("Bolt");
    long user = second.id() * Org.IDS + 1;
    SERVER.database.change(
        tx -> {
          Accounts.link(tx, account, SERVER.org.id(), SERVER.userId + 20);
          Accounts.link(tx, account, second.id(), user);
        });
    SERVER.oauth.accounts().setPassword(account, TestServer.PASSWORD);
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    var browser = new Browser(SERVER);
    browser.open("/accounts");
    browser.signIn("two@example.com", TestServer.PASSWORD);

    assertThat(browser.open(request(client, Map.of())).body()).contains("Acme", "Bolt");
    HttpResponse<String> none =
        browser.submit("/oauth/v2/auth/consent", Map.of("decision", "allow", "org", "1"));
    assertThat(none.statusCode()).isEqualTo(400);
    browser.open(request(client, Map.of()));
    HttpResponse<String> agreed =
        browser.submit(
            "/oauth/v2/auth/consent",
            Map.of("decision", "allow", "org", Long.toString(second.id())));
    JsonNode tokens = json(SERVER.token(exchange(client, code(agreed))));

    assertThat(SERVER.api("/crm/v8/Leads", text(tokens, "access_token")).body())
        .contains(Long.toString(user));
  }

  @Test
  void serverInfoAndUserInfo() {
    assertThat(SERVER.get("/oauth/serverinfo").body())
        .isEqualTo(
            "{\"result\":\"success\",\"locations\":{\"us\":\"%s\"}}".formatted(SERVER.base()));
    RegisteredClient client = SERVER.register(ClientType.SELF);
    String token = tokenWith(client, "aaaserver.profile.Read");

    JsonNode info = json(SERVER.api("/oauth/user/info", token));

    assertThat(text(info, "Email")).isEqualTo(SERVER.account.email());
    assertThat(text(info, "First_Name")).isEqualTo("Ann");
    assertThat(text(info, "Last_Name")).isEqualTo("Lee");
    assertThat(text(info, "Display_Name")).isEqualTo("Ann Lee");
    assertThat(info.get("ZUID").isNumber()).isTrue();
    assertThat(SERVER.api("/oauth/user/info", tokenWith(client, "ZohoCRM.org.ALL")).body())
        .contains("OAUTH_SCOPE_MISMATCH");
    assertThat(SERVER.get("/oauth/user/info").statusCode()).isEqualTo(401);
  }

  private static String tokenWith(RegisteredClient client, String scopes) {
    return SERVER
        .oauth
        .tokens()
        .issue(client.client(), SERVER.org.id(), SERVER.userId, ScopeSet.parse(scopes), false)
        .accessToken();
  }

  private static String newCode(RegisteredClient client, Map<String, String> more) {
    Browser browser = Browser.signedIn(SERVER);
    browser.open(request(client, with(more, "prompt", "consent")));
    return code(allow(browser));
  }

  private static HttpResponse<String> allow(Browser browser) {
    return browser.submit("/oauth/v2/auth/consent", Map.of("decision", "allow"));
  }

  private static String code(HttpResponse<String> response) {
    return Browser.parameters(response).first("code").orElse(Browser.location(response));
  }

  private static String redirectedError(HttpResponse<String> response) {
    assertThat(Browser.location(response)).startsWith(TestServer.REDIRECT);
    return Browser.parameters(response).first("error").orElse("");
  }

  private static String request(RegisteredClient client, Map<String, String> more) {
    var parameters = new java.util.TreeMap<String, String>();
    parameters.put("client_id", client.client().id());
    parameters.put("redirect_uri", TestServer.REDIRECT);
    parameters.put("response_type", "code");
    parameters.put("scope", "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL");
    parameters.putAll(more);
    return "/oauth/v2/auth?" + TestServer.encode(parameters);
  }

  private static Map<String, String> exchange(RegisteredClient client, String code) {
    return Map.of(
        "client_id",
        client.client().id(),
        "client_secret",
        client.secret(),
        "grant_type",
        "authorization_code",
        "redirect_uri",
        TestServer.REDIRECT,
        "code",
        code);
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    var changed = new HashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static String error(Map<String, String> parameters) {
    HttpResponse<String> reply = SERVER.token(parameters);
    return reply.statusCode() + " " + text(json(reply), "error");
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asString("");
  }
}
