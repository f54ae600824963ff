package io.clientele.metadata.fields;

import static io.clientele.db.Sql.sql;

import io.clientele.db.DatabaseException;
import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Field;
import io.clientele.metadata.FieldColumns;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** PATCH /settings/fields: changes a field. Reference: Update Custom Fields. */
public final class UpdateField {
  /** Keys that a field has for ever; a value equal to the one it has is no change. */
  private static final List<String> FIXED = List.of("data_type", "api_name", "external");

  /** What may be said of a field that came with the module. */
  private static final List<String> STANDARD_FIXED =
      List.of("field_label", "length", "decimal_place", "unique", "crypt", "formula", "currency");

  private final MetadataChange change;
  private final Item item;
  private final Module module;
  private final Field field;
  private final ObjectNode definition;

  private UpdateField(MetadataChange change, Module module, Field field, Item item) {
    this.change = change;
    this.module = module;
    this.field = field;
    this.item = item;
    this.definition = (ObjectNode) field.definition().deepCopy();
  }

  /** Changes the field of {@code module} that {@code item} names by its id. */
  public static Done update(MetadataChange change, Module module, Item item) {
    if (!item.has("id")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("id", item.at("id"));
    }
    String id = item.json().path("id").asString("");
    Field field =
        module.fields().stream()
            .filter(one -> Long.toString(one.id()).equals(id))
            .findFirst()
            .orElseThrow(() -> item.invalid("id").message("the id given seems to be invalid"));
    return update(change, module, field, item);
  }

  static Done update(MetadataChange change, Module module, Field field, Item item) {
    new UpdateField(change, module, field, item).update();
    return Done.of("field updated", field.id());
  }

  private void update() {
    refuseFixed();
    CustomFieldType.of(field.dataType())
        .ifPresentOrElse(
            type -> FieldShape.check(item, type),
            () -> {
              throw FieldShape.notAllowed(item, "id");
            });
    if (item.has("field_label")) {
      FieldLabels.requireUnique(item, module, field.id());
    }
    boolean becomesUnique = item.json().path("unique").isObject() && !field.isUnique();
    if (becomesUnique && !item.json().path("unique").has("_disable")) {
      CreateField.requireRoomForUnique(item, module);
    }
    checkStored();
    FieldShape.copy(item, definition);
    FieldProfiles.apply(change, item, definition);
    updatePickList();
    FieldTracking.apply(change, module, item, field.definition(), definition);
    updateLookup();
    if (item.has("formula") || item.has("rollup_summary")) {
      ComputedDefinition.update(change, module, field, item, definition);
    }
    write();
  }

  private void refuseFixed() {
    for (String name : FIXED) {
      boolean same = FieldJson.value(field, name).equals(item.json().path(name));
      if (item.has(name) && !same) {
        throw name.equals("data_type")
            ? item.invalid("data_type")
            : FieldShape.notAllowed(item, name);
      }
    }
    for (String name : STANDARD_FIXED) {
      boolean same = FieldJson.value(field, name).equals(item.json().path(name));
      if (!field.isCustom() && item.has(name) && !same) {
        throw FieldShape.notAllowed(item, name);
      }
    }
    JsonNode textarea = item.json().path("textarea").path("type");
    boolean otherTextarea =
        textarea.isString() && !textarea.equals(FieldJson.value(field, "textarea").path("type"));
    if (otherTextarea) {
      throw FieldShape.notAllowed(item, "textarea");
    }
    boolean otherLength =
        item.has("length") && item.json().path("length").asInt() != field.length();
    if (field.dataType().equals("textarea") && otherLength) {
      throw FieldShape.notAllowed(item, "length");
    }
  }

  /** What is stored must fit a field that becomes shorter or coarser. */
  private void checkStored() {
    String column = "t." + Sql.identifier(field.column());
    int length = item.json().path("length").asInt(field.length());
    if (length < field.length() && field.stored().isPresent()) {
      Sql longer =
          switch (field.stored().get().sqlType()) {
            case "text" -> sql("char_length(" + column + ") > ?", length);
            case "numeric" -> sql("abs(" + column + ") >= power(10::numeric, ?)", length);
            case "integer", "bigint" ->
                sql("abs(" + column + "::numeric) >= power(10::numeric, ?)", length);
            default -> sql("jsonb_array_length(" + column + ") > ?", length);
          };
      if (FieldColumns.any(change, module, longer)) {
        throw FieldShape.mismatch(item, "length", "data_type");
      }
    }
    int places = item.json().path("decimal_place").asInt(field.decimalPlaces());
    if (places < field.decimalPlaces()
        && FieldColumns.any(change, module, sql("scale(" + column + ") > ?", places))) {
      throw FieldShape.mismatch(item, "decimal_place", "data_type");
    }
  }

  private void updatePickList() {
    boolean isList = field.dataType().endsWith("picklist");
    if (item.has("global_picklist") && isList) {
      definition.set("global_picklist", GlobalPickListReference.of(change, item));
      definition.remove("pick_list_values");
    } else if (item.has("pick_list_values")) {
      boolean pipelines = field.apiName().equals("Pipeline"); // they have operations of their own
      if (!isList || pipelines || definition.path("global_picklist").isObject()) {
        throw FieldShape.notAllowed(item, "pick_list_values");
      }
      ArrayNode values =
          FieldJson.value(field, "pick_list_values") instanceof ArrayNode known
              ? known.deepCopy()
              : definition.arrayNode();
      PickListItems.apply(change, item, "pick_list_values", values);
      definition.set("pick_list_values", values);
    }
  }

  /** The filter of a lookup can be changed, its module not. */
  private void updateLookup() {
    JsonNode lookup = item.json().path("lookup");
    if (!lookup.isObject()) {
      return;
    }
    String target =
        lookup.path("module").isObject()
            ? lookup.path("module").path("api_name").asString("")
            : lookup.path("module").asString("");
    if (!target.isEmpty() && !field.modules().contains(target)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("Lookup module cannot be updated")
          .at("module", item.at("lookup") + ".module");
    }
    field.modules().stream()
        .findFirst()
        .flatMap(change.metadata()::find)
        .ifPresent(module -> new LookupFilter(change, module).check(lookup, item.at("lookup")));
    for (String name : List.of("query_details", "display_label", "revalidate_filter_during_edit")) {
      if (lookup.has(name)) {
        definition.withObject("/lookup").set(name, lookup.get(name));
      }
    }
  }

  private void write() {
    change.update(change.metadata().setting("field", field.id()).orElseThrow(), definition);
    Field now =
        change.metadata().find(module.id()).orElseThrow().field(field.apiName()).orElseThrow();
    if (now.isUnique() != field.isUnique() || now.isCaseSensitive() != field.isCaseSensitive()) {
      try {
        FieldColumns.unique(change, module, now);
      } catch (DatabaseException e) {
        throw e.isUniqueViolation() ? duplicates() : e;
      }
    }
  }

  private ApiError duplicates() {
    return ErrorCode.DUPLICATE_DATA.error().at("unique", item.at("unique"));
  }
}
