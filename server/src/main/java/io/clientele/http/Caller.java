package io.clientele.http;

/**
 * Who makes a call: a user of an org, through a client that holds some scopes.
 *
 * @param orgId the org's number (zgid), the first digits of every id in it
 * @param userId the id of the user in that org
 * @param clientId the OAuth client
 * @param scopes what the token may be used for
 */
public record Caller(long orgId, long userId, String clientId, ScopeSet scopes) {}
