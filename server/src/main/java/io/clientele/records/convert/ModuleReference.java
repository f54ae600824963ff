package io.clientele.records.convert;

import io.clientele.error.ErrorCode;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How the pages of an operation word what is wrong with {@code {"api_name":…,"id":…}} of a module.
 *
 * @param keys in the order that errors name them
 */
record ModuleReference(List<String> keys, String different, String missing) {
  static final ModuleReference OF_LEADS =
      new ModuleReference(
          List.of("id", "api_name"), "two modules are different", "Specify Atleast one field");
  static final ModuleReference OF_INVENTORY =
      new ModuleReference(
          List.of("api_name", "id"),
          "Ambiguity while processing the request",
          "Specify atleast one field");

  /**
   * The module, one of {@code allowed}.
   *
   * @throws io.clientele.error.ApiError EXPECTED_FIELD_MISSING, AMBIGUITY_DURING_PROCESSING or
   *     INVALID_DATA about the reference
   */
  Module read(
      Metadata metadata, JsonNode reference, String name, String path, List<String> allowed) {
    if (!reference.isObject()) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", "jsonobject").at(name, path);
    }
    boolean named = reference.hasNonNull("api_name");
    boolean identified = reference.hasNonNull("id");
    if (!named && !identified) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with("expected_fields", places(path)).message(missing);
    }
    Optional<Module> byName = Optional.empty();
    Optional<Module> byId = Optional.empty();
    if (named) {
      requireType(reference.get("api_name").isString(), "text", "api_name", path);
      byName = metadata.find(reference.get("api_name").asString());
      requireKnown(byName, allowed, "api_name", path);
    }
    if (identified) {
      JsonNode id = reference.get("id");
      requireType(id.isString() || id.isIntegralNumber(), "text", "id", path);
      byId = PathId.parse(id.asString()).flatMap(metadata::find);
      requireKnown(byId, List.of(), "id", path);
    }
    if (named && identified && !byName.equals(byId)) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING
          .with("ambiguity_due_to", places(path))
          .message(different);
    }
    requireKnown(byId, allowed, "id", identified, path);
    return byName.or(() -> Optional.empty()).orElseGet(byId::orElseThrow);
  }

  private static void requireType(boolean right, String expected, String key, String path) {
    if (!right) {
      throw ErrorCode.INVALID_DATA.with("expected_data_type", expected).at(key, path + "." + key);
    }
  }

  private static void requireKnown(
      Optional<Module> module, List<String> allowed, String key, boolean given, String path) {
    if (given) {
      requireKnown(module, allowed, key, path);
    }
  }

  /** An empty list allows all. */
  private static void requireKnown(
      Optional<Module> module, List<String> allowed, String key, String path) {
    if (module.isEmpty() || !allowed.isEmpty() && !allowed.contains(module.get().apiName())) {
      throw ErrorCode.INVALID_DATA.error().at(key, path + "." + key);
    }
  }

  private List<Map<String, String>> places(String path) {
    return keys.stream()
        .map(key -> Map.of("api_name", key, "json_path", path + "." + key))
        .toList();
  }
}
