package io.clientele.oauth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application that asks for tokens.
 *
 * @param redirectUris where codes may be sent, compared character by character
 * @param accountId who registered it; none when the command line did
 */
public record OAuthClient(
    String id,
    ClientType type,
    String name,
    String homepage,
    List<String> redirectUris,
    Optional<Long> accountId,
    Instant createdTime) {}
