package io.clientele.metadata.fields;

import io.clientele.files.FileStorage;
import io.clientele.http.Item;
import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.Setting;
import io.clientele.metadata.StandardMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The history of a pick list: a module made for it, made like that of the stages of deals, and a
 * related list that shows its rows at the records. The write path keeps it.
 */
final class FieldTracking {
  private static final String KEY = "history_tracking";
  private static final String FLAG = "history_tracking_enabled";
  private static final String LIST = "related_list_name";
  private static final String MOVED_TO = "Moved_To__s";

  /** Longer names would not fit into those of tables and columns. */
  private static final int NAME = 40;

  /** What of the history of stages any history has. */
  private static final Set<String> KEPT =
      Set.of(
          "Potential_Name",
          "Stage",
          MOVED_TO,
          "Stage_Duration_Calendar_Days",
          "Modified_By",
          "Modified_Time",
          "id");

  private final MetadataChange change;
  private final Module module;
  private final ObjectNode definition;

  private FieldTracking(MetadataChange change, Module module, ObjectNode definition) {
    this.change = change;
    this.module = module;
    this.definition = definition;
  }

  /**
   * Begins or ends the history of a field as {@code item} says.
   *
   * @param before what the definition said until now
   * @param definition what it will say
   * @throws io.clientele.error.ApiError NOT_ALLOWED for a field that is no pick list
   */
  static void apply(
      MetadataChange change, Module module, Item item, JsonNode before, ObjectNode definition) {
    boolean tracked = before.path(KEY).path("module").isObject();
    if (!item.json().has(KEY) && !item.json().has(FLAG)) {
      return;
    }
    boolean wanted = item.has(KEY) || item.json().path(FLAG).asBoolean(false);
    definition.set(KEY, tracked ? before.get(KEY) : null);
    definition.put(FLAG, wanted);
    String name = definition.path("api_name").asString();
    if (wanted && !definition.path("data_type").asString("").equals("picklist")) {
      throw FieldShape.notAllowed(item, item.has(KEY) ? KEY : FLAG);
    }
    boolean standard = !tracked && tracker(change, module, name).isPresent();
    if (!wanted && tracked) {
      stop(change, module, name);
      definition.putNull(KEY);
    } else if (wanted && !tracked && !standard) {
      new FieldTracking(change, module, definition).begin(item);
    }
  }

  /** Takes the history of a field away, if it has one. */
  static void stop(MetadataChange change, Module module, String field) {
    tracker(change, module, field).ifPresent(tracker -> drop(change, tracker));
  }

  private static Optional<Module> tracker(MetadataChange change, Module module, String field) {
    return change.metadata().trackersOf(module).stream()
        .filter(one -> one.definition().path("tracks").path("field").asString("").equals(field))
        .findFirst();
  }

  /** A module that was made for a field, with its rows and wherever they are shown. */
  static void drop(MetadataChange change, Module made) {
    ModuleTables.drop(change.tx(), change.org(), made);
    FileStorage.releaseModule(change.tx(), change.org(), made.id());
    for (Setting list : List.copyOf(change.metadata().settings("related_list"))) {
      if (list.body().path("module").asString("").equals(made.apiName())) {
        change.delete(list);
      }
    }
    for (String noun : List.of("field", "layout", "related_list", "custom_view")) {
      change.metadata().settings(noun, made.id()).forEach(change::delete);
    }
    change.metadata().setting("module", made.id()).ifPresent(change::delete);
  }

  private void begin(Item item) {
    String field = definition.path("api_name").asString();
    String given = item.json().path(KEY).path(LIST).asString("").strip();
    String label =
        given.isEmpty() ? definition.path("field_label").asString(field) + " History" : given;
    String list = RelatedListName.free(change.metadata(), module, label);
    String duration = shortened(field) + "_Duration_Calendar_Days";
    String name = freeName(shortened(module.apiName() + "_" + field) + "_History");
    ObjectNode file = file(name, label, field, list, duration);
    long id = StandardMetadata.add(change, file);
    Module tracker = change.metadata().find(id).orElseThrow();
    showIn(list, label, name);
    ObjectNode tracking = definition.putObject(KEY);
    tracking.put(LIST, label);
    tracking
        .putObject("module")
        .put("api_name", name)
        .put("module_name", name)
        .put("display_label", label)
        .put("id", Long.toString(id));
    Field days = tracker.field(duration).orElseThrow();
    tracking
        .putObject("duration_configured_field")
        .put("api_name", duration)
        .put("id", Long.toString(days.id()));
  }

  private ObjectNode file(String name, String label, String field, String list, String duration) {
    ObjectNode file = (ObjectNode) StandardMetadata.read("modules/DealHistory.json");
    StandardMetadata.name(file, name, label, label);
    ((ObjectNode) file.get("module")).put("display_field", field);
    ((ObjectNode) file.get("module")).putObject("parent_module").put("api_name", module.apiName());
    file.put("name_field", field).put("scope", module.scopeWord());
    file.putObject("tracks")
        .put("module", module.apiName())
        .put("field", field)
        .put("duration", duration);
    ArrayNode fields = file.arrayNode();
    for (JsonNode one : file.path("fields")) {
      if (KEPT.contains(one.path("api_name").asString())) {
        fields.add(rename((ObjectNode) one, field, list, duration));
      }
    }
    file.set("fields", fields);
    return file;
  }

  private ObjectNode rename(ObjectNode one, String field, String list, String duration) {
    String label = definition.path("field_label").asString(field);
    switch (one.path("api_name").asString()) {
      case "Potential_Name" -> {
        String record = shortened(singular().replaceAll("[^A-Za-z0-9]+", "_"));
        one.put("api_name", record.equalsIgnoreCase(field) ? record + "_1" : record)
            .put("field_label", singular());
        one.putObject("lookup")
            .put("module", module.apiName())
            .put("api_name", list)
            .put("display_label", list);
      }
      case "Stage" -> values(one.put("api_name", field).put("field_label", label));
      case MOVED_TO -> values(one);
      case "Stage_Duration_Calendar_Days" ->
          one.put("api_name", duration).put("field_label", label + " Duration (Calendar Days)");
      default -> {}
    }
    return one;
  }

  private void values(ObjectNode one) {
    JsonNode values = definition.path("pick_list_values");
    one.set("pick_list_values", values.isArray() ? values.deepCopy() : one.arrayNode());
  }

  private void showIn(String list, String label, String tracker) {
    Module made = change.metadata().get(tracker);
    String via =
        made.fields().stream()
            .filter(field -> field.isPlainLookup() && field.modules().contains(module.apiName()))
            .findFirst()
            .orElseThrow()
            .apiName();
    RelatedListName.insert(change, module, list, label, tracker, "default", via);
  }

  private String singular() {
    return module.definition().path("module").path("singular_label").asString(module.apiName());
  }

  private String freeName(String name) {
    String candidate = name;
    for (int number = 1; change.metadata().find(candidate).isPresent(); number++) {
      candidate = name + number;
    }
    return candidate;
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(NAME, name.length()));
  }
}
