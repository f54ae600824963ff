package io.clientele.metadata.modules;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

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

  /** The profiles that have the module when {@code profiles} of the item is done to {@code now}. */
  static Set<Long> profiles(MetadataChange change, Item item, List<Setting> now) {
    var having = new LinkedHashSet<Long>();
    now.forEach(profile -> having.add(profile.id()));
    JsonNode given = item.json().path("profiles");
    for (int i = 0; i < given.size(); i++) {
      String path = item.at("profiles") + "[" + i + "].id";
      long id =
          PathId.parse(given.get(i).path("id").asString())
              .flatMap(one -> change.metadata().setting("profile", one))
              .orElseThrow(
                  () ->
                      ErrorCode.INVALID_DATA
                          .error()
                          .message("Invalid profile id passed")
                          .at("id", path))
              .id();
      if (given.get(i).has("_delete")) {
        having.remove(id);
      } else {
        having.add(id);
      }
    }
    if (having.isEmpty()) {
      throw ErrorCode.MINIMUM_DATA_NOT_FOUND
          .error()
          .message("At least one profile needed")
          .at("profiles", item.at("profiles"));
    }
    return having;
  }
}
