package io.clientele.metadata.pipelines;

import io.clientele.http.Json;
import io.clientele.metadata.Field;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The pick list Pipeline while its values, which are the pipelines, are changed. */
final class PipelineDocument {
  private final MetadataChange change;
  private final Setting setting;
  private final ObjectNode body;

  PipelineDocument(MetadataChange change, Module module) {
    this.change = change;
    Field field = module.field("Pipeline").orElseThrow();
    setting =
        change.metadata().settings("field", module.id()).stream()
            .filter(candidate -> candidate.id() == field.id())
            .findFirst()
            .orElseThrow();
    body = setting.copy();
  }

  void add(Pipeline pipeline) {
    ObjectNode value = values().addObject().put("id", Long.toString(pipeline.id()));
    write(value, pipeline);
  }

  void replace(Pipeline pipeline) {
    for (JsonNode value : values()) {
      if (value.path("id").asLong(0) == pipeline.id()) {
        write((ObjectNode) value, pipeline);
      }
    }
  }

  void remove(List<Pipeline> pipelines) {
    values()
        .removeIf(
            value -> pipelines.stream().anyMatch(gone -> gone.id() == value.path("id").asLong(0)));
  }

  /** Makes one pipeline of its layout the default, and no other. */
  void makeDefault(List<Pipeline> ofLayout, long id) {
    for (JsonNode value : values()) {
      long one = value.path("id").asLong(0);
      if (ofLayout.stream().anyMatch(pipeline -> pipeline.id() == one) || one == id) {
        ((ObjectNode) value).put("default", one == id);
      }
    }
  }

  void save() {
    change.update(setting, body);
  }

  private ArrayNode values() {
    return body.withArray("pick_list_values");
  }

  private static void write(ObjectNode value, Pipeline pipeline) {
    value
        .put("display_value", pipeline.displayValue())
        .put("actual_value", pipeline.actualValue())
        .put(Pipeline.LAYOUT, pipeline.layoutId());
    ArrayNode maps = Json.MAPPER.createArrayNode();
    pipeline.stages().forEach(maps::add);
    value.set("maps", maps);
  }
}
