package io.clientele.metadata.fields;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.metadata.Field;
import io.clientele.metadata.FieldColumns;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.fields.CustomFieldType.Allows;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** POST /settings/fields: a new field of a module. Reference: Create Custom Fields. */
public final class CreateField {
  private static final int CUSTOM_FIELDS = 500;
  private static final int UNIQUE_FIELDS = 2;
  private static final int API_NAME = 50;

  /** Names that mean something else in a record's JSON. Reference: Create Custom Module. */
  private static final Set<String> RESERVED =
      Set.of(
          "settings",
          "signals",
          "last_follow_up_by",
          "number_of_followups",
          "last_follow_up_time",
          "first_follow_up_by",
          "first_follow_up_time",
          "nearby_distance__s",
          "chronologicalview",
          "shifthours",
          "mailchimp",
          "discount_percentage__s",
          "discount_type__s",
          "xmin",
          "xmax",
          "cmin",
          "cmax",
          "ctid",
          "tableoid");

  private final MetadataChange change;
  private final Item item;
  private final Module module;
  private final ObjectNode definition = Json.MAPPER.createObjectNode();

  private CreateField(MetadataChange change, Module module, Item item) {
    this.change = change;
    this.module = module;
    this.item = item;
  }

  /** Adds the field that {@code item} describes to {@code module} and to its standard layout. */
  public static Done create(MetadataChange change, Module module, Item item) {
    Field field = createUnplaced(change, module, item);
    LayoutFields.add(change, change.metadata().find(module.id()).orElseThrow(), field);
    return Done.of("field created", field.id());
  }

  /** The same for a field that gets its place in a layout from whoever calls. */
  public static Field createUnplaced(MetadataChange change, Module module, Item item) {
    return new CreateField(change, module, item).create();
  }

  private Field create() {
    item.require("field_label").require("data_type");
    CustomFieldType type =
        CustomFieldType.of(item.text("data_type")).orElseThrow(() -> item.invalid("data_type"));
    FieldShape.check(item, type);
    FieldShape.copy(item, definition);
    checkLimits(type);
    String apiName = apiName();
    definition.put("api_name", apiName).put("data_type", type.dataType()).put("custom_field", true);
    definition.put("created_source", "api");
    addLength(type);
    FieldProfiles.apply(change, item, definition);
    long id = change.nextId();
    switch (type) {
      case TEXTAREA -> addTextarea();
      case PICKLIST, MULTISELECTPICKLIST -> addPickList();
      case AUTONUMBER -> addAutoNumber();
      case LOOKUP -> new LookupDefinition(change, module, item).lookup(definition);
      case USERLOOKUP -> new LookupDefinition(change, module, item).userLookup(definition);
      case MULTISELECTLOOKUP, MULTIUSERLOOKUP ->
          new LookupDefinition(change, module, item).linked(definition, type);
      case SUBFORM -> new LookupDefinition(change, module, item).subform(definition);
      case FORMULA, ROLLUP_SUMMARY -> ComputedDefinition.add(change, module, item, definition);
      default -> {}
    }
    FieldTracking.apply(change, module, item, Json.MAPPER.createObjectNode(), definition);
    change.insert(id, "field", module.id(), apiName, definition);
    Module now = change.metadata().find(module.id()).orElseThrow();
    Field field = now.field(apiName).orElseThrow();
    FieldColumns.add(change, now, field);
    if (type == CustomFieldType.AUTONUMBER
        && item.json().path("_update_existing_records").asBoolean(false)) {
      FieldColumns.number(change, now, field);
    }
    return field;
  }

  private void checkLimits(CustomFieldType type) {
    List<Field> custom = module.fields().stream().filter(Field::isCustom).toList();
    if (custom.size() >= CUSTOM_FIELDS) {
      throw limit(CUSTOM_FIELDS);
    }
    boolean numbered =
        module.fields().stream().anyMatch(field -> field.dataType().equals("autonumber"));
    if (type == CustomFieldType.AUTONUMBER && numbered) {
      throw limit(1);
    }
    if (type.allows(Allows.UNIQUE) && definition.has("unique")) {
      requireRoomForUnique(item, module);
    }
    boolean hasAuthors = module.field("Created_By").isPresent();
    if (item.has("external") && (module.apiName().equals("Calls") || !hasAuthors)) {
      throw FieldShape.notAllowed(item, "external");
    }
  }

