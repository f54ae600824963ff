package io.clientele.metadata;

import io.clientele.metadata.types.Column;
import io.clientele.metadata.types.FieldType;
import io.clientele.metadata.types.FieldTypes;
import io.clientele.metadata.types.FormulaType;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field of a module: what the hot paths ask of it, and its whole definition in the wire's own
 * keys.
 */
public final class Field {
  private static final Set<String> MULTI_MODULE_NAMES = Set.of("What_Id", "Parent_Id");

  /** What the server alone sets, whatever the definition says. */
  private static final Set<String> SYSTEM =
      Set.of(
          "id",
          "Created_By",
          "Modified_By",
          "Created_Time",
          "Modified_Time",
          "Last_Activity_Time",
          "Full_Name");

  /** What the users of a profile may do with the values of a field. */
  public enum Permission {
    READ_WRITE,
    READ_ONLY,
    HIDDEN
  }

  private enum Unique {
    NO,
    YES,
    CASE_SENSITIVE
  }

  private final long id;
  private final String apiName;
  private final FieldType type;
  private final String column;
  private final int length;
  private final int decimalPlaces;
  private final boolean mandatory;
  private final boolean readOnly;
  private final boolean richText;
  private final boolean closed;
  private final Unique unique;
  private final String external;
  private final boolean computed;
  private final List<String> modules;
  private final Map<String, String> pickList;
  private final Map<Long, Permission> permissions;
  private final Instant modifiedTime;
  private final JsonNode definition;

  Field(Setting setting) {
    definition = setting.body();
    id = setting.id();
    apiName = setting.apiName();
    modules = modules(definition);
    type = type(apiName, definition, modules);
    computed = type instanceof FormulaType && isComputed(definition);
    column = apiName.toLowerCase(Locale.ROOT);
    length = definition.path("length").asInt(FieldDefaults.length(dataType()));
    decimalPlaces = definition.path("decimal_place").asInt(FieldDefaults.decimalPlaces(dataType()));
    mandatory = definition.path("system_mandatory").asBoolean(false);
    readOnly =
        definition.path("read_only").asBoolean(false)
            || definition.path("computed").isString()
            || type instanceof FormulaType
            || isInventoryResult(definition)
            || SYSTEM.contains(apiName);
    richText = definition.path("textarea").path("type").asString("").equals("rich_text");
    closed = definition.path("closed").asBoolean(false);
    unique = unique(definition.path("unique").path("casesensitive"));
    external = definition.path("external").path("type").asString("");
    pickList = pickList(definition);
    permissions = permissions(definition);
    modifiedTime = setting.modifiedTime();
  }

  public long id() {
    return id;
  }

  public String apiName() {
    return apiName;
  }

  public FieldType type() {
    return type;
  }

  /** The data type on the wire; a lookup to several modules may still say lookup. */
  public String dataType() {
    return definition.path("data_type").asString();
  }

  /** The column of the module's table, unquoted. */
  public String column() {
    return column;
  }

  /** Its column of the module's table; none when it is computed or its values are rows. */
  public Optional<Column> stored() {
    return computed ? Optional.empty() : type.column();
  }

  /** What its values are to SQL, stored or computed; none when they are rows of another module. */
  public Optional<Column> valueColumn() {
    return type.valueColumn();
  }

  /** Whether every read computes it: a formula or rollup summary that says how. */
  public boolean isComputed() {
    return computed;
  }

  /** The data type of its values: its own, or what it returns. */
  public String valueType() {
    return type instanceof FormulaType formula ? formula.returns().dataType() : dataType();
  }

  /** How many characters or digits fit. */
  public int length() {
    return length;
  }

  public int decimalPlaces() {
    return decimalPlaces;
  }

  /** Whether a record cannot be without it, whatever its layout. */
  public boolean mandatory() {
    return mandatory;
  }

  public boolean readOnly() {
    return readOnly;
  }

  /** What the users of a profile may do with its values. */
  public Permission permission(long profileId) {
    return permissions.getOrDefault(profileId, Permission.READ_WRITE);
  }

  /** Whether some profile may not do everything with its values. */
  boolean isRestricted() {
    return !permissions.isEmpty();
  }

  /** Whether no two records may have the same value. */
  public boolean isUnique() {
    return unique != Unique.NO;
  }

  /** Whether its values are other systems' ids of the records. */
  public boolean isExternal() {
    return !external.isEmpty();
  }

  /** Whether each user has external ids of their own, which others may have too. */
  public boolean isExternalOfUser() {
    return external.equals("user");
  }

  /** Whether an index keeps its values apart: they are declared unique, or external ids. */
  public boolean mustDiffer() {
    return isUnique() || isExternal();
  }

  /** Whether values of a unique field differ when only their case does. */
  public boolean isCaseSensitive() {
    return unique == Unique.CASE_SENSITIVE;
  }

  public boolean isCustom() {
    return definition.path("custom_field").asBoolean(false);
  }

  /** Whether it is a key of records alone, which the metadata does not tell. */
  public boolean isInternal() {
    return definition.path("internal").asBoolean(false);
  }

  public boolean isRichText() {
    return richText;
  }

  /** Whether the wire calls it lookup and answers only name and id. */
  public boolean isPlainLookup() {
    return dataType().equals("lookup");
  }

  /**
   * The modules whose records a lookup can name; the module of a subform; empty for other types.
   */
  public List<String> modules() {
    return modules;
  }

