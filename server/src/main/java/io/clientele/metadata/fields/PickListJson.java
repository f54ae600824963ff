package io.clientele.metadata.fields;

import io.clientele.http.Keys;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The wire shape of a pick list's values. */
final class PickListJson {
  /** Keys that only values of some fields have, such as stages of a deal. */
  private static final List<String> OPTIONAL =
      List.of(
          "probability",
          "forecast_type",
          "deal_category",
          "expected_data_type",
          "forecast_category");

  private PickListJson() {}

  /** A value of a pick list and its place in it, counted from one. */
  record Value(int place, JsonNode definition) {
    String actual() {
      String display = definition.path("display_value").asString("");
      return definition.path("actual_value").asString(display);
    }

    /** Pipelines belong to one layout each. */
    boolean isOf(Layout layout) {
      return definition.path("layout").asLong(layout.id()) == layout.id();
    }

    boolean isUsed() {
      return definition.path("type").asString("used").equals("used");
    }
  }

  static List<Value> values(Field field) {
    JsonNode values = FieldJson.value(field, "pick_list_values");
    return IntStream.range(0, values.size())
        .mapToObj(place -> new Value(place + 1, values.get(place)))
        .toList();
  }

  /** The values that a layout shows, in its order. */
  static List<Value> values(Field field, @Nullable Layout layout) {
    List<Value> all =
        values(field).stream().filter(value -> layout == null || value.isOf(layout)).toList();
    List<String> shown = layout == null ? null : layout.pickList(field.apiName()).orElse(null);
    if (shown == null) {
      return all;
    }
    var byName =
        all.stream().collect(Collectors.toMap(Value::actual, Function.identity(), (a, b) -> a));
    return shown.stream()
        .map(byName::get)
        .filter(Objects::nonNull)
        .map(value -> new Value(shown.indexOf(value.actual()) + 1, value.definition()))
        .toList();
  }

  static void write(Keys keys, Value value) {
    JsonNode definition = value.definition();
    String display = definition.path("display_value").asString("");
    String actual = value.actual();
    keys.text("display_value", display)
        .number("sequence_number", value.place())
        .text("reference_value", definition.path("reference_value").asString(actual))
        .node("colour_code", definition.path("colour_code"))
        .text("actual_value", actual)
        .node("id", definition.path("id"))
        .text("type", definition.path("type").asString("used"));
    for (String name : OPTIONAL) {
      if (definition.has(name)) {
        keys.node(name, definition.path(name));
      }
    }
  }
}
