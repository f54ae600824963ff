package io.clientele.metadata.modules;

import io.clientele.http.Keys;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.fields.FieldJson;
import io.clientele.metadata.layouts.LayoutJson;
import io.clientele.metadata.layouts.LayoutMode;
import io.clientele.metadata.relatedlists.RelatedListJson;
import io.clientele.metadata.views.CustomViewJson;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What a module tells beyond what lists do: alone, or when a client asks to include it. */
final class ModuleDetailJson {
  private static final List<String> COPIED =
      List.of(
          "source",
          "per_page",
          "$field_states",
          "$properties",
          "$on_demand_properties",
          "kanban_view_supported",
          "kanban_view",
          "chart_view_supported",
          "chart_view",
          "filter_status",
          "activity_badge",
          "masked_fields_count",
          "zia_view",
          "display_field");

  private final Reader reader;
  private final Set<String> include;

  ModuleDetailJson(Reader reader, Set<String> include) {
    this.reader = reader;
    this.include = include;
  }

  /** The keys of a module that is asked for alone. */
  void writeAlone(Keys keys, Module module) {
    JsonNode definition = module.definition().path("module");
    COPIED.forEach(name -> keys.node(name, definition.path(name)));
    names(keys, "search_layout_fields", definition.path("search_layout_fields"));
    JsonNode list = definition.path("related_list_properties");
    if (list.isObject()) {
      keys.object("related_list_properties", inner -> listProperties(inner, module, list));
    } else {
      keys.none("related_list_properties");
    }
    JsonNode lookup = definition.path("lookup_field_properties");
    if (lookup.isObject()) {
      keys.object("lookup_field_properties", inner -> lookupFields(inner, module, lookup));
    } else {
      keys.none("lookup_field_properties");
    }
    if (!include.contains("custom_view")) {
      customView(keys, module);
    }
  }

  /** The keys that a client asks for with {@code include}. */
  void writeIncluded(Keys keys, Module module) {
    if (include.contains("custom_view")) {
      customView(keys, module);
    }
    if (include.contains("business_card_fields")) {
      names(
          keys,
          "business_card_fields",
          module.definition().path("module").path("business_card_fields"));
    }
    if (include.contains("related_lists")) {
      keys.array(
          "related_lists",
          module.relatedLists(),
          (inner, list) -> RelatedListJson.write(inner, reader, module, list));
    }
    if (include.contains("layouts")) {
      keys.array(
          "layouts", module.layouts(), new LayoutJson(reader, module, LayoutMode.ALL)::write);
    }
    if (include.contains("fields")) {
      keys.array(
          "fields",
          module.fields().stream().filter(field -> !field.isInternal()).toList(),
          (inner, field) -> FieldJson.write(inner, reader, module, field));
    }
  }

  /** The view a module opens with. */
  private void customView(Keys keys, Module module) {
    reader.metadata().settings("custom_view", module.id()).stream()
        .filter(ModuleDetailJson::isDefault)
        .findFirst()
        .ifPresentOrElse(
            view ->
                keys.object(
                    "custom_view", inner -> new CustomViewJson(reader, module).write(inner, view)),
            () -> keys.none("custom_view"));
  }

  private static boolean isDefault(Setting view) {
    return view.body().path("default").asBoolean(false);
  }

  private static void names(Keys keys, String name, JsonNode names) {
    keys.value(
        name,
        json -> {
          json.writeStartArray();
          names.forEach(field -> json.writeString(field.asString("")));
          json.writeEndArray();
        });
  }

  /** How records of the module look in lists of other modules. */
  private void listProperties(Keys keys, Module module, JsonNode list) {
    String sortBy = list.path("sort_by").asString("");
    if (sortBy.isEmpty()) {
      keys.none("sort_by");
    } else {
      keys.object("sort_by", inner -> References.field(inner, reader.metadata(), module, sortBy));
    }
    keys.node("sort_order", list.path("sort_order"));
    names(keys, "fields", list.path("fields"));
  }

  private void lookupFields(Keys keys, Module module, JsonNode lookup) {
    List<String> names =
        lookup.path("fields").valueStream().map(name -> name.asString("")).toList();
    keys.array(
        "fields",
        IntStream.range(0, names.size()).boxed().toList(),
        (inner, index) -> {
          inner.number("sequence_number", index + 1);
          References.field(inner, reader.metadata(), module, names.get(index));
        });
  }
}
