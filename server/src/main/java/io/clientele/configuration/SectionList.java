package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sections of a layout in the keys of the operation, from those of the file. */
final class SectionList {
  private static final JsonNode NOTHING = Json.MAPPER.missingNode();

  private final Module module;
  private final Map<String, JsonNode> there;
  private final Map<String, JsonNode> entries;
  private final JsonNode wanted;
  private final String path;

  /** The layout as the change has it now, and what {@code item} wants of it. */
  SectionList(MetadataChange change, long moduleId, long layoutId, Item item) {
    module = change.metadata().find(moduleId).orElseThrow();
    JsonNode sections = module.layout(layoutId).orElseThrow().definition().path("sections");
    there = byKey(sections, LayoutDocument::apiName);
    entries =
        sections
            .valueStream()
            .flatMap(section -> section.path("fields").valueStream())
            .collect(Collectors.toMap(Layout::fieldName, Function.identity(), (a, b) -> a));
    wanted = item.json().path(LayoutForm.SECTIONS);
    path = item.path();
  }

  private static Map<String, JsonNode> byKey(JsonNode list, Function<JsonNode, String> key) {
    return StreamSupport.stream(list.spliterator(), false)
        .collect(Collectors.toMap(key, Function.identity(), (a, b) -> a));
  }

  /** Those that are to be made first; such a one has the name that its first label gives it. */
  ArrayNode missing() {
    ArrayNode added = Json.MAPPER.createArrayNode();
    for (JsonNode section : wanted) {
      if (!there.containsKey(name(section))) {
        added.addObject().put("display_label", name(section).replace('_', ' '));
      }
    }
    return added;
  }

  /** All in their order with all their fields, then what is to go. */
  ArrayNode all() {
    ArrayNode sections = Json.MAPPER.createArrayNode();
    Set<String> kept = new HashSet<>();
    for (JsonNode section : wanted) {
      kept.add(name(section));
      sections.add(section(section, sections.size() + 1));
    }
    Set<String> fields =
        wanted
            .valueStream()
            .flatMap(section -> section.path("fields").valueStream())
            .map(field -> field.path("api_name").asString(""))
            .collect(Collectors.toSet());
    for (JsonNode section : sections) {
      removeOthers((ObjectNode) section, fields);
    }
    there.forEach(
        (name, section) -> {
          if (!kept.contains(name)) {
            ObjectNode gone = sections.addObject();
            gone.set("id", section.path("id"));
            gone.putObject("_delete").put("permanent", true);
          }
        });
    return sections;
  }

  private static String name(JsonNode section) {
    return section.path("api_name").asString("");
  }

  private ObjectNode section(JsonNode section, int place) {
    JsonNode now = Objects.requireNonNull(there.get(name(section)));
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set("id", now.path("id"));
    body.put("sequence_number", place);
    for (String key : List.of("display_label", "column_count", "tab_traversal")) {
      if (section.hasNonNull(key)) {
        body.set(key, section.get(key));
      }
    }
    ArrayNode fields = body.putArray("fields");
    for (JsonNode field : section.path("fields")) {
      fields.add(field(field, fields.size() + 1));
    }
    return body;
  }

  /** Where a field stands, and what of it the layout does not say yet. */
  private ObjectNode field(JsonNode wanted, int place) {
    String name = wanted.path("api_name").asString("");
    JsonNode now = entries.getOrDefault(name, NOTHING);
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("id", id(name)).put("sequence_number", place);
    for (String flag : List.of("required", "read_only")) {
      if (wanted.path(flag).asBoolean(false) != now.path(flag).asBoolean(false)) {
        body.set(flag, wanted.get(flag));
      }
    }
    pickList(wanted.path("pick_list_values"), now.path("pick_list_values"), body);
    association(wanted.path(LayoutForm.ASSOCIATION), now.path(LayoutForm.ASSOCIATION), body);
    return body;
  }

  private static void pickList(JsonNode wanted, JsonNode now, ObjectNode body) {
    if (wanted.isArray()) {
      ArrayNode values = body.putArray("pick_list_values");
      wanted.forEach(value -> values.addObject().put("actual_value", value.asString("")));
    } else if (now.isArray()) {
      body.putNull("pick_list_values");
    }
  }

  private static void association(JsonNode wanted, JsonNode now, ObjectNode body) {
    if (wanted.isObject()) {
      ObjectNode details = body.putObject(LayoutForm.ASSOCIATION);
      LayoutForm.ASSOCIATED.forEach(
          key -> details.putObject(key).put("api_name", wanted.path(key).asString("")));
    } else if (now.isObject()) {
      body.putNull(LayoutForm.ASSOCIATION);
    }
  }

  private String id(String field) {
    return module
        .field(field)
        .map(Field::id)
        .map(String::valueOf)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    path + ": " + module.apiName() + " has no field '" + field + "'."));
  }

  /** The fields of a section that no section has any more. */
  private void removeOthers(ObjectNode section, Set<String> wantedFields) {
    there.values().stream()
        .filter(one -> one.path("id").equals(section.path("id")))
        .flatMap(one -> one.path("fields").valueStream())
        .map(Layout::fieldName)
        .filter(name -> !wantedFields.contains(name) && module.field(name).isPresent())
        .forEach(
            name ->
                section
                    .withArray("fields")
                    .addObject()
                    .put("id", id(name))
                    .putObject("_delete")
                    .put("permanent", false));
    if (section.path("fields").isEmpty()) {
      section.remove("fields");
    }
  }
}
