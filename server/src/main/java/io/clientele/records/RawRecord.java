package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleColumns;
import io.clientele.metadata.types.MultiModuleLookupType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record's values as the database keeps them, for what passes them on to another record with
 * {@link RecordChange#set}.
 *
 * @param values by the API name of the field, those with a column of their own
 */
public record RawRecord(long id, Map<String, @Nullable Object> values) {
  /** A record of one of several modules, as a value. */
  public record Link(long id, long moduleId) {}

  /** The record, locked until the transaction ends; empty when {@code visible} does not show it. */
  static Optional<RawRecord> read(
      Transaction tx, Module module, String table, long id, Sql visible) {
    List<Field> fields =
        module.fields().stream()
            .filter(field -> field.stored().isPresent() && !field.apiName().equals("id"))
            .filter(field -> !ModuleColumns.isComputed(module, field))
            .toList();
    var columns = new ArrayList<String>();
    for (Field field : fields) {
      String column = "t." + Sql.identifier(field.column());
      columns.add(isText(field) ? column + "::text" : column);
      if (field.type() instanceof MultiModuleLookupType) {
        columns.add("t." + Sql.identifier(MultiModuleLookupType.moduleColumn(field)));
      }
    }
    Sql statement =
        sql("select " + String.join(", ", columns) + " from " + table + " t where t.\"id\" = ?", id)
            .then("and")
            .then(visible)
            .then("for update of t");
    return tx.find(
        statement,
        row -> {
          var values = new LinkedHashMap<String, @Nullable Object>();
          int place = 1;
          for (Field field : fields) {
            Object value = isText(field) ? row.getString(place) : row.getObject(place);
            place++;
            if (field.type() instanceof MultiModuleLookupType) {
              long moduleId = row.getLong(place++);
              value = value instanceof Long other ? new Link(other, moduleId) : null;
            }
            values.put(field.apiName(), value);
          }
          return new RawRecord(id, values);
        });
  }

  /** Whether its values travel to the database as texts. */
  private static boolean isText(Field field) {
    return field.type().newArray(0) instanceof String[];
  }
}
