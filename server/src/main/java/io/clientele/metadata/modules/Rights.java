package io.clientele.metadata.modules;

import io.clientele.access.Action;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Reader;
import java.util.Set;

/** What the user's profile does not allow, looked up once for a whole list of modules. */
record Rights(Set<String> refused) {
  static Rights of(Reader reader) {
    Metadata metadata = reader.metadata();
    return new Rights(
        metadata.profileOf(reader.userId()).map(metadata::refusedBy).orElse(Set.of()));
  }

  /** Whether records of the module may be seen, made, changed or deleted. */
  boolean allow(String action, String module) {
    return !refused.contains(Action.permission(action, module));
  }
}
