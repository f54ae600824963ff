package io.clientele.profiles;

import io.clientele.access.Permissions;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives and takes permissions of a profile. A permission is given only where those it depends on
 * are, and goes with them.
 */
final class PermissionChange {
  private static final Shape ENTRY =
      Shape.empty().id("id").flag("enabled").require("id", "enabled");
  private static final String DETAILS = "permissions_details";
  private static final int MAXIMUM = 2000;

  private final Map<String, JsonNode> known;
  private final Map<String, ObjectNode> byId = new HashMap<>();
  private final Map<String, ObjectNode> byName = new HashMap<>();

  PermissionChange(Metadata metadata, ObjectNode body) {
    known = Permissions.of(metadata).all();
    for (JsonNode detail : body.path(DETAILS)) {
      byId.put(detail.path("id").asString(""), (ObjectNode) detail);
      byName.put(detail.path("name").asString(""), (ObjectNode) detail);
    }
  }

  /**
   * @throws io.clientele.error.ApiError INVALID_DATA about an id that is no permission's, or that
   *     is given without what it depends on
   */
  void apply(Item item) {
    JsonNode given = item.json().path(DETAILS);
    if (!given.isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonarray")
          .at(DETAILS, item.at(DETAILS));
    }
    if (given.isEmpty()) {
      return;
    }
    List<Item> entries = Item.list(item, DETAILS, MAXIMUM);
    for (Item entry : entries) {
      ENTRY.check(entry);
      ObjectNode detail = byId.get(entry.text("id"));
      if (detail == null) {
        throw entry.invalid("id").message("Invalid permission ID");
      }
      detail.put("enabled", entry.json().path("enabled").asBoolean());
    }
    for (Item entry : entries) {
      ObjectNode detail = byId.get(entry.text("id"));
      if (detail != null && detail.path("enabled").asBoolean() && lacksParent(detail)) {
        throw entry
            .invalid("id")
            .message(
                "Child permission can not be enabled, since its parent permission is disabled");
      }
    }
    takeDependents();
  }

  /** What depends on a permission that is not given is not given either. */
  void takeDependents() {
    List<ObjectNode> orphans;
    do {
      orphans = new ArrayList<>();
      for (ObjectNode detail : byName.values()) {
        if (detail.path("enabled").asBoolean(true) && lacksParent(detail)) {
          orphans.add(detail);
        }
      }
      orphans.forEach(detail -> detail.put("enabled", false));
    } while (!orphans.isEmpty());
  }

  private boolean lacksParent(ObjectNode detail) {
    JsonNode permission = known.get(detail.path("name").asString(""));
    if (permission == null) {
      return false;
    }
    for (JsonNode parent : permission.path("parent_permissions")) {
      ObjectNode above = byName.get(parent.asString(""));
      if (above != null && !above.path("enabled").asBoolean(true)) {
        return true;
      }
    }
    return false;
  }
}
