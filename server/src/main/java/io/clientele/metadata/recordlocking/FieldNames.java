package io.clientele.metadata.recordlocking;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields that a body names by {@code id}, {@code api_name} or both. */
final class FieldNames {
  private FieldNames() {}

  /**
   * The field; when one of the two names none, the other counts.
   *
   * @throws io.clientele.error.ApiError EXPECTED_FIELD_MISSING, AMBIGUITY_DURING_PROCESSING or
   *     INVALID_DATA
   */
  static Field find(Module module, Item item) {
    List<Map<String, String>> both = List.of(item.place("api_name"), item.place("id"));
    if (!item.has("id") && !item.has("api_name")) {
      throw ErrorCode.EXPECTED_FIELD_MISSING
          .with("expected_fields", both)
          .message("Field Id and apiname is missing.");
    }
    Optional<Field> byId = PathId.parse(item.text("id")).flatMap(module::field);
    Optional<Field> byName = module.field(item.text("api_name"));
    if (byId.isPresent() && byName.isPresent() && !byId.equals(byName)) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING
          .with("ambiguity_due_to", both)
          .message("Field Id and apiname are ambiguous");
    }
    return byId.or(() -> byName)
        .orElseThrow(
            () -> item.invalid(item.has("id") ? "id" : "api_name").message("field not found"));
  }
}
