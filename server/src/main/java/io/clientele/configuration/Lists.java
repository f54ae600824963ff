package io.clientele.configuration;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a file has where the parts look for lists and their items. */
final class Lists {
  private Lists() {}

  /**
   * @throws ConfigurationException when one of the keys has a value that is no list
   */
  static void check(ObjectNode item, List<String> names) {
    for (String name : names) {
      if (item.hasNonNull(name) && !item.get(name).isArray()) {
        throw new ConfigurationException(name + " is not a list.");
      }
    }
  }

  /** An item of a list that has keys. */
  static ObjectNode object(JsonNode item) {
    if (item instanceof ObjectNode object) {
      return object;
    }
    throw new ConfigurationException(item + " is not a list of keys.");
  }
}
