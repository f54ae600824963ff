package io.clientele.metadata.wizards;

import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.templates.MergeFields;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A part of a screen: fields of the layout, a text, or buttons. */
final class WizardSegment {
  private static final Shape BUTTON =
      Shape.empty()
          .text("display_label", 255)
          .text("name", 255)
          .oneOf("type", "save", "transition")
          .oneOf("shape", "square", "capsule", "round")
          .oneOf("visibility", "hide", "disable", "show")
          .oneOf("category", "wizard_button", "custom_button")
          .oneOf("show_summary_on", "create", "edit", "create_and_edit")
          .text("color", 7)
          .text("background_color", 7)
          .object("target_screen", Shape.empty().text("name", 255).require("name"))
          .object("message", Shape.empty().text("title", 255).text("content", 2000))
          .require("display_label", "type");

  static final Shape SHAPE =
      Shape.empty()
          .oneOf("type", "composite", "fields", "text_label", "buttons")
          .text("display_label", 255)
          .text("name", 255)
          .text("content", 2000)
          .integer("column_count", 1, 4)
          .oneOf("tab_traversal", "left_to_right", "top_to_bottom")
          .list(
              "elements",
              Shape.empty()
                  .oneOf("type", "field")
                  .object("resource", Shape.empty().text("name", 255).require("name"))
                  .require("resource"))
          .list("buttons", BUTTON)
          .require("type");

  private final MetadataChange change;
  private final Module module;
  private final Layout layout;
  private final Map<String, Long> screens;
  private final String path;

  WizardSegment(
      MetadataChange change, Module module, Layout layout, Map<String, Long> screens, String path) {
    this.change = change;
    this.module = module;
    this.layout = layout;
    this.screens = screens;
    this.path = path;
  }

  /** The segment as it is kept; {@code connect} is told the screens that its buttons lead to. */
  ObjectNode read(JsonNode segment, int place, Consumer<String> connect) {
    ObjectNode kept = Json.MAPPER.createObjectNode();
    String type = segment.path("type").asString();
    kept.put("sequence_number", place)
        .put("display_label", segment.path("display_label").asString(""))
        .put("column_count", segment.path("column_count").asInt(2))
        .put("id", Long.toString(change.nextId()))
        .put("type", type);
    for (String key : new String[] {"name", "tab_traversal"}) {
      if (segment.hasNonNull(key)) {
        kept.set(key, segment.path(key));
      }
    }
    switch (type) {
      case "text_label" -> content(segment, kept);
      case "buttons" -> buttons(segment, kept, connect);
      default -> elements(segment, kept);
    }
    return kept;
  }

  private void content(JsonNode segment, ObjectNode kept) {
    String content = segment.path("content").asString("");
    if (content.isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("content", path + ".content");
    }
    new MergeFields(change.metadata(), module).check(content, "content", path + ".content");
    kept.put("content", content);
  }

  private void elements(JsonNode segment, ObjectNode kept) {
    ArrayNode elements = kept.putArray("elements");
    for (JsonNode element : segment.path("elements")) {
      String at = path + ".elements[" + elements.size() + "].resource.name";
      Field field =
          field(module, layout, element.path("resource").path("name").asString(), "name", at);
      ObjectNode one = elements.addObject();
      one.put("sequence_number", elements.size()).put("type", "field");
      one.putObject("resource").put("name", field.apiName()).put("id", Long.toString(field.id()));
    }
  }

  /** A field that the layout has. */
  static Field field(Module module, Layout layout, String name, String key, String at) {
    return module
        .field(name)
        .filter(field -> layout.fields().contains(field.apiName()))
        .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at(key, at));
  }

  private void buttons(JsonNode segment, ObjectNode kept, Consumer<String> connect) {
    if (segment.path("buttons").isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("buttons", path + ".buttons");
    }
    ArrayNode buttons = kept.putArray("buttons");
    for (JsonNode button : segment.path("buttons")) {
      String at = path + ".buttons[" + buttons.size() + "]";
      buttons.add(button(button, at, buttons.size() + 1, connect));
    }
  }

  private ObjectNode button(JsonNode button, String at, int place, Consumer<String> connect) {
    ObjectNode kept = Json.MAPPER.createObjectNode();
    String label = button.path("display_label").asString();
    kept.put("display_label", label)
        .put("name", button.path("name").asString("WB_" + label.replace(' ', '_')))
        .put("sequence_number", place)
        .put("type", button.path("type").asString())
        .put("color", button.path("color").asString("#fff"))
        .put("background_color", button.path("background_color").asString("#00A3F3"))
        .put("shape", button.path("shape").asString("capsule"))
        .put("visibility", button.path("visibility").asString("show"))
        .put("category", button.path("category").asString("wizard_button"))
        .put("id", Long.toString(change.nextId()));
    for (String key : new String[] {"message", "show_summary_on"}) {
      if (button.hasNonNull(key)) {
        kept.set(key, button.path(key));
      }
    }
    if (button.hasNonNull("criteria")) {
      kept.set(
          "criteria",
          WizardRule.criteria(change, module, button.path("criteria"), at + ".criteria"));
    }
    if (button.path("type").asString().equals("transition")) {
      target(button, at, kept, connect);
    }
    return kept;
  }

  private void target(JsonNode button, String at, ObjectNode kept, Consumer<String> connect) {
    if (!button.hasNonNull("target_screen")) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", Map.of("api_name", "type", "json_path", at + ".type"))
          .at("target_screen", at + ".target_screen");
    }
    String label = button.path("target_screen").path("name").asString();
    Long id = screens.get(label);
    if (id == null) {
      throw ErrorCode.INVALID_DATA.error().at("name", at + ".target_screen.name");
    }
    kept.putObject("target_screen").put("name", label).put("id", Long.toString(id));
    connect.accept(label);
  }
}
