package io.clientele.metadata;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a field is when its definition does not say, in the keys of the wire. */
public final class FieldDefaults {
  private static final String EVERY_FIELD = "every_field";
  private static final Map<String, JsonNode> BY_TYPE = load();

  private FieldDefaults() {}

  /** The defaults of a data type, those of every field included. */
  public static JsonNode of(String dataType) {
    return BY_TYPE.getOrDefault(dataType, BY_TYPE.getOrDefault(EVERY_FIELD, empty()));
  }

  /** Characters or digits that fit. */
  public static int length(String dataType) {
    return of(dataType).path("length").asInt(255);
  }

  /** Places behind the decimal point. */
  public static int decimalPlaces(String dataType) {
    return of(dataType).path("decimal_place").asInt(0);
  }

  private static JsonNode empty() {
    return io.clientele.http.Json.MAPPER.createObjectNode();
  }

  private static Map<String, JsonNode> load() {
    JsonNode file = StandardMetadata.read("data_types.json");
    JsonNode every = file.path(EVERY_FIELD);
    return file.propertyStream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey,
                type -> ((ObjectNode) every.deepCopy()).setAll((ObjectNode) type.getValue())));
  }
}
