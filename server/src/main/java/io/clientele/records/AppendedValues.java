package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.types.Invalid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Values of multi-select fields that join those a record has instead of replacing them: what a
 * row's {@code $append_values} asks for.
 */
final class AppendedValues {
  private static final String KEY = "$append_values";

  private AppendedValues() {}

  /** Marks the fields that the row names with true. */
  static void read(Draft draft, Module module, JsonNode row) {
    JsonNode named = row.path(KEY);
    if (named.isMissingNode() || named.isNull()) {
      return;
    }
    if (!named.isObject()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at(KEY, draft.path(KEY));
    }
    for (Map.Entry<String, JsonNode> property : named.properties()) {
      Field field = module.field(property.getKey()).filter(AppendedValues::isList).orElse(null);
      JsonNode wanted = property.getValue();
      if (field != null && !wanted.isBoolean()) {
        throw Invalid.type("boolean", field, draft.path(KEY + "." + field.apiName()));
      }
      if (field != null && wanted.asBoolean()) {
        draft.append(field);
      }
    }
  }

  static boolean isList(Field field) {
    return field.stored().filter(column -> column.sqlType().equals("text[]")).isPresent();
  }

  /** Puts the values that the records have before those of the drafts; locks the records. */
  static void join(RecordChange change, Module module, List<Draft> drafts) {
    Map<Field, List<Draft>> byField = new HashMap<>();
    for (Draft draft : drafts) {
      for (Field field : draft.appended()) {
        if (draft.values().get(field) instanceof String) {
          byField.computeIfAbsent(field, key -> new ArrayList<>()).add(draft);
        }
      }
    }
    byField.forEach((field, having) -> join(change, module, field, having));
  }

  private static void join(RecordChange change, Module module, Field field, List<Draft> drafts) {
    String column = "t." + Sql.identifier(field.column());
    Map<Integer, String> joined = new HashMap<>();
    var tx = change.tx();
    Long[] ids = drafts.stream().map(Draft::requiredId).toArray(Long[]::new);
    String[] added =
        drafts.stream()
            .map(draft -> String.valueOf(draft.values().get(field)))
            .toArray(String[]::new);
    tx.list(
        sql(
            "select v.n, (coalesce("
                + column
                + ", '{}') || array(select x from unnest(v.added::text[]) x where "
                + column
                + " is null or x <> all("
                + column
                + ")))::text from "
                + change.table(module)
                + " t join unnest(?, ?) with ordinality as v(id, added, n) on t.\"id\" = v.id"
                + " order by t.\"id\" for update of t",
            tx.array("bigint", ids),
            tx.array("text", added)),
        row -> joined.put(row.getInt(1) - 1, row.getString(2)));
    joined.forEach((index, value) -> drafts.get(index).set(field, value));
  }
}
