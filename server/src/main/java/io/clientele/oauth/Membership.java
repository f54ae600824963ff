package io.clientele.oauth;

/** An org in which an account is an active user. */
public record Membership(long orgId, String orgName, long userId) {}
