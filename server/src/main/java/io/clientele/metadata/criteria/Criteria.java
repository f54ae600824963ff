package io.clientele.metadata.criteria;

import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Criteria as a client writes them, checked: {@code {"field":…,"comparator":…,"value":…}}, nested
 * in {@code {"group_operator":…,"group":[…]}}. What is kept names its fields by API name.
 */
public final class Criteria {
  /** How many comparisons there may be, in all groups together. */
  public static final int MAXIMUM = 25;

  /** From how many lookups criteria may take fields of the other records. */
  private static final int LOOKUPS = 2;

  private final Transaction tx;
  private final Metadata metadata;
  private final Module module;
  private final String place;
  private final Set<String> lookups = new LinkedHashSet<>();
  private int count;

  private Criteria(Transaction tx, Metadata metadata, Module module, String place) {
    this.tx = tx;
    this.metadata = metadata;
    this.module = module;
    this.place = place;
  }

  /**
   * Criteria on records of {@code module}, as they are kept; on fields that the user sees.
   *
   * @param place what they are part of, such as {@code criteria} or {@code cross_filters}
   * @throws ApiError what is wrong with the first that is wrong
   */
  public static ObjectNode check(
      MetadataChange change, Module module, JsonNode json, String place, String path) {
    Metadata seen = change.metadata().seenBy(change.userId());
    return check(change.tx(), seen, seen.find(module.id()).orElse(module), json, place, path);
  }

  /** The same where no metadata changes. */
  public static ObjectNode check(
      Transaction tx, Metadata metadata, Module module, JsonNode json, String place, String path) {
    var criteria = new Criteria(tx, metadata, module, place);
    ObjectNode kept = criteria.any(json, place, path);
    criteria.checkLookups();
    return kept;
  }

