package io.clientele.metadata.modules;

import io.clientele.access.ModuleProfiles;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** PUT /settings/modules: labels and profiles of a module. Reference: Update Custom Module. */
public final class UpdateModule {
  /** Modules that can be renamed beside the custom ones. */
  private static final Set<String> RENAMED_TYPES = Set.of("custom", "default");

  private UpdateModule() {}

  /** Changes the module that {@code item} names by its id. */
  public static Done update(MetadataChange change, Item item) {
    if (!item.has("id")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("id", item.at("id"));
    }
    String id = item.json().path("id").asString("");
    Module module =
        change.metadata().modules().stream()
            .filter(one -> Long.toString(one.id()).equals(id))
            .findFirst()
            .orElseThrow(
                () -> item.invalid("id").message("the module id given seems to be invalid"));
    return update(change, module, item);
  }

  static Done update(MetadataChange change, Module module, Item item) {
    for (String name : List.of("api_name", "access_type")) {
      boolean same = module.definition().path("module").path(name).equals(item.json().path(name));
      if (item.has(name) && !same) {
        throw ErrorCode.NOT_ALLOWED
            .error()
            .status(400)
            .message(
                name.equals("api_name")
                    ? "Api name update not allowed"
                    : "access type update not allowed")
            .at(name, item.at(name));
      }
    }
    if (!RENAMED_TYPES.contains(module.generatedType()) || !module.apiSupported()) {
      throw item.invalid("id").message("Module rename not allowed");
    }
    ModuleShape.check(item);
    Setting setting = change.metadata().setting("module", module.id()).orElseThrow();
    ObjectNode body = setting.copy();
    ObjectNode definition = (ObjectNode) body.get("module");
    for (String name : List.of("singular_label", "plural_label")) {
      if (item.json().has(name)) {
        item.require(name);
        ModuleShape.checkLabel(change, item, name, module.id());
        definition.put(name, item.text(name).strip());
      }
    }
    if (item.json().has("profiles")) {
      List<Setting> now = ModuleProfiles.of(change.metadata(), module);
      ModuleProfiles.set(change, module, ModuleShape.profiles(change, item, now));
    }
    change.update(setting, body);
    return Done.of("module updated successfully", module.id());
  }
}
