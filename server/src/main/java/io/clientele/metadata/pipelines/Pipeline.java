package io.clientele.metadata.pipelines;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The stages that deals of a layout pass through. It is a value of the pick list Pipeline.
 *
 * @param actualValue what deals have in their field Pipeline
 * @param stages the actual values of its stages, in order
 */
public record Pipeline(
    long id,
    long layoutId,
    String displayValue,
    String actualValue,
    boolean isDefault,
    List<String> stages) {

  static final String LAYOUT = "layout";

  /**
   * @param standardLayout whose pipelines name no layout
   */
  static Pipeline of(JsonNode value, long standardLayout) {
    String display = value.path("display_value").asString("");
    return new Pipeline(
        value.path("id").asLong(0),
        value.path(LAYOUT).asLong(standardLayout),
        display,
        value.path("actual_value").asString(display),
        value.path("default").asBoolean(false),
        value.path("maps").valueStream().map(JsonNode::asString).toList());
  }
}
