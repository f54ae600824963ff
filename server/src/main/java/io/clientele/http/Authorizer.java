package io.clientele.http;

/** Tells who makes a call, and refuses what the token does not allow. */
@FunctionalInterface
public interface Authorizer {
  /**
   * @throws io.clientele.error.ApiError INVALID_TOKEN, AUTHENTICATION_FAILURE or
   *     OAUTH_SCOPE_MISMATCH
   */
  Caller authorize(Call call, Scope needed);
}
