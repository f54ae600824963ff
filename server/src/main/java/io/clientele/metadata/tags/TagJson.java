package io.clientele.metadata.tags;

import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.References;
import java.time.ZoneId;

/** A tag on the wire. */
record TagJson(Metadata metadata, ZoneId zone) {
  static TagJson of(Metadata metadata, long userId) {
    return new TagJson(metadata, metadata.zoneOf(userId));
  }

  void write(Keys keys, TagSql.Row tag) {
    References.time(keys, "created_time", tag.createdTime(), zone);
    References.time(keys, "modified_time", tag.modifiedTime(), zone);
    keys.text("name", tag.name());
    References.user(keys, metadata, "modified_by", tag.modifiedBy());
    keys.id("id", tag.id());
    References.user(keys, metadata, "created_by", tag.createdBy());
    keys.text("color_code", tag.colorCode());
  }
}
