package io.clientele.records;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * By which fields an upsert finds the record that a row is, in which order: those the client names,
 * then the unique ones; when it names none, the module's own field first. Reference: Upsert
 * Records, "How does the duplicate check work?".
 */
final class DuplicateChecks {
  private static final String KEY = "duplicate_check_fields";

  private DuplicateChecks() {}

  /**
   * @throws io.clientele.error.ApiError INVALID_DATA when a field is no such field
   */
  static List<Field> of(Module module, JsonNode named) {
    List<Field> unique = module.fields().stream().filter(Field::mustDiffer).toList();
    Optional<Field> system = module.duplicateCheckField();
    if (named.isMissingNode() || named.isNull() || named.isEmpty() && named.isArray()) {
      return distinct(system.stream(), unique);
    }
    if (!named.isArray()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonarray").at(KEY, "$." + KEY);
    }
    List<Field> known = distinct(system.stream(), unique);
    var order = new ArrayList<Field>();
    for (int i = 0; i < named.size(); i++) {
      String path = "$." + KEY + "[" + i + "]";
      String name = named.get(i).asString("");
      order.add(
          known.stream()
              .filter(field -> field.apiName().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      ErrorCode.INVALID_DATA
                          .with("supported_values", known.stream().map(Field::apiName).toList())
                          .at(KEY, path)));
    }
    return distinct(order.stream(), unique);
  }

  private static List<Field> distinct(Stream<Field> first, List<Field> then) {
    Set<Field> fields = new LinkedHashSet<>(first.toList());
    fields.addAll(then);
    return List.copyOf(fields);
  }
}
