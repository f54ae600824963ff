package io.clientele.metadata;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Which values of a pick list a layout allows beside each value of another one. It names fields and
 * values by their ids, so it follows them through every renaming.
 */
public record MapDependency(Setting setting) {
  public static final String NOUN = "map_dependency";

  /** What a parent without a value has. */
  public static final String NONE = "-None-";

  public static List<MapDependency> list(Metadata metadata, long layoutId) {
    return metadata.settings(NOUN, layoutId).stream().map(MapDependency::new).toList();
  }

  /** Those of all layouts of a module. */
  public static List<MapDependency> list(Metadata metadata, Module module) {
    return module.layouts().stream()
        .flatMap(layout -> list(metadata, layout.id()).stream())
        .toList();
  }

  /** Whether any of them maps that value. */
  public static boolean mentions(Metadata metadata, String optionId) {
    return metadata.settings(NOUN).stream()
        .flatMap(setting -> setting.body().path("pick_list_values").valueStream())
        .flatMap(
            value ->
                Stream.concat(
                    Stream.of(value.path("id").asString()),
                    value.path("maps").valueStream().map(JsonNode::asString)))
        .anyMatch(optionId::equals);
  }

  public long id() {
    return setting.id();
  }

  public long layoutId() {
    return setting.parent();
  }

  public long parentField() {
    return body().path("parent").asLong();
  }

  public long childField() {
    return body().path("child").asLong();
  }

  public boolean active() {
    return body().path("active").asBoolean(true);
  }

  /** Whether the system made it; such a one cannot be changed. */
  public boolean internal() {
    return body().path("internal").asBoolean(false);
  }

  public JsonNode body() {
    return setting.body();
  }

  /** The ids of the child's values beside that value of the parent. */
  public List<String> maps(String parentOption) {
    for (JsonNode value : body().path("pick_list_values")) {
      if (value.path("id").asString().equals(parentOption)) {
        return value.path("maps").valueStream().map(JsonNode::asString).toList();
      }
    }
    return List.of();
  }

  /** The two fields as they are now, in the module or one of its subforms. */
  public Optional<Pair> fields(Metadata metadata, Module module) {
    return modules(metadata, module)
        .flatMap(
            in ->
                in.field(parentField()).stream()
                    .flatMap(
                        parent ->
                            in.field(childField()).stream()
                                .map(child -> new Pair(in, parent, child))))
        .findFirst();
  }

  /** A module and those of its subforms. */
  public static Stream<Module> modules(Metadata metadata, Module module) {
    return Stream.concat(
        Stream.of(module),
        module.fieldsWithRows().stream()
            .filter(field -> field.dataType().equals("subform"))
            .flatMap(field -> field.modules().stream())
            .flatMap(name -> metadata.find(name).stream()));
  }

  /** The fields of a dependency and the module that has both. */
  public record Pair(Module module, Field parent, Field child) {}

  /** The values of the child that go with each value of the parent, as records have them. */
  public Map<String, Set<String>> allowed(Pair pair) {
    Map<String, String> parents = actualValues(pair.parent());
    Map<String, String> children = actualValues(pair.child());
    var allowed = new HashMap<String, Set<String>>();
    for (JsonNode value : body().path("pick_list_values")) {
      String parent = parents.get(value.path("id").asString());
      if (parent != null) {
        var maps = allowed.computeIfAbsent(parent, key -> new HashSet<>());
        for (JsonNode id : value.path("maps")) {
          Optional.ofNullable(children.get(id.asString())).ifPresent(maps::add);
        }
      }
    }
    return allowed;
  }

  /**
   * Whether the child may have {@code values} beside {@code parent}. A parent without a value
   * allows everything unless the mapping speaks of {@link #NONE}; one with a value that is not
   * mapped allows nothing.
   */
  public static boolean allows(
      Map<String, Set<String>> allowed, String parent, Collection<String> values) {
    Set<String> maps = allowed.get(parent);
    if (maps == null) {
      return parent.equals(NONE);
    }
    return maps.containsAll(values);
  }

  private static Map<String, String> actualValues(Field field) {
    var values = new HashMap<String, String>();
    for (JsonNode value : field.definition().path("pick_list_values")) {
      values.put(
          value.path("id").asString(""),
          value.path("actual_value").asString(value.path("display_value").asString("")));
    }
    return values;
  }
}
