package io.clientele.metadata.fields;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import tools.jackson.databind.node.ObjectNode;

/** Formulas and roll-up summaries. */
final class ComputedDefinition {
  private ComputedDefinition() {}

  static void add(MetadataChange change, Module module, Item item, ObjectNode definition) {
    throw ErrorCode.INVALID_DATA.error().at("data_type", item.at("data_type"));
  }

  static void update(
      MetadataChange change, Module module, Field field, Item item, ObjectNode definition) {
    throw FieldShape.notAllowed(item, field.dataType());
  }
}
