package io.clientele.configuration;

import io.clientele.access.ModuleProfiles;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.modules.CreateModule;
import io.clientele.metadata.modules.UpdateModule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Modules: labels and profiles of all, and those that were made in this org. */
final class ModulesPart implements Part {
  /** What modules are told apart by. */
  static final String KEY = "api_name";

  @Override
  public String name() {
    return "modules";
  }

  @Override
  public List<String> keys() {
    return List.of(KEY);
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    return metadata.modules().stream()
        .filter(Module::hasTable)
        .map(module -> describe(metadata, module, setting(metadata, module)))
        .toList();
  }

  private static Described describe(Metadata metadata, Module module, Setting setting) {
    JsonNode definition = module.definition().path("module");
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.put("api_name", module.apiName());
    form.set("singular_label", definition.path("singular_label"));
    form.set("plural_label", definition.path("plural_label"));
    boolean custom = module.generatedType().equals("custom");
    if (custom) {
      ArrayNode profiles = form.putArray("profiles");
      ModuleProfiles.of(metadata, module)
          .forEach(profile -> profiles.add(Profiles.nameOf(profile)));
      module
          .nameField()
          .ifPresent(
              field -> {
                ObjectNode display = form.putObject("display_field");
                display.set("field_label", field.definition().path("field_label"));
                display.put("data_type", field.dataType());
                if (field.dataType().equals("autonumber")) {
                  display.set("auto_number", field.definition().path("auto_number"));
                }
              });
    }
    boolean changed = setting.modifiedTime().isAfter(setting.createdTime());
    return new Described(
        module.id(), form, custom || (changed && module.generatedType().equals("default")));
  }

  private static Setting setting(Metadata metadata, Module module) {
    return metadata.setting("module", module.id()).orElseThrow();
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    Profiles.resolve(change.metadata(), item.json());
    var _ = CreateModule.create(change, item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    item.json().put("id", Long.toString(id)).remove("display_field");
    addLeavingProfiles(item.json(), current);
    Profiles.resolve(change.metadata(), item.json());
    var _ = UpdateModule.update(change, item);
  }

  /** The operation adds profiles; those that the file does not name are marked to go. */
  private static void addLeavingProfiles(ObjectNode wanted, ObjectNode current) {
    if (!(wanted.path("profiles") instanceof ArrayNode names)) {
      return;
    }
    Set<String> kept = new HashSet<>();
    names.forEach(name -> kept.add(name.asString("")));
    for (JsonNode name : current.path("profiles")) {
      if (!kept.contains(name.asString(""))) {
        names.addObject().put("name", name.asString("")).putNull("_delete");
      }
    }
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    throw new ConfigurationException("Modules cannot be deleted.");
  }
}
