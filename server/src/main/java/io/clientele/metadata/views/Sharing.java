package io.clientele.metadata.views;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** With whom a view is shared: users, roles or territories with or without those below, groups. */
final class Sharing {
  private static final int MAXIMUM = 250;

  private Sharing() {}

  /**
   * Gives {@code view} what {@code item} says of access; a shared view must be so with somebody.
   */
  static void apply(Metadata metadata, Item item, ObjectNode view) {
    if (item.has("access_type")) {
      view.put("access_type", item.text("access_type"));
    }
    if (item.json().has("shared_to")) {
      view.set("shared_to", item.has("shared_to") ? list(metadata, item) : null);
    }
    if (!view.path("access_type").asString("").equals("shared")) {
      view.putNull("shared_to");
    } else if (view.path("shared_to").isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("shared_to", item.at("shared_to"));
    }
  }

  private static ArrayNode list(Metadata metadata, Item item) {
    JsonNode list = item.json().path("shared_to");
    if (list.size() > MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).at("shared_to", item.at("shared_to"));
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (int i = 0; i < list.size(); i++) {
      kept.add(one(metadata, list.get(i), item.at("shared_to") + "[" + i + "]"));
    }
    return kept;
  }

  private static ObjectNode one(Metadata metadata, JsonNode to, String path) {
    String type = to.path("type").asString();
    long id = to.path("id").asLong(0);
    String name =
        metadata
            .people()
            .nameOf(type, id)
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", path + ".id"));
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("name", name).put("id", Long.toString(id)).put("type", type);
    kept.set("subordinates", to.hasNonNull("subordinates") ? to.path("subordinates") : null);
    return kept;
  }
}
