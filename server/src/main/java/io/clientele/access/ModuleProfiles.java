package io.clientele.access;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which profiles have a module: those that give the permission to view its records. */
public final class ModuleProfiles {
  private static final String DETAILS = "permissions_details";

  /** What whoever has a module may do; the rest as the profile has it for leads. */
  private static final Set<String> FIRST = Set.of("View", "Create", "Edit", "Delete");

  private ModuleProfiles() {}

  /** The profiles that have the module; a module without permissions has all. */
  public static List<Setting> of(Metadata metadata, Module module) {
    String view = Action.READ.permission(module.apiName());
    return metadata.settings("profile").stream()
        .filter(profile -> !metadata.refusedBy(profile).contains(view))
        .toList();
  }

  /** Adds the permissions of a custom module to all profiles, given in those {@code having} it. */
  public static void add(MetadataChange change, Module module, Set<Long> having) {
    List<Long> ids = change.nextIds(Permissions.OF_CUSTOM_MODULES.size());
    for (Setting profile : change.metadata().settings("profile")) {
      ObjectNode body = profile.copy();
      for (int i = 0; i < ids.size(); i++) {
        String word = Permissions.OF_CUSTOM_MODULES.get(i);
        body.withArray(DETAILS)
            .addObject()
            .put("id", Long.toString(ids.get(i)))
            .put("name", Permissions.name(word, module.apiName()))
            .put(
                "enabled",
                having.contains(profile.id()) && isFirst(change.metadata(), profile, word));
      }
      change.update(profile, body);
    }
  }

  /** Gives the module to the profiles that shall have it, and takes it from all others. */
  public static void set(MetadataChange change, Module module, Set<Long> having) {
    Set<Long> now = Set.copyOf(of(change.metadata(), module).stream().map(Setting::id).toList());
    for (Setting profile : change.metadata().settings("profile")) {
      boolean wanted = having.contains(profile.id());
      if (wanted != now.contains(profile.id())) {
        give(
            change,
            profile,
            module,
            (word, enabled) -> wanted && (enabled || isFirst(change.metadata(), profile, word)));
      }
    }
  }

  /**
   * What a profile that gives {@code given} gives of custom modules when nothing more was said than
   * which of them it has.
   */
  public static Map<String, Boolean> usual(Metadata metadata, Map<String, Boolean> given) {
    var usual = new LinkedHashMap<String, Boolean>();
    for (Module module : metadata.modules()) {
      if (Permissions.isCustom(module)) {
        boolean has = given.getOrDefault(Action.READ.permission(module.apiName()), false);
        for (String word : Permissions.OF_CUSTOM_MODULES) {
          boolean first =
              FIRST.contains(word) || given.getOrDefault(Permissions.name(word, "Leads"), true);
          usual.put(Permissions.name(word, module.apiName()), has && first);
        }
      }
    }
    return usual;
  }

  private static void give(
      MetadataChange change, Setting profile, Module module, BiPredicate<String, Boolean> enabled) {
    ObjectNode body = profile.copy();
    for (String word : Permissions.words(module)) {
      String name = Permissions.name(word, module.apiName());
      for (JsonNode detail : body.path(DETAILS)) {
        if (detail.path("name").asString("").equals(name)) {
          ((ObjectNode) detail)
              .put("enabled", enabled.test(word, detail.path("enabled").asBoolean(true)));
        }
      }
    }
    change.update(profile, body);
  }

  private static boolean isFirst(Metadata metadata, Setting profile, String word) {
    return FIRST.contains(word)
        || !metadata.refusedBy(profile).contains(Permissions.name(word, "Leads"));
  }
}
