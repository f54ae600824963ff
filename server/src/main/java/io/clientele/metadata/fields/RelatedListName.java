package io.clientele.metadata.fields;

import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import tools.jackson.databind.node.ObjectNode;

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

  /** Adds a list of the records of {@code from} that name one of {@code target}. */
  static void insert(
      MetadataChange change,
      Module target,
      String apiName,
      String label,
      String from,
      String type,
      String via) {
    ObjectNode list = Json.MAPPER.createObjectNode();
    list.put("sequence_number", Integer.toString(target.relatedLists().size() + 1));
    list.put("api_name", apiName).put("name", label).put("display_label", label);
    list.put("module", from).put("type", type);
    list.put("href", target.apiName() + "/{ENTITYID}/" + apiName);
    list.putNull("action").putNull("connectedmodule").putNull("linkingmodule");
    list.put("status", "visible").put("customize_sort", true).put("customize_fields", true);
    list.put("customize_display_label", true);
    list.putObject("via").put("field", via);
    change.insert(change.nextId(), "related_list", target.id(), apiName, list);
  }

  private static boolean taken(Metadata metadata, Module module, String name) {
    return metadata.settings("related_list", module.id()).stream()
        .anyMatch(list -> list.apiName().equalsIgnoreCase(name));
  }
}
