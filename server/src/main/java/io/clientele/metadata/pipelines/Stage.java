package io.clientele.metadata.pipelines;

import io.clientele.org.Org;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A stage of deals, which is a value of the pick list Stage.
 *
 * @param definition in the wire's own keys: probability, forecast type and category
 */
public record Stage(long id, String displayValue, String actualValue, JsonNode definition) {
  private static final int CATEGORIES = 1_000_000;

  static Stage of(JsonNode value) {
    String display = value.path("display_value").asString("");
    return new Stage(
        value.path("id").asLong(0), display, value.path("actual_value").asString(display), value);
  }

  /** How probable its deals are, in percent. */
  public OptionalInt probability() {
    JsonNode probability = definition.path("probability");
    return probability.isNumber() ? OptionalInt.of(probability.asInt()) : OptionalInt.empty();
  }

  String forecastCategory() {
    return definition.path("forecast_category").path("name").asString("Pipeline");
  }

  /** The id of its forecast category: the same for a name, at the end of the org's ids. */
  long forecastCategoryId(Org org) {
    int place = Math.floorMod(forecastCategory().hashCode(), CATEGORIES);
    return (org.id() + 1) * Org.IDS - 1 - place;
  }
}
