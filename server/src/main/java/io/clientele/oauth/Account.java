package io.clientele.oauth;

/** Somebody who may sign in; a user in one org or more. */
public record Account(long id, String email) {}
