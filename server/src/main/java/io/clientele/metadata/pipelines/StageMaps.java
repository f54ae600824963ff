package io.clientele.metadata.pipelines;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.PathId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stages of a pipeline as a body gives them: ids with their places. */
final class StageMaps {
  private static final String MAPS = "maps";
  private static final int MAXIMUM = 200;

  static final Shape SHAPE =
      Shape.empty()
          .id("id")
          .require("id")
          .integer("sequence_number", 1, MAXIMUM)
          .object("_delete", Shape.empty().flag("permanent"));

  private final Pipelines pipelines;

  StageMaps(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  /** The stages named, by their places. */
  List<String> replace(Item pipeline) {
    record Placed(int place, String stage) {}
    var placed = new ArrayList<Placed>();
    for (Item item : Item.list(pipeline, MAPS, MAXIMUM)) {
      Stage stage = stage(item);
      if (!item.json().has("_delete")) {
        placed.add(
            new Placed(
                item.json().path("sequence_number").asInt(placed.size() + 1), stage.actualValue()));
      }
    }
    List<String> stages =
        placed.stream()
            .sorted(Comparator.comparingInt(Placed::place))
            .map(Placed::stage)
            .distinct()
            .toList();
    return notEmpty(pipeline, stages);
  }

  /** The stages of before with what is new: some added, moved or taken out. */
  List<String> change(Pipeline before, Item pipeline) {
    var stages = new ArrayList<>(before.stages());
    if (!pipeline.has(MAPS)) {
      return stages;
    }
    for (Item item : Item.list(pipeline, MAPS, MAXIMUM)) {
      String stage = stage(item).actualValue();
      int index = stages.indexOf(stage);
      stages.remove(stage);
      if (item.json().has("_delete")) {
        if (index < 0) {
          throw ErrorCode.INVALID_DATA.error().message("No mapping found ");
        }
        continue;
      }
      int place = item.json().path("sequence_number").asInt(0) - 1;
      int target = place >= 0 ? place : index >= 0 ? index : stages.size();
      stages.add(Math.min(target, stages.size()), stage);
    }
    return notEmpty(pipeline, List.copyOf(stages));
  }

  private static List<String> notEmpty(Item pipeline, List<String> stages) {
    if (stages.isEmpty()) {
      throw ErrorCode.CANNOT_DELETE
          .error()
          .message("Cannot delete the last stage associated with the pipeline")
          .at("id", pipeline.at(MAPS) + "[0].id");
    }
    return stages;
  }

  private Stage stage(Item item) {
    Optional<Stage> stage = PathId.parse(item.text("id")).flatMap(pipelines::stage);
    return stage.orElseThrow(() -> item.invalid("id").message("Invalid child option id"));
  }
}
