package io.clientele.configuration;

import io.clientele.http.Json;
import io.clientele.metadata.Layout;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.pipelines.Pipeline;
import io.clientele.metadata.pipelines.Pipelines;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A layout as the file has it: as short as it can be, and complete. */
final class LayoutForm {
  static final String SECTIONS = "sections";
  static final String FIELDS = "fields";
  static final String PIPELINES = "pipelines";
  static final String ASSOCIATION = "association_details";
  static final List<String> ASSOCIATED = List.of("lookup_field", "related_field");

  private static final String VALUES = "pick_list_values";
  private static final List<String> FLAGS = List.of("required", "read_only");
  private static final int COLUMNS = 2;
  private static final String TRAVERSAL = "tab_traversal";
  private static final String LEFT_TO_RIGHT = "left_to_right";

  private LayoutForm() {}

  /** All that there is to say of a layout. */
  static ObjectNode of(Metadata metadata, Module module, Layout layout) {
    JsonNode body = layout.definition();
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.put("api_name", Layouts.nameOf(layout)).put("name", layout.name());
    form.put("active", layout.active());
    form.put("show_business_card", body.path("show_business_card").asBoolean(true));
    names(form.putArray("profiles"), seeing(metadata, module, layout).stream());
    names(
        form.putArray("default_profiles"),
        body.path("default_profiles").isEmpty()
            ? Stream.of()
            : References.profiles(metadata, body.path("default_profiles")).stream());
    ArrayNode sections = form.putArray(SECTIONS);
    body.path(SECTIONS).forEach(section -> sections.add(section(module, section)));
    if (module.apiName().equals(Pipelines.MODULE)) {
      ArrayNode pipelines = form.putArray(PIPELINES);
      Pipelines.of(module).inLayout(layout.id()).stream()
          .sorted(Comparator.comparing(Pipeline::displayValue))
          .forEach(pipeline -> pipelines.add(pipeline(pipeline)));
    }
    return form;
  }

  /** The profiles that have a right to the module. */
  private static List<Setting> ofModule(Metadata metadata, Module module) {
    return References.profiles(metadata, module.definition().path("module").path("profiles"));
  }

  /** Those of them that see the layout, or would if it were active. */
  static List<Setting> seeing(Metadata metadata, Module module, Layout layout) {
    List<Setting> all = ofModule(metadata, module);
    return References.profiles(metadata, layout.definition().path("profiles")).stream()
        .filter(all::contains)
        .toList();
  }

  private static void names(ArrayNode names, Stream<Setting> profiles) {
    profiles.map(Profiles::nameOf).sorted().forEach(names::add);
  }