  /** The linking module of a multi-select or multi-user lookup; empty for other types. */
  public Optional<Linking> linking() {
    JsonNode details = definition.path(dataType());
    JsonNode linking = details.path("linking_details");
    if (linking.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new Linking(
            moduleName(linking.path("module")),
            fieldName(linking.path("lookup_field")),
            fieldName(linking.path("connected_lookup_field")),
            moduleName(details.path("connected_details").path("module"))));
  }

  /**
   * How many records are linked with many.
   *
   * @param module the module whose rows are the links
   * @param lookupField its lookup to the record that has the field
   * @param connectedField its lookup to the other record or the user
   * @param connectedModule the module of the other records
   */
  public record Linking(
      String module, String lookupField, String connectedField, String connectedModule) {}

  private static Map<Long, Permission> permissions(JsonNode definition) {
    var permissions = new HashMap<Long, Permission>();
    for (Map.Entry<String, JsonNode> profile :
        definition.path("profile_permissions").properties()) {
      long id = Long.parseLong(profile.getKey());
      switch (profile.getValue().asString("")) {
        case "hidden" -> permissions.put(id, Permission.HIDDEN);
        case "read_only" -> permissions.put(id, Permission.READ_ONLY);
        default -> {}
      }
    }
    return Map.copyOf(permissions);
  }

  private static Unique unique(JsonNode caseSensitive) {
    if (caseSensitive.isMissingNode()) {
      return Unique.NO;
    }
    return caseSensitive.asString("").equals("true") ? Unique.CASE_SENSITIVE : Unique.YES;
  }

  private static String fieldName(JsonNode field) {
    return field.isObject() ? field.path("api_name").asString("") : field.asString("");
  }

  /** The kept form of a pick list value; null when a closed list does not know it. */
  public @Nullable String pickListValue(String value) {
    String known = pickList.get(value.toLowerCase(Locale.ROOT));
    return known == null && !closed ? value : known;
  }

  public List<String> pickListValues() {
    return List.copyOf(pickList.values());
  }

  public Instant modifiedTime() {
    return modifiedTime;
  }

  /** Everything that was said of it, in the keys of the fields operation. */
  public JsonNode definition() {
    return definition;
  }

  private static FieldType type(String apiName, JsonNode definition, List<String> modules) {
    String dataType = definition.path("data_type").asString();
    if (apiName.equals("Tag")) {
      return FieldTypes.TAG;
    }
    if (apiName.equals("Participants")
        && definition.path("json_type").asString("").equals("jsonarray")) {
      return FieldTypes.PARTICIPANTS;
    }
    if (definition.path("inventory").path("amount").asString("").equals("discount")) {
      return FieldTypes.AMOUNT_OR_PERCENT;
    }
    if (dataType.equals("formula") || dataType.equals("rollup_summary")) {
      return FieldTypes.computed(
          dataType, definition.path(dataType).path("return_type").asString("text"));
    }
    boolean list =
        definition.path("json_type").asString("").equals("jsonarray")
            || definition.path("multiple").asBoolean(false);
    if (list && FieldTypes.of(dataType).jsonType().equals("string")) {
      return FieldTypes.list(dataType);
    }
    boolean several =
        dataType.equals("lookup")
            && (modules.size() > 1 || MULTI_MODULE_NAMES.contains(apiName) && modules.size() != 1);
    return several ? FieldTypes.MULTI_MODULE : FieldTypes.of(dataType);
  }

  /** Whether it only says what the lines of a quote, an order or an invoice come to. */
  private static boolean isInventoryResult(JsonNode definition) {
    return switch (definition.path("inventory").path("amount").asString("")) {
      case "tax", "place" -> true;
      default -> false;
    };
  }

  private static boolean isComputed(JsonNode definition) {
    JsonNode expression =
        definition.path(definition.path("data_type").asString()).path("expression");
    return expression.isString() || expression.isObject();
  }

  private static List<String> modules(JsonNode definition) {
    for (JsonNode list :
        List.of(
            definition.path("modules"), definition.path("multi_module_lookup").path("modules"))) {
      if (list.isArray()) {
        return list.valueStream().map(Field::moduleName).toList();
      }
    }
    for (String key :
        List.of("lookup", "associated_module", "multiselectlookup", "multiuserlookup")) {
      String name = moduleName(definition.path(key).path("module"));
      if (!name.isEmpty()) {
        return List.of(name);
      }
    }
    return List.of();
  }

  /** A module as definitions name one: by its API name, or by an object that has it. */
  private static String moduleName(JsonNode module) {
    return module.isObject() ? module.path("api_name").asString("") : module.asString("");
  }

  private static Map<String, String> pickList(JsonNode definition) {
    var values = new LinkedHashMap<String, String>();
    for (JsonNode value : definition.path("pick_list_values")) {
      String actual =
          value.isObject()
              ? value.path("actual_value").asString(value.path("display_value").asString(""))
              : value.asString();
      values.put(actual.toLowerCase(Locale.ROOT), actual);
    }
    for (JsonNode value : definition.path("pick_list_values")) {
      String actual = value.path("actual_value").asString(value.path("display_value").asString(""));
      for (String other : List.of("display_value", "reference_value")) {
        if (value.path(other).isString()) {
          values.putIfAbsent(value.path(other).asString().toLowerCase(Locale.ROOT), actual);
        }
      }
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public String toString() {
    return apiName;
  }
}
