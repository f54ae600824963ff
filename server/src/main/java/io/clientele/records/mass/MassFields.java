package io.clientele.records.mass;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.FieldDefaults;
import io.clientele.metadata.Module;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Which fields a mass update may change, and how many. */
final class MassFields {
  private static final int MOST_OF_DEALS = 3;
  private static final Set<String> EXCLUDED =
      Set.of(
          "email",
          "lookup",
          "multi_module_lookup",
          "multiselectlookup",
          "multiuserlookup",
          "subform",
          "textarea",
          "layout",
          "ownerlookup");

  private MassFields() {}

  /** What is wrong with the row of values; empty when nothing is. */
  static Optional<ApiError> problem(Module module, ObjectNode row, Predicate<Field> writable) {
    int most = module.apiName().equals("Deals") ? MOST_OF_DEALS : 1;
    if (row.isEmpty()) {
      return Optional.of(ErrorCode.INVALID_DATA.error().message("No field found"));
    }
    if (row.size() > most) {
      return Optional.of(
          ErrorCode.INVALID_DATA.with("limit", most).message("Max field limit exceeded"));
    }
    return row.propertyNames().stream()
        .filter(name -> !isAllowed(module, row, name, writable))
        .findFirst()
        .map(
            name ->
                ErrorCode.INVALID_DATA
                    .error()
                    .at(name, "$.data[0]." + name)
                    .message("This field cannot be updated in the Mass Update"));
  }

  private static boolean isAllowed(
      Module module, ObjectNode row, String name, Predicate<Field> writable) {
    Field field = module.field(name).orElse(null);
    if (field == null || field.readOnly() || field.stored().isEmpty() || !writable.test(field)) {
      return false;
    }
    if (field.dataType().equals("layout")) {
      // a pipeline is one of its layout, which goes with it
      return row.has("Pipeline");
    }
    boolean told =
        field
            .definition()
            .path("mass_update")
            .asBoolean(FieldDefaults.of(field.dataType()).path("mass_update").asBoolean(true));
    return told && !EXCLUDED.contains(field.dataType());
  }
}
