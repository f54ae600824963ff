package io.clientele.metadata.fields;

import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The places of fields in the layouts of their module. */
final class LayoutFields {
  private LayoutFields() {}

  /** Puts a new field at the end of the standard layout's first section for fields. */
  static void add(MetadataChange change, Module module, Field field) {
    for (Setting layout : change.metadata().settings("layout", module.id())) {
      ObjectNode body = layout.copy();
      for (JsonNode section : body.path("sections")) {
        boolean picture = section.path("api_name").asString("").startsWith("Record_Image");
        if (!picture && section.path("fields") instanceof ArrayNode fields) {
          fields.add(field.apiName());
          change.update(layout, body);
          return;
        }
      }
    }
  }

  /** Takes a field out of every layout. */
  static void remove(MetadataChange change, Module module, Field field) {
    for (Setting layout : change.metadata().settings("layout", module.id())) {
      ObjectNode body = layout.copy();
      boolean found = false;
      for (JsonNode section : body.path("sections")) {
        if (section.path("fields") instanceof ArrayNode fields) {
          found |= remove(fields, field.apiName());
        }
      }
      if (found) {
        change.update(layout, body);
      }
    }
  }

  private static boolean remove(ArrayNode fields, String apiName) {
    for (int i = 0; i < fields.size(); i++) {
      JsonNode one = fields.get(i);
      String name = one.isObject() ? one.path("api_name").asString("") : one.asString("");
      if (name.equals(apiName)) {
        fields.remove(i);
        return true;
      }
    }
    return false;
  }
}