  /**
   * The value of one comparison, checked by the kind of its field.
   *
   * @throws ApiError what is wrong with the comparator or the value
   */
  public static JsonNode checkValue(
      MetadataChange change, Field field, JsonNode comparison, String path) {
    Kind kind =
        Kind.of(field)
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("field", path + ".field"));
    comparator(comparison, kind, path);
    return new CriterionValue(change.tx(), change.metadata(), field, kind, path).check(comparison);
  }

  /** The names of all fields in kept criteria; those of other records as {@code Lookup.Field}. */
  public static Stream<String> fields(JsonNode criteria) {
    if (criteria.path("group").isArray()) {
      return criteria.path("group").valueStream().flatMap(Criteria::fields);
    }
    return criteria.isObject() ? Stream.of(name(criteria.path("field"))) : Stream.empty();
  }

  /** A field as definitions name one: by its API name, or by an object that has it. */
  public static String name(JsonNode field) {
    return field.isObject() ? field.path("api_name").asString("") : field.asString("");
  }

  private ObjectNode any(JsonNode json, String name, String path) {
    if (!json.isObject()) {
      throw type("jsonobject", name, path);
    }
    boolean group = json.hasNonNull("group") || json.hasNonNull("group_operator");
    return group ? group(json, path) : one(json, path);
  }

  private ObjectNode group(JsonNode json, String path) {
    String operator = text(json, "group_operator", path);
    if (!List.of("and", "or").contains(operator.toLowerCase(java.util.Locale.ROOT))) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("group_operator", path + ".group_operator")
          .with("supported_values", List.of("and", "or"));
    }
    JsonNode list = json.path("group");
    String at = path + ".group";
    if (!json.hasNonNull("group")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("group", at);
    }
    if (!list.isArray()) {
      throw type("jsonarray", "group", at);
    }
    if (list.size() < 2) {
      throw ErrorCode.INVALID_DATA.with("minimum_length", 2).at("group", at);
    }
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("group_operator", operator.toUpperCase(java.util.Locale.ROOT));
    ArrayNode parts = kept.putArray("group");
    for (int i = 0; i < list.size(); i++) {
      parts.add(any(list.get(i), "group", at + "[" + i + "]"));
    }
    return kept;
  }

  private ObjectNode one(JsonNode json, String path) {
    if (++count > MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).at(place, path);
    }
    JsonNode named = json.path("field");
    String at = path + ".field";
    if (!json.hasNonNull("field")) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("field", at);
    }
    if (!named.isObject()) {
      throw type("jsonobject", "field", at);
    }
    String name = text(named, "api_name", at);
    Field field =
        References.findField(metadata, module, name)
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("api_name", at + ".api_name"));
    Kind kind =
        Kind.of(field)
            .filter(found -> !(found == Kind.LINKS && name.contains(".")))
            .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("api_name", at + ".api_name"));
    if (named.hasNonNull("id") && !named.path("id").asString("").equals("" + field.id())) {
      throw ErrorCode.INVALID_DATA.error().at("id", at + ".id");
    }
    countLookup(name, path);
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("comparator", comparator(json, kind, path));
    kept.put("field", name);
    kept.put("type", valueType(json, path));
    kept.set("value", new CriterionValue(tx, metadata, field, kind, path).check(json));
    return kept;
  }

  private void countLookup(String name, String path) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return;
    }
    if (name.indexOf('.', dot + 1) > 0) {
      throw ErrorCode.INVALID_DATA.error().at("api_name", path + ".field.api_name");
    }
    lookups.add(name.substring(0, dot));
  }

  private void checkLookups() {
    if (lookups.size() > LOOKUPS) {
      throw ErrorCode.LOOKUP_LIMIT_EXCEEDED.with(
          "used_in",
          List.of(
              Map.of(
                  "name",
                  place,
                  "lookup_fields",
                  lookups.stream().map(name -> Map.of("api_name", name)).toList(),
                  "lookup_limit",
                  LOOKUPS)));
    }
  }

  private static String comparator(JsonNode json, Kind kind, String path) {
    String at = path + ".comparator";
    if (!json.hasNonNull("comparator")) {
      throw missing("comparator", at, path);
    }
    String comparator =
        json.path("comparator").isString() ? json.path("comparator").asString() : "";
    if (kind.comparators().contains(comparator)) {
      return comparator;
    }
    List<String> all =
        Stream.of(Kind.values()).flatMap(any -> any.comparators().stream()).distinct().toList();
    if (!all.contains(comparator)) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("comparator", at)
          .with("supported_values", kind.comparators())
          .message("Please give a valid comparator");
    }
    throw ErrorCode.DEPENDENT_MISMATCH
        .with("dependee", dependee("api_name", path + ".field.api_name"))
        .at("comparator", at)
        .with("supported_values", kind.comparators());
  }

  /** Only values that stand for themselves, and words; fields and merge fields are not compared. */
  private static String valueType(JsonNode json, String path) {
    String type = json.path("type").isNull() ? "value" : json.path("type").asString("value");
    if (!List.of("value", "pre_defined").contains(type)) {
      throw ErrorCode.INVALID_DATA
          .error()
          .at("type", path + ".type")
          .with("supported_values", List.of("value", "pre_defined"));
    }
    return type;
  }

  private static String text(JsonNode json, String name, String path) {
    String at = path + "." + name;
    if (!json.hasNonNull(name)) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at(name, at);
    }
    if (!json.path(name).isString()) {
      throw type("text", name, at);
    }
    return json.path(name).asString();
  }

  static ApiError missing(String name, String at, String path) {
    return ErrorCode.DEPENDENT_FIELD_MISSING
        .with("dependee", dependee("field", path + ".field"))
        .at(name, at)
        .message("Dependent Field missing");
  }

  static Map<String, String> dependee(String name, String path) {
    return Map.of("api_name", name, "json_path", path);
  }

  private static ApiError type(String expected, String name, String path) {
    return ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(name, path);
  }
}
