package io.clientele.metadata.layouts;

import io.clientele.http.Keys;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.fields.FieldJson;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The wire shape of a layout's sections, with their fields whole. */
final class SectionJson {
  private final Reader reader;
  private final Module module;
  private final Layout layout;
  private final LayoutMode mode;
  private final boolean mayCustomize;

  SectionJson(Reader reader, Module module, Layout layout, LayoutMode mode, boolean mayCustomize) {
    this.reader = reader;
    this.module = module;
    this.layout = layout;
    this.mode = mode;
    this.mayCustomize = mayCustomize;
  }

  /** A section or a field at its place, counted from one. */
  private record Placed<T>(int place, T item) {
    static <T> List<Placed<T>> of(List<T> items) {
      return IntStream.range(0, items.size())
          .mapToObj(index -> new Placed<>(index + 1, items.get(index)))
          .toList();
    }
  }

  void write(Keys keys) {
    List<JsonNode> sections = layout.definition().path("sections").valueStream().toList();
    keys.array("sections", Placed.of(sections), this::section);
  }

  private void section(Keys keys, Placed<JsonNode> placed) {
    JsonNode section = placed.item();
    String name = section.path("name").asString("");
    keys.node("id", section.path("id"))
        .text("name", name)
        .text("api_name", section.path("api_name").asString(name))
        .text("display_label", section.path("display_label").asString(name))
        .number("sequence_number", section.path("sequence_number").asInt(placed.place()))
        .number("column_count", section.path("column_count").asInt(2))
        .flag("isSubformSection", section.path("isSubformSection").asBoolean(false))
        .text("type", "used")
        .text("mode", "default_create")
        .text("tab_traversal", section.path("tab_traversal").asString("left_to_right"))
        .text("generated_type", section.path("generated_type").asString("default"))
        .none("properties")
        .object("actions_allowed", this::actionsAllowed)
        .array(
            "fields",
            Placed.of(fields(section)),
            (inner, field) -> field(inner, field, placed.place()));
  }

  private List<Field> fields(JsonNode section) {
    return section
        .path("fields")
        .valueStream()
        .map(Layout::fieldName)
        .flatMap(name -> module.field(name).stream())
        .filter(field -> mode.shows(module, field))
        .toList();
  }

  private void field(Keys keys, Placed<Field> placed, int section) {
    Field field = placed.item();
    FieldJson.write(keys, reader, module, field, layout);
    keys.flag("required", field.mandatory() || layout.required().contains(field.apiName()))
        .number("sequence_number", placed.place())
        .number("section_id", section)
        .node("show_type", FieldJson.value(field, "show_type"))
        .node("category", FieldJson.value(field, "category"))
        .node("default_value", FieldJson.value(field, "default_value"))
        .node("refer_from_field", FieldJson.value(field, "refer_from_field"))
        .none("validation_rule");
  }

  private void actionsAllowed(Keys keys) {
    for (String action :
        List.of(
            "add_field",
            "rename",
            "change_tab_traversal",
            "reorder",
            "delete",
            "remove_field",
            "change_column_count")) {
      keys.flag(action, mayCustomize);
    }
  }
}