  private static ObjectNode section(Module module, JsonNode section) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.put("display_label", LayoutDocument.label(section));
    form.put("api_name", LayoutDocument.apiName(section));
    form.put("column_count", section.path("column_count").asInt(COLUMNS));
    form.put(TRAVERSAL, section.path(TRAVERSAL).asString(LEFT_TO_RIGHT));
    ArrayNode fields = form.putArray(FIELDS);
    section
        .path(FIELDS)
        .valueStream()
        .filter(entry -> module.field(Layout.fieldName(entry)).isPresent())
        .forEach(entry -> fields.add(field(entry)));
    return form;
  }

  private static ObjectNode field(JsonNode entry) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.put("api_name", Layout.fieldName(entry));
    FLAGS.forEach(flag -> form.put(flag, entry.path(flag).asBoolean(false)));
    if (entry.path(VALUES).isArray()) {
      form.set(VALUES, entry.path(VALUES));
    }
    if (entry.path(ASSOCIATION).isObject()) {
      ObjectNode details = form.putObject(ASSOCIATION);
      ASSOCIATED.forEach(
          key -> details.set(key, entry.path(ASSOCIATION).path(key).path("api_name")));
    }
    return form;
  }

  private static ObjectNode pipeline(Pipeline pipeline) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("display_value", pipeline.displayValue());
    if (pipeline.isDefault()) {
      form.put("default", true);
    }
    ArrayNode stages = form.putArray("stages");
    pipeline.stages().forEach(stages::add);
    return form;
  }

  /**
   * An item of the file with the names that its sections have, and with fields as objects: a field
   * that stands there alone is neither mandatory nor read-only, and has all its values.
   */
  static ObjectNode complete(ObjectNode wanted) {
    Lists.check(wanted, List.of("profiles", "default_profiles", SECTIONS, PIPELINES));
    ObjectNode whole = wanted.deepCopy();
    for (String list : List.of("profiles", "default_profiles")) {
      sort(whole, list, Comparator.comparing(name -> name.asString("")));
    }
    sort(whole, PIPELINES, Comparator.comparing(one -> one.path("display_value").asString("")));
    for (JsonNode pipeline : whole.path(PIPELINES)) {
      if (!pipeline.path("default").asBoolean(false) && pipeline instanceof ObjectNode object) {
        object.remove("default"); // there is always one, and only another one takes it over
      }
    }
    for (JsonNode section : whole.path(SECTIONS)) {
      if (!(section instanceof ObjectNode object) || !section.path("display_label").isString()) {
        throw new ConfigurationException("A section of a layout has no display_label.");
      }
      if (!section.has("api_name")) {
        object.set("api_name", labelAsName(section));
      }
      Lists.check(object, List.of(FIELDS));
      List<JsonNode> fields = section.path(FIELDS).valueStream().toList();
      ArrayNode completed = object.putArray(FIELDS);
      fields.forEach(field -> completed.add(completeField(field)));
    }
    return whole;
  }

  private static ObjectNode completeField(JsonNode field) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.put("api_name", Layout.fieldName(field));
    FLAGS.forEach(flag -> form.put(flag, field.path(flag).asBoolean(false)));
    for (String key : List.of(VALUES, ASSOCIATION)) {
      form.set(key, field.hasNonNull(key) ? field.get(key) : null);
    }
    return form;
  }

  /** What {@link #of} says, without what is so of every new layout. */
  static ObjectNode brief(Metadata metadata, Module module, ObjectNode form) {
    ObjectNode brief = form.deepCopy();
    for (String flag : List.of("active", "show_business_card")) {
      if (brief.path(flag).asBoolean()) {
        brief.remove(flag);
      }
    }
    if (brief.path("profiles").size() == ofModule(metadata, module).size()) {
      brief.remove("profiles");
    }
    if (brief.path("default_profiles").isEmpty()) {
      brief.remove("default_profiles");
    }
    for (JsonNode section : brief.path(SECTIONS)) {
      briefSection((ObjectNode) section);
    }
    return brief;
  }

  private static void briefSection(ObjectNode section) {
    if (section.get("api_name").equals(labelAsName(section))) {
      section.remove("api_name");
    }
    if (section.path("column_count").asInt() == COLUMNS) {
      section.remove("column_count");
    }
    if (section.path(TRAVERSAL).asString().equals(LEFT_TO_RIGHT)) {
      section.remove(TRAVERSAL);
    }
    List<JsonNode> fields = section.path(FIELDS).valueStream().toList();
    ArrayNode names = section.putArray(FIELDS);
    for (JsonNode field : fields) {
      ObjectNode kept = ((ObjectNode) field).deepCopy();
      FLAGS.stream().filter(flag -> !kept.path(flag).asBoolean()).forEach(kept::remove);
      names.add(kept.size() == 1 ? kept.get("api_name") : kept);
    }
  }

  private static JsonNode labelAsName(JsonNode section) {
    return Json.MAPPER.getNodeFactory().stringNode(LayoutDocument.label(section).replace(' ', '_'));
  }

  private static void sort(ObjectNode form, String list, Comparator<JsonNode> order) {
    if (form.path(list).isArray()) {
      List<JsonNode> items = form.path(list).valueStream().sorted(order).toList();
      ArrayNode sorted = form.putArray(list);
      items.forEach(sorted::add);
    }
  }
}
