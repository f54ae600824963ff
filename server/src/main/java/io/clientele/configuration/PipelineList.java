package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.pipelines.Pipeline;
import io.clientele.metadata.pipelines.Pipelines;
import io.clientele.metadata.pipelines.WritePipeline;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The pipelines of a layout, told apart by their names; the list in the file is whole. */
final class PipelineList {
  private final MetadataChange change;
  private final long layoutId;

  PipelineList(MetadataChange change, long layoutId) {
    this.change = change;
    this.layoutId = layoutId;
  }

  /** Adds, changes and takes away, until the layout has what {@code layout} names. */
  void bringTo(Item layout) {
    Map<String, Pipeline> others = new HashMap<>();
    Pipelines.of(deals())
        .inLayout(layoutId)
        .forEach(pipeline -> others.put(key(pipeline.displayValue()), pipeline));
    JsonNode wanted = layout.json().path(LayoutForm.PIPELINES);
    for (int i = 0; i < wanted.size(); i++) {
      String path = layout.at(LayoutForm.PIPELINES) + "[" + i + "]";
      var item = new Item(body(wanted.get(i)), path);
      Pipeline there = others.remove(key(item.text("display_value")));
      if (there == null) {
        var _ = write().create(item);
      } else {
        var _ = write().update(there, item, true);
      }
    }
    for (Pipeline gone : others.values()) {
      ObjectNode body = Json.MAPPER.createObjectNode();
      body.putObject("_delete").put("permanent", true);
      var _ = write().update(gone, new Item(body, layout.at(LayoutForm.PIPELINES)), false);
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private Module deals() {
    return change.metadata().get(Pipelines.MODULE);
  }

  private WritePipeline write() {
    return new WritePipeline(change, change.metadata().findLayout(layoutId).orElseThrow());
  }

  private ObjectNode body(JsonNode pipeline) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    for (String key : List.of("display_value", "default")) {
      if (pipeline.hasNonNull(key)) {
        body.set(key, pipeline.get(key));
      }
    }
    ArrayNode maps = body.putArray("maps");
    for (JsonNode stage : pipeline.path("stages")) {
      maps.addObject().put("id", stageId(stage.asString(""))).put("sequence_number", maps.size());
    }
    return body;
  }

  private String stageId(String actual) {
    return deals().field("Stage").stream()
        .map(Field::definition)
        .flatMap(stage -> stage.path("pick_list_values").valueStream())
        .filter(value -> value.path("actual_value").asString("").equals(actual))
        .map(value -> value.path("id").asString(""))
        .findFirst()
        .orElseThrow(
            () -> new ConfigurationException("There is no stage '" + actual + "' of deals."));
  }
}
