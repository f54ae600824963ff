package io.clientele.metadata.bookings;

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
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The preferences of services and those of appointments: read whole, changed key by key. Reference:
 * Get and Update Service Preferences, Get and Update Appointment Preferences.
 */
public final class BookingPreferenceRoutes {
  private static final String SCOPE = "settings.modules";

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  public BookingPreferenceRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  public void addTo(RouteTable routes) {
    add(
        routes,
        ServicePreferences.NOUN,
        "Services preferences updated successfully",
        ServicePreferences::document,
        ServicePreferences::update);
    add(
        routes,
        AppointmentPreferences.NOUN,
        "Appointments preferences updated successfully",
        AppointmentPreferences::document,
        AppointmentPreferences::update);
  }

  private void add(
      RouteTable routes,
      String noun,
      String message,
      Function<Metadata, ObjectNode> reader,
      BiFunction<MetadataChange, Item, ObjectNode> writer) {
    String path = "/settings/" + noun;
    routes
        .get(path, SCOPE, call -> answer(keys -> keys.node(noun, reader.apply(of(call)))))
        .put(path, SCOPE, call -> update(call, noun, message, writer));
  }

  private Reply update(
      Call call, String noun, String message, BiFunction<MetadataChange, Item, ObjectNode> writer) {
    of(call);
    JsonNode body = call.json().path(noun);
    if (body.isMissingNode() || body.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(noun, "$." + noun);
    }
    if (!(body instanceof ObjectNode object)) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(noun, "$." + noun);
    }
    try {
      changes.change(call, change -> writer.apply(change, new Item(object, "$." + noun)));
    } catch (ApiError e) {
      return Reply.json(
          e.status(),
          json -> Keys.object(json, keys -> keys.value(noun, inner -> ErrorJson.write(inner, e))));
    }
    return answer(
        keys ->
            keys.object(
                noun,
                result ->
                    result
                        .text("code", "SUCCESS")
                        .object("details", details -> {})
                        .text("message", message)
                        .text("status", "success")));
  }

  private static Reply answer(Consumer<Keys> writer) {
    return Reply.ok(json -> Keys.object(json, writer));
  }

  private Metadata of(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), Access.CUSTOMIZE);
    return metadata;
  }
}
