package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.fields.CreateField;
import io.clientele.metadata.fields.DeleteField;
import io.clientele.metadata.fields.UpdateField;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields of a module. */
final class FieldsPart implements Part {
  /** Keys that stand in the file as they stand in the definition. */
  private static final List<String> COPIED =
      List.of(
          "api_name",
          "field_label",
          "data_type",
          "length",
          "decimal_place",
          "tooltip",
          "textarea",
          "currency",
          "auto_number",
          "formula",
          "rollup_summary",
          "external",
          "default_value",
          "filterable",
          "separator",
          "number_separator",
          "enable_colour_code",
          "history_tracking_enabled",
          "hipaa_compliance_enabled",
          "sharing_properties");

  private static final List<String> VALUE_KEYS =
      List.of(
          "display_value",
          "actual_value",
          "reference_value",
          "colour_code",
          "type",
          "probability",
          "forecast_type",
          "forecast_category");

  @Override
  public String name() {
    return "fields";
  }

  @Override
  public List<String> keys() {
    return List.of("api_name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    Module of = Objects.requireNonNull(module);
    Set<Long> changed = new HashSet<>();
    for (Setting setting : metadata.settings("field", of.id())) {
      if (setting.modifiedTime().isAfter(setting.createdTime())) {
        changed.add(setting.id());
      }
    }
    return of.fields().stream()
        .filter(field -> !field.isInternal())
        .map(
            field ->
                new Described(
                    field.id(),
                    form(metadata, field),
                    field.isCustom() || changed.contains(field.id())))
        .toList();
  }

  private static ObjectNode form(Metadata metadata, Field field) {
    JsonNode definition = field.definition();
    ObjectNode form = Json.MAPPER.createObjectNode();
    for (String name : COPIED) {
      if (definition.hasNonNull(name)) {
        form.set(name, definition.get(name));
      }
    }
    if (field.isUnique()) {
      form.putObject("unique").put("case_sensitive", field.isCaseSensitive());
    }
    if (definition.path("crypt").isObject()) {
      form.putObject("crypt").put("mode", "encryption");
    }
    if (definition.path("private").isObject()) {
      form.putObject("private").set("type", definition.path("private").path("type"));
    }
    if (definition.path("global_picklist").isObject()) {
      form.putObject("global_picklist")
          .set("api_name", definition.path("global_picklist").path("api_name"));
    } else if (definition.path("pick_list_values").size() > 0 && !isPipelines(definition)) {
      ArrayNode values = form.putArray("pick_list_values");
      definition.path("pick_list_values").forEach(value -> values.add(value(value)));
    }
    lookup(form, definition);
    profiles(metadata, form, definition.path("profile_permissions"));
    return form;
  }

  /** Pipelines stand with the layouts they belong to. */
  private static boolean isPipelines(JsonNode definition) {
    return definition.path("pick_list_values").path(0).has("maps");
  }

  private static ObjectNode value(JsonNode value) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    for (String name : VALUE_KEYS) {
      if (value.hasNonNull(name)) {
        form.set(name, value.get(name));
      }
    }
    return form;
  }

  private static void lookup(ObjectNode form, JsonNode definition) {
    JsonNode lookup = definition.path("lookup");
    if (lookup.hasNonNull("module")) {
      ObjectNode inner = form.putObject("lookup");
      String target =
          lookup.path("module").isObject()
              ? lookup.path("module").path("api_name").asString("")
              : lookup.path("module").asString("");
      inner.putObject("module").put("api_name", target);
      for (String name : List.of("display_label", "query_details")) {
        if (lookup.hasNonNull(name)) {
          inner.set(name, lookup.get(name));
        }
      }
      String revalidate = "revalidate_filter_during_edit";
      inner.put(revalidate, lookup.path(revalidate).asBoolean(false));
    }
    for (String type : List.of("multiselectlookup", "multiuserlookup")) {
      JsonNode linked = definition.path(type);
      if (linked.has("linking_details")) {
        ObjectNode inner = form.putObject(type);
        inner.set("display_label", linked.path("display_label"));
        inner
            .putObject("connected_details")
            .putObject("module")
            .set("api_name", linked.path("connected_details").path("module"));
      }
    }
  }

  private static void profiles(Metadata metadata, ObjectNode form, JsonNode permissions) {
    for (Setting profile : metadata.settings("profile")) {
      JsonNode permission = permissions.path(Long.toString(profile.id()));
      if (permission.isString()) {
        form.withArray("/profiles")
            .addObject()
            .put("name", Profiles.nameOf(profile))
            .set("permission_type", permission);
      }
    }
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    Profiles.resolve(change.metadata(), item.json());
    var _ = CreateField.create(change, Objects.requireNonNull(module), item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    ObjectNode wanted = item.json();
    wanted.put("id", Long.toString(id));
    Profiles.resolve(change.metadata(), wanted);
    if (wanted.path("pick_list_values") instanceof ArrayNode values) {
      addLeavingValues(values, current.path("pick_list_values"));
    }
    var _ = UpdateField.update(change, Objects.requireNonNull(module), item);
  }

  /** The operation adds values; those that the file does not name are marked to go. */
  private static void addLeavingValues(ArrayNode wanted, JsonNode current) {
    Set<String> kept = new HashSet<>();
    int place = 1;
    for (JsonNode value : wanted) {
      kept.add(actual(value));
      Lists.object(value).put("actual_value", actual(value)).put("sequence_number", place++);
    }
    for (JsonNode value : current) {
      if (!kept.contains(actual(value))) {
        wanted.addObject().put("actual_value", actual(value)).put("_delete", true);
      }
    }
  }

  private static String actual(JsonNode value) {
    return value.path("actual_value").asString(value.path("display_value").asString(""));
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    Module of = Objects.requireNonNull(module);
    var _ = DeleteField.delete(change, of, of.field(id).orElseThrow());
  }
}
