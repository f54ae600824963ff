package io.clientele.records.convert;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Action;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.records.LockedAction;
import io.clientele.records.RawRecord.Link;
import io.clientele.records.RecordChange;
import io.clientele.records.Relinks.Referrer;
import io.clientele.records.convert.LeadConversion.Converted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an order or invoice of a quote, or an invoice of an order: the fields of the same name, the
 * lines, the tags. Reference: Inventory Records Convert.
 */
final class InventoryConversion {
  private static final Map<String, List<String>> TARGETS =
      Map.of("Quotes", List.of("Sales_Orders", "Invoices"), "Sales_Orders", List.of("Invoices"));
  private static final Map<String, String> LINES =
      Map.of(
          "Quotes", "Quoted_Items", "Sales_Orders", "Ordered_Items", "Invoices", "Invoiced_Items");

  /** Fields that mean the same under other names. */
  private static final Map<String, Map<String, String>> RENAMED =
      Map.of("Invoices", Map.of("Deal_Name", "Deal_Name__s"));

  /** What says something of the one record alone. */
  private static final Set<String> OWN =
      Set.of("id", "Layout", "Status", "Owner", "Tag", "Wizard", "Record_Image");

  /** In the lines, what is not computed. */
  private static final List<String> OF_LINES =
      List.of(
          "Product_Name", "Quantity", "List_Price", "Line_Tax", "Price_Book_Name", "Description");

  private InventoryConversion() {}

  /** The modules that records of {@code source} can be converted to. */
  static List<String> targets(Module source) {
    return TARGETS.getOrDefault(source.apiName(), List.of());
  }

  /**
   * The new record.
   *
   * @throws io.clientele.error.ApiError INVALID_DATA, ID_ALREADY_CONVERTED or RECORD_LOCKED about
   *     the record, or what is wrong with the new one
   */
  static Converted convert(RecordChange change, Module source, long id, InventoryRequest request) {
    ObjectNode record =
        change
            .read(source, id, Action.READ)
            .orElseThrow(() -> ErrorCode.INVALID_DATA.with("resource_path_index", 1));
    if (record.path("$converted").asBoolean(false)) {
      throw ErrorCode.ID_ALREADY_CONVERTED.with("resource_path_index", 1);
    }
    if (!change.locks(source).stopped(LockedAction.CONVERT, List.of(id)).isEmpty()) {
      throw ErrorCode.RECORD_LOCKED.with("resource_path_index", 1);
    }
    Module target = request.target();
    ObjectNode row = row(change, source, target, id, record, request);
    long made =
        change.create(target, Json.MAPPER.createArrayNode().add(row)).getFirst().requireId();
    change.set(source, Map.of(id, Map.of("$converted", true)));
    for (String related : request.relatedModules()) {
      moveActivities(change, source, id, related, new Link(made, target.id()));
    }
    return new Converted(made, row.path("Subject").asString(""));
  }

  private static ObjectNode row(
      RecordChange change,
      Module source,
      Module target,
      long id,
      ObjectNode record,
      InventoryRequest request) {
    Metadata metadata = change.stamp().metadata();
    ObjectNode row = Json.MAPPER.createObjectNode();
    for (Field field : source.fields()) {
      JsonNode value = record.path(field.apiName());
      field(field, target)
          .filter(other -> !value.isNull() && !value.isMissingNode())
          .ifPresent(other -> row.set(other.apiName(), value));
    }
    // discounts given as percentages stay such
    rawDiscounts(change, source, sql("t.\"id\" = ?", id))
        .values()
        .forEach(text -> row.put("Discount", text));
    row.set(
        "Owner",
        request
            .assignTo()
            .<JsonNode>map(user -> Json.MAPPER.createObjectNode().put("id", Long.toString(user)))
            .orElseGet(() -> record.path("Owner")));
    if (request.carryOverTags()) {
      ArrayNode tags = row.putArray("Tag");
      record.path("Tag").forEach(tag -> tags.addObject().set("name", tag.path("name")));
    }
    link(source, target).ifPresent(field -> row.put(field, Long.toString(id)));
    row.set(LINES.get(target.apiName()), lines(change, metadata, source, id, record));
    return row;
  }

  private static Optional<Field> field(Field field, Module target) {
    String name =
        RENAMED
            .getOrDefault(target.apiName(), Map.of())
            .getOrDefault(field.apiName(), field.apiName());
    boolean own = OWN.contains(field.apiName()) || field.readOnly() || field.stored().isEmpty();
    return target
        .field(name)
        .filter(other -> !own && !other.readOnly() && other.stored().isPresent())
        .filter(other -> other.dataType().equals(field.dataType()))
        .filter(other -> other.modules().equals(field.modules()))
        .filter(other -> !other.dataType().equals("autonumber"));
  }

  /** The field of the new record that names the old one; invoices of quotes have none. */
  private static Optional<String> link(Module source, Module target) {
    return target.fields().stream()
        .filter(field -> field.dataType().equals("lookup") && !field.isCustom())
        .filter(field -> field.modules().equals(List.of(source.apiName())))
        .map(Field::apiName)
        .findFirst();
  }

  private static ArrayNode lines(
      RecordChange change, Metadata metadata, Module source, long id, ObjectNode record) {
    String name = LINES.getOrDefault(source.apiName(), "");
    Module module = metadata.get(name);
    String parent = Sql.identifier(module.field(module.parentField()).orElseThrow().column());
    Map<Long, String> discounts = rawDiscounts(change, module, sql("t." + parent + " = ?", id));
    ArrayNode lines = Json.MAPPER.createArrayNode();
    for (JsonNode line : record.path(name)) {
      ObjectNode copy = lines.addObject();
      for (String field : OF_LINES) {
        if (line.hasNonNull(field)) {
          copy.set(field, line.get(field));
        }
      }
      copy.put("Discount", discounts.get(line.path("id").asLong()));
    }
    return lines;
  }

  private static Map<Long, String> rawDiscounts(RecordChange change, Module module, Sql which) {
    var discounts = new HashMap<Long, String>();
    change
        .tx()
        .list(
            sql("select t.\"id\", t.discount from " + change.table(module) + " t where")
                .then(which)
                .then("and t.discount is not null"),
            row -> discounts.put(row.getLong(1), row.getString(2)));
    return discounts;
  }

  private static void moveActivities(
      RecordChange change, Module source, long id, String activities, Link to) {
    for (Referrer rows : change.referrers(source)) {
      if (rows.module().apiName().equals(activities) && rows.field().apiName().equals("What_Id")) {
        change.relink(rows, rows.naming(source, List.of(id)), to);
      }
    }
  }
}
