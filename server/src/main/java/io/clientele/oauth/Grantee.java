package io.clientele.oauth;

/** A client acting for a user of an org. */
record Grantee(String clientId, long orgId, long userId) {}
