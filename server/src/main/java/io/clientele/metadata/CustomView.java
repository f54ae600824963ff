package io.clientele.metadata;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A saved list of records: which rows, which fields, in which order.
 *
 * @param createdBy null when it came with the org
 * @param definition in the wire's own keys, criteria included
 */
public record CustomView(
    long id,
    long moduleId,
    String name,
    List<String> fields,
    JsonNode criteria,
    Instant modifiedTime,
    @Nullable Long createdBy,
    JsonNode definition) {

  /** The field the view sorts by; empty when it has no sorting of its own. */
  public String sortBy() {
    return fieldName(definition.path("sort_by"));
  }

  public boolean ascending() {
    return !definition.path("sort_order").asString("asc").equals("desc");
  }

  /** Whether it came with the org. */
  public boolean systemDefined() {
    return definition.path("system_defined").asBoolean(false);
  }

  /** What a stored view says. */
  public static CustomView of(Setting setting) {
    JsonNode body = setting.body();
    return new CustomView(
        setting.id(),
        setting.parent(),
        body.path("name").asString(setting.apiName()),
        body.path("fields").valueStream().map(CustomView::fieldName).toList(),
        body.path("criteria"),
        setting.modifiedTime(),
        setting.createdBy(),
        body);
  }

  private static String fieldName(JsonNode field) {
    return field.isObject() ? field.path("api_name").asString("") : field.asString("");
  }
}
