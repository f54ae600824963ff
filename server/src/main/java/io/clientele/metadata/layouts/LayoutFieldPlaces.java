package io.clientele.metadata.layouts;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one section of a layout: where each stands, and what the layout alone says of it:
 * whether it must be filled, may be written, which values its pick list has.
 */
final class LayoutFieldPlaces {
  private static final int PLACES = 500;
  private static final int VALUE_LENGTH = 120;

  private static final Shape PICK_LIST_VALUE =
      Shape.empty()
          .id("id")
          .text("actual_value", VALUE_LENGTH)
          .text("display_value", VALUE_LENGTH)
          .oneOf("type", "used", "unused");

  static final Shape SHAPE =
      Shape.empty()
          .id("id")
          .integer("sequence_number", 1, PLACES)
          .flag("required")
          .flag("read_only")
          .oneOf("element_type", "field", "mirror_field")
          .object("_delete", LayoutSections.DELETE)
          .list("pick_list_values", PICK_LIST_VALUE)
          .object("association_details", LayoutAssociation.SHAPE);

  private final Metadata metadata;
  private final Module module;
  private final LayoutDocument document;
  private final ObjectNode section;

  LayoutFieldPlaces(Metadata metadata, Module module, LayoutDocument document, ObjectNode section) {
    this.metadata = metadata;
    this.module = module;
    this.document = document;
    this.section = section;
  }

  void change(Item item) {
    if (item.text("element_type").equals("mirror_field")) {
      throw notSupported(item, "element_type", "mirror fields are not supported");
    }
    Field field = field(item);
    if (item.has("_delete")) {
      remove(item, field);
      return;
    }
    ObjectNode entry = document.entry(field.apiName());
    flag(item, field, entry, "required");
    flag(item, field, entry, "read_only");
    if (entry.path("required").asBoolean(false) && entry.path("read_only").asBoolean(false)) {
      throw notAllowed(item, "required", "a read-only field cannot be mandatory");
    }
    if (item.json().has("pick_list_values")) {
      pickList(item, field, entry);
    }
    if (item.json().has("association_details")) {
      new LayoutAssociation(metadata, module, document, field).change(item, entry);
    }
    document.put(section, entry, item.json().path("sequence_number").asInt(0));
  }

  private Field field(Item item) {
    if (item.has("id")) {
      return PathId.parse(item.text("id"))
          .flatMap(module::field)
          .filter(field -> !field.apiName().equals("id"))
          .orElseThrow(() -> UpdateLayout.invalidId(item));
    }
    if (!item.has("field_label")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", List.of(item.place("id"), item.place("field_label")))
          .message("should contain either id or field_label");
    }
    throw notSupported(item, "field_label", "create the field first, then place it by its id");
  }

  private void remove(Item item, Field field) {
    if (document.place(field.apiName()).isEmpty()) {
      throw UpdateLayout.invalidId(item);
    }
    if (item.json().path("_delete").path("permanent").asBoolean(false)) {
      throw notSupported(item, "_delete", "a layout cannot delete fields for good");
    }
    if (field.mandatory()) {
      throw notAllowed(item, "_delete", "mandatory fields cannot be removed from a layout");
    }
    document.remove(field.apiName());
  }

  private static void flag(Item item, Field field, ObjectNode entry, String name) {
    if (!item.has(name)) {
      return;
    }
    boolean on = item.json().get(name).asBoolean();
    if (on ? field.readOnly() && name.equals("required") : field.mandatory()) {
      throw notAllowed(item, name, "the property of this field cannot be changed");
    }
    if (on && field.mandatory() && name.equals("read_only")) {
      throw notAllowed(item, name, "a mandatory field cannot be read-only");
    }
    if (on) {
      entry.put(name, true);
    } else {
      entry.remove(name);
    }
  }

  /** The values named are those the layout has, in that order; null gives it all of them. */
  private static void pickList(Item item, Field field, ObjectNode entry) {
    JsonNode values = item.json().get("pick_list_values");
    if (values.isNull()) {
      entry.remove("pick_list_values");
      return;
    }
    JsonNode known = field.definition().path("pick_list_values");
    if (known.isEmpty()) {
      throw notSupported(item, "pick_list_values", "the field is no pick list");
    }
    ArrayNode kept = entry.putArray("pick_list_values");
    for (int i = 0; i < values.size(); i++) {
      String path = item.at("pick_list_values") + "[" + i + "]";
      JsonNode value = values.get(i);
      String actual = actual(known, value);
      if (actual == null) {
        throw ErrorCode.INVALID_DATA
            .error()
            .message("the id given seems to be invalid")
            .at("id", path + ".id");
      }
      if (!value.path("type").asString("used").equals("unused")) {
        kept.add(actual);
      }
    }
    if (kept.isEmpty()) {
      throw item.invalid("pick_list_values");
    }
  }

  private static @Nullable String actual(JsonNode known, JsonNode wanted) {
    for (JsonNode value : known) {
      String display = value.path("display_value").asString("");
      String actual = value.path("actual_value").asString(display);
      boolean same =
          wanted.hasNonNull("id")
              ? value.path("id").asString("").equals(wanted.get("id").asString())
              : actual.equals(wanted.path("actual_value").asString(display(wanted, value)));
      if (same) {
        return actual;
      }
    }
    return null;
  }

  /** The actual value behind the display value that the client named; nothing when it is other. */
  private static String display(JsonNode wanted, JsonNode value) {
    String display = value.path("display_value").asString("");
    boolean same = Objects.equals(wanted.path("display_value").asString(null), display);
    return same ? value.path("actual_value").asString(display) : "";
  }

  private static ApiError notAllowed(Item item, String name, String message) {
    return ErrorCode.NOT_ALLOWED.error().status(400).message(message).at(name, item.at(name));
  }

  private static ApiError notSupported(Item item, String name, String message) {
    return ErrorCode.NOT_SUPPORTED.error().status(400).message(message).at(name, item.at(name));
  }
}
