package io.clientele.oauth;

import java.time.Duration;

/**
 * How much is allowed, as the reference's page "Token Validity" says it, and how often one may try
 * to sign in.
 *
 * @param window the span the first two limits count in
 * @param codes codes for one client in a window
 * @param refreshes access tokens made from one refresh token in a window
 * @param liveAccessTokens access tokens of one grant; the oldest goes when there are more
 * @param refreshTokens refresh tokens of one user for one client; the oldest goes when there are
 *     more
 * @param signInWindow the span the last two limits count in
 * @param signInsOfAccount failed tries for one mail address in a sign-in window
 * @param signInsFromAddress failed tries from one network address in a sign-in window
 */
public record OAuthLimits(
    Duration window,
    int codes,
    int refreshes,
    int liveAccessTokens,
    int refreshTokens,
    Duration signInWindow,
    int signInsOfAccount,
    int signInsFromAddress) {
  /** What the reference documents. */
  public static final OAuthLimits DOCUMENTED =
      new OAuthLimits(Duration.ofMinutes(10), 10, 10, 15, 20, Duration.ofMinutes(15), 10, 50);

  /** The same eviction, but nothing is refused for coming too often; for tests and demos. */
  public OAuthLimits unthrottled() {
    int any = Integer.MAX_VALUE;
    return new OAuthLimits(
        window, any, any, liveAccessTokens, refreshTokens, signInWindow, any, any);
  }
}
