package io.clientele.bulk.write;

import io.clientele.bulk.CallbackJob;
import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.jobs.Job;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Reader;
import io.clientele.org.Org;

/** What is told of a bulk write that has ended: its details, as whoever made it sees them. */
public record BulkWriteCallback(MetadataCache cache) implements CallbackJob.Told {
  @Override
  public void write(Keys keys, Org org, Job job) {
    Metadata metadata = cache.of(org.id());
    long userId = job.createdBy();
    var reader = new Reader(metadata, metadata.zoneOf(userId), ApiVersion.V8, userId);
    new BulkWriteJson(reader).write(keys, job);
  }
}
