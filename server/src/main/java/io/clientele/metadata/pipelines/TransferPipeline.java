package io.clientele.metadata.pipelines;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.RecordMove;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Transfer and Delete a Pipeline: which deals go where. */
public final class TransferPipeline {
  private static final int STAGES = 200;

  private static final Shape PAIR = Shape.empty().id("from").id("to").require("from", "to");

  private static final Shape SHAPE =
      Shape.empty().object("pipeline", PAIR).list("stages", PAIR).require("pipeline", "stages");

  private TransferPipeline() {}

  /** What was asked for, once it was found good. */
  record Plan(Pipeline from, Pipeline to, RecordMove move) {}

  static Plan plan(Module module, long layoutId, Item item) {
    SHAPE.check(item);
    Pipelines pipelines = Pipelines.of(module);
    var pair = new Item((ObjectNode) item.json().get("pipeline"), item.at("pipeline") + "[0]");
    Pipeline from =
        PathId.parse(pair.text("from"))
            .flatMap(id -> pipelines.find(layoutId, id))
            .orElseThrow(() -> pair.invalid("from").message("Invalid from id"));
    Pipeline to =
        PathId.parse(pair.text("to"))
            .flatMap(id -> pipelines.find(layoutId, id))
            .orElseThrow(() -> pair.invalid("to").message("Invalid to id"));
    if (from.id() == to.id()) {
      throw pair.invalid("to").message("Both from_id and to_id cannot be same ");
    }
    return new Plan(from, to, move(module, from, to, stages(pipelines, from, to, item)));
  }

  /** To which stage each stage of {@code from} goes. */
  private static Map<Stage, Stage> stages(
      Pipelines pipelines, Pipeline from, Pipeline to, Item item) {
    var mapped = new LinkedHashMap<Stage, Stage>();
    var paths = new HashMap<Stage, String>();
    for (Item pair : Item.list(item, "stages", STAGES)) {
      Stage source =
          PathId.parse(pair.text("from"))
              .flatMap(id -> pipelines.stage(from, id))
              .orElseThrow(() -> pair.invalid("from").message("Invalid from id"));
      Stage target =
          PathId.parse(pair.text("to"))
              .flatMap(id -> pipelines.stage(to, id))
              .orElseThrow(() -> pair.invalid("to").message("Invalid to id"));
      if (mapped.containsKey(source)) {
        throw ErrorCode.ALREADY_USED
            .with("api_name", "from")
            .with("exists_in", Map.of("json_path", String.valueOf(paths.get(source))))
            .with("json_path", pair.at("from"));
      }
      mapped.put(source, target);
      paths.put(source, pair.at("from"));
    }
    // Deals in stages that nobody named stay in them where the other pipeline has them too.
    Stage first = pipelines.stages(to).getFirst();
    for (Stage stage : pipelines.stages(from)) {
      mapped.putIfAbsent(stage, to.stages().contains(stage.actualValue()) ? stage : first);
    }
    return mapped;
  }

  private static RecordMove move(
      Module module, Pipeline from, Pipeline to, Map<Stage, Stage> stages) {
    List<Sql> set = new ArrayList<>();
    set.add(sql(column(module, "Pipeline") + " = ?", to.actualValue()));
    Sql stage = Sql.EMPTY;
    Sql probability = Sql.EMPTY;
    for (Map.Entry<Stage, Stage> pair : stages.entrySet()) {
      String before = pair.getKey().actualValue();
      Stage after = pair.getValue();
      stage = stage.then("when ? then ?", before, after.actualValue());
      if (!before.equals(after.actualValue()) && after.probability().isPresent()) {
        probability = probability.then("when ? then ?", before, after.probability().getAsInt());
      }
    }
    set.add(byStage(module, "Stage", stage));
    if (!probability.equals(Sql.EMPTY) && module.field("Probability").isPresent()) {
      set.add(byStage(module, "Probability", probability));
    }
    return new RecordMove(module, dealsIn(module, from).where(), Sql.join(", ", set));
  }

  private static Sql byStage(Module module, String field, Sql whens) {
    String column = column(module, field);
    return sql(column + " = case t." + column(module, "Stage"))
        .then(whens)
        .then("else t." + column + " end");
  }

  /** The deals of a pipeline, and nothing to do with them yet. */
  static RecordMove dealsIn(Module module, Pipeline pipeline) {
    return new RecordMove(
        module, sql("t." + column(module, "Pipeline") + " = ?", pipeline.actualValue()), Sql.EMPTY);
  }

  /** Puts deals into one stage of a pipeline: what {@code set} of a move says. */
  public static Sql into(Module module, Pipeline pipeline, Stage stage) {
    Integer probability = stage.probability().isPresent() ? stage.probability().getAsInt() : null;
    return sql(
        column(module, "Pipeline")
            + " = ?, "
            + column(module, "Stage")
            + " = ?, "
            + column(module, "Probability")
            + " = ?",
        pipeline.actualValue(),
        stage.actualValue(),
        orNull(probability));
  }

  private static @Nullable Object orNull(@Nullable Integer value) {
    return value;
  }

  private static String column(Module module, String name) {
    return Sql.identifier(module.field(name).map(Field::column).orElseThrow());
  }
}
