package io.clientele.jobs.control;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.Job;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The work that goes on after its request, in one place: operations of our own under {@code
 * /clientele/v1/jobs}. Administrators see all jobs of the org, other users their own.
 */
public final class JobRoutes {
  private static final String PATH = "/clientele/v1/jobs";

  private final Database database;
  private final MetadataCache cache;
  private final JobQueue queue;

  public JobRoutes(Database database, MetadataCache cache, JobQueue queue) {
    this.database = database;
    this.cache = cache;
    this.queue = queue;
  }

  public void addTo(RouteTable routes) {
    Scope read = Scope.of("settings.jobs", Operation.READ);
    Scope update = Scope.of("settings.jobs", Operation.UPDATE);
    routes
        .own("GET", PATH, read, this::list)
        .own("GET", PATH + "/{id}", read, this::one)
        .own("POST", PATH + "/{id}/actions/cancel", update, this::cancel);
  }

  /** The newest first; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Paging paging = Paging.of(call);
    Long userId = seesAll(reader) ? null : Long.valueOf(reader.userId());
    List<Job> rows =
        database.read(
            tx ->
                Jobs.page(
                    tx, reader.metadata().org(), userId, paging.perPage() + 1, paging.offset()));
    var page = paging.ofOneMore(rows);
    return Reply.page("jobs", page, (inner, job) -> write(inner, reader, job));
  }

  /** How far one is; RESOURCE_NOT_FOUND when the user has none of that id. */
  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Job job = require(call, reader);
    return Reply.list("jobs", List.of(job), (keys, one) -> write(keys, reader, one));
  }

  /**
   * Ends one: what it has done stays. CANNOT_PROCESS when it has ended, or its work is one that is
   * done whole.
   */
  private Reply cancel(Call call) {
    Reader reader = Reader.of(cache, call);
    Job job = require(call, reader);
    if (!queue.cancel(reader.metadata().org(), job.id())) {
      throw ErrorCode.CANNOT_PROCESS
          .with("id", Long.toString(job.id()))
          .message("a job of this kind, or one that has ended, cannot be cancelled");
    }
    Job now = require(call, reader);
    return Reply.list("jobs", List.of(now), (keys, one) -> write(keys, reader, one));
  }

  private Job require(Call call, Reader reader) {
    Optional<Long> id = PathId.parse(call.path("id"));
    return id.flatMap(known -> database.read(tx -> Jobs.find(tx, reader.metadata().org(), known)))
        .filter(job -> seesAll(reader) || job.createdBy() == reader.userId())
        .orElseThrow(JobRoutes::unknown);
  }

  private static ApiError unknown() {
    return ErrorCode.RESOURCE_NOT_FOUND.with("resource_path_index", 0);
  }

  private static boolean seesAll(Reader reader) {
    return Access.isAdministrator(reader.metadata(), reader.userId());
  }

  private void write(Keys keys, Reader reader, Job job) {
    keys.id("id", job.id())
        .text("kind", job.kind())
        .text("status", job.status().name().toLowerCase(Locale.ROOT))
        .flag("cancellable", queue.isCancellable(job));
    References.user(keys, reader.metadata(), "created_by", job.createdBy());
    References.time(keys, "created_time", job.createdTime(), reader.zone());
    References.time(keys, "finished_time", job.finishedTime(), reader.zone());
    keys.node("progress", progress(job));
  }

  /** What it reported, without the key of its file, which is had by the operation it is for. */
  private static JsonNode progress(Job job) {
    ObjectNode progress = ((ObjectNode) job.result()).deepCopy();
    progress.remove("file");
    return progress;
  }
}
