package io.clientele.records.recyclebin;

import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record in the recycle bin. */
record BinRow(
    long id,
    long moduleId,
    String displayName,
    @Nullable Long owner,
    long deletedBy,
    Instant time) {

  static BinRow read(ResultSet row) throws SQLException {
    String name = row.getString("display_name");
    return new BinRow(
        row.getLong("id"),
        row.getLong("module_id"),
        name == null ? "" : name,
        row.getObject("owner_id", Long.class),
        row.getLong("deleted_by"),
        row.getTimestamp("deleted_time").toInstant());
  }

  void write(Keys keys, Metadata metadata, ZoneId zone) {
    References.user(keys, metadata, "owner", owner);
    Optional<Module> module = metadata.find(moduleId);
    keys.object(
        "module",
        inner -> inner.text("api_name", module.map(Module::apiName).orElse("")).id("id", moduleId));
    References.user(keys, metadata, "deleted_by", deletedBy);
    keys.id("id", id).text("display_name", displayName);
    References.time(keys, "deleted_time", time, zone);
  }
}
