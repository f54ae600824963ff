package io.clientele.records.share;

import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.References;
import io.clientele.records.share.Shares.Target;

/** A share on the wire. */
record ShareJson(Target target) {
  void write(Keys keys, Share share) {
    Metadata metadata = target.metadata();
    if (!share.isPublic()) {
      keys.object(
          "shared_with",
          with -> {
            with.text(
                    "name", metadata.people().nameOf(share.type(), share.granteeId()).orElse(null))
                .id("id", share.granteeId())
                .text("type", share.type());
            if (share.type().equals("users")) {
              with.id("zuid", share.granteeId());
            }
          });
    }
    keys.flag("share_related_records", share.related())
        .object(
            "shared_through",
            through ->
                through
                    .object(
                        "module",
                        module ->
                            module
                                .text("name", target.module().apiName())
                                .id("id", target.module().id()))
                    .id("id", target.recordId()));
    References.time(keys, "shared_time", share.sharedTime(), metadata.zoneOf(target.userId()));
    keys.text("permission", share.permission())
        .object(
            "shared_by",
            by -> {
              var user = metadata.userName(share.sharedBy());
              by.text("name", user == null ? null : user.name())
                  .id("id", share.sharedBy())
                  .id("zuid", share.sharedBy());
            })
        .text("type", share.isPublic() ? "public" : "private");
  }
}
