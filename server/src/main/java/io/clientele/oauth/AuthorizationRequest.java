package io.clientele.oauth;

import io.clientele.http.Query;
import io.clientele.http.ScopeSet;
import java.util.Optional;

/**
 * What a client asks a user for.
 *
 * @param offline whether it wants a refresh token
 * @param askAgain whether the user must be asked even where the same was allowed before
 * @param enhanceToken the token that allows asking for more ({@link Kind#MORE_SCOPES})
 * @param signOut whether the user's session ends with the answer
 */
record AuthorizationRequest(
    RedirectTarget target,
    Kind kind,
    ScopeSet scopes,
    boolean offline,
    boolean askAgain,
    Optional<Challenge> challenge,
    String enhanceToken,
    boolean signOut) {
  /** What the answer carries. */
  enum Kind {
    CODE,
    /** An access token at once, for clients that run in a browser. */
    TOKEN,
    /** Nothing but a yes: an earlier grant gets more scopes. */
    MORE_SCOPES
  }

  /**
   * @throws OAuthError invalid_response_type, invalid_scope, invalid_request, invalid_code
   */
  static AuthorizationRequest of(RedirectTarget target, Query query) {
    Kind kind = kind(target.client(), query.first("response_type").orElse(""));
    String enhanceToken = query.first("enhance_token").orElse("");
    if (kind == Kind.MORE_SCOPES && enhanceToken.isEmpty()) {
      throw OAuthError.invalidCode();
    }
    return new AuthorizationRequest(
        target,
        kind,
        Scopes.parse(query.first("scope").orElse("")),
        kind == Kind.CODE && query.first("access_type").orElse("").equalsIgnoreCase("offline"),
        query.first("prompt").orElse("").equalsIgnoreCase("consent"),
        Challenge.of(query),
        enhanceToken,
        query.first("logout").orElse("").equalsIgnoreCase("true"));
  }

  private static Kind kind(OAuthClient client, String responseType) {
    Kind kind =
        switch (responseType) {
          case "code" -> Kind.CODE;
          case "token" -> Kind.TOKEN;
          case "update_scopes" -> Kind.MORE_SCOPES;
          default -> throw OAuthError.invalidResponseType();
        };
    if (kind == Kind.TOKEN && client.type() != ClientType.CLIENT_BASED) {
      throw OAuthError.invalidResponseType();
    }
    return kind;
  }
}