  /** Reference: "a maximum of two unique fields per module". */
  static void requireRoomForUnique(Item item, Module module) {
    long unique = module.fields().stream().filter(Field::isCustom).filter(Field::isUnique).count();
    if (unique >= UNIQUE_FIELDS) {
      throw FieldShape.notAllowed(item, "unique").with("limit", UNIQUE_FIELDS);
    }
  }

  private ApiError limit(int limit) {
    return ErrorCode.LIMIT_EXCEEDED
        .with("limit", limit)
        .with("limit_due_to", List.of(item.place("data_type")));
  }

  /** The name a client chose, or one made of the label. */
  private String apiName() {
    FieldLabels.requireUnique(item, module, 0);
    if (!item.has("api_name")) {
      return free(fromLabel(item.text("field_label")));
    }
    String name = item.text("api_name");
    if (!name.matches("[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")) {
      throw item.invalid("api_name");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw ErrorCode.RESERVED_KEYWORD_NOT_ALLOWED.error().at("api_name", item.at("api_name"));
    }
    if (taken(name)) {
      throw ErrorCode.DUPLICATE_DATA.error().at("api_name", item.at("api_name"));
    }
    return name;
  }

  private static String fromLabel(String label) {
    String name =
        label.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^[_0-9]+", "").replaceAll("_+$", "");
    String usable = name.isEmpty() ? "Field" : name;
    return usable.length() > API_NAME
        ? usable.substring(0, API_NAME).replaceAll("_+$", "")
        : usable;
  }

  private String free(String name) {
    String candidate = name;
    for (int number = 1; taken(candidate); number++) {
      candidate = name + number;
    }
    return candidate;
  }

  private boolean taken(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT))
        || change.metadata().settings("field", module.id()).stream()
            .anyMatch(field -> field.apiName().equalsIgnoreCase(name));
  }

  private void addLength(CustomFieldType type) {
    if (type.hasRange() && !definition.has("length")) {
      definition.put("length", type.maximum());
    }
    if (!type.lengths().isEmpty()
        && type != CustomFieldType.TEXTAREA
        && !definition.has("length")) {
      definition.put("length", type.lengths().getFirst());
    }
    if (type == CustomFieldType.FORMULA) {
      definition.remove("length");
    }
  }

  private void addTextarea() {
    if (!item.has("textarea")) {
      throw FieldShape.missing(item, "textarea");
    }
    String path = item.at("textarea") + ".type";
    String type = item.json().path("textarea").path("type").asString("");
    int length =
        FieldShape.textareaLength(type)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("supported_values", List.of("small", "large", "rich_text"))
                        .at("type", path));
    if (item.has("length") && item.json().path("length").asInt() != length) {
      throw FieldShape.mismatch(item, "length", "textarea")
          .with("supported_values", List.of(length));
    }
    definition.put("length", length);
  }

  private void addPickList() {
    boolean global = item.has("global_picklist");
    if (global && item.has("pick_list_values")) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with(
          "ambiguity_due_to",
          List.of(item.place("pick_list_values"), item.place("global_picklist")));
    }
    if (global) {
      definition.set("global_picklist", GlobalPickListReference.of(change, item));
      return;
    }
    if (item.json().path("pick_list_values").isEmpty()) {
      throw ErrorCode.EXPECTED_DEPENDENT_FIELD_MISSING
          .with("dependee", item.place("data_type"))
          .with(
              "expected_fields",
              List.of(item.place("pick_list_values"), item.place("global_picklist")));
    }
    ArrayNode values = definition.putArray("pick_list_values");
    PickListItems.apply(change, item, "pick_list_values", values);
  }

  private void addAutoNumber() {
    if (!item.has("auto_number")) {
      throw FieldShape.missing(item, "auto_number");
    }
    ((ObjectNode) definition.get("auto_number"))
        .put(
            "start_number",
            AutoNumber.start(item.json().path("auto_number"), item.at("auto_number")));
  }
}
