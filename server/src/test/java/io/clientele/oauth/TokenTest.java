package io.clientele.oauth;

import static io.clientele.db.Sql.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.http.Json;
import io.clientele.http.ScopeSet;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Token calls, and what tokens open. */
final class TokenTest {
  private static final TestServer SERVER = new TestServer(OAuthLimits.DOCUMENTED);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void refreshTokenGivesAccessTokenInTheShapeTheSdksRead() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens first = SERVER.issue(client, true);

    HttpResponse<String> response = SERVER.token(refresh(client, first));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    JsonNode body = json(response);
    assertThat(body.propertyNames())
        .containsExactly("access_token", "scope", "api_domain", "token_type", "expires_in");
    assertThat(text(body, "access_token")).matches("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}");
    assertThat(text(body, "api_domain")).isEqualTo(SERVER.base());
    assertThat(text(body, "scope")).isEqualTo("ZohoCRM.modules.ALL ZohoCRM.settings.ALL");
    assertThat(text(body, "token_type")).isEqualTo("Bearer");
    assertThat(body.get("expires_in").isInt()).isTrue();
    assertThat(SERVER.api("/crm/v8/Leads", text(body, "access_token")).body())
        .contains(Long.toString(SERVER.userId));
  }

  @Test
  void parametersComeInQueryUrlencodedOrMultipart() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Map<String, String> parameters = refresh(client, SERVER.issue(client, true));
    String query = TestServer.encode(parameters);
    String multipart =
        parameters.entrySet().stream()
                .map(
                    field ->
                        "--b-1\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                            .formatted(field.getKey(), field.getValue()))
                .collect(java.util.stream.Collectors.joining())
            + "--b-1--\r\n";

    var replies =
        List.of(
            SERVER.post("/oauth/v2/token?" + query, ""),
            SERVER.post("/oauth/v2/token?" + query, "", "Content-Type", "application/json"),
            SERVER.token(parameters),
            SERVER.post(
                "/oauth/v2/token", multipart, "Content-Type", "multipart/form-data; boundary=b-1"),
            SERVER.post(
                "/oauth/v2/token?grant_type=refresh_token&refresh_token="
                    + parameters.get("refresh_token"),
                "",
                "Authorization",
                basic(client)));

    assertThat(replies)
        .allSatisfy(reply -> assertThat(json(reply).has("access_token")).as(reply.body()).isTrue());
  }

  @Test
  void errorsAreAnsweredWithStatus200() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    RegisteredClient other = SERVER.register(ClientType.SERVER_BASED);

    assertThat(error(Map.of())).isEqualTo("200 invalid_client");
    assertThat(error(with(refresh(client, issued), "client_id", "1000.X")))
        .isEqualTo("200 invalid_client");
    assertThat(error(with(refresh(client, issued), "client_secret", "wrong")))
        .isEqualTo("200 invalid_client_secret");
    assertThat(error(with(refresh(client, issued), "grant_type", "password")))
        .isEqualTo("200 invalid_client");
    assertThat(error(with(refresh(client, issued), "refresh_token", issued.accessToken())))
        .isEqualTo("200 invalid_code");
    assertThat(error(refresh(other, issued))).isEqualTo("200 invalid_code");
    assertThat(
            error(
                with(
                    with(refresh(client, issued), "grant_type", "authorization_code"),
                    "code",
                    "1000.a.b")))
        .isEqualTo("200 invalid_code");
  }

  @Test
  void clientCredentialsGiveATokenOfTheOwnerInTheOrg() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    Map<String, String> parameters =
        Map.of(
            "client_id",
            client.client().id(),
            "client_secret",
            client.secret(),
            "grant_type",
            "client_credentials",
            "scope",
            "ZohoCRM.org.READ,ZohoCRM.users.READ",
            "soid",
            "ZohoCRM." + SERVER.org.id());

    JsonNode body = json(SERVER.token(parameters));
    JsonNode atAuth = json(SERVER.post("/oauth/v2/auth?" + TestServer.encode(parameters), ""));

    assertThat(body.has("refresh_token")).isFalse();
    assertThat(atAuth.has("access_token")).isTrue();
    assertThat(SERVER.api("/crm/v8/org", text(body, "access_token")).statusCode()).isEqualTo(200);
    assertThat(error(with(parameters, "soid", "ZohoCRM.1"))).isEqualTo("200 missing_org_info");
    assertThat(error(with(parameters, "soid", "x"))).isEqualTo("200 missing_org_info");
    assertThat(error(with(parameters, "scope", ""))).isEqualTo("200 invalid_scope");
  }

  @Test
  void apiRefusesWithoutTokenWithWrongTokenAndOutsideTheScopes() {
    RegisteredClient client = SERVER.register(ClientType.SELF);
    IssuedTokens narrow =
        SERVER
            .oauth
            .tokens()
            .issue(
                client.client(),
                SERVER.org.id(),
                SERVER.userId,
                ScopeSet.parse("zohocrm.MODULES.leads.read"),
                false);

    assertThat(SERVER.get("/crm/v8/Leads").statusCode()).isEqualTo(401);
    assertThat(SERVER.get("/crm/v8/Leads").body()).contains("\"AUTHENTICATION_FAILURE\"");
    assertThat(SERVER.api("/crm/v8/Leads", "1000.a.b").statusCode()).isEqualTo(401);
    assertThat(SERVER.api("/crm/v8/Leads", "1000.a.b").body())
        .isEqualTo(
            """
            {"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}""");
    assertThat(SERVER.api("/crm/v8/Leads", narrow.accessToken()).statusCode()).isEqualTo(200);
    assertThat(
            SERVER
                .get("/crm/v8/leads", "Authorization", "bearer " + narrow.accessToken())
                .statusCode())
        .isEqualTo(200);
    assertThat(SERVER.api("/crm/v8/Nonsense", narrow.accessToken()).statusCode()).isEqualTo(200);
    HttpResponse<String> mismatch = SERVER.api("/crm/v8/Contacts", narrow.accessToken());
    assertThat(mismatch.statusCode()).isEqualTo(401);
    assertThat(mismatch.body())
        .isEqualTo(
            """
            {"code":"OAUTH_SCOPE_MISMATCH","details":{},"message":"invalid oauth scope to access this URL","status":"error"}""");
    assertThat(SERVER.api("/crm/v8/settings/fields", narrow.accessToken()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void accessTokensEndAfterAnHourAndRefreshTokensDoNot() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);

    SERVER.clock.advance(Duration.ofMinutes(59));
    assertThat(opens(issued.accessToken())).isTrue();
    SERVER.clock.advance(Duration.ofMinutes(1));
    assertThat(opens(issued.accessToken())).isFalse();

    SERVER.clock.advance(Duration.ofDays(400));
    assertThat(opens(text(json(SERVER.token(refresh(client, issued))), "access_token"))).isTrue();
  }

  @Test
  void revokingARefreshTokenEndsItsAccessTokens() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    String second = text(json(SERVER.token(refresh(client, issued))), "access_token");
    assertThat(opens(issued.accessToken())).isTrue();
    assertThat(opens(second)).isTrue();

    HttpResponse<String> reply =
        SERVER.post("/oauth/v2/token/revoke?token=" + issued.refreshToken().orElseThrow(), "");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"status\":\"success\"}");
    assertThat(opens(issued.accessToken())).isFalse();
    assertThat(opens(second)).isFalse();
    assertThat(error(refresh(client, issued))).isEqualTo("200 invalid_code");
    assertThat(
            SERVER
                .form(
                    "/oauth/v2/token/revoke", Map.of("token", issued.refreshToken().orElseThrow()))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void revokingAnAccessTokenLeavesTheOthers() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    String second = text(json(SERVER.token(refresh(client, issued))), "access_token");

    assertThat(SERVER.get("/oauth/v2/token/revoke?token=" + issued.accessToken()).statusCode())
        .isEqualTo(200);

    assertThat(opens(issued.accessToken())).isFalse();
    assertThat(opens(second)).isTrue();
  }

  @Test
  void revocationByAnotherProcessIsSeenWithinFiveSeconds() {
    IssuedTokens issued = SERVER.issue(SERVER.register(ClientType.SERVER_BASED), true);
    assertThat(opens(issued.accessToken())).isTrue();

    SERVER.oauthOf(OAuthLimits.DOCUMENTED).tokens().revoke(issued.refreshToken().orElseThrow());
    SERVER.clock.advance(TokenCache.LIFE);

    assertThat(opens(issued.accessToken())).isFalse();
  }

  @Test
  void usersWhoAreSwitchedOffAreRefused() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    setActive(false);
    try {
      assertThat(opens(issued.accessToken())).isFalse();
      assertThat(error(refresh(client, issued))).isEqualTo("200 invalid_code");
    } finally {
      setActive(true);
    }
    assertThat(opens(issued.accessToken())).isTrue();
  }

  @Test
  void theEleventhRefreshInTenMinutesIsRefused() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    for (int i = 0; i < 10; i++) {
      assertThat(json(SERVER.token(refresh(client, issued))).has("access_token")).isTrue();
    }

    HttpResponse<String> refused = SERVER.token(refresh(client, issued));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(json(refused), "error")).isEqualTo("Access Denied");
    assertThat(text(json(refused), "error_description"))
        .startsWith("You have made too many requests continuously");

    SERVER.clock.advance(Duration.ofMinutes(10));
    assertThat(json(SERVER.token(refresh(client, issued))).has("access_token")).isTrue();
  }

  @Test
  void theSixteenthLiveAccessTokenEndsTheFirst() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    String refreshToken = issued.refreshToken().orElseThrow();
    String second = SERVER.oauth.tokens().renew(refreshToken).orElseThrow().accessToken();
    for (int i = 0; i < 13; i++) {
      assertThat(SERVER.oauth.tokens().renew(refreshToken)).isPresent();
    }
    assertThat(opens(issued.accessToken())).isTrue();

    assertThat(SERVER.oauth.tokens().renew(refreshToken)).isPresent();

    assertThat(opens(issued.accessToken())).isFalse();
    assertThat(opens(second)).isTrue();
  }

  @Test
  void theTwentyFirstRefreshTokenEndsTheFirst() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens first = SERVER.issue(client, true);
    IssuedTokens second = SERVER.issue(client, true);
    for (int i = 0; i < 18; i++) {
      assertThat(SERVER.issue(client, true).refreshToken()).isPresent();
    }
    assertThat(opens(first.accessToken())).isTrue();

    assertThat(SERVER.issue(client, true).refreshToken()).isPresent();

    assertThat(opens(first.accessToken())).isFalse();
    assertThat(error(refresh(client, first))).isEqualTo("200 invalid_code");
    assertThat(opens(second.accessToken())).isTrue();
  }

  @Test
  void removingAClientEndsItsTokens() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens issued = SERVER.issue(client, true);
    assertThat(opens(issued.accessToken())).isTrue();

    assertThat(SERVER.oauth.clients().remove(client.client().id())).isTrue();

    assertThat(opens(issued.accessToken())).isFalse();
    assertThat(SERVER.oauth.clients().find(client.client().id())).isEqualTo(Optional.empty());
  }

  @Test
  void trimmingRemovesWhatIsOver() {
    RegisteredClient client = SERVER.register(ClientType.SERVER_BASED);
    IssuedTokens lasting = SERVER.issue(client, true);
    SERVER.issue(client, false);
    SERVER.clock.advance(Duration.ofHours(2));

    while (SERVER.oauth.trim(10) > 0) {
      assertThat(count("oauth_grant")).isPositive();
    }

    assertThat(count("oauth_access_token")).isZero();
    assertThat(json(SERVER.token(refresh(client, lasting))).has("access_token")).isTrue();
    assertThat(count("oauth_grant where client_id = '" + client.client().id() + "'")).isOne();
  }

  private static long count(String table) {
    return SERVER.database.read(
        tx ->
            tx.list(sql("select count(*) from clientele." + table), row -> row.getLong(1))
                .getFirst());
  }

  private static void setActive(boolean active) {
    SERVER.database.change(tx -> Accounts.setActive(tx, SERVER.org.id(), SERVER.userId, active));
    SERVER.clock.advance(TokenCache.LIFE);
  }

  private static boolean opens(String token) {
    return SERVER.api("/crm/v8/Leads", token).statusCode() == 200;
  }

  private static String error(Map<String, String> parameters) {
    HttpResponse<String> reply = SERVER.token(parameters);
    return reply.statusCode() + " " + text(json(reply), "error");
  }

  private static Map<String, String> refresh(RegisteredClient client, IssuedTokens issued) {
    return Map.of(
        "client_id", client.client().id(),
        "client_secret", client.secret(),
        "grant_type", "refresh_token",
        "refresh_token", issued.refreshToken().orElseThrow());
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    var changed = new java.util.HashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static String basic(RegisteredClient client) {
    String pair = client.client().id() + ":" + client.secret();
    return "Basic "
        + java.util.Base64.getEncoder()
            .encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asString("");
  }
}
