package io.clientele.oauth;

import io.clientele.http.ScopeSet;
import java.util.Optional;

/**
 * What a code stands for until it is redeemed.
 *
 * @param redirectUri where it was sent; none for a self client
 */
record Code(
    Grantee grantee,
    ScopeSet scopes,
    boolean offline,
    Optional<String> redirectUri,
    Optional<Challenge> challenge) {}
