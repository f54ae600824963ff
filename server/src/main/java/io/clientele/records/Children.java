package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Field.Linking;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.types.FieldType.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows that hang on a record: those of its subforms, and the links of its multi-select and
 * multi-user lookups. Both are rows of a module of their own with a lookup to the record.
 */
final class Children {
  /**
   * How many rows of one field a single record shows; {@code $has_more} tells when there are more.
   */
  private static final int SHOWN = 200;

  private Children() {}

  /** The module whose rows the field has. */
  static Module module(Metadata metadata, Field field) {
    return metadata.get(
        field.linking().map(Linking::module).orElseGet(() -> field.modules().getFirst()));
  }

  /** The lookup of such a row to the record it hangs on. */
  static Field parentField(Metadata metadata, Field field) {
    Module child = module(metadata, field);
    String name = field.linking().map(Linking::lookupField).orElse(child.parentField());
    return child
        .field(name)
        .orElseThrow(() -> new IllegalStateException(child + " has no " + name));
  }

  /**
   * A link may be written under the name of the field instead of that of the linking module's
   * lookup.
   */
  static JsonNode asRow(Field field, JsonNode item) {
    Optional<Linking> linking = field.linking();
    if (linking.isEmpty() || !(item instanceof ObjectNode object)) {
      return item;
    }
    String connected = linking.get().connectedField();
    if (!object.has(connected) && object.has(field.apiName())) {
      ObjectNode renamed = object.deepCopy();
      renamed.set(connected, object.get(field.apiName()));
      return renamed;
    }
    boolean onlyRecord = object.has("id") && !object.has(connected) && !object.has("_delete");
    return onlyRecord ? Json.MAPPER.createObjectNode().set(connected, object) : object;
  }

  /** The fields of {@code module} that have such rows. */
  static List<Field> fields(Module module) {
    return module.fieldsWithRows();
  }

  /** Writes the rows of every such field of a record, and {@code $has_more}. */
  static void write(
      Transaction tx, RecordSelects selects, Module module, long id, Reading reading) {
    List<Field> fields = fields(module);
    JsonGenerator json = reading.json();
    var more = Json.MAPPER.createObjectNode();
    for (Field field : fields) {
      Metadata metadata = reading.metadata();
      RecordSelect select = selects.forList(metadata, module(metadata, field), List.of());
      Sql parent = sql("t." + Sql.identifier(parentField(metadata, field).column()) + " = ?", id);
      Sql statement =
          select.sql(
              "0",
              Rights.NONE,
              sql("where").then(parent).then("order by t.\"id\" limit ?", SHOWN + 1));
      json.writeArrayPropertyStart(field.apiName());
      int[] count = {0};
      tx.stream(
          statement,
          rows -> {
            while (rows.next() && count[0]++ < SHOWN) {
              json.writeStartObject();
              select.writeKeys(rows, reading);
              json.writeBooleanProperty("$in_merge", false);
              json.writeNullProperty("$field_states");
              json.writeNullProperty("$zia_visions");
              json.writeEndObject();
            }
          });
      json.writeEndArray();
      more.put(field.apiName(), count[0] > SHOWN);
    }
    if (!fields.isEmpty()) {
      json.writeName("$has_more");
      json.writePOJO(more);
    }
  }

  /** Rejects the drafts that change or delete rows which do not hang on their record. */
  static void check(
      Transaction tx, ModuleTables tables, Metadata metadata, Module module, List<Draft> drafts) {
    for (Field field : fields(module)) {
      Map<Draft, Draft> parents = new HashMap<>();
      for (Draft parent : drafts) {
        for (Draft.Child row : parent.children().getOrDefault(field, List.of())) {
          if (row.draft().id().isPresent()) {
            parents.put(row.draft(), parent);
          }
        }
      }
      if (!parents.isEmpty()) {
        check(tx, tables.of(metadata, module(metadata, field)), metadata, field, parents);
      }
    }
  }

  private static void check(
      Transaction tx, String table, Metadata metadata, Field field, Map<Draft, Draft> parents) {
    Long[] ids = parents.keySet().stream().map(Draft::requiredId).toArray(Long[]::new);
    String parentColumn = Sql.identifier(parentField(metadata, field).column());
    Map<Long, Long> actual = new HashMap<>();
    tx.list(
        sql(
            "select t.\"id\", t." + parentColumn + " from " + table + " t where t.\"id\" = any(?)",
            (Object) ids),
        row -> actual.put(row.getLong(1), row.getLong(2)));
    parents.forEach(
        (row, parent) -> {
          if (!parent.id().equals(Optional.ofNullable(actual.get(row.requiredId())))) {
            parent.reject(
                ErrorCode.INVALID_DATA
                    .error()
                    .message("the id given seems to be invalid")
                    .at("id", row.path("id")));
          }
        });
  }

  /** Moves the rows that hang on deleted records to the deleted ones, with their parents. */
  static void delete(
      Transaction tx, Stamp stamp, ModuleTables tables, Module module, List<Long> ids) {
    for (Field field : fields(module)) {
      Module child = module(stamp.metadata(), field);
      Field parent = parentField(stamp.metadata(), field);
      Sql which =
          sql(
              "t." + Sql.identifier(parent.column()) + " = any(?)",
              (Object) ids.toArray(Long[]::new));
      DeletedRows.move(
          tx, stamp, child, tables.of(stamp.metadata(), child), which, Optional.of(parent));
    }
  }
}
