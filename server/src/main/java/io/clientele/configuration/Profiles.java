package io.clientele.configuration;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Setting;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Profiles stand in the file by name, and in the API's bodies by id. */
final class Profiles {
  private Profiles() {}

  /** Puts the ids beside the names in the list {@code profiles} of an item. */
  static void resolve(Metadata metadata, ObjectNode item) {
    if (!(item.path("profiles") instanceof ArrayNode names)) {
      return;
    }
    ArrayNode resolved = names.arrayNode();
    for (JsonNode one : names) {
      String name = one.isObject() ? one.path("name").asString("") : one.asString("");
      Setting profile =
          find(metadata, name)
              .orElseThrow(() -> new ConfigurationException("There is no profile '" + name + "'."));
      ObjectNode entry = one instanceof ObjectNode object ? object.deepCopy() : names.objectNode();
      entry.remove("name");
      resolved.add(entry.put("id", Long.toString(profile.id())));
    }
    item.set("profiles", resolved);
  }

  static String nameOf(Setting profile) {
    return profile.body().path("name").asString(profile.apiName());
  }

  static Optional<Setting> find(Metadata metadata, String name) {
    return metadata.settings("profile").stream()
        .filter(one -> nameOf(one).equalsIgnoreCase(name))
        .findFirst();
  }
}
