package io.clientele.records;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Sql;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Module;
import io.clientele.metadata.pipelines.Pipeline;
import io.clientele.metadata.pipelines.Pipelines;
import io.clientele.metadata.pipelines.Stage;
import io.clientele.metadata.types.Invalid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deals pass through the stages of their pipeline, which is one of their layout: a new deal gets
 * the default one, and a stage that its pipeline has not got is refused.
 */
final class DealPipelines {
  private final Pipelines pipelines;
  private final Module module;

  DealPipelines(Module module) {
    this.module = module;
    this.pipelines = Pipelines.of(module);
  }

  /** What can be told from the row alone; other modules' rows stay as they are. */
  void read(Draft draft, boolean creating) {
    checkProbability(draft);
    if (pipelines.isEmpty()) {
      return;
    }
    Field field = module.field("Pipeline").orElseThrow();
    Field layout = module.field("Layout").orElseThrow();
    Optional<Pipeline> pipeline = Optional.empty();
    if (draft.values().get(field) instanceof String value) {
      pipeline = Optional.of(find(draft, field, value));
    } else if (creating && draft.values().get(layout) instanceof Long layoutId) {
      pipeline = pipelines.defaultOf(layoutId);
    }
    pipeline.ifPresent(
        found -> {
          draft.set(field, found.actualValue());
          draft.set(layout, found.layoutId());
          stage(draft).ifPresent(stage -> require(draft, found, stage));
        });
  }

  private void checkProbability(Draft draft) {
    Field field = module.field("Probability").orElse(null);
    if (field != null
        && module.apiName().equals("Deals")
        && draft.values().get(field) instanceof Integer percent
        && (percent < 0 || percent > 100)) {
      throw ErrorCode.INVALID_DATA
          .error()
          .message("Given Probability is not valid")
          .at(field.apiName(), draft.path(field.apiName()));
    }
  }

  /** The pipeline a row names: of its layout, if it names one. */
  private Pipeline find(Draft draft, Field field, String value) {
    Optional<Pipeline> named = pipelines.named(value);
    Optional<Layout> layout = draft.layout();
    if (layout.isEmpty() && named.isPresent()) {
      return named.get();
    }
    List<Pipeline> possible = layout.map(one -> pipelines.inLayout(one.id())).orElse(List.of());
    return named
        .filter(possible::contains)
        .or(
            () ->
                layout.flatMap(
                    one ->
                        pipelines.displayed(
                            one.id(), named.map(Pipeline::displayValue).orElse(value))))
        .orElseThrow(
            () ->
                Invalid.oneOf(
                    possible.stream().map(Pipeline::actualValue).toList(),
                    field,
                    draft.path("Pipeline")));
  }

  /** What needs the record as it is: rows that change the pipeline or the stage alone. */
  void check(Transaction tx, String table, List<Draft> drafts) {
    if (pipelines.isEmpty()) {
      return;
    }
    Field field = module.field("Pipeline").orElseThrow();
    List<Draft> partial =
        drafts.stream()
            .filter(
                draft -> stage(draft).isPresent() != (draft.values().get(field) instanceof String))
            .toList();
    if (partial.isEmpty()) {
      return;
    }
    Map<Long, Now> records = read(tx, table, partial);
    for (Draft draft : partial) {
      Now now = records.get(draft.requiredId());
      boolean emptied = draft.values().containsKey(field) && draft.values().get(field) == null;
      if (now == null || emptied) {
        continue;
      }
      String pipeline = draft.values().get(field) instanceof String value ? value : now.pipeline;
      String stage = stage(draft).orElse(now.stage);
      Optional<Pipeline> found = pipeline == null ? Optional.empty() : pipelines.named(pipeline);
      if (found.isPresent() && stage != null && !found.get().stages().contains(stage)) {
        draft.reject(wrong(draft, found.get()));
      }
    }
  }

  private record Now(@Nullable String pipeline, @Nullable String stage) {}

  private Map<Long, Now> read(Transaction tx, String table, List<Draft> drafts) {
    var records = new HashMap<Long, Now>();
    String columns = "t." + column("Pipeline") + ", t." + column("Stage");
    Long[] ids = drafts.stream().map(Draft::requiredId).toArray(Long[]::new);
    tx.stream(
        sql("select t.id, " + columns + " from " + table + " t where t.id = any(?)", (Object) ids),
        rows -> {
          while (rows.next()) {
            records.put(rows.getLong(1), new Now(rows.getString(2), rows.getString(3)));
          }
        });
    return records;
  }

  private String column(String name) {
    return Sql.identifier(module.field(name).orElseThrow().column());
  }

  private Optional<String> stage(Draft draft) {
    return module.field("Stage").map(field -> draft.values().get(field)).map(String.class::cast);
  }

  private void require(Draft draft, Pipeline pipeline, String stage) {
    if (!pipeline.stages().contains(stage)) {
      throw wrong(draft, pipeline);
    }
  }

  private ApiError wrong(Draft draft, Pipeline pipeline) {
    List<String> names = pipelines.stages(pipeline).stream().map(Stage::actualValue).toList();
    return Invalid.oneOf(names, module.field("Stage").orElseThrow(), draft.path("Stage"));
  }
}
