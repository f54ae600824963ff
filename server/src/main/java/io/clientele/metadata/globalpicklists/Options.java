package io.clientele.metadata.globalpicklists;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.GlobalPickList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a global pick list while it is created or changed. */
final class Options {
  static final String KEY = "pick_list_values";

  private static final int USED = 1000;
  private static final int UNUSED = 500;
  private static final int LENGTH = 120;
  private static final String TYPES = "used|unused";

  private static final Shape SHAPE =
      Shape.empty()
          .id("id")
          .text("display_value", LENGTH)
          .text("reference_value", LENGTH)
          .text("actual_value", LENGTH)
          .text("colour_code", 7)
          .integer("sequence_number", 1, USED + UNUSED);

  private final Item item;
  private final String emptyReference;
  private final List<ObjectNode> values = new ArrayList<>();

  /**
   * @param emptyReference the message about a reference value that is there and empty
   */
  Options(Item item, String emptyReference) {
    this.item = item;
    this.emptyReference = emptyReference;
  }

  /** Begins with what a list has. */
  Options from(GlobalPickList list) {
    for (JsonNode value : list.body().path(KEY)) {
      values.add(((ObjectNode) value).deepCopy());
    }
    return this;
  }

  List<ObjectNode> values() {
    return values;
  }

  /** The objects of the body, checked as to their types; none when the body says nothing. */
  List<Item> read() {
    if (!item.json().has(KEY)) {
      return List.of();
    }
    item.require(KEY);
    JsonNode list = item.json().get(KEY);
    if (!list.isArray()) {
      throw item.invalid(KEY).with("expected_data_type", "jsonarray");
    }
    if (list.isEmpty()) {
      throw empty();
    }
    var items = new ArrayList<Item>();
    for (JsonNode node : list) {
      String path = item.at(KEY) + "[" + items.size() + "]";
      if (!(node instanceof ObjectNode object)) {
        throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(KEY, path);
      }
      items.add(check(new Item(object, path)));
    }
    return items;
  }

  private Item check(Item option) {
    SHAPE.check(option);
    for (String name : Words.optionNames()) {
      if (option.json().has(name) && option.text(name).isBlank()) {
        throw ErrorCode.MANDATORY_NOT_FOUND
            .error()
            .message(
                name.equals("display_value")
                    ? "Display value in pick list values cannot be empty or null"
                    : emptyReference)
            .at(name, option.at(name));
      }
      if (Words.refusedInOption(option.text(name))) {
        throw option.invalid(name).message("Special characters are not allowed in Options");
      }
    }
    if (option.text("display_value").equalsIgnoreCase("-None-")) {
      // the newest page has no index here
      throw item.invalid("display_value").at("display_value", item.at(KEY) + ".display_value");
    }
    if (option.has("type") && !option.text("type").matches(TYPES)) {
      throw ErrorCode.INVALID_DATA.with("regex", TYPES).at("type", option.at("type"));
    }
    return option;
  }

  /** Adds a value; its actual and its reference value are its display value unless it says so. */
  void add(Item option, Supplier<Long> nextId) {
    option.require("display_value");
    String display = option.text("display_value");
    String reference = option.json().path("reference_value").asString("");
    String actual = option.json().path("actual_value").asString(reference);
    actual = actual.isEmpty() ? display : actual;
    ObjectNode value = option.json().objectNode();
    value
        .put("display_value", display)
        .put("actual_value", actual)
        .put("reference_value", reference.isEmpty() ? actual : reference)
        .put("type", option.has("type") ? option.text("type") : "used")
        .put("id", Long.toString(nextId.get()));
    keep(option, value, "colour_code");
    values.add(value);
    move(value, option);
  }

  /** Changes the keys that the body has. */
  void change(ObjectNode value, Item option) {
    Words.optionNames().forEach(name -> keep(option, value, name));
    keep(option, value, "type");
    keep(option, value, "colour_code");
    move(value, option);
  }

  private static void keep(Item option, ObjectNode value, String name) {
    if (option.has(name)) {
      value.set(name, option.json().get(name));
    }
  }

  /** To the place the body names, counted from one, once all are there. */
  private static void move(ObjectNode value, Item option) {
    if (option.has("sequence_number")) {
      value.put("place", option.json().get("sequence_number").asInt());
    }
  }

  /** The whole list in its order, when it is one that can be. */
  ArrayNode finish() {
    if (values.stream().noneMatch(value -> isUsed(value))) {
      throw empty();
    }
    limit(values.stream().filter(Options::isUsed).count(), USED, "values");
    limit(values.stream().filter(value -> !isUsed(value)).count(), UNUSED, "unused values");
    unique("display_value", "Duplicate option found. Enter a unique option.");
    unique("actual_value", "Duplicate option found. Enter a unique option.");
    unique("reference_value", "Duplicate reference option found. Enter a unique reference option.");
    place();
    ArrayNode list = item.json().arrayNode();
    values.forEach(list::add);
    return list;
  }

  private void place() {
    List<ObjectNode> placed =
        values.stream()
            .filter(value -> value.has("place"))
            .sorted(Comparator.comparingInt(value -> value.path("place").asInt()))
            .toList();
    values.removeAll(placed);
    for (ObjectNode value : placed) {
      values.add(Math.min(value.path("place").asInt() - 1, values.size()), value);
    }
    placed.forEach(value -> value.remove("place"));
  }

  static boolean isUsed(JsonNode value) {
    return !value.path("type").asString("used").equals("unused");
  }

  private ApiError empty() {
    return item.invalid(KEY).message("Values in the pick list field cannot be empty.");
  }

  private void limit(long count, int limit, String what) {
    if (count > limit) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit_due_to", List.of(item.place(KEY)))
          .with("limit", limit)
          .message(
              "Sorry, you have reached the limit of %d %s added for this pick list field."
                  .formatted(limit, what));
    }
  }

  private void unique(String name, String message) {
    var seen = new HashSet<String>();
    for (ObjectNode value : values) {
      if (!seen.add(value.path(name).asString("").toLowerCase(Locale.ROOT))) {
        throw ErrorCode.DUPLICATE_DATA.error().message(message).at(KEY, item.at(KEY));
      }
    }
  }
}
