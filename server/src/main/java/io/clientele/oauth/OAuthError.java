package io.clientele.oauth;

import io.clientele.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal in the words of the OAuth pages. Token calls answer it as {@code {"error":…}}, with
 * HTTP status 200 unless documented otherwise; authorization requests hand it to the redirect URI.
 */
final class OAuthError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String word;
  private final String description;

  private OAuthError(int status, String word, String description) {
    super(word, null, false, false);
    this.status = status;
    this.word = word;
    this.description = description;
  }

  static OAuthError invalidClient() {
    return new OAuthError(200, "invalid_client", "");
  }

  static OAuthError invalidClientSecret() {
    return new OAuthError(200, "invalid_client_secret", "");
  }

  /** A code or a refresh token that is unknown, expired, used or revoked. */
  static OAuthError invalidCode() {
    return new OAuthError(200, "invalid_code", "");
  }

  static OAuthError invalidRedirectUri() {
    return new OAuthError(200, "invalid_redirect_uri", "");
  }

  static OAuthError invalidScope() {
    return new OAuthError(200, "invalid_scope", "");
  }

  static OAuthError invalidResponseType() {
    return new OAuthError(200, "invalid_response_type", "");
  }

  /** An authorization request that lacks a part or has a malformed one. */
  static OAuthError invalidRequest() {
    return new OAuthError(200, "invalid_request", "");
  }

  /** Client credentials without {@code soid}, or for an org the client's owner is not in. */
  static OAuthError missingOrgInfo() {
    return new OAuthError(200, "missing_org_info", "");
  }

  /** The user said no, or too many codes were asked for. */
  static OAuthError accessDenied() {
    return new OAuthError(200, "access_denied", "");
  }

  /** Too many access tokens from one refresh token. Zoho's status is 400 in most reports. */
  static OAuthError tooManyRequests() {
    return new OAuthError(
        400,
        "Access Denied",
        "You have made too many requests continuously. Please try again after some time.");
  }

  /** Nothing to revoke. */
  static OAuthError unknownToken() {
    return new OAuthError(400, "invalid_token", "");
  }

  String word() {
    return word;
  }

  Reply reply() {
    Map<String, String> body = new LinkedHashMap<>();
    if (!description.isEmpty()) {
      body.put("error_description", description);
    }
    body.put("error", word);
    if (!description.isEmpty()) {
      body.put("status", "failure");
    }
    return Reply.value(status, body);
  }
}
