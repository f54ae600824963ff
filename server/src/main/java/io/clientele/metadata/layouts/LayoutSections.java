package io.clientele.metadata.layouts;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sections of a layout: added, changed, moved, removed, each with its fields. */
final class LayoutSections {
  private static final int MAXIMUM = 5;
  private static final int FIELDS = 5;
  private static final int LABEL_LENGTH = 255;
  private static final int PLACES = 100;

  static final Shape DELETE = Shape.empty().flag("permanent").require("permanent");

  static final Shape SHAPE =
      Shape.empty()
          .id("id")
          .text("name", LABEL_LENGTH)
          .text("display_label", LABEL_LENGTH)
          .text("api_name", LABEL_LENGTH)
          .integer("sequence_number", 1, PLACES)
          .oneOf("tab_traversal", "left_to_right", "top_to_bottom")
          .integer("column_count", 1, 2)
          .object("_delete", DELETE)
          .list("fields", LayoutFieldPlaces.SHAPE);

  private final MetadataChange change;
  private final Module module;
  private final LayoutDocument document;

  LayoutSections(MetadataChange change, Module module, LayoutDocument document) {
    this.change = change;
    this.module = module;
    this.document = document;
  }

  /**
   * @throws ApiError LIMIT_EXCEEDED when there are more sections or fields than a call may have
   */
  static void checkLimits(Item layout) {
    if (!layout.json().path("sections").isArray() || layout.json().path("sections").isEmpty()) {
      return;
    }
    List<Item> sections = Item.list(layout, "sections", MAXIMUM);
    int fields = sections.stream().mapToInt(item -> item.json().path("fields").size()).sum();
    if (fields > FIELDS) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", FIELDS)
          .at("fields", sections.getLast().at("fields"));
    }
  }

  void change(Item layout) {
    Item.list(layout, "sections", Integer.MAX_VALUE).forEach(this::changeOne);
  }

  private void changeOne(Item item) {
    boolean named = item.has("id") || item.has("api_name");
    if (item.has("_delete")) {
      if (!named) {
        throw ErrorCode.DEPENDENT_FIELD_MISSING
            .with("dependee", item.place("_delete"))
            .at("api_name", item.at("api_name"))
            .message("section id or api_name is missing");
      }
      remove(item, find(item));
      return;
    }
    ObjectNode section = named ? find(item) : add(item);
    if (named) {
      rename(item, section);
    }
    for (String name : List.of("tab_traversal", "column_count")) {
      if (item.has(name)) {
        section.set(name, item.json().get(name));
      }
    }
    if (item.has("sequence_number")) {
      document.put(section, item.json().get("sequence_number").asInt());
    }
    if (item.has("fields")) {
      var places = new LayoutFieldPlaces(change, module, document, section);
      Item.list(item, "fields", Integer.MAX_VALUE).forEach(places::change);
    }
  }

  private ObjectNode find(Item item) {
    return document
        .section(item.text("id"), item.text("api_name"))
        .orElseThrow(
            () ->
                item.has("id")
                    ? UpdateLayout.invalidId(item)
                    : item.invalid("api_name").message("the api_name given seems to be invalid"));
  }

  private ObjectNode add(Item item) {
    if (!item.has("display_label")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", List.of(item.place("id"), item.place("display_label")))
          .message("should contain either id or display_label");
    }
    String label = label(item);
    ObjectNode section =
        Json.MAPPER
            .createObjectNode()
            .put("id", Long.toString(change.nextId()))
            .put("name", item.has("name") ? item.text("name") : label)
            .put("display_label", label)
            .put("api_name", label.replace(' ', '_'))
            .put("generated_type", "custom")
            .put("column_count", 2);
    document.put(section, 0);
    return section;
  }

  private void rename(Item item, ObjectNode section) {
    if (item.has("display_label")
        && !item.text("display_label").equals(LayoutDocument.label(section))) {
      section.put("display_label", label(item));
    }
    if (item.has("name")) {
      section.put("name", item.text("name"));
    }
  }

  /** A label of letters, digits and spaces that no other section has. */
  private String label(Item item) {
    String label = item.text("display_label").strip();
    if (!label.matches("[\\p{L}\\p{N} ]+")) {
      throw item.invalid("display_label").message("Invalid section name");
    }
    boolean taken =
        document
            .sections()
            .valueStream()
            .anyMatch(other -> LayoutDocument.label(other).equalsIgnoreCase(label));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA.error().at("display_label", item.at("display_label"));
    }
    return label;
  }

  /** Its fields are unused from then on, so none may be one that records cannot be without. */
  private void remove(Item item, ObjectNode section) {
    List<String> names = section.path("fields").valueStream().map(Layout::fieldName).toList();
    for (String name : names) {
      if (module.field(name).map(Field::mandatory).orElse(false)) {
        throw ErrorCode.NOT_ALLOWED
            .error()
            .status(400)
            .message("the section has a mandatory field")
            .at("_delete", item.at("_delete"));
      }
    }
    names.forEach(document::remove);
    for (int i = 0; i < document.sections().size(); i++) {
      JsonNode one = document.sections().get(i);
      if (one == section) {
        document.sections().remove(i);
        return;
      }
    }
  }
}
