package io.clientele.oauth;

import io.clientele.http.ScopeSet;
import java.util.Optional;

/**
 * Tokens in clear, as they are given out this once.
 *
 * @param refreshToken only where a lasting grant was just made
 * @param expiresIn seconds the access token has left
 */
public record IssuedTokens(
    String accessToken, Optional<String> refreshToken, ScopeSet scopes, long expiresIn) {}
