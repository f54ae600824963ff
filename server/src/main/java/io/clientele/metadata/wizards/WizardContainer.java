package io.clientele.metadata.wizards;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of a wizard for one layout: its screens, and how they lead to each other. */
final class WizardContainer {
  private static final int MAXIMUM = 7;
  private static final int MAXIMUM_SCREENS = 75;

  private static final Shape SCREEN =
      Shape.empty()
          .text("display_label", 255)
          .text("api_name", 255)
          .integer("pos_x", 0, 100_000)
          .integer("pos_y", 0, 100_000)
          .list("segments", WizardSegment.SHAPE)
          .list("conditional_rules", WizardRule.SHAPE)
          .require("display_label", "segments");

  static final Shape SHAPE =
      Shape.empty()
          .object("layout", Shape.empty().id("id").require("id"))
          .list("screens", SCREEN)
          .require("layout", "screens");

  private final MetadataChange change;
  private final Module module;
  private final Layout layout;
  private final String path;

  /** The ids of the screens by their labels. */
  private final Map<String, Long> screens = new LinkedHashMap<>();

  private WizardContainer(MetadataChange change, Module module, Layout layout, String path) {
    this.change = change;
    this.module = module;
    this.layout = layout;
    this.path = path;
  }

  /** The containers of a body as they are kept; screens keep the ids they have in {@code now}. */
  static ArrayNode list(MetadataChange change, Module module, Item item, JsonNode now) {
    JsonNode containers = item.json().path("containers");
    String at = item.at("containers");
    if (containers.isEmpty()) {
      throw item.invalid("containers");
    }
    if (containers.size() > MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).at("containers", at);
    }
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (JsonNode container : containers) {
      String path = at + "[" + kept.size() + "]";
      long layoutId = container.path("layout").path("id").asLong(0);
      Layout layout =
          module.layouts().stream()
              .filter(one -> one.id() == layoutId)
              .findFirst()
              .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", path + ".layout.id"));
      if (find(kept, layoutId).isPresent()) {
        throw ErrorCode.DUPLICATE_DATA.error().at("id", path + ".layout.id");
      }
      JsonNode before = find(now, layoutId).orElse(Json.MAPPER.missingNode());
      kept.add(new WizardContainer(change, module, layout, path).read(container, before));
    }
    return kept;
  }

  /** The container for a layout; a container has the id of its layout. */
  static Optional<JsonNode> find(JsonNode containers, long layoutId) {
    return containers
        .valueStream()
        .filter(one -> one.path("layout").asLong(0) == layoutId)
        .findFirst();
  }

  private ObjectNode read(JsonNode container, JsonNode before) {
    JsonNode list = container.path("screens");
    if (list.isEmpty() || list.size() > MAXIMUM_SCREENS) {
      throw ErrorCode.INVALID_DATA
          .with("range", Map.of("from", 1, "to", MAXIMUM_SCREENS))
          .at("screens", path + ".screens");
    }
    for (JsonNode screen : list) {
      String label = screen.path("display_label").asString().strip();
      String at = path + ".screens[" + screens.size() + "].display_label";
      if (screens.putIfAbsent(label, screenId(label, before)) != null) {
        throw ErrorCode.DUPLICATE_DATA.error().at("display_label", at);
      }
    }
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("layout", layout.id());
    ObjectNode chart = kept.putObject("chart_data");
    ArrayNode nodes = chart.putArray("nodes");
    ArrayNode connections = chart.putArray("connections");
    ArrayNode keptScreens = kept.putArray("screens");
    for (int i = 0; i < list.size(); i++) {
      JsonNode screen = list.get(i);
      ObjectNode node = nodes.addObject();
      node.put("pos_x", screen.path("pos_x").asInt(100))
          .put("pos_y", screen.path("pos_y").asInt(110 * i));
      node.put("start_node", i == 0).set("screen", reference(label(screen)));
      keptScreens.add(screen(screen, path + ".screens[" + i + "]", connections));
    }
    return kept;
  }

  private long screenId(String label, JsonNode before) {
    return before
        .path("screens")
        .valueStream()
        .filter(one -> one.path("display_label").asString("").equals(label))
        .map(one -> one.path("id").asLong())
        .findFirst()
        .orElseGet(change::nextId);
  }

  private ObjectNode screen(JsonNode screen, String at, ArrayNode connections) {
    ObjectNode kept = reference(label(screen));
    String name = screen.path("api_name").asString("");
    kept.put("api_name", name.isBlank() ? label(screen).replaceAll("[^\\p{L}\\p{N}]+", "_") : name);
    if (!screen.path("conditional_rules").isEmpty()) {
      ArrayNode rules = kept.putArray("conditional_rules");
      for (JsonNode rule : screen.path("conditional_rules")) {
        String path = at + ".conditional_rules[" + rules.size() + "]";
        rules.add(new WizardRule(change, module, layout, path).read(rule));
      }
    }
    ArrayNode segments = kept.putArray("segments");
    for (JsonNode segment : screen.path("segments")) {
      String path = at + ".segments[" + segments.size() + "]";
      segments.add(
          new WizardSegment(change, module, layout, screens, path)
              .read(segment, segments.size() + 1, target -> connect(screen, target, connections)));
    }
    return kept;
  }

  private void connect(JsonNode from, String to, ArrayNode connections) {
    ObjectNode connection = connections.addObject();
    connection.set("source_screen", reference(label(from)));
    connection.set("target_screen", reference(to));
    connection.put("id", Long.toString(change.nextId()));
  }

  private ObjectNode reference(String label) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("display_label", label);
    node.put("id", Long.toString(screens.getOrDefault(label, 0L)));
    return node;
  }

  private static String label(JsonNode screen) {
    return screen.path("display_label").asString().strip();
  }
}
