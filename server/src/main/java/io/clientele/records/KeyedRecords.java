package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.types.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Records by the values of one of their fields. */
public final class KeyedRecords {
  private static final Set<String> TYPES =
      Set.of(
          "text",
          "email",
          "phone",
          "website",
          "autonumber",
          "integer",
          "bigint",
          "double",
          "percent",
          "currency");

  private KeyedRecords() {}

  /** Whether records can be found by values of the field: those of one text or number. */
  public static boolean isKey(Field field) {
    return field.stored().isPresent()
        && TYPES.contains(field.dataType())
        && !field.type().jsonType().startsWith("json"); // tags say that they are texts
  }

  /**
   * The oldest record that the user sees for each value of a field; values that no record has, or
   * that are none, are left out.
   *
   * @param values what the caller knows them by, with the values as rows of a body have them
   */
  public static Map<String, Long> find(
      RecordChange change, Module module, Field field, Map<String, JsonNode> values) {
    List<String> names = new ArrayList<>();
    List<@Nullable Object> parsed = new ArrayList<>();
    values.forEach(
        (name, json) -> {
          Object value = parse(field, json);
          if (value != null) {
            names.add(name);
            parsed.add(value);
          }
        });
    var found = new HashMap<String, Long>();
    @Nullable Object[] array = parsed.toArray(field.type().newArray(0));
    oldest(change, module, field, array, change.rows(module, Action.READ))
        .forEach((place, id) -> found.put(names.get(place), id));
    return found;
  }

  /**
   * The oldest of the records that {@code visible} shows for each value, by where the value stands.
   *
   * @param values as the database keeps them
   */
  static Map<Integer, Long> oldest(
      RecordChange change, Module module, Field field, @Nullable Object[] values, Sql visible) {
    var found = new HashMap<Integer, Long>();
    if (values.length == 0) {
      return found;
    }
    Column column = field.stored().orElseThrow();
    Sql statement =
        sql(
                // one probe of the index a value; the sum keeps it from walking the primary key
                "select v.n, f.id from unnest(?) with ordinality as v(x, n) cross join lateral"
                    + " (select min(t.\"id\" + 0) as id from "
                    + change.table(module)
                    + " t where "
                    + ModuleTables.uniqueKey(field, "t." + Sql.identifier(field.column()))
                    + " = "
                    + ModuleTables.uniqueKey(field, column.cast("v.x"))
                    + " and",
                change.tx().array(column.arrayType(), values))
            .then(visible)
            .then(") f where f.id is not null");
    change.tx().list(statement, row -> found.put((int) row.getLong(1) - 1, row.getLong(2)));
    return found;
  }

  private static @Nullable Object parse(Field field, JsonNode json) {
    try {
      return field.type().parse(json, field, "$");
    } catch (ApiError e) {
      return null;
    }
  }
}
