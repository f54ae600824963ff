package io.clientele.metadata.pipelines;

import io.clientele.http.Keys;
import io.clientele.org.Org;
import java.util.List;
import java.util.stream.IntStream;

/** The wire shape of a pipeline. */
final class PipelineJson {
  private final Pipelines pipelines;
  private final Org org;

  PipelineJson(Pipelines pipelines, Org org) {
    this.pipelines = pipelines;
    this.org = org;
  }

  /** A stage at its place, counted from one. */
  private record Placed(int place, Stage stage) {}

  void write(Keys keys, Pipeline pipeline) {
    List<Stage> stages = pipelines.stages(pipeline);
    List<Placed> placed =
        IntStream.range(0, stages.size())
            .mapToObj(index -> new Placed(index + 1, stages.get(index)))
            .toList();
    boolean isDefault =
        pipelines
            .defaultOf(pipeline.layoutId())
            .map(first -> first.id() == pipeline.id())
            .orElse(false);
    keys.text("display_value", pipeline.displayValue())
        .flag("default", isDefault)
        .array("maps", placed, this::stage)
        .text("actual_value", pipeline.actualValue())
        .id("id", pipeline.id());
  }

  private void stage(Keys keys, Placed placed) {
    Stage stage = placed.stage;
    keys.text("display_value", stage.displayValue())
        .number("sequence_number", placed.place)
        .object(
            "forecast_category",
            category ->
                category
                    .text("name", stage.forecastCategory())
                    .id("id", stage.forecastCategoryId(org)))
        .text("actual_value", stage.actualValue())
        .id("id", stage.id())
        .text("forecast_type", stage.definition().path("forecast_type").asString("Open"));
    String colour = stage.definition().path("colour_code").asString("");
    if (!colour.isEmpty()) {
      keys.text("colour_code", colour);
    }
  }
}
