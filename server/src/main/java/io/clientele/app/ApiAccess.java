package io.clientele.app;

import io.clientele.access.Access;
import io.clientele.http.Authorizer;
import io.clientele.http.Call;
import io.clientele.http.Caller;
import io.clientele.http.Scope;
import io.clientele.metadata.MetadataCache;

/** Refuses users whose profile does not let them use the API at all. */
record ApiAccess(Authorizer authorizer, MetadataCache metadata, Access access)
    implements Authorizer {
  private static final String PERMISSION = "Crm_Implied_Api_Access";

  @Override
  public Caller authorize(Call call, Scope needed) {
    Caller caller = authorizer.authorize(call, needed);
    access.require(metadata.of(caller.orgId()), caller.userId(), PERMISSION);
    return caller;
  }
}
