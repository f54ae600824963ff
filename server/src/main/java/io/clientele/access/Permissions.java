package io.clientele.access;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.StandardMetadata;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All permissions that a profile of an org can give: those of the product, and for each custom
 * module the same that Leads has, but for what only leads can do.
 *
 * @param all what is known of each, by its name: {@code display_label}, {@code module}, {@code
 *     customizable} and the names of its {@code parent_permissions}
 * @param sections where each stands when they are shown
 */
public record Permissions(Map<String, JsonNode> all, JsonNode sections) {
  private static final String PREFIX = "Crm_Implied_";
  private static final String DETAILS = "permissions_details";
  private static final JsonNode FILE = StandardMetadata.read("profiles.json");
  private static final Map<String, JsonNode> STANDARD = standard();

  /** What stands for a module in names: its API name with neither underscores nor suffix. */
  private static final Map<String, String> WORDS = words();

  private static final String MODEL = "Leads";

  /** What custom modules have no permission for. */
  private static final Set<String> OF_MODEL_ALONE =
      Set.of("Convert", "Mass_Convert", "Web_To", "Webform_Abtesting", "Approve_Web", "Manage_AR");

  /** The words of the permissions that custom modules have. */
  static final List<String> OF_CUSTOM_MODULES =
      STANDARD.values().stream()
          .filter(one -> one.path("module").asString("").equals(MODEL))
          .map(Permissions::word)
          .filter(word -> !OF_MODEL_ALONE.contains(word))
          .toList();

  /** The permissions of the org as it is now. */
  public static Permissions of(Metadata metadata) {
    Map<String, JsonNode> all = new LinkedHashMap<>(STANDARD);
    JsonNode sections = FILE.path("sections").deepCopy();
    for (Module module : metadata.modules()) {
      if (isCustom(module)) {
        OF_CUSTOM_MODULES.forEach(
            word -> all.put(name(word, module.apiName()), permission(word, module)));
        sections.forEach(section -> show(section, module));
      }
    }
    return new Permissions(all, sections);
  }

  /** The words of the permissions about the module. */
  static List<String> words(Module module) {
    return isCustom(module)
        ? OF_CUSTOM_MODULES
        : STANDARD.values().stream()
            .filter(one -> one.path("module").asString("").equals(module.apiName()))
            .map(Permissions::word)
            .toList();
  }

  static boolean isCustom(Module module) {
    return module.generatedType().equals("custom");
  }

  /**
   * The name of the permission to do {@code word} with a module's records. A custom module whose
   * name would give a permission of the product has one that no other can have.
   */
  static String name(String word, String module) {
    String known = WORDS.get(module);
    if (known != null) {
      return PREFIX + word + "_" + known;
    }
    String name = PREFIX + word + "_" + module;
    return STANDARD.containsKey(name) ? name + "__c" : name;
  }

  private static JsonNode permission(String word, Module module) {
    JsonNode model = known(name(word, MODEL));
    ObjectNode permission = (ObjectNode) model.deepCopy();
    permission.put("name", name(word, module.apiName())).put("module", module.apiName());
    if (permission.path("display_label").asString("").equals(MODEL)) {
      permission.put("display_label", label(module));
    }
    if (model.path("parent_permissions").isArray()) {
      ArrayNode parents = permission.putArray("parent_permissions");
      for (JsonNode parent : model.path("parent_permissions")) {
        parents.add(name(word(known(parent.asString())), module.apiName()));
      }
    }
    return permission;
  }

  /** Puts the module's permissions beside those of Leads; in its own category where Leads has. */
  private static void show(JsonNode section, Module module) {
    ArrayNode categories = (ArrayNode) section.path("categories");
    for (JsonNode category : List.copyOf(categories.valueStream().toList())) {
      List<String> shown =
          category
              .path(DETAILS)
              .valueStream()
              .map(name -> STANDARD.get(name.asString()))
              .filter(one -> one != null && one.path("module").asString("").equals(MODEL))
              .map(Permissions::word)
              .filter(OF_CUSTOM_MODULES::contains)
              .map(word -> name(word, module.apiName()))
              .toList();
      if (!shown.isEmpty()) {
        ArrayNode names =
            category.path("module").isString()
                ? categories
                    .addObject()
                    .put("name", module.apiName())
                    .put("display_label", label(module))
                    .put("module", module.apiName())
                    .putArray(DETAILS)
                : (ArrayNode) category.path(DETAILS);
        shown.forEach(names::add);
      }
    }
  }

  private static String label(Module module) {
    return module.definition().path("module").path("plural_label").asString(module.apiName());
  }

  private static JsonNode known(String name) {
    return Objects.requireNonNull(STANDARD.get(name), name);
  }

  /** The word between the prefix and the module's. */
  private static String word(JsonNode permission) {
    String name = permission.path("name").asString();
    String module = permission.path("module").asString("");
    int end = name.length() - WORDS.getOrDefault(module, module).length() - 1;
    return name.substring(PREFIX.length(), end);
  }

  private static Map<String, JsonNode> standard() {
    var all = new LinkedHashMap<String, JsonNode>();
    FILE.path(DETAILS).forEach(one -> all.put(one.path("name").asString(), one));
    return all;
  }

  private static Map<String, String> words() {
    String view = PREFIX + "View_";
    var words = new HashMap<String, String>();
    STANDARD.forEach(
        (name, permission) -> {
          String module = permission.path("module").asString("");
          if (name.startsWith(view) && !module.isEmpty()) {
            words.put(module, name.substring(view.length()));
          }
        });
    return words;
  }
}
