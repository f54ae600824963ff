package io.clientele.metadata.mapdependency;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.MapDependency.Pair;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Creates and changes dependencies between pick lists of a layout. */
public final class MapDependencyService {
  private static final Shape FIELD = Shape.empty().id("id").text("api_name", 100).require("id");
  private static final Shape SHAPE =
      Shape.empty()
          .object("parent", FIELD)
          .object("child", FIELD)
          .flag("active")
          .require("parent", "child");

  private MapDependencyService() {}

  /** Adds a dependency to a layout. Reference: Create Map Dependency. */
  public static Done create(MetadataChange change, Module module, Layout layout, Item item) {
    Pair pair = pair(change.metadata(), module, layout, item, Optional.empty());
    ObjectNode body = Json.MAPPER.createObjectNode();
    new Mapping(pair).read(item).write(body);
    keep(pair, item, body);
    long id = change.nextId();
    change.insert(id, MapDependency.NOUN, layout.id(), Long.toString(pair.child().id()), body);
    return Done.of("map dependency created", id);
  }

  /**
   * Adds the values that the item maps, and takes away those with {@code _delete}. When it names
   * other fields, their values alone are left. Reference: Update Map Dependency.
   */
  public static Done update(
      MetadataChange change, Module module, Layout layout, MapDependency known, Item item) {
    Pair pair = pair(change.metadata(), module, layout, item, Optional.of(known));
    ObjectNode body = ((ObjectNode) known.body()).deepCopy();
    var mapping = new Mapping(pair);
    if (pair.parent().id() == known.parentField() && pair.child().id() == known.childField()) {
      mapping.from(known);
    }
    mapping.read(item).write(body);
    keep(pair, item, body);
    change.update(
        known.setting(), Long.toString(pair.child().id()), known.setting().position(), body);
    return Done.of("map dependency updated", known.id());
  }

  private static void keep(Pair pair, Item item, ObjectNode body) {
    body.put("parent", pair.parent().id()).put("child", pair.child().id());
    if (item.has("active")) {
      body.set("active", item.json().get("active"));
    }
  }

  /** The fields of the item, when they can depend on each other in this layout. */
  private static Pair pair(
      Metadata metadata, Module module, Layout layout, Item item, Optional<MapDependency> known) {
    SHAPE.check(item);
    Pair pair = new PairReader(metadata, module, layout).read(item);
    long parent = pair.parent().id();
    long child = pair.child().id();
    List<MapDependency> others =
        MapDependency.list(metadata, layout.id()).stream()
            .filter(other -> known.isEmpty() || other.id() != known.get().id())
            .filter(other -> other.fields(metadata, module).isPresent())
            .toList();
    for (MapDependency other : others) {
      if (other.childField() == child) { // a child has one parent
        throw ErrorCode.MAPPING_ALREADY_EXISTS
            .with("id", Long.toString(other.id()))
            .with(
                "dependency",
                List.of(
                    Map.of("id", Long.toString(parent), "json_path", item.at("parent") + ".id"),
                    Map.of("id", Long.toString(child), "json_path", item.at("child") + ".id")));
      }
    }
    if (below(others, child).contains(parent)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message(
              "The given child field when associated with this parent field will result in loop")
          .at("id", item.at("child") + ".id");
    }
    return pair;
  }

  /** The fields that depend on a field, and those that depend on them. */
  private static Set<Long> below(List<MapDependency> dependencies, long field) {
    var below = new HashSet<Long>();
    boolean more = true;
    while (more) {
      more = false;
      for (MapDependency one : dependencies) {
        if (one.parentField() == field || below.contains(one.parentField())) {
          more |= below.add(one.childField());
        }
      }
    }
    return below;
  }
}
