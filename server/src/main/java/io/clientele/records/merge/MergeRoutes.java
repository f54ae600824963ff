package io.clientele.records.merge;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.records.RecordChange;
import io.clientele.records.Records;
import io.clientele.records.Source;
import io.clientele.records.merge.MergeRequest.Child;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The path of merges. References: Merge Records, Merge Records Job Status. */
public final class MergeRoutes {
  private static final String PATH = "/{module}/{id}/actions/merge";
  private static final String NOUN = "merge";
  private static final Set<String> MODULES =
      Set.of("Leads", "Contacts", "Accounts", "Deals", "Vendors");

  /** With more rows than this in a related list of a child, a job merges. */
  private static final int LARGE = 1000;

  private final Database database;
  private final MetadataCache cache;
  private final Access access;
  private final Records records;
  private final JobQueue jobs;

  public MergeRoutes(
      Database database, MetadataCache cache, Access access, Records records, JobQueue jobs) {
    this.database = database;
    this.cache = cache;
    this.access = access;
    this.records = records;
    this.jobs = jobs;
  }

  public void addTo(RouteTable routes) {
    routes
        .api("POST", PATH, Scope.modules(Operation.CREATE), this::merge)
        .api("GET", PATH, Scope.modules(Operation.READ), this::status);
  }

  private static Module module(Call call, Metadata metadata) {
    return metadata
        .find(call.path("module"))
        .filter(
            found ->
                MODULES.contains(found.apiName())
                    || found.generatedType().equals("custom") && found.apiSupported())
        .orElseThrow(() -> ErrorCode.INVALID_MODULE.with("resource_path_index", 0));
  }

  private static long master(Call call) {
    return PathId.find(call, "id").orElseThrow(RecordMerge::noMaster);
  }

  private Reply merge(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = module(call, metadata);
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.UPDATE, module);
    access.require(metadata, userId, Action.DELETE, module);
    access.require(metadata, userId, Action.permission("Merge", module.apiName()));
    long master = master(call);
    JsonNode merge = MergeReader.only(call.json());
    var results = new Results(NOUN);
    try {
      MergeRequest request =
          new MergeReader(module, master, field -> Access.writes(metadata, userId, field))
              .read(merge);
      Done done =
          records.change(
              metadata, userId, Source.MERGE, change -> merge(change, module, request, merge));
      results.add(done);
    } catch (ApiError e) {
      if (e.details().containsKey("resource_path_index") || e.code() == ErrorCode.NO_PERMISSION) {
        throw e;
      }
      results.add(e);
    }
    return results.reply(201);
  }

  /** At once, or by a job when much hangs on a child. */
  private Done merge(RecordChange change, Module module, MergeRequest request, JsonNode merge) {
    var work = new RecordMerge(change, module, request);
    work.check();
    refuseUnderWay(change, request);
    if (work.isLarge(LARGE)) {
      Metadata metadata = change.stamp().metadata();
      long jobId =
          jobs.schedule(
              change.tx(),
              metadata.org(),
              MergeJob.KIND,
              MergeJob.body(module, request, merge),
              change.stamp().userId());
      return Done.scheduled("The records have been scheduled in a scheduler", jobId);
    }
    work.merge();
    return Done.of("The records has been merged successfully", request.master());
  }

  private static void refuseUnderWay(RecordChange change, MergeRequest request) {
    var org = change.stamp().metadata().org();
    ApiError error =
        ErrorCode.NOT_ALLOWED
            .error()
            .status(400)
            .message("This record id is not allowed to be merged");
    if (MergeJob.isUnderWay(change.tx(), org, List.of(request.master()))) {
      throw error.with("resource_path_index", 1);
    }
    for (Child child : request.children()) {
      if (MergeJob.isUnderWay(change.tx(), org, List.of(child.id()))) {
        throw error.at("id", child.path() + ".id");
      }
    }
  }

  /** The jobs of a master, or the one that {@code job_id} names; 204 for none. */
  private Reply status(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    Module module = module(call, metadata);
    long userId = call.caller().userId();
    access.require(metadata, userId, Action.READ, module);
    long master = master(call);
    Optional<Long> wanted =
        call.query("job_id")
            .map(
                text ->
                    PathId.parse(text.strip())
                        .orElseThrow(() -> ErrorCode.INVALID_DATA.with("param_name", "job_id")));
    requireMaster(metadata, userId, module, master);
    List<Job> found =
        database
            .read(
                tx -> Jobs.list(tx, metadata.org(), MergeJob.KIND, "master", Long.toString(master)))
            .stream()
            .filter(job -> wanted.isEmpty() || wanted.get() == job.id())
            .toList();
    return found.isEmpty()
        ? Reply.noContent()
        : Reply.list(
            NOUN,
            found,
            (keys, job) -> keys.id("job_id", job.id()).text("status", MergeJob.status(job)));
  }

  private void requireMaster(Metadata metadata, long userId, Module module, long master) {
    records.change(
        metadata,
        userId,
        Source.MERGE,
        change -> change.raw(module, master, Action.READ).orElseThrow(RecordMerge::noMaster));
  }
}
