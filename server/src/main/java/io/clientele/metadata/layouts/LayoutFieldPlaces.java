package io.clientele.metadata.layouts;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.fields.CreateField;
import io.clientele.metadata.fields.DeleteField;
import io.clientele.metadata.fields.UpdateField;
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

  /** What a body says of a field in this layout; all else is about the field itself. */
  private static final List<String> OF_LAYOUT =
      List.of(
          "sequence_number",
          "required",
          "read_only",
          "element_type",
          "lookup_field",
          "pick_list_values",
          "association_details",
          "_delete");

  private final MetadataChange change;
  private final long moduleId;
  private final LayoutDocument document;
  private final ObjectNode section;

  LayoutFieldPlaces(
      MetadataChange change, Module module, LayoutDocument document, ObjectNode section) {
    this.change = change;
    this.moduleId = module.id();
    this.document = document;
    this.section = section;
  }

  /** The module as it is by now. */
  private Module module() {
    return change.metadata().find(moduleId).orElseThrow();
  }

  void change(Item item) {
    if (item.text("element_type").equals("mirror_field")) {
      throw notSupported(item, "element_type", "mirror fields are not supported");
    }
    if (!item.has("id")) {
      create(item);
      return;
    }
    Field field = field(item);
    if (item.has("_delete")) {
      remove(item, field);
      return;
    }
    ObjectNode entry = document.entry(field.apiName());
    if (item.json().has("pick_list_values")) {
      pickList(item, field, entry);
    }
    place(item, field, entry);
    update(item);
  }

  /** Puts the field where the item says, with what the layout says of it. */
  private void place(Item item, Field field, ObjectNode entry) {
    flag(item, field, entry, "required");
    flag(item, field, entry, "read_only");
    if (entry.path("required").asBoolean(false) && entry.path("read_only").asBoolean(false)) {
      throw notAllowed(item, "required", "a read-only field cannot be mandatory");
    }
    if (item.json().has("association_details")) {
      new LayoutAssociation(change.metadata(), module(), document, field).change(item, entry);
    }
    document.put(section, entry, item.json().path("sequence_number").asInt(0));
  }

  /** A field that the module has not got yet; no other layout has it then. */
  private void create(Item item) {
    if (!item.has("field_label")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", List.of(item.place("id"), item.place("field_label")))
          .message("should contain either id or field_label");
    }
    Field field = CreateField.createUnplaced(change, module(), item);
    place(item, field, document.entry(field.apiName()));
  }

  /** What the item says of the field wherever it stands. */
  private void update(Item item) {
    ObjectNode own = item.json().deepCopy();
    OF_LAYOUT.forEach(own::remove);
    if (own.size() > 1) {
      var _ = UpdateField.update(change, module(), new Item(own, item.path()));
    }
  }

  private Field field(Item item) {
    return PathId.parse(item.text("id"))
        .flatMap(module()::field)
        .filter(field -> !field.apiName().equals("id"))
        .orElseThrow(() -> UpdateLayout.invalidId(item));
  }

  private void remove(Item item, Field field) {
    if (item.json().path("_delete").path("permanent").asBoolean(false)) {
      delete(item, field);
      return;
    }
    if (document.place(field.apiName()).isEmpty()) {
      throw UpdateLayout.invalidId(item);
    }
    if (field.mandatory()) {
      throw notAllowed(item, "_delete", "mandatory fields cannot be removed from a layout");
    }
    document.remove(field.apiName());
  }

  /** The field and its values go, from all layouts. */
  private void delete(Item item, Field field) {
    try {
      var _ = DeleteField.delete(change, module(), field);
    } catch (ApiError e) { // it speaks of the path of its own operation
      throw e.code() == ErrorCode.NOT_ALLOWED ? notAllowed(item, "_delete", e.getMessage()) : e;
    }
    document.forget(field.apiName());
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
