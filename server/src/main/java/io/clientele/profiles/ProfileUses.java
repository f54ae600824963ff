package io.clientele.profiles;

import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where other documents name a profile: by its id in lists of profiles (layouts, wizards, record
 * locking), and as the key of what a profile may do with a field.
 */
final class ProfileUses {
  /** Lists of profiles; where the first has none, all profiles are meant. */
  private static final Set<String> LISTS =
      Set.of("profiles", "default_profiles", "lock_excluded_profiles");

  private static final String OF_FIELDS = "profile_permissions";

  private ProfileUses() {}

  /** A new profile may see the same layouts and do the same with fields as its source. */
  static void copy(MetadataChange change, Setting source, long profileId) {
    String from = Long.toString(source.id());
    String to = Long.toString(profileId);
    for (String noun : List.of("layout", "field")) {
      for (Setting setting : change.metadata().settings(noun)) {
        ObjectNode body = setting.copy();
        boolean named = false;
        for (String list : LISTS) {
          if (body.path(list) instanceof ArrayNode ids && contains(ids, source)) {
            ids.add(to);
            named = true;
          }
        }
        if (body.path(OF_FIELDS) instanceof ObjectNode permissions && permissions.has(from)) {
          permissions.set(to, permissions.get(from));
          named = true;
        }
        if (named) {
          change.update(setting, body);
        }
      }
    }
  }

  /** Nothing names the profile any more; a list of it alone names the heir of its users. */
  static void release(MetadataChange change, Setting profile, Setting heir) {
    for (Setting setting : all(change)) {
      ObjectNode body = setting.copy();
      if (release(body, profile, heir)) {
        change.update(setting, body);
      }
    }
  }

  private static List<Setting> all(MetadataChange change) {
    return change.metadata().settings().stream()
        .filter(setting -> !setting.noun().equals(ProfileService.NOUN))
        .toList();
  }

  private static boolean release(JsonNode node, Setting profile, Setting heir) {
    boolean changed = false;
    for (var entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (LISTS.contains(entry.getKey()) && value instanceof ArrayNode ids) {
        changed |= remove(ids, profile, heir);
      } else if (entry.getKey().equals(OF_FIELDS) && value instanceof ObjectNode permissions) {
        changed |= permissions.remove(Long.toString(profile.id())) != null;
      } else {
        changed |= release(value, profile, heir);
      }
    }
    if (node.isArray()) {
      for (JsonNode one : node) {
        changed |= release(one, profile, heir);
      }
    }
    return changed;
  }

  private static boolean remove(ArrayNode ids, Setting profile, Setting heir) {
    boolean named = false;
    for (int i = ids.size() - 1; i >= 0; i--) {
      if (isOf(ids.get(i), profile)) {
        ids.remove(i);
        named = true;
      }
    }
    if (named && ids.isEmpty()) {
      ids.add(Long.toString(heir.id()));
    }
    return named;
  }

  private static boolean contains(ArrayNode ids, Setting profile) {
    return ids.valueStream().anyMatch(one -> isOf(one, profile));
  }

  private static boolean isOf(JsonNode named, Setting profile) {
    String text = named.asString("");
    return text.equals(Long.toString(profile.id())) || text.equals(profile.apiName());
  }
}
