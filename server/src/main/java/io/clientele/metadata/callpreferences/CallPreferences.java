package io.clientele.metadata.callpreferences;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether records of calls show the number that called and the number that was called. */
public record CallPreferences(boolean showFromNumber, boolean showToNumber) {
  private static final String NOUN = "call_preferences";
  private static final Shape SHAPE = Shape.empty().flag("show_from_number").flag("show_to_number");

  /** Those of an org; both numbers are hidden until it says otherwise. */
  public static CallPreferences of(Metadata metadata) {
    JsonNode body = setting(metadata).map(Setting::body).orElseGet(Json.MAPPER::createObjectNode);
    return new CallPreferences(
        body.path("show_from_number").asBoolean(false),
        body.path("show_to_number").asBoolean(false));
  }

  /** Changes what {@code item} names; the other stays. */
  public static CallPreferences update(MetadataChange change, Item item) {
    SHAPE.check(item);
    CallPreferences was = of(change.metadata());
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put(
        "show_from_number", item.json().path("show_from_number").asBoolean(was.showFromNumber));
    body.put("show_to_number", item.json().path("show_to_number").asBoolean(was.showToNumber));
    setting(change.metadata())
        .ifPresentOrElse(
            setting -> change.update(setting, body),
            () -> change.insert(change.nextId(), NOUN, null, NOUN, body));
    return of(change.metadata());
  }

  private static Optional<Setting> setting(Metadata metadata) {
    return metadata.settings(NOUN).stream().findFirst();
  }
}
