package io.clientele.oauth;

import io.clientele.http.ScopeSet;
import java.time.Instant;

/**
 * What a user allowed a client.
 *
 * @param offline whether it lasts until revoked, with a refresh token
 */
record Grant(
    long id,
    String clientId,
    long orgId,
    long userId,
    ScopeSet scopes,
    boolean offline,
    Instant createdTime) {}
