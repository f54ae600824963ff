package io.clientele.metadata.fields;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Module;

/** Labels of fields, which differ within a module. */
final class FieldLabels {
  private FieldLabels() {}

  /**
   * @param id the field that may have the label already; 0 for a new one
   * @throws io.clientele.error.ApiError DUPLICATE_DATA
   */
  static void requireUnique(Item item, Module module, long id) {
    String label = item.text("field_label").strip();
    boolean taken =
        module.fields().stream()
            .filter(field -> field.id() != id)
            .anyMatch(
                field ->
                    FieldJson.value(field, "field_label").asString("").equalsIgnoreCase(label));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA.error().at("field_label", item.at("field_label"));
    }
  }
}
