package io.clientele.roles;

import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import tools.jackson.databind.JsonNode;

/** The wire shape of a role. */
final class RoleJson {
  private final Reader reader;

  RoleJson(Reader reader) {
    this.reader = reader;
  }

  void write(Keys keys, Role role) {
    JsonNode body = Json.MAPPER.readTree(role.body());
    keys.id("id", role.id())
        .text("name", role.name())
        .text("display_label", body.path("display_label").asString(role.name()))
        .text("api_name", RoleService.apiName(body, role.name()))
        .node("description", body.path("description"))
        .flag("share_with_peers", role.shareWithPeers())
        .flag("admin_user", role.reportsTo() == null);
    References.user(
        keys,
        reader.metadata(),
        "forecast_manager",
        PathId.parse(body.path("forecast_manager").asString("")).orElse(null));
    Long above = role.reportsTo();
    if (above == null) {
      keys.none("reporting_to");
    } else {
      keys.object("reporting_to", inner -> inner.text("name", role.above()).id("id", above));
    }
    history(keys, role);
  }

  /** Roles that came with the org were made by nobody at no time. */
  private void history(Keys keys, Role role) {
    References.user(keys, reader.metadata(), "created_by__s", role.createdBy());
    References.user(keys, reader.metadata(), "modified_by__s", role.modifiedBy());
    boolean standard = role.createdBy() == null;
    References.time(keys, "created_time__s", standard ? null : role.createdTime(), reader.zone());
    References.time(
        keys,
        "modified_time__s",
        standard && role.modifiedBy() == null ? null : role.modifiedTime(),
        reader.zone());
  }
}
