package io.clientele.app;

import io.clientele.error.ErrorCode;
import io.clientele.http.Authorizer;
import io.clientele.http.Call;
import io.clientele.http.Caller;
import io.clientele.http.Scope;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.UserName;

/**
 * Refuses the tokens of users who were deactivated or deleted, on every server from the moment on
 * that this was answered.
 */
record ActiveUsers(Authorizer tokens, MetadataCache metadata) implements Authorizer {
  @Override
  public Caller authorize(Call call, Scope needed) {
    Caller caller = tokens.authorize(call, needed);
    UserName user = metadata.of(caller.orgId()).userName(caller.userId());
    if (user != null && !user.active()) { // who is unknown here was added a moment ago
      throw ErrorCode.INVALID_TOKEN.error();
    }
    return caller;
  }
}
