package io.clientele.metadata.pipelines;

import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The pipelines and stages of a module; those of modules other than Deals are none. */
public final class Pipelines {
  /** The module that has pipelines. */
  public static final String MODULE = "Deals";

  private final List<Pipeline> pipelines;
  private final List<Stage> stages;

  private Pipelines(List<Pipeline> pipelines, List<Stage> stages) {
    this.pipelines = pipelines;
    this.stages = stages;
  }

  public static Pipelines of(Module module) {
    if (!module.apiName().equals(MODULE) || module.layouts().isEmpty()) {
      return new Pipelines(List.of(), List.of());
    }
    long standard = module.layouts().getFirst().id();
    return new Pipelines(
        values(module.field("Pipeline"))
            .map(value -> Pipeline.of(value, standard))
            .filter(pipeline -> !pipeline.stages().isEmpty())
            .toList(),
        values(module.field("Stage")).map(Stage::of).toList());
  }

  private static Stream<JsonNode> values(Optional<Field> field) {
    return field.stream()
        .flatMap(found -> found.definition().path("pick_list_values").valueStream());
  }

  public boolean isEmpty() {
    return pipelines.isEmpty();
  }

  public List<Pipeline> inLayout(long layoutId) {
    return pipelines.stream().filter(pipeline -> pipeline.layoutId() == layoutId).toList();
  }

  /** The pipeline that deals of the layout get when they name none. */
  public Optional<Pipeline> defaultOf(long layoutId) {
    List<Pipeline> ofLayout = inLayout(layoutId);
    return ofLayout.stream()
        .filter(Pipeline::isDefault)
        .findFirst()
        .or(() -> ofLayout.stream().findFirst());
  }

  public Optional<Pipeline> find(long layoutId, long id) {
    return inLayout(layoutId).stream().filter(pipeline -> pipeline.id() == id).findFirst();
  }

  /** The pipeline that deals name by this value of their field. */
  public Optional<Pipeline> named(String actualValue) {
    return pipelines.stream()
        .filter(pipeline -> pipeline.actualValue().equals(actualValue))
        .findFirst();
  }

  /** The pipeline of a layout by the name that users see. */
  public Optional<Pipeline> displayed(long layoutId, String displayValue) {
    return inLayout(layoutId).stream()
        .filter(pipeline -> pipeline.displayValue().equalsIgnoreCase(displayValue))
        .findFirst();
  }

  public Optional<Stage> stage(long id) {
    return stages.stream().filter(stage -> stage.id() == id).findFirst();
  }

  /** The stages of a pipeline, in order. */
  public List<Stage> stages(Pipeline pipeline) {
    return pipeline.stages().stream()
        .flatMap(name -> stages.stream().filter(stage -> stage.actualValue().equals(name)))
        .toList();
  }

  /** The stage of that id, if the pipeline has it. */
  public Optional<Stage> stage(Pipeline pipeline, long id) {
    return stages(pipeline).stream().filter(stage -> stage.id() == id).findFirst();
  }
}
