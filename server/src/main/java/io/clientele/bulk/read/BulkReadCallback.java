package io.clientele.bulk.read;

import io.clientele.bulk.CallbackJob;
import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.jobs.Job;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Reader;
import io.clientele.org.Org;
import io.clientele.records.PageToken;
import java.time.Clock;
import java.util.List;

/** What is told of a read that has ended: what its status says, as whoever made it sees it. */
public final class BulkReadCallback implements CallbackJob.Told {
  private final MetadataCache cache;
  private final PageToken.Codec tokens;

  public BulkReadCallback(MetadataCache cache, byte[] tokenKey, Clock clock) {
    this.cache = cache;
    this.tokens = new PageToken.Codec(tokenKey, clock);
  }

  @Override
  public void write(Keys keys, Org org, Job job) {
    Metadata metadata = cache.of(org.id());
    long userId = job.createdBy();
    var reader = new Reader(metadata, metadata.zoneOf(userId), ApiVersion.V8, userId);
    keys.array("data", List.of(job), new BulkReadJson(reader, tokens)::write);
  }
}
