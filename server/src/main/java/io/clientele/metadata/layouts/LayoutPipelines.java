package io.clientele.metadata.layouts;

import io.clientele.db.Sql;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.PathId;
import io.clientele.metadata.layouts.RemoveLayout.Request;
import io.clientele.metadata.pipelines.Pipeline;
import io.clientele.metadata.pipelines.Pipelines;
import io.clientele.metadata.pipelines.Stage;
import io.clientele.metadata.pipelines.TransferPipeline;
import io.clientele.metadata.pipelines.WritePipeline;
import java.util.Map;
import java.util.Optional;

/** Deals that change their layout get a pipeline and a stage of the other one. */
final class LayoutPipelines {
  private LayoutPipelines() {}

  /** What is set in such deals; empty for modules without pipelines. */
  static Optional<Sql> set(Request request, Layout target) {
    Pipelines pipelines = Pipelines.of(request.module());
    if (pipelines.inLayout(target.id()).isEmpty()) {
      return Optional.empty();
    }
    Pipeline pipeline =
        PathId.parse(require(request, "pipeline"))
            .flatMap(id -> pipelines.find(target.id(), id))
            .orElseThrow(() -> invalid("pipeline"));
    Stage stage =
        PathId.parse(require(request, "stage"))
            .flatMap(id -> pipelines.stage(pipeline, id))
            .orElseThrow(() -> invalid("stage"));
    return Optional.of(TransferPipeline.into(request.module(), pipeline, stage));
  }

  /** The pipelines of a layout go with it. */
  static void delete(MetadataChange change, Request request) {
    if (!Pipelines.of(request.module()).inLayout(request.layout().id()).isEmpty()) {
      new WritePipeline(change, request.layout()).deleteAll();
    }
  }

  private static String require(Request request, String name) {
    return request
        .parameter(name)
        .orElseThrow(
            () ->
                ErrorCode.DEPENDENT_PARAM_MISSING
                    .with("dependee", Map.of("param_name", "transfer_to"))
                    .with("param_name", name)
                    .message(
                        "Cannot delete layout as "
                            + name
                            + " is not specified for trasfer_to layout"));
  }

  private static ApiError invalid(String name) {
    return ErrorCode.INVALID_DATA
        .with("param_name", name)
        .message("the id given seems to be invalid");
  }
}
