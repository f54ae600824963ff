package io.clientele.testing;

import io.clientele.http.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the published schemas tell right from wrong. As they stand, {@code {"data":[{"id":5}]}} is
 * a valid reply of many operations: it is an error without any of an error's keys and with one
 * more.
 *
 * <ul>
 *   <li>Keys that a schema does not name are refused.
 *   <li>Each alternative of an {@code anyOf} demands a key of its own.
 *   <li>All errors, also those of rows, have one shape: four keys, of which {@code details} is
 *       free. The files list only some of the documented codes, messages and details.
 *   <li>Texts of messages are not compared, for the same reason.
 * </ul>
 */
final class OpenApiTightening {
  private static final List<String> ENVELOPE = List.of("code", "details", "message", "status");

  private static final JsonNode ERROR =
      Json.MAPPER.readTree(
          """
          {"type":"object","required":["code","details","message","status"],
           "additionalProperties":false,
           "properties":{"code":{"type":"string","pattern":"^[A-Z_]+$"},"details":{"type":"object"},
             "message":{"type":"string"},"status":{"type":"string","enum":["error"]}}}""");

  private final OpenApiFiles files;
  private final ObjectNode file;

  /**
   * @param file the one to tighten, whose references may lead to others
   */
  OpenApiTightening(OpenApiFiles files, ObjectNode file) {
    this.files = files;
    this.file = file;
  }

  void tighten(JsonNode node) {
    node.forEach(this::tighten);
    if (!(node instanceof ObjectNode schema)) {
      return;
    }
    if (schema.get("anyOf") instanceof ArrayNode alternatives) {
      for (int i = 0; i < alternatives.size(); i++) {
        alternatives.set(i, demanding(alternatives.get(i)));
      }
    }
    if (schema.path("type").isString() && schema.get("properties") instanceof ObjectNode keys) {
      close(schema, keys);
    }
  }

  private static void close(ObjectNode schema, ObjectNode keys) {
    if (keys.propertyNames().containsAll(ENVELOPE)) {
      if (keys.at("/status/enum").valueStream().allMatch(one -> one.asString().equals("error"))) {
        schema.removeAll();
        schema.setAll((ObjectNode) ERROR.deepCopy());
        return;
      }
      ((ObjectNode) keys.path("message")).remove("enum");
      ENVELOPE.forEach(schema.putArray("required")::add);
    }
    if (!schema.has("additionalProperties")) {
      schema.put("additionalProperties", false);
    }
  }

  private JsonNode demanding(JsonNode alternative) {
    String reference = alternative.path("$ref").asString("");
    JsonNode target = reference.isEmpty() ? alternative : files.resolve(file, reference);
    Set<String> keys = Set.copyOf(target.path("properties").propertyNames());
    if (keys.isEmpty()) {
      return alternative;
    }
    ObjectNode both = Json.MAPPER.createObjectNode();
    ArrayNode any = both.putArray("allOf").add(alternative).addObject().putArray("anyOf");
    keys.stream().sorted().forEach(key -> any.addObject().putArray("required").add(key));
    return both;
  }
}
