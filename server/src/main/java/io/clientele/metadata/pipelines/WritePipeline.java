package io.clientele.metadata.pipelines;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import java.util.List;
import java.util.Optional;

/** Create and Update Pipeline, and what a pipeline's removal from its layout needs. */
public final class WritePipeline {
  static final String NOUN = "pipeline";
  private static final int NAME_LENGTH = 120;
  private static final int MAXIMUM = 90;

  private static final Shape SHAPE =
      Shape.empty()
          .text("display_value", NAME_LENGTH)
          .flag("default")
          .object("_delete", Shape.empty().flag("permanent"))
          .list("maps", StageMaps.SHAPE);

  private final MetadataChange change;
  private final Module module;
  private final Layout layout;
  private final Pipelines pipelines;

  public WritePipeline(MetadataChange change, Layout layout) {
    this.change = change;
    this.module = change.metadata().get(Pipelines.MODULE);
    this.layout = layout;
    this.pipelines = Pipelines.of(module);
  }

  /** Adds a pipeline of {@code display_value} with the stages of {@code maps}. */
  public Done create(Item item) {
    SHAPE.check(item.require("display_value"));
    item.require("maps");
    List<Pipeline> others = pipelines.inLayout(layout.id());
    if (others.size() >= MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", MAXIMUM)
          .at("display_value", item.at("display_value"));
    }
    String name = name(item, 0);
    long id = change.nextId();
    var pipeline =
        new Pipeline(
            id, layout.id(), name, actual(name), false, new StageMaps(pipelines).replace(item));
    var document = new PipelineDocument(change, module);
    document.add(pipeline);
    if (others.isEmpty() || item.json().path("default").asBoolean(false)) {
      document.makeDefault(others, id);
    }
    document.save();
    return Done.of("Pipeline created successfully", id);
  }

  /** Changes or deletes the pipeline that the item names by its {@code id}. */
  public Done update(Item item, boolean whole) {
    item.require("id");
    Pipeline pipeline =
        PathId.parse(item.text("id"))
            .flatMap(id -> pipelines.find(layout.id(), id))
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("id", item.text("id"))
                        .message("required field not found"));
    return update(pipeline, item, whole);
  }

  /**
   * @param whole whether the item tells the whole pipeline (PUT) or what is new (PATCH)
   */
  public Done update(Pipeline pipeline, Item item, boolean whole) {
    SHAPE.check(item);
    if (TransferJobs.running(change, pipeline)) {
      throw TransferJobs.alreadyScheduled()
          .at(NOUN, item.at(NOUN))
          .with("value", Long.toString(pipeline.id()));
    }
    if (item.json().has("_delete")) {
      return delete(pipeline, item);
    }
    if (whole) {
      item.require("display_value").require("maps");
    }
    String name = item.has("display_value") ? name(item, pipeline.id()) : pipeline.displayValue();
    var maps = new StageMaps(pipelines);
    List<String> stages = whole ? maps.replace(item) : maps.change(pipeline, item);
    var document = new PipelineDocument(change, module);
    document.replace(
        new Pipeline(pipeline.id(), layout.id(), name, pipeline.actualValue(), false, stages));
    if (item.json().path("default").asBoolean(false)) {
      document.makeDefault(pipelines.inLayout(layout.id()), pipeline.id());
    }
    document.save();
    return Done.of("Pipeline updated", pipeline.id());
  }

  /** Deletes a pipeline that no deal is in; deals of others are transferred first. */
  private Done delete(Pipeline pipeline, Item item) {
    if (pipelines.inLayout(layout.id()).size() == 1) {
      throw cannotDelete(item, "Cannot delete the last pipeline of the layout");
    }
    if (TransferPipeline.dealsIn(module, pipeline).any(change.tx(), change.org())) {
      throw cannotDelete(item, "Cannot delete a pipeline that has deals; transfer them first");
    }
    var document = new PipelineDocument(change, module);
    document.remove(List.of(pipeline));
    document.save();
    return Done.of("Pipeline updated", pipeline.id());
  }

  /** Gives a new layout the pipelines of the layout it was copied from. */
  public void copyFrom(Layout source) {
    List<Pipeline> originals = pipelines.inLayout(source.id());
    Optional<Pipeline> first = pipelines.defaultOf(source.id());
    var document = new PipelineDocument(change, module);
    for (Pipeline original : originals) {
      long id = change.nextId();
      String name = original.displayValue();
      document.add(new Pipeline(id, layout.id(), name, actual(name), false, original.stages()));
      if (first.isPresent() && first.get().id() == original.id()) {
        document.makeDefault(List.of(), id);
      }
    }
    document.save();
  }

  /** Deletes the pipelines of a layout that goes. */
  public void deleteAll() {
    var document = new PipelineDocument(change, module);
    document.remove(pipelines.inLayout(layout.id()));
    document.save();
  }

  private String name(Item item, long self) {
    String name = item.text("display_value").strip();
    if (name.isEmpty()) {
      throw ErrorCode.MANDATORY_NOT_FOUND.error().at("display_value", item.at("display_value"));
    }
    boolean taken =
        pipelines.displayed(layout.id(), name).map(other -> other.id() != self).orElse(false);
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA
          .error()
          .message("Duplicate pipeline label found")
          .at("display_value", item.at("display_value"));
    }
    return name;
  }

  /** What deals have in their field: the name, told apart from that of other layouts. */
  private String actual(String name) {
    if (pipelines.named(name).isEmpty()) {
      return name;
    }
    String candidate = name + " (" + layout.name() + ")";
    for (int number = 2; pipelines.named(candidate).isPresent(); number++) {
      candidate = name + " (" + layout.name() + " " + number + ")";
    }
    return candidate;
  }

  private static ApiError cannotDelete(Item item, String message) {
    return ErrorCode.CANNOT_DELETE.error().message(message).at("_delete", item.at("_delete"));
  }
}
