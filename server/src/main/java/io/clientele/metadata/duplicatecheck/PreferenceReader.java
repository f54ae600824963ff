package io.clientele.metadata.duplicatecheck;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.duplicatecheck.DuplicateCheckPreference.Mapping;
import io.clientele.metadata.duplicatecheck.DuplicateCheckPreference.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a preference as clients write it. */
final class PreferenceReader {
  private static final Shape NAMED = Shape.empty().id("id").text("api_name", 50).text("name", 50);
  private static final Shape MAPPING =
      Shape.empty()
          .require("current_field", "mapped_field")
          .object("current_field", NAMED)
          .object("mapped_field", NAMED.text("selected", 50));
  private static final Shape CONFIGURATION =
      Shape.empty()
          .require("field_mappings", "mapped_module")
          .list("field_mappings", MAPPING)
          .object("mapped_module", NAMED);
  private static final Shape PREFERENCE =
      Shape.empty()
          .require("type")
          .oneOf("type", Type.CONVERTED_RECORDS.word(), Type.MAPPED_MODULE_RECORDS.word());

  private final Metadata metadata;

  PreferenceReader(Metadata metadata) {
    this.metadata = metadata;
  }

  DuplicateCheckPreference read(Item item) {
    PREFERENCE.check(item);
    Type type = Type.of(item.text("type"));
    if (type == Type.CONVERTED_RECORDS) {
      return new DuplicateCheckPreference(type, List.of());
    }
    if (!item.has("type_configurations")) {
      throw ErrorCode.DEPENDENT_FIELD_MISSING
          .with("dependee", item.place("type"))
          .at("type_configurations", item.at("type_configurations"))
          .message("Dependent Field missing");
    }
    Item configuration = configuration(item);
    checkModule(configuration);
    return new DuplicateCheckPreference(type, mappings(configuration));
  }

  /** The first of the list; others are not looked at. */
  private static Item configuration(Item item) {
    JsonNode list = item.json().path("type_configurations");
    String path = item.at("type_configurations");
    if (!list.isArray()) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonarray")
          .at("type_configurations", path);
    }
    if (list.isEmpty()) {
      throw item.invalid("type_configurations");
    }
    if (!(list.get(0) instanceof ObjectNode first)) {
      throw ErrorCode.INVALID_DATA
          .with("expected_data_type", "jsonobject")
          .at("type_configurations", path + "[0]");
    }
    var configuration = new Item(first, path + "[0]");
    CONFIGURATION.check(configuration);
    return configuration;
  }

  private void checkModule(Item configuration) {
    Module contacts = metadata.get(DuplicateCheckPreference.MAPPED_MODULE);
    String path = configuration.at("mapped_module");
    Module module =
        named(
            configuration.json().path("mapped_module"),
            path,
            metadata::find,
            metadata::find,
            Module::id,
            "two different crm modules are found");
    if (module.id() != contacts.id()) {
      throw ErrorCode.FEATURE_NOT_ENABLED
          .error()
          .message("feature not support in this module")
          .at("mapped_module", path + ".id");
    }
  }

  private List<Mapping> mappings(Item configuration) {
    var mappings = new ArrayList<Mapping>();
    String path = configuration.at("field_mappings");
    int index = 0;
    for (JsonNode pair : configuration.json().path("field_mappings")) {
      String at = path + "[" + index++ + "]";
      if (!pair.path("mapped_field").path("selected").asString("").equals("None")) {
        mappings.add(
            new Mapping(
                field(pair, at, "current_field", DuplicateCheckPreference.MODULE),
                field(pair, at, "mapped_field", DuplicateCheckPreference.MAPPED_MODULE)));
      }
    }
    if (mappings.isEmpty()) {
      throw ErrorCode.INVALID_DATA.error().at("field_mappings", path);
    }
    return mappings;
  }

  private Field field(JsonNode pair, String at, String key, String moduleName) {
    Module module = metadata.get(moduleName);
    String path = at + "." + key;
    Field field =
        named(
            pair.path(key),
            path,
            module::field,
            module::field,
            Field::id,
            "two different crm fields are found");
    if (field.definition().path("unique").isEmpty()) {
      String known = pair.path(key).hasNonNull("api_name") ? "api_name" : "id";
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("the given " + key + " API name is not a unique field API name.")
          .at(known, path + "." + known);
    }
    return field;
  }

  /** The thing that an object's id, its api_name or both name. */
  private static <T> T named(
      JsonNode json,
      String path,
      Function<Long, Optional<T>> byId,
      Function<String, Optional<T>> byName,
      Function<T, Long> id,
      String ambiguous) {
    boolean hasId = json.hasNonNull("id");
    boolean hasName = json.hasNonNull("api_name");
    List<Map<String, String>> keys =
        List.of(
            Map.of("api_name", "id", "json_path", path + ".id"),
            Map.of("api_name", "api_name", "json_path", path + ".api_name"));
    if (!hasId && !hasName) {
      throw ErrorCode.EXPECTED_FIELD_MISSING.with("expected_fields", keys);
    }
    Optional<T> one = PathId.parse(json.path("id").asString("")).flatMap(byId);
    Optional<T> other = byName.apply(json.path("api_name").asString(""));
    if (hasId && one.isEmpty()) {
      throw invalid("id", path);
    }
    if (hasName && other.isEmpty()) {
      throw invalid("api_name", path);
    }
    T found = one.or(() -> other).orElseThrow();
    if (other.isPresent() && !id.apply(found).equals(id.apply(other.get()))) {
      throw ErrorCode.AMBIGUITY_DURING_PROCESSING.with("ambiguity_due_to", keys).message(ambiguous);
    }
    return found;
  }

  private static ApiError invalid(String key, String path) {
    return ErrorCode.INVALID_DATA.error().at(key, path + "." + key);
  }
}
