package io.clientele.metadata;

import io.clientele.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Which fields a record of a module has, in which sections, and which of them must be filled.
 *
 * @param required the fields mandatory in this layout beyond those the system demands
 * @param readOnly the fields that writes in this layout pass over
 * @param unused the fields that were taken out of it
 * @param pickLists for the pick lists that show some of their values only, which and in what order
 */
public record Layout(
    long id,
    long moduleId,
    String name,
    String displayLabel,
    boolean active,
    List<String> fields,
    Set<String> required,
    Set<String> readOnly,
    Set<String> unused,
    Map<String, List<String>> pickLists,
    JsonNode definition) {

  static Layout of(Setting setting) {
    JsonNode body = setting.body();
    var fields = new ArrayList<String>();
    var required = new TreeSet<String>();
    var readOnly = new TreeSet<String>();
    var pickLists = new HashMap<String, List<String>>();
    for (JsonNode section : body.path("sections")) {
      for (JsonNode field : section.path("fields")) {
        String apiName = fieldName(field);
        fields.add(apiName);
        if (field.path("required").asBoolean(false)) {
          required.add(apiName);
        }
        if (field.path("read_only").asBoolean(false)) {
          readOnly.add(apiName);
        }
        if (field.path("pick_list_values").isArray()) {
          pickLists.put(apiName, texts(field.path("pick_list_values")));
        }
      }
    }
    String name = body.path("name").asString(setting.apiName());
    return new Layout(
        setting.id(),
        setting.parent(),
        name,
        body.path("display_label").asString(name),
        !body.path("status").asString("active").equals("inactive"),
        List.copyOf(fields),
        Set.copyOf(required),
        Set.copyOf(readOnly),
        Set.copyOf(texts(body.path("unused"))),
        Map.copyOf(pickLists),
        body);
  }

  /** The field that an entry of a section is about: its name, or an object that has it. */
  public static String fieldName(JsonNode entry) {
    return entry.isObject() ? entry.path("api_name").asString("") : entry.asString("");
  }

  /** What the layout says of a field beyond its place; no keys when it says nothing. */
  public JsonNode entry(String field) {
    for (JsonNode section : definition.path("sections")) {
      for (JsonNode entry : section.path("fields")) {
        if (entry.isObject() && fieldName(entry).equals(field)) {
          return entry;
        }
      }
    }
    return Json.MAPPER.createObjectNode();
  }

  /** The values that a pick list has here; empty when it has all of them. */
  public Optional<List<String>> pickList(String field) {
    return Optional.ofNullable(pickLists.get(field));
  }

  /** Whether it came with its module; such a layout is neither deleted nor deactivated. */
  public boolean isStandard() {
    return !definition.path("generated_type").asString("default").equals("custom");
  }

  /** Whether users of the profile see it; a layout that names no profile is for all. */
  public boolean serves(Setting profile) {
    JsonNode profiles = definition.path("profiles");
    return active && (profiles.isEmpty() || names(profiles, profile));
  }

  /** Whether it was made the default of the profile. */
  boolean isDefaultOf(Setting profile) {
    return serves(profile) && names(definition.path("default_profiles"), profile);
  }

  private static boolean names(JsonNode profiles, Setting profile) {
    List<String> names = texts(profiles);
    return names.contains(profile.apiName()) || names.contains(Long.toString(profile.id()));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
