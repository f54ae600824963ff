package io.clientele.metadata.callpreferences;

import io.clientele.access.Access;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.ErrorJson;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The preferences of calls. Reference: Get and Update Call Preferences. */
public final class CallPreferenceRoutes {
  private static final String NOUN = "call_preferences";
  private static final String PATH = "/settings/call_preferences";
  private static final String SCOPE = "settings.modules";

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public CallPreferenceRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    routes.get(PATH, SCOPE, this::get).put(PATH, SCOPE, this::update);
  }

  private Reply get(Call call) {
    CallPreferences preferences = CallPreferences.of(allowed(call));
    return reply(
        keys ->
            keys.flag("show_from_number", preferences.showFromNumber())
                .flag("show_to_number", preferences.showToNumber()));
  }

  private Reply update(Call call) {
    allowed(call);
    JsonNode body = call.json().path(NOUN);
    if (body.isMissingNode() || body.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(NOUN, "$." + NOUN);
    }
    if (!(body instanceof ObjectNode object)) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(NOUN, "$." + NOUN);
    }
    try {
      changes.change(call, change -> CallPreferences.update(change, new Item(object, "$." + NOUN)));
    } catch (ApiError e) {
      return Reply.json(
          e.status(),
          json -> Keys.object(json, keys -> keys.value(NOUN, inner -> ErrorJson.write(inner, e))));
    }
    return reply(
        keys ->
            keys.text("code", "SUCCESS")
                .object("details", details -> {})
                .text("message", "calls preferences updated successfully")
                .text("status", "success"));
  }

  private static Reply reply(java.util.function.Consumer<Keys> inner) {
    return Reply.ok(json -> Keys.object(json, keys -> keys.object(NOUN, inner)));
  }

  private Metadata allowed(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), Access.CUSTOMIZE);
    return metadata;
  }
}
