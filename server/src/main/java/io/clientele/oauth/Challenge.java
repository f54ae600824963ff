package io.clientele.oauth;

import io.clientele.http.Query;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A PKCE challenge (RFC 7636): whoever redeems the code must know the verifier behind it.
 *
 * @param sha256 whether {@code value} is the verifier's SHA-256 (S256) or the verifier (plain)
 */
record Challenge(String value, boolean sha256) {
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  /**
   * The challenge of an authorization request, if it has one.
   *
   * @throws OAuthError when it is malformed or its method unknown
   */
  static Optional<Challenge> of(Query query) {
    Optional<String> value = query.first("code_challenge");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String method = query.first("code_challenge_method").orElse("plain");
    if (!VALUE.matcher(value.get()).matches() || !method.matches("(?i)plain|S256")) {
      throw OAuthError.invalidRequest();
    }
    return Optional.of(new Challenge(value.get(), method.equalsIgnoreCase("S256")));
  }

  boolean isMetBy(Optional<String> verifier) {
    return verifier
        .map(text -> sha256 ? encode(Secrets.hash(text)) : text)
        .filter(text -> Secrets.same(text, value))
        .isPresent();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
