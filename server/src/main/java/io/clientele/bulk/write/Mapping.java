package io.clientele.bulk.write;

import io.clientele.http.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which column of a file goes into a field.
 *
 * @param apiName the field
 * @param index the column, from 0; -1 when all rows get the default
 * @param format how its dates or numbers are written; empty for the usual form
 * @param findBy the field of the other module by whose value a lookup finds its record; empty for
 *     its id
 * @param module the module that a lookup to several modules means; empty for other fields
 * @param parentColumn the column of the parents' file whose values this column has; -1 for none
 * @param defaultValue what rows get that have nothing in the column; missing for none
 */
record Mapping(
    String apiName,
    int index,
    String format,
    String findBy,
    String module,
    int parentColumn,
    JsonNode defaultValue) {
  static final String ID = "id";

  /** One that a job keeps. */
  static Mapping read(JsonNode json) {
    return new Mapping(
        json.path("api_name").asString(),
        json.path("index").asInt(-1),
        json.path("format").asString(""),
        json.path("find_by").asString(""),
        json.path("module").asString(""),
        json.path("parent_column_index").asInt(-1),
        json.path("default_value").isObject()
            ? json.path("default_value").path("value")
            : MissingNode.getInstance());
  }

  static List<Mapping> list(JsonNode json) {
    return json.valueStream().map(Mapping::read).toList();
  }

  /** Whether it tells on which record the row hangs. */
  boolean isOfParent() {
    return parentColumn >= 0;
  }

  /** A column that goes into a field as it stands. */
  static ObjectNode plain(String apiName, int index, String findBy) {
    ObjectNode json = empty(apiName);
    json.put("index", index);
    if (!findBy.isEmpty()) {
      json.put("find_by", findBy);
    }
    return json;
  }

  /** All keys that a mapping has on the wire. */
  static ObjectNode empty(String apiName) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("api_name", apiName);
    for (String key :
        List.of("index", "format", "find_by", "module", "parent_column_index", "default_value")) {
      json.putNull(key);
    }
    return json;
  }
}
