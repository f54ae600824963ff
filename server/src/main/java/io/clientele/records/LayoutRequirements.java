package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows that change a record and name its layout: what the layout demands and the row does not bring
 * must be in the record already.
 */
final class LayoutRequirements {
  private LayoutRequirements() {}

  static void check(Transaction tx, String table, Module module, List<Draft> drafts) {
    Map<Layout, List<Draft>> byLayout =
        drafts.stream()
            .filter(draft -> draft.layout().isPresent())
            .collect(Collectors.groupingBy(draft -> draft.layout().orElseThrow()));
    byLayout.forEach(
        (layout, rows) -> {
          List<Field> required =
              module.fields().stream()
                  .filter(field -> layout.required().contains(field.apiName()))
                  .filter(field -> field.stored().isPresent())
                  .toList();
          if (!required.isEmpty()) {
            check(tx, table, required, rows);
          }
        });
  }

  private static void check(
      Transaction tx, String table, List<Field> required, List<Draft> drafts) {
    Map<Long, List<Field>> missing = missing(tx, table, required, drafts);
    for (Draft draft : drafts) {
      for (Field field : missing.getOrDefault(draft.requiredId(), List.of())) {
        if (!draft.values().containsKey(field)) {
          draft.reject(
              ErrorCode.MANDATORY_NOT_FOUND
                  .error()
                  .at(field.apiName(), draft.path(field.apiName())));
        }
      }
    }
  }

  /** Which of the fields each record lacks. */
  private static Map<Long, List<Field>> missing(
      Transaction tx, String table, List<Field> required, List<Draft> drafts) {
    var missing = new HashMap<Long, List<Field>>();
    String columns =
        required.stream()
            .map(field -> "t." + Sql.identifier(field.column()) + " is null")
            .collect(Collectors.joining(", "));
    Long[] ids = drafts.stream().map(Draft::requiredId).toArray(Long[]::new);
    tx.stream(
        sql("select t.id, " + columns + " from " + table + " t where t.id = any(?)", (Object) ids),
        rows -> {
          while (rows.next()) {
            var lacking = new ArrayList<Field>();
            for (int i = 0; i < required.size(); i++) {
              if (rows.getBoolean(i + 2)) {
                lacking.add(required.get(i));
              }
            }
            missing.put(rows.getLong(1), lacking);
          }
        });
    return missing;
  }
}
