package io.clientele.metadata.modules;

import io.clientele.access.Action;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Setting;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the user's profile does not allow, looked up once for a whole list of modules. */
record Rights(Set<String> refused) {
  static Rights of(Reader reader) {
    var refused = new HashSet<String>();
    Optional<Setting> profile = reader.metadata().profileOf(reader.userId());
    if (profile.isPresent()) {
      for (JsonNode permission : profile.get().body().path("permissions_details")) {
        if (!permission.path("enabled").asBoolean(true)) {
          refused.add(permission.path("name").asString(""));
        }
      }
    }
    return new Rights(refused);
  }

  /** Whether records of the module may be seen, made, changed or deleted. */
  boolean allow(String action, String module) {
    return !refused.contains(Action.permission(action, module));
  }
}
