package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.SearchColumn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The texts that searches find records by, as the table has them, with the rows locked. */
final class StoredTexts {
  private final Map<Long, Map<Field, @Nullable String>> rows;

  private StoredTexts(Map<Long, Map<Field, @Nullable String>> rows) {
    this.rows = rows;
  }

  /** Of records that are there; locked in the order of their ids, as all changes do. */
  static StoredTexts lock(Transaction tx, Module module, String table, List<Long> ids) {
    List<Field> fields = SearchColumn.fields(module);
    var columns = new StringBuilder("select t.\"id\"");
    fields.forEach(field -> columns.append(", t.").append(Sql.identifier(field.column())));
    var rows = new LinkedHashMap<Long, Map<Field, @Nullable String>>();
    tx.stream(
        sql(
            columns + " from " + table + " t where t.\"id\" = any(?) order by t.\"id\" for update",
            (Object) ids.toArray(Long[]::new)),
        result -> {
          while (result.next()) {
            Map<Field, @Nullable String> values = new HashMap<>();
            for (int i = 0; i < fields.size(); i++) {
              values.put(fields.get(i), result.getString(i + 2));
            }
            rows.put(result.getLong(1), values);
          }
        });
    return new StoredTexts(rows);
  }

  Set<Long> ids() {
    return rows.keySet();
  }

  @Nullable String value(long id, Field field) {
    return rows.getOrDefault(id, Map.of()).get(field);
  }
}
