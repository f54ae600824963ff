package io.clientele.metadata;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A saved list of records: which rows, which fields, in which order.
 *
 * @param definition in the wire's own keys, criteria included
 */
public record CustomView(
    long id,
    long moduleId,
    String name,
    List<String> fields,
    JsonNode criteria,
    Instant modifiedTime,
    JsonNode definition) {

  /** The field the view sorts by; empty when it has no sorting of its own. */
  public String sortBy() {
    JsonNode field = definition.path("sort_by");
    return field.isObject() ? field.path("api_name").asString("") : field.asString("");
  }

  public boolean ascending() {
    return !definition.path("sort_order").asString("asc").equals("desc");
  }

  static CustomView of(Setting setting) {
    JsonNode body = setting.body();
    return new CustomView(
        setting.id(),
        setting.parent(),
        body.path("name").asString(setting.apiName()),
        body.path("fields").valueStream().map(JsonNode::asString).toList(),
        body.path("criteria"),
        setting.modifiedTime(),
        body);
  }
}
