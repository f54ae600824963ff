package io.clientele.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a described item wants otherwise than it is. Keys that it does not name are left alone. */
final class Difference {
  private static final int SHOWN = 60;

  private Difference() {}

  /**
   * The keys of {@code wanted} whose values differ, with both values, such as {@code length: 20 →
   * 40}.
   */
  static List<String> of(ObjectNode wanted, ObjectNode current) {
    var differences = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> property : wanted.properties()) {
      JsonNode there = current.path(property.getKey());
      if (!covers(property.getValue(), there)) {
        differences.add(
            property.getKey() + ": " + shorten(there) + " → " + shorten(property.getValue()));
      }
    }
    return differences;
  }

  /** The keys of {@code wanted} whose values differ. */
  static ObjectNode only(ObjectNode wanted, ObjectNode current) {
    ObjectNode differing = wanted.deepCopy();
    for (String name : List.copyOf(wanted.propertyNames())) {
      if (covers(wanted.get(name), current.path(name))) {
        differing.remove(name);
      }
    }
    return differing;
  }

  /** Whether {@code current} has all that {@code wanted} names. */
  private static boolean covers(JsonNode wanted, JsonNode current) {
    if (wanted.isObject() && current.isObject()) {
      return wanted.properties().stream()
          .allMatch(property -> covers(property.getValue(), current.path(property.getKey())));
    }
    if (wanted.isArray() && current.isArray()) {
      if (wanted.size() != current.size()) {
        return false;
      }
      for (int i = 0; i < wanted.size(); i++) {
        if (!covers(wanted.get(i), current.get(i))) {
          return false;
        }
      }
      return true;
    }
    boolean nothing = wanted.isNull() && (current.isMissingNode() || current.isNull());
    return nothing || (wanted.isValueNode() && wanted.asString("").equals(current.asString("\0")));
  }

  private static String shorten(JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
