package io.clientele.users;

import io.clientele.db.Transaction;
import io.clientele.metadata.MetadataCache;
import io.clientele.oauth.Joining;
import io.clientele.org.Orgs;
import java.time.Clock;

/** Who accepts an invitation is a confirmed user. */
public final class Confirmation implements Joining {
  private final MetadataCache cache;
  private final Clock clock;

  public Confirmation(MetadataCache cache, Clock clock) {
    this.cache = cache;
    this.clock = clock;
  }

  @Override
  public void join(Transaction tx, long orgId, long userId) {
    Users.confirm(tx, Orgs.find(tx, orgId).orElseThrow(), userId, clock.instant());
  }

  @Override
  public void joined(long orgId) {
    cache.changed(orgId);
  }
}
