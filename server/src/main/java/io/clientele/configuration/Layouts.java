package io.clientele.configuration;

import io.clientele.metadata.Layout;
import io.clientele.metadata.Module;

/** Layouts stand in the file by API name, and in the API's bodies by id. */
final class Layouts {
  private Layouts() {}

  static String nameOf(Layout layout) {
    return layout.definition().path("api_name").asString(layout.name());
  }

  static Layout get(Module module, String name) {
    return module.layouts().stream()
        .filter(layout -> nameOf(layout).equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> new ConfigurationException(module.apiName() + " has no layout '" + name + "'."));
  }
}
