package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.MapDependency.Pair;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.mapdependency.MapDependencyService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dependencies between the pick lists of a layout, told apart by the layout and the child. Values
 * are named by their actual values; the list of them is whole.
 */
final class MapDependenciesPart implements Part {
  private static final String VALUES = "pick_list_values";
  private static final String VALUE = "actual_value";
  private static final String MAPS = "maps";

  @Override
  public String name() {
    return "map_dependencies";
  }

  @Override
  public List<String> keys() {
    return List.of("layout", "child");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    Module of = Objects.requireNonNull(module);
    var described = new ArrayList<Described>();
    for (Layout layout : of.layouts()) {
      for (MapDependency one : MapDependency.list(metadata, layout.id())) {
        one.fields(metadata, of)
            .filter(pair -> !one.internal())
            .ifPresent(
                pair -> described.add(new Described(one.id(), form(layout, one, pair, of), true)));
      }
    }
    return described;
  }

  private static ObjectNode form(Layout layout, MapDependency one, Pair pair, Module module) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.put("layout", Layouts.nameOf(layout));
    form.put("child", pair.child().apiName()).put("parent", pair.parent().apiName());
    if (pair.module() != module) {
      form.put("sub_module", pair.module().apiName());
    }
    form.put("active", one.active());
    ArrayNode values = form.putArray(VALUES);
    for (JsonNode value : pair.parent().definition().path(VALUES)) {
      List<String> maps = one.maps(value.path("id").asString(""));
      if (!maps.isEmpty()) {
        ArrayNode children = values.addObject().put(VALUE, actual(value)).putArray(MAPS);
        pair.child()
            .definition()
            .path(VALUES)
            .valueStream()
            .filter(child -> maps.contains(child.path("id").asString("")))
            .forEach(child -> children.add(actual(child)));
      }
    }
    return sorted(form);
  }

  private static String actual(JsonNode value) {
    return value.path(VALUE).asString(value.path("display_value").asString(""));
  }

  @Override
  public ObjectNode complete(ObjectNode wanted) {
    Lists.check(wanted, List.of(VALUES));
    return sorted(wanted.deepCopy());
  }

  /** The order of the values says nothing, so they are brought into one. */
  private static ObjectNode sorted(ObjectNode form) {
    if (!form.path(VALUES).isArray()) {
      return form;
    }
    var sorted = new TreeMap<String, TreeSet<String>>();
    for (JsonNode value : form.path(VALUES)) {
      TreeSet<String> maps =
          sorted.computeIfAbsent(value.path(VALUE).asString(""), name -> new TreeSet<>());
      value.path(MAPS).forEach(child -> maps.add(child.asString("")));
    }
    ArrayNode values = form.putArray(VALUES);
    sorted.forEach(
        (name, children) -> {
          ArrayNode maps = values.addObject().put(VALUE, name).putArray(MAPS);
          children.forEach(maps::add);
        });
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    Module of = Objects.requireNonNull(module);
    Layout layout = Layouts.get(of, item.text("layout"));
    var _ =
        MapDependencyService.create(change, of, layout, body(change, of, item, Optional.empty()));
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    Module of = Objects.requireNonNull(module);
    Layout layout = Layouts.get(of, current.path("layout").asString());
    MapDependency known = find(change, of, id);
    ObjectNode whole = current.deepCopy();
    whole.setAll(item.json());
    var wanted = new Item(whole, item.path());
    var _ =
        MapDependencyService.update(
            change, of, layout, known, body(change, of, wanted, Optional.of(known)));
  }

  /** The item in the keys of the operation, which adds values; those there are else go. */
  private static Item body(
      MetadataChange change, Module module, Item item, Optional<MapDependency> known) {
    Module in = module(change, module, item);
    Field parent = field(in, item, "parent");
    Field child = field(in, item, "child");
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.putObject("parent").put("id", Long.toString(parent.id()));
    body.putObject("child").put("id", Long.toString(child.id()));
    body.put("active", item.json().path("active").asBoolean(true));
    var children = new HashMap<String, ArrayNode>();
    ArrayNode values = body.putArray(VALUES);
    for (JsonNode value : item.json().path(VALUES)) {
      String id = option(parent, value.path(VALUE).asString(""));
      ArrayNode maps = values.addObject().put("id", id).putArray(MAPS);
      value.path(MAPS).forEach(one -> maps.addObject().put("id", option(child, one.asString(""))));
      children.put(id, maps);
    }
    known
        .filter(one -> one.parentField() == parent.id() && one.childField() == child.id())
        .ifPresent(one -> markLeaving(one, values, children));
    return new Item(body, item.path());
  }

  private static void markLeaving(
      MapDependency known, ArrayNode values, Map<String, ArrayNode> wanted) {
    for (JsonNode value : known.body().path(VALUES)) {
      String parent = value.path("id").asString();
      ArrayNode maps =
          wanted.computeIfAbsent(parent, id -> values.addObject().put("id", id).putArray(MAPS));
      List<String> kept = maps.valueStream().map(one -> one.path("id").asString()).toList();
      known.maps(parent).stream()
          .filter(child -> !kept.contains(child))
          .forEach(child -> maps.addObject().put("id", child).putNull("_delete"));
    }
  }

  private static Module module(MetadataChange change, Module module, Item item) {
    return item.has("sub_module")
        ? change
            .metadata()
            .find(item.text("sub_module"))
            .orElseThrow(() -> unknown(item, "sub_module"))
        : module;
  }

  private static Field field(Module module, Item item, String key) {
    return module.field(item.text(key)).orElseThrow(() -> unknown(item, key));
  }

  private static ConfigurationException unknown(Item item, String key) {
    return new ConfigurationException(
        item.path() + ": there is no " + key + " '" + item.text(key) + "'.");
  }

  private static String option(Field field, String actual) {
    return field
        .definition()
        .path(VALUES)
        .valueStream()
        .filter(value -> actual(value).equals(actual))
        .map(value -> value.path("id").asString(""))
        .findFirst()
        .orElseThrow(
            () -> new ConfigurationException(field.apiName() + " has no value '" + actual + "'."));
  }

  private static MapDependency find(MetadataChange change, Module module, long id) {
    return MapDependency.list(change.metadata(), module).stream()
        .filter(one -> one.id() == id)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    change.delete(find(change, Objects.requireNonNull(module), id).setting());
  }
}
