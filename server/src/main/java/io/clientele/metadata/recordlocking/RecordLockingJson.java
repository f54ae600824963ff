package io.clientele.metadata.recordlocking;

import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The wire shape of a record locking configuration. */
final class RecordLockingJson {
  private final Reader reader;
  private final Module module;

  RecordLockingJson(Reader reader, Module module) {
    this.reader = reader;
    this.module = module;
  }

  void write(Keys keys, Setting setting) {
    JsonNode body = setting.body();
    References.time(keys, "created_time", setting.createdTime(), reader.zone());
    keys.text("locked_for", body.path("locked_for").asString("all_profiles"))
        .array(
            "excluded_fields",
            body.path("excluded_fields"),
            (inner, field) ->
                References.field(inner, reader.metadata(), module, field.asString("")));
    References.user(keys, reader.metadata(), "created_by", setting.createdBy());
    keys.text("feature_type", "record_locking")
        .array(LockingRules.KEY, body.path(LockingRules.KEY), this::rule)
        .node("restricted_actions", body.path("restricted_actions"))
        .flag("lock_for_portal_users", body.path("lock_for_portal_users").asBoolean(true));
    References.time(keys, "modified_time", setting.modifiedTime(), reader.zone());
    keys.node(
            "restricted_communications",
            body.path("restricted_communications").isArray()
                ? body.path("restricted_communications")
                : Json.MAPPER.createArrayNode())
        .flag("system_defined", body.path("system_defined").asBoolean(false));
    References.user(keys, reader.metadata(), "modified_by", setting.modifiedBy());
    keys.id("id", setting.id())
        .text("lock_type", body.path("lock_type").asString("manual"))
        .none("restricted_custom_buttons");
    profiles(keys, body.path("lock_excluded_profiles"));
  }

  private void profiles(Keys keys, JsonNode ids) {
    if (ids.isEmpty()) {
      keys.none("lock_excluded_profiles");
      return;
    }
    List<Setting> profiles = References.profiles(reader.metadata(), ids);
    keys.array(
        "lock_excluded_profiles",
        profiles,
        (inner, profile) ->
            inner
                .text("name", profile.body().path("name").asString(profile.apiName()))
                .id("id", profile.id()));
  }

  private void rule(Keys keys, JsonNode rule) {
    keys.text("name", rule.path("name").asString(""))
        .node("id", rule.path("id"))
        .flag("lock_existing_records", rule.path("lock_existing_records").asBoolean(false))
        .object(
            "criteria",
            inner ->
                LockingCriteria.write(inner, reader.metadata(), module, rule.path("criteria")));
  }
}
