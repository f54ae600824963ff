package io.clientele.metadata.mapdependency;

import io.clientele.http.Keys;
import io.clientele.metadata.Field;
import io.clientele.metadata.MapDependency;
import io.clientele.metadata.MapDependency.Pair;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The wire shape of a dependency: values are those that its fields have now. */
final class MapDependencyJson {
  private final Metadata metadata;
  private final Module module;

  MapDependencyJson(Metadata metadata, Module module) {
    this.metadata = metadata;
    this.module = module;
  }

  /** As lists have it. */
  void brief(Keys keys, MapDependency dependency) {
    Pair pair = pair(dependency);
    common(keys, dependency, pair);
    if (pair.module() == module) {
      keys.none("sub_module");
    } else {
      keys.object(
          "sub_module",
          inner -> inner.text("api_name", pair.module().apiName()).id("id", pair.module().id()));
    }
  }

  /** With the values. */
  void whole(Keys keys, MapDependency dependency) {
    Pair pair = pair(dependency);
    common(keys, dependency, pair);
    keys.array(
        "pick_list_values",
        values(pair.parent()).stream()
            .filter(value -> !dependency.maps(id(value)).isEmpty())
            .toList(),
        (inner, value) -> {
          option(inner, value);
          List<String> maps = dependency.maps(id(value));
          inner.array(
              "maps",
              values(pair.child()).stream().filter(child -> maps.contains(id(child))).toList(),
              MapDependencyJson::option);
        });
  }

  private static void common(Keys keys, MapDependency dependency, Pair pair) {
    keys.object("parent", inner -> field(inner, pair.parent()))
        .flag("internal", dependency.internal())
        .flag("active", dependency.active())
        .id("id", dependency.id())
        .number("source", 1)
        .number("category", 0)
        .object("child", inner -> field(inner, pair.child()));
  }

  /** What filters compare. */
  String value(MapDependency dependency, String key) {
    Pair pair = pair(dependency);
    return switch (key) {
      case "active" -> Boolean.toString(dependency.active());
      case "internal" -> Boolean.toString(dependency.internal());
      case "parent.id" -> Long.toString(pair.parent().id());
      case "parent.api_name" -> pair.parent().apiName();
      case "child.id" -> Long.toString(pair.child().id());
      case "child.api_name" -> pair.child().apiName();
      default -> Long.toString(dependency.id());
    };
  }

  private Pair pair(MapDependency dependency) {
    return dependency.fields(metadata, module).orElseThrow();
  }

  private static List<JsonNode> values(Field field) {
    return field.definition().path("pick_list_values").valueStream().toList();
  }

  private static String id(JsonNode value) {
    return value.path("id").asString("");
  }

  private static void option(Keys keys, JsonNode value) {
    String display = Objects.requireNonNull(value.path("display_value").asString(""));
    keys.text("display_value", display)
        .text("actual_value", value.path("actual_value").asString(display))
        .text("id", id(value));
  }

  private static void field(Keys keys, Field field) {
    keys.text("api_name", field.apiName()).id("id", field.id());
  }
}
