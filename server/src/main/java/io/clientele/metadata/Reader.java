package io.clientele.metadata;

import io.clientele.http.ApiVersion;
import io.clientele.http.Call;
import java.time.ZoneId;

/** Who reads metadata, and through which version of the API: what a reply's shape depends on. */
public record Reader(Metadata metadata, ZoneId zone, ApiVersion version, long userId) {
  public static Reader of(MetadataCache cache, Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    long userId = call.caller().userId();
    return new Reader(metadata, metadata.zoneOf(userId), call.version(), userId);
  }
}
