package io.clientele.oauth;

import io.clientele.http.Call;
import io.clientele.http.Handler;
import io.clientele.http.Query;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.ScopeSet;
import io.clientele.oauth.ClientAuthentication.Authenticated;
import java.util.Optional;

/** The calls clients make for tokens; all answer JSON. */
final class TokenRoutes {
  private final ClientAuthentication clients;
  private final Accounts accounts;
  private final Tokens tokens;
  private final Codes codes;
  private final Enhancements enhancements;

  TokenRoutes(
      ClientAuthentication clients,
      Accounts accounts,
      Tokens tokens,
      Codes codes,
      Enhancements enhancements) {
    this.clients = clients;
    this.accounts = accounts;
    this.tokens = tokens;
    this.codes = codes;
    this.enhancements = enhancements;
  }

  void addTo(RouteTable routes) {
    routes
        .open("POST", "/oauth/v2/token", answering(this::token))
        .open("POST", "/oauth/v2/auth", answering(this::token))
        .open("POST", "/oauth/v2/token/revoke", answering(this::revoke))
        .open("GET", "/oauth/v2/token/revoke", answering(this::revoke))
        .open("POST", "/oauth/v2/token/scopeenhance", answering(this::scopeEnhance));
  }

  private static Handler answering(Handler handler) {
    return call -> {
      try {
        return handler.handle(call).header("Cache-Control", "no-store");
      } catch (OAuthError e) {
        return e.reply().header("Cache-Control", "no-store");
      }
    };
  }

  /**
   * Tokens for a code, a refresh token or a client's own credentials. POST to /oauth/v2/auth is the
   * address the page on client credentials names.
   * https://www.zoho.com/crm/developer/docs/api/v8/access-refresh.html
   *
   * <p>Errors: invalid_client, invalid_client_secret, invalid_code, invalid_redirect_uri,
   * invalid_scope, missing_org_info (all HTTP 200), Access Denied (400).
   */
  private Reply token(Call call) {
    Query parameters = Parameters.of(call);
    Authenticated client = clients.authenticate(call, parameters);
    IssuedTokens issued =
        switch (parameters.first("grant_type").orElse("")) {
          case "authorization_code" -> redeem(client, parameters);
          case "refresh_token" ->
              tokens.refresh(client.client(), required(parameters, "refresh_token"));
          case "client_credentials" -> clientCredentials(client, parameters);
          default -> throw OAuthError.invalidClient();
        };
    return reply(call, issued);
  }

  private IssuedTokens redeem(Authenticated client, Query parameters) {
    var proof =
        new Codes.Proof(
            parameters.first("redirect_uri"),
            parameters.first("code_verifier"),
            client.secretKnown());
    return codes.redeem(client.client(), required(parameters, "code"), proof);
  }

  /**
   * An access token for the client's owner in the org that {@code soid} names.
   * https://www.zoho.com/crm/developer/docs/api/v8/client-credentials.html
   */
  private IssuedTokens clientCredentials(Authenticated client, Query parameters) {
    if (!client.secretKnown()) {
      throw OAuthError.invalidClientSecret();
    }
    ScopeSet scopes = Scopes.parse(parameters.first("scope").orElse(""));
    long orgId =
        parameters
            .first("soid")
            .filter(soid -> soid.matches("(?i)ZohoCRM\\.\\d{1,18}"))
            .map(soid -> Long.parseLong(soid.substring(soid.indexOf('.') + 1)))
            .orElseThrow(OAuthError::missingOrgInfo);
    long userId = owner(client.client(), orgId).orElseThrow(OAuthError::missingOrgInfo).userId();
    return tokens.issue(client.client(), orgId, userId, scopes, false);
  }

  private Optional<Membership> owner(OAuthClient client, long orgId) {
    return client.accountId().isEmpty()
        ? accounts.firstOf(orgId)
        : accounts.memberships(new Account(client.accountId().get(), "")).stream()
            .filter(membership -> membership.orgId() == orgId)
            .findFirst();
  }

  private static String required(Query parameters, String name) {
    return parameters.first(name).orElseThrow(OAuthError::invalidCode);
  }

  private static Reply reply(Call call, IssuedTokens issued) {
    return Reply.ok(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("access_token", issued.accessToken());
          issued
              .refreshToken()
              .ifPresent(token -> json.writeStringProperty("refresh_token", token));
          json.writeStringProperty("scope", issued.scopes().toString());
          json.writeStringProperty("api_domain", call.baseUrl());
          json.writeStringProperty("token_type", "Bearer");
          json.writeNumberProperty("expires_in", issued.expiresIn());
          json.writeEndObject();
        });
  }

  /**
   * Ends a refresh token with its access tokens, or one access token. 400 when there is none.
   * https://www.zoho.com/crm/developer/docs/api/v8/revoke-tokens.html
   */
  private Reply revoke(Call call) {
    if (!tokens.revoke(Parameters.of(call).first("token").orElse(""))) {
      throw OAuthError.unknownToken();
    }
    return Reply.ok(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", "success");
          json.writeEndObject();
        });
  }

  /**
   * A token that allows asking the user for more scopes.
   * https://www.zoho.com/accounts/protocol/oauth/incremental-auth/initiation-request.html
   */
  private Reply scopeEnhance(Call call) {
    Query parameters = Parameters.of(call);
    Authenticated client = clients.authenticate(call, parameters);
    if (!parameters.first("grant_type").orElse("").equals("update_scopes_token")) {
      throw OAuthError.invalidClient();
    }
    if (!client.secretKnown()) {
      throw OAuthError.invalidClientSecret();
    }
    String token = enhancements.create(client.client(), required(parameters, "refresh_token"));
    return Reply.ok(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("access_token", token);
          json.writeStringProperty("token_type", "update_scope");
          json.writeNumberProperty("expires_in", Enhancements.LIFE.toSeconds());
          json.writeEndObject();
        });
  }
}
