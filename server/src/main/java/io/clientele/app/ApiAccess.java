package io.clientele.app;

import io.clientele.access.Access;
import io.clientele.error.ErrorCode;
import io.clientele.http.Authorizer;
import io.clientele.http.Call;
import io.clientele.http.Caller;
import io.clientele.http.Scope;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.UserName;

/**
 * Refuses the tokens of users who were deactivated or deleted, on every server from the moment on
 * that this was answered, and users whose profile does not let them use the API at all.
 */
record ApiAccess(Authorizer authorizer, MetadataCache metadata, Access access)
    implements Authorizer {
  private static final String PERMISSION = "Crm_Implied_Api_Access";

  @Override
  public Caller authorize(Call call, Scope needed) {
    Caller caller = authorizer.authorize(call, needed);
    Metadata org = metadata.of(caller.orgId());
    if (org.userName(caller.userId()) == null) { // added a moment ago, by another process
      metadata.forget(caller.orgId());
      org = metadata.of(caller.orgId());
    }
    UserName user = org.userName(caller.userId());
    if (user == null || !user.active()) {
      throw ErrorCode.INVALID_TOKEN.error();
    }
    access.require(org, caller.userId(), PERMISSION);
    return caller;
  }
}
