package io.clientele.metadata.mapdependency;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.MapDependency.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a child beside each value of its parent, by their ids. */
final class Mapping {
  private static final String VALUES = "pick_list_values";
  private static final String MAPS = "maps";
  private static final int MOST = 2000;
  private static final Shape OPTION =
      Shape.empty().id("id").text("display_value", 120).text("actual_value", 120).require("id");

  private final Pair pair;
  private final Map<String, Set<String>> maps = new LinkedHashMap<>();

  Mapping(Pair pair) {
    this.pair = pair;
  }

  /** Begins with what a dependency has. */
  void from(MapDependency known) {
    for (JsonNode value : known.body().path(VALUES)) {
      String id = value.path("id").asString();
      maps.put(id, new LinkedHashSet<>(known.maps(id)));
    }
  }

  Mapping read(Item item) {
    for (Item value : list(item, VALUES)) {
      option(value, pair.parent(), "Invalid parent option id");
      Set<String> ids = maps.computeIfAbsent(value.text("id"), id -> new LinkedHashSet<>());
      for (Item child : list(value, MAPS)) {
        option(child, pair.child(), "Invalid child option id");
        if (child.json().has("_delete")) {
          ids.remove(child.text("id"));
        } else {
          ids.add(child.text("id"));
        }
      }
    }
    return this;
  }

  void write(ObjectNode body) {
    var values = body.putArray(VALUES);
    maps.forEach(
        (id, children) -> {
          if (!children.isEmpty()) {
            var list = values.addObject().put("id", id).putArray(MAPS);
            children.forEach(list::add);
          }
        });
  }

  private static List<Item> list(Item of, String name) {
    JsonNode list = of.json().path(name);
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .error()
          .message("required  field not found") // two blanks, as the page has it
          .at(name, of.at(name));
    }
    if (!list.isArray()) {
      throw of.invalid(name).with("expected_data_type", "jsonarray");
    }
    if (list.size() > MOST) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", MOST).at(name, of.at(name));
    }
    var items = new ArrayList<Item>();
    for (JsonNode node : list) {
      String path = of.at(name) + "[" + items.size() + "]";
      if (!(node instanceof ObjectNode object)) {
        throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(name, path);
      }
      items.add(new Item(object, path));
    }
    return items;
  }

  private static void option(Item value, Field field, String message) {
    OPTION.check(value);
    for (JsonNode known : field.definition().path(VALUES)) {
      if (known.path("id").asString("").equals(value.text("id"))) {
        return;
      }
    }
    ApiError invalid = value.invalid("id");
    throw invalid.message(message);
  }
}
