package io.clientele.oauth;

/** A client and its secret, which is shown this once and stored only as a hash. */
public record RegisteredClient(OAuthClient client, String secret) {}
