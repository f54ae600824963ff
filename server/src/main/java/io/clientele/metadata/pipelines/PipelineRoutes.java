package io.clientele.metadata.pipelines;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.jobs.Job.Status;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.pipelines.TransferPipeline.Plan;
import java.util.List;

/** The pipelines of a layout of deals (pipeline). */
public final class PipelineRoutes {
  private static final String SCOPE = "settings.pipeline";
  private static final String TRANSFER = "transfer_pipeline";

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Database database;

  public PipelineRoutes(MetadataCache cache, MetadataChanges changes, Database database) {
    this.cache = cache;
    this.changes = changes;
    this.database = database;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/settings/pipeline", SCOPE, this::list)
        .get("/settings/pipeline/{pipeline}", SCOPE, this::one)
        .post("/settings/pipeline", SCOPE, this::create)
        .put("/settings/pipeline", SCOPE, call -> update(call, true))
        .patch("/settings/pipeline", SCOPE, call -> update(call, false))
        .put("/settings/pipeline/{pipeline}", SCOPE, call -> updateOne(call, true))
        .patch("/settings/pipeline/{pipeline}", SCOPE, call -> updateOne(call, false))
        .post("/settings/pipeline/actions/transfer", SCOPE, this::transfer);
  }

  /** All pipelines of a layout; 204 when it has none. */
  private Reply list(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Pipelines pipelines = Pipelines.of(deals(metadata));
    return reply(metadata, pipelines.inLayout(layout(metadata, call).id()));
  }

  /** One pipeline; 204 when the layout has no such pipeline. */
  private Reply one(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Layout layout = layout(metadata, call);
    Pipelines pipelines = Pipelines.of(deals(metadata));
    return reply(
        metadata,
        PathId.find(call, "pipeline")
            .flatMap(id -> pipelines.find(layout.id(), id))
            .map(List::of)
            .orElse(List.of()));
  }

  private static Reply reply(Metadata metadata, List<Pipeline> pipelines) {
    var json = new PipelineJson(Pipelines.of(deals(metadata)), metadata.org());
    return pipelines.isEmpty()
        ? Reply.noContent()
        : Reply.list(WritePipeline.NOUN, pipelines, json::write);
  }

  private Reply create(Call call) {
    requireRight(call);
    return changes.each(
        call,
        WritePipeline.NOUN,
        only(call, WritePipeline.NOUN),
        201,
        (change, item) -> write(change, call).create(item));
  }

  private Reply update(Call call, boolean whole) {
    requireRight(call);
    return changes.each(
        call,
        WritePipeline.NOUN,
        only(call, WritePipeline.NOUN),
        200,
        (change, item) -> write(change, call).update(item, whole));
  }

  private Reply updateOne(Call call, boolean whole) {
    Layout layout = requireRight(call);
    Pipeline known = pipeline(cache.of(call.caller().orgId()), layout, call);
    return changes.each(
        call,
        WritePipeline.NOUN,
        only(call, WritePipeline.NOUN),
        200,
        (change, item) ->
            write(change, call)
                .update(pipeline(change.metadata(), layout, call), checked(item, known), whole));
  }

  /** An id in the body beside that in the path must be the same. */
  private static Item checked(Item item, Pipeline known) {
    if (item.has("id") && !item.text("id").equals(Long.toString(known.id()))) {
      throw item.invalid("id");
    }
    return item;
  }

  /**
   * Moves the deals a few at a time, those written meanwhile with the pipeline's end, and those of
   * requests that began before it right after.
   */
  private Reply transfer(Call call) {
    Layout layout = requireRight(call);
    Item item = only(call, TRANSFER).getFirst();
    var results = new Results(TRANSFER);
    try {
      results.add(transfer(call, layout, item));
    } catch (ApiError e) {
      results.add(e);
    }
    return results.reply(200);
  }

  private Done transfer(Call call, Layout layout, Item item) {
    record Started(Plan plan, long job) {}
    Started started =
        changes.change(
            call,
            change -> {
              Plan plan = TransferPipeline.plan(deals(change.metadata()), layout.id(), item);
              for (Pipeline pipeline : List.of(plan.from(), plan.to())) {
                if (TransferJobs.running(change, pipeline)) {
                  throw TransferJobs.alreadyScheduled()
                      .with("api_name", WritePipeline.NOUN)
                      .with("value", Long.toString(pipeline.id()));
                }
              }
              return new Started(plan, TransferJobs.start(change, plan.from(), plan.to()));
            });
    Plan plan = started.plan;
    var org = cache.of(call.caller().orgId()).org();
    try {
      plan.move().inBatches(database, org);
      changes.change(call, change -> finish(change, plan, started.job));
      plan.move().inBatches(database, org);
    } catch (RuntimeException e) {
      changes.change(
          call,
          change -> {
            TransferJobs.end(change, started.job, Status.FAILED);
            return true;
          });
      throw e;
    }
    return new Done(
        "transfer pipeline scheduled successfully", keys -> keys.id("job_id", started.job));
  }

  private static boolean finish(MetadataChange change, Plan plan, long job) {
    plan.move().rest(change.tx(), change.org());
    Module module = deals(change.metadata());
    Pipelines pipelines = Pipelines.of(module);
    long layout = plan.from().layoutId();
    boolean wasDefault =
        pipelines.defaultOf(layout).map(first -> first.id() == plan.from().id()).orElse(false);
    var document = new PipelineDocument(change, module);
    document.remove(List.of(plan.from()));
    if (wasDefault) {
      document.makeDefault(pipelines.inLayout(layout), plan.to().id());
    }
    document.save();
    TransferJobs.end(change, job, Status.COMPLETED);
    return true;
  }

  /** The one object a call may have. */
  private static List<Item> only(Call call, String noun) {
    var body = call.json();
    if (body.path(noun).size() > 1) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", 1).at(noun, "$." + noun);
    }
    return Item.list(body, noun, 1);
  }

  private WritePipeline write(MetadataChange change, Call call) {
    return new WritePipeline(change, layout(change.metadata(), call));
  }

  /** The layout that is to be changed, if the caller may. */
  private Layout requireRight(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    if (!Access.allows(metadata, call.caller().userId(), Access.CUSTOMIZE)) {
      throw ErrorCode.NO_PERMISSION
          .with("permissions", Access.CUSTOMIZE)
          .message("permission denied to customize Zoho CRM");
    }
    return layout(metadata, call);
  }

  private static Module deals(Metadata metadata) {
    return metadata.get(Pipelines.MODULE);
  }

  private static Layout layout(Metadata metadata, Call call) {
    return PathId.parse(call.requiredQuery("layout_id"))
        .flatMap(deals(metadata)::layout)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA.with("param_name", "layout_id").message("Invalid layoutid"));
  }

  private static Pipeline pipeline(Metadata metadata, Layout layout, Call call) {
    Pipelines pipelines = Pipelines.of(deals(metadata));
    return PathId.find(call, "pipeline")
        .flatMap(id -> pipelines.find(layout.id(), id))
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("resource_path_index", 2)
                    .message("invalid pick_list_values id"));
  }
}
