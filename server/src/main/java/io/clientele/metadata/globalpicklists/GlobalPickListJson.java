package io.clientele.metadata.globalpicklists;

import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.metadata.GlobalPickList;
import io.clientele.metadata.GlobalPickList.Use;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The wire shape of a global pick list. */
final class GlobalPickListJson {
  private static final String VALUES = "pick_list_values";

  private final Reader reader;
  private final Set<String> include;
  private final Predicate<JsonNode> shown;

  /**
   * @param alone whether one list is asked for, which comes with its values
   * @param shown which values are shown
   */
  GlobalPickListJson(Reader reader, Call call, boolean alone, Predicate<JsonNode> shown) {
    this.reader = reader;
    this.shown = shown;
    var wanted = new java.util.HashSet<String>();
    for (String name : call.query("include").orElse("").split(",", -1)) {
      wanted.add(name.strip());
    }
    if (alone) {
      wanted.add(VALUES);
    }
    include = Set.copyOf(wanted);
  }

  void write(Keys keys, GlobalPickList list) {
    var setting = list.setting();
    keys.text("display_label", list.displayLabel())
        .text("source", "crm")
        .text("api_name", list.apiName())
        .id("id", list.id())
        .text("actual_label", list.body().path("actual_label").asString(list.displayLabel()))
        .node("description", list.body().path("description"))
        .flag("presence", list.present())
        .flag("customizable", list.customizable())
        .flag(
            "pick_list_values_sorted_lexically",
            list.body().path("pick_list_values_sorted_lexically").asBoolean(false));
    References.user(keys, reader.metadata(), "created_by", setting.createdBy());
    References.user(keys, reader.metadata(), "modified_by", setting.modifiedBy());
    References.time(keys, "created_time", setting.createdTime(), reader.zone());
    References.time(keys, "modified_time", setting.modifiedTime(), reader.zone());
    if (include.contains(VALUES)) {
      keys.array(VALUES, values(list), GlobalPickListJson::value);
    }
    List<Use> uses = list.uses(reader.metadata());
    if (include.contains("used_in_modules")) {
      keys.array(
          "used_in_modules",
          uses.stream().map(Use::module).distinct().toList(),
          GlobalPickListJson::module);
    }
    if (include.contains("associated_fields_count")) {
      keys.number("associated_fields_count", uses.size());
    }
  }

  /** A value and its place in the list, counted from one. */
  private record Placed(int place, JsonNode value) {}

  private List<Placed> values(GlobalPickList list) {
    List<JsonNode> all = list.values();
    return IntStream.range(0, all.size())
        .mapToObj(i -> new Placed(i + 1, all.get(i)))
        .filter(placed -> shown.test(placed.value))
        .toList();
  }

  private static void value(Keys keys, Placed placed) {
    keys.node("display_value", placed.value.path("display_value"))
        .number("sequence_number", placed.place)
        .node("reference_value", placed.value.path("reference_value"))
        .node("actual_value", placed.value.path("actual_value"))
        .node("id", placed.value.path("id"))
        .node("type", placed.value.path("type"));
    if (placed.value.has("colour_code")) {
      keys.node("colour_code", placed.value.path("colour_code"));
    }
  }

  private static void module(Keys keys, Module module) {
    keys.text("plural_label", pluralLabel(module))
        .text("api_name", module.apiName())
        .id("id", module.id());
  }

  /** A field that has the values of the list, and the layouts that show it. */
  static void use(Keys keys, Use use) {
    keys.object(
            "field",
            field -> field.text("api_name", use.field().apiName()).id("id", use.field().id()))
        .object(
            "module",
            module -> {
              module(module, use.module());
              module.text(
                  "module_name",
                  use.module()
                      .definition()
                      .path("module")
                      .path("module_name")
                      .asString(use.module().apiName()));
            })
        .array(
            "layouts",
            use.module().layouts().stream()
                .filter(layout -> layout.fields().contains(use.field().apiName()))
                .toList(),
            GlobalPickListJson::layout);
  }

  private static void layout(Keys keys, Layout layout) {
    keys.text("name", layout.name())
        .id("id", layout.id())
        .text("status", layout.active() ? "active" : "inactive");
  }

  private static String pluralLabel(Module module) {
    return module.definition().path("module").path("plural_label").asString(module.apiName());
  }
}
