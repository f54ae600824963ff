package io.clientele.metadata.fields;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;

/** API names of related lists, which differ within a module. */
final class RelatedListName {
  private RelatedListName() {}

  /** A name made of {@code label} that the module's related lists do not have yet. */
  static String free(Metadata metadata, Module module, String label) {
    String base = label.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
    String name = base.isEmpty() ? "Related_List" : base;
    String candidate = name;
    for (int number = 1; taken(metadata, module, candidate); number++) {
      candidate = name + number;
    }
    return candidate;
  }

  private static boolean taken(Metadata metadata, Module module, String name) {
    return metadata.settings("related_list", module.id()).stream()
        .anyMatch(list -> list.apiName().equalsIgnoreCase(name));
  }
}
