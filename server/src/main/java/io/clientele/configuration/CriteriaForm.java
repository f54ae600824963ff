package io.clientele.configuration;

import io.clientele.http.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Criteria on records as the file has them: fields by name, nothing that only one org knows. */
final class CriteriaForm {
  private CriteriaForm() {}

  static JsonNode of(JsonNode criteria) {
    if (criteria.isArray()) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      criteria.forEach(one -> list.add(of(one)));
      return list;
    }
    if (!criteria.isObject()) {
      return criteria;
    }
    ObjectNode copy = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> property : criteria.properties()) {
      switch (property.getKey()) {
        case "field" -> copy.set("field", named(property.getValue()));
        case "type" -> {}
        case "group" -> copy.set("group", of(property.getValue()));
        default -> copy.set(property.getKey(), property.getValue());
      }
    }
    return copy;
  }

  /** A field by its name alone. */
  static ObjectNode named(JsonNode field) {
    String name = field.isObject() ? field.path("api_name").asString("") : field.asString("");
    return Json.MAPPER.createObjectNode().put("api_name", name);
  }
}
