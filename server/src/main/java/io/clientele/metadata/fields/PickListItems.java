package io.clientele.metadata.fields;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a pick list as a client gives them: new ones, and changes of those there are. */
public final class PickListItems {
  private static final int LENGTH = 120;
  private static final int VALUES = 5000;

  private static final Shape SHAPE =
      Shape.empty()
          .text("display_value", LENGTH)
          .text("actual_value", LENGTH)
          .text("reference_value", LENGTH)
          .text("colour_code", 7)
          .integer("sequence_number", 1, VALUES)
          .oneOf("type", "used", "unused")
          .integer("probability", 0, 100)
          .oneOf("forecast_type", "Open", "Closed Won", "Closed Lost")
          .object("forecast_category", Shape.empty().text("name", LENGTH).require("name"))
          .id("id");

  private PickListItems() {}

  /**
   * Brings {@code values} to what the list under {@code name} says: values it names by id or by
   * their actual value are changed or, with {@code _delete}, removed; others are added.
   *
   * @throws ApiError MANDATORY_NOT_FOUND, INVALID_DATA, DUPLICATE_DATA, LIMIT_EXCEEDED
   */
  public static void apply(MetadataChange change, Item item, String name, ArrayNode values) {
    Shape.empty().list(name, SHAPE).check(item);
    JsonNode given = item.json().path(name);
    for (int i = 0; i < given.size(); i++) {
      apply(change, (ObjectNode) given.get(i), item.at(name) + "[" + i + "]", values);
    }
    if (values.size() > VALUES) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", VALUES).at(name, item.at(name));
    }
    sort(item, values);
  }

  private static void apply(
      MetadataChange change, ObjectNode given, String path, ArrayNode values) {
    Optional<ObjectNode> known = find(given, values);
    if (given.hasNonNull("id") && known.isEmpty()) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message("the id given seems to be invalid")
          .at("id", path + ".id");
    }
    if (known.isPresent() && given.has("_delete")) {
      remove(values, known.get());
      return;
    }
    ObjectNode value = known.orElseGet(() -> values.addObject());
    if (known.isEmpty()) {
      if (given.path("display_value").asString("").isBlank()) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at("display_value", path + ".display_value");
      }
      value.put("id", Long.toString(change.nextId()));
      String display = given.path("display_value").asString();
      value.put("actual_value", given.path("actual_value").asString(display));
    }
    for (String key : new String[] {"display_value", "reference_value", "colour_code", "type"}) {
      if (given.hasNonNull(key)) {
        value.set(key, given.get(key));
      }
    }
    if (values.valueStream().anyMatch(one -> one.has("probability"))) {
      stage(given, value);
    }
    if (given.hasNonNull("sequence_number")) {
      move(values, value, given.path("sequence_number").asInt());
    }
    requireUnique(values, "display_value", path);
    requireUnique(values, "actual_value", path);
  }

  /** Stages of deals say more, and there is no other operation to tell it. */
  private static void stage(ObjectNode given, ObjectNode value) {
    if (given.hasNonNull("probability")) {
      value.set("probability", given.get("probability"));
    }
    if (given.hasNonNull("forecast_type")) {
      value.set("forecast_type", given.get("forecast_type"));
      value.set("deal_category", given.get("forecast_type"));
    }
    if (given.hasNonNull("forecast_category")) {
      value
          .putObject("forecast_category")
          .set("name", given.path("forecast_category").path("name"));
    }
  }

  private static Optional<ObjectNode> find(ObjectNode given, ArrayNode values) {
    String key = given.hasNonNull("id") ? "id" : "actual_value";
    String wanted = given.path(key).asString("");
    return StreamSupport.stream(values.spliterator(), false)
        .filter(value -> !wanted.isEmpty() && value.path(key).asString("").equals(wanted))
        .map(ObjectNode.class::cast)
        .findFirst();
  }

  private static void requireUnique(ArrayNode values, String key, String path) {
    Set<String> seen = new HashSet<>();
    for (JsonNode value : values) {
      if (!seen.add(value.path(key).asString("").toLowerCase(Locale.ROOT))) {
        throw ErrorCode.DUPLICATE_DATA.error().at(key, path + "." + key);
      }
    }
  }

  private static void remove(ArrayNode values, ObjectNode value) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == value) {
        values.remove(i);
        return;
      }
    }
  }

  private static void move(ArrayNode values, ObjectNode value, int place) {
    remove(values, value);
    values.insert(Math.min(place - 1, values.size()), value);
  }

  private static void sort(Item item, ArrayNode values) {
    if (item.json().path("pick_list_values_sorted_lexically").asBoolean(false)) {
      var sorted =
          StreamSupport.stream(values.spliterator(), false)
              .sorted(
                  java.util.Comparator.comparing(
                      value -> value.path("display_value").asString("").toLowerCase(Locale.ROOT)))
              .toList();
      values.removeAll();
      values.addAll(sorted);
    }
  }
}
