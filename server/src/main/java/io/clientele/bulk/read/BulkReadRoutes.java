package io.clientele.bulk.read;

import io.clientele.access.Access;
import io.clientele.bulk.Callback;
import io.clientele.bulk.JsonBody;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.Job;
import io.clientele.jobs.Job.Status;
import io.clientele.jobs.JobQueue;
import io.clientele.jobs.Jobs;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.ModuleTables;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.org.Org;
import io.clientele.records.PageToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths {@code /crm/bulk/{version}/read}. */
public final class BulkReadRoutes {
  /** How long a result can be downloaded, and gone on from. */
  static final Duration DOWNLOAD = Duration.ofDays(1);

  private static final Scope SCOPE = Scope.of("bulk", Operation.READ);

  private final Database database;
  private final MetadataCache cache;
  private final ModuleTables tables;
  private final Access access;
  private final JobQueue jobs;
  private final FileStorage files;
  private final PageToken.Codec tokens;
  private final Clock clock;

  public BulkReadRoutes(
      Database database,
      MetadataCache cache,
      ModuleTables tables,
      Access access,
      JobQueue jobs,
      FileStorage files,
      byte[] tokenKey,
      Clock clock) {
    this.database = database;
    this.cache = cache;
    this.tables = tables;
    this.access = access;
    this.jobs = jobs;
    this.files = files;
    this.tokens = new PageToken.Codec(tokenKey, clock);
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes
        .bulk("POST", "/read", SCOPE, this::create)
        .bulk("GET", "/read/{job_id}", SCOPE, this::details)
        .bulk("GET", "/read/{job_id}/result", SCOPE, this::result);
  }

  /** Schedules a read. Reference: Create Bulk Read job. */
  private Reply create(Call call) {
    Metadata metadata = cache.of(call.caller());
    Org org = metadata.org();
    long userId = call.caller().userId();
    JsonNode body = JsonBody.of(call);
    if (!(body.path("query") instanceof ObjectNode query)) {
      throw ErrorCode.QUERY_NOT_SUPPORTED.with("resource", "query");
    }
    var request = new ReadRequest(metadata, tables, access, userId);
    ObjectNode work =
        query.hasNonNull("page_token")
            ? next(call, request, body, query)
            : request.check(call, body, query);
    Job job =
        database.write(
            tx -> {
              long id = jobs.schedule(tx, org, BulkReadJob.KIND, work, userId);
              return Jobs.find(tx, org, id, BulkReadJob.KIND).orElseThrow();
            });
    return created(Reader.of(cache, call), job);
  }

  private static Reply created(Reader reader, Job job) {
    return Reply.json(
        201,
        json ->
            Keys.object(
                json,
                keys -> {
                  keys.array(
                      "data",
                      List.of(job),
                      (item, read) -> {
                        item.text("status", "success")
                            .text("code", "ADDED_SUCCESSFULLY")
                            .text("message", "Added successfully.");
                        item.object("details", details -> details(details, reader, read));
                      });
                  keys.object("info", info -> {});
                }));
  }

  private static void details(Keys keys, Reader reader, Job job) {
    keys.id("id", job.id()).text("operation", "read").text("state", BulkReadJson.state(job));
    References.user(keys, reader.metadata(), "created_by", job.createdBy());
    References.time(keys, "created_time", job.createdTime(), reader.zone());
  }

  /**
   * The read that goes on where another of the same user ended; what else is said of it must be
   * what was said of that one.
   */
  private ObjectNode next(Call call, ReadRequest request, JsonNode body, ObjectNode query) {
    Reader reader = Reader.of(cache, call);
    PageToken token =
        tokens.read(query.path("page_token").asString(""), BulkReadJson.binding(reader));
    Org org = reader.metadata().org();
    ObjectNode work =
        database
            .read(tx -> Jobs.find(tx, org, token.sortValue(), BulkReadJob.KIND))
            .map(job -> (ObjectNode) job.body().deepCopy())
            .orElseThrow(
                () -> ErrorCode.EXPIRED_VALUE.error().at("page_token", "$.query.page_token"));
    ObjectNode first = (ObjectNode) work.path("query");
    request.checkSame(call, first, query);
    work.remove("callback");
    Callback.check(body.path("callback")).ifPresent(found -> work.set("callback", found.json()));
    work.put("version", call.version().path());
    work.put("after", token.id());
    first.put("page", token.offset() + 1);
    return work;
  }

  /**
   * Where a read stands, RESOURCE_NOT_FOUND when the caller has none of that id. Reference: Status
   * of the Bulk Read Job.
   */
  private Reply details(Call call) {
    Reader reader = Reader.of(cache, call);
    var shown = new BulkReadJson(reader, tokens);
    return Reply.ok(
        json -> Keys.object(json, keys -> keys.array("data", List.of(job(call)), shown::write)));
  }

  /**
   * The file of a read, RESOURCE_NOT_FOUND when there is none, not yet or no longer. Reference:
   * Download Bulk Read Result.
   */
  private Reply result(Call call) {
    Org org = cache.of(call.caller()).org();
    Job job = job(call);
    Instant end = job.finishedTime();
    boolean there =
        job.status() == Status.COMPLETED
            && end != null
            && end.plus(DOWNLOAD).isAfter(clock.instant());
    return Optional.of(job.result().path("file").asString(""))
        .filter(id -> there)
        .flatMap(id -> database.read(tx -> FileStorage.find(tx, org, id)))
        .map(file -> files.download(org, file))
        .orElseThrow(() -> notFound(call));
  }

  private Job job(Call call) {
    Org org = cache.of(call.caller()).org();
    return PathId.find(call, "job_id")
        .flatMap(id -> database.read(tx -> Jobs.find(tx, org, id, BulkReadJob.KIND)))
        .filter(job -> job.createdBy() == call.caller().userId())
        .orElseThrow(() -> notFound(call));
  }

  private static ApiError notFound(Call call) {
    return ErrorCode.RESOURCE_NOT_FOUND
        .with("resource", call.path("job_id"))
        .message("The requested resource doesn't exist.");
  }
}
