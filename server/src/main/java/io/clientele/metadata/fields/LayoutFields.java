package io.clientele.metadata.fields;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.LayoutDocument;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The places of fields in the layouts of their module. */
final class LayoutFields {
  private LayoutFields() {}

  /** Puts a new field at the end of the standard layout's first section for fields. */
  static void add(MetadataChange change, Module module, Field field) {
    for (Setting layout : change.metadata().settings("layout", module.id())) {
      var document = new LayoutDocument(layout.copy());
      for (JsonNode section : document.sections()) {
        if (!LayoutDocument.apiName(section).startsWith("Record_Image")) {
          ObjectNode entry = Json.MAPPER.createObjectNode().put("api_name", field.apiName());
          document.put((ObjectNode) section, entry, 0);
          change.update(layout, document.body());
          return;
        }
      }
    }
  }

  /** Takes a field out of every layout, and what other fields show of it or through it. */
  static void remove(MetadataChange change, Module module, Field field) {
    for (Setting layout : change.metadata().settings("layout")) {
      var document = new LayoutDocument(layout.copy());
      boolean own = Objects.equals(layout.parentId(), module.id());
      boolean forgotten = own && document.forget(field.apiName());
      if (document.dissociate(field.id()) || forgotten) {
        change.update(layout, document.body());
      }
    }
  }
}
