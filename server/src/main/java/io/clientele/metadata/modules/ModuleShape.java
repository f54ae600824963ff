package io.clientele.metadata.modules;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The keys of a custom module and their rules. Reference: Create and Update Custom Module. */
final class ModuleShape {
  static final int LABEL = 50;

  private static final Shape KEYS =
      Shape.empty()
          .text("plural_label", LABEL)
          .text("singular_label", LABEL)
          .text("api_name", LABEL)
          .list("profiles", Shape.empty().require("id").id("id"));

  private ModuleShape() {}

  static void check(Item item) {
    KEYS.check(item);
  }

  /**
   * A label of letters, digits and spaces that no other module has.
   *
   * @param moduleId the module that may have it already; 0 for a new one
   */
  static void checkLabel(MetadataChange change, Item item, String name, long moduleId) {
    String word = name.startsWith("plural") ? "plural" : "singular";
    String label = item.text(name).strip();
    if (!label.matches("[\\p{L}\\p{M}\\p{N} ]+")) {
      throw item.invalid(name).message("Special characters in module " + word + " name");
    }
    boolean taken =
        change.metadata().settings("module").stream()
            .filter(module -> module.id() != moduleId)
            .anyMatch(
                module ->
                    module.body().path("module").path(name).asString("").equalsIgnoreCase(label));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .message("Module " + word + " name duplicate")
          .at(name, item.at(name));
    }
  }

  /** Brings {@code names}, the API names of profiles, to what {@code profiles} of the item says. */
  static void applyProfiles(MetadataChange change, Item item, ArrayNode names) {
    JsonNode given = item.json().path("profiles");
    List<Setting> profiles = change.metadata().settings("profile");
    for (int i = 0; i < given.size(); i++) {
      String id = given.get(i).path("id").asString();
      String path = item.at("profiles") + "[" + i + "].id";
      Optional<Setting> profile =
          profiles.stream().filter(one -> Long.toString(one.id()).equals(id)).findFirst();
      String name =
          profile
              .orElseThrow(
                  () ->
                      ErrorCode.INVALID_DATA
                          .error()
                          .message("Invalid profile id passed")
                          .at("id", path))
              .apiName();
      remove(names, name);
      if (!given.get(i).has("_delete")) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      throw ErrorCode.MINIMUM_DATA_NOT_FOUND
          .error()
          .message("At least one profile needed")
          .at("profiles", item.at("profiles"));
    }
  }

  private static void remove(ArrayNode names, String name) {
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).asString().equals(name)) {
        names.remove(i);
      }
    }
  }
}
