package io.clientele.bulk.write;

import io.clientele.access.Access;
import io.clientele.bulk.JsonBody;
import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.files.Upload;
import io.clientele.files.UploadLimits;
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
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.org.Org;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /upload} and the paths {@code /crm/bulk/{version}/write}. */
public final class BulkWriteRoutes {
  /** How long a result can be downloaded, and an upload be used. */
  static final Duration DOWNLOAD = Duration.ofDays(7);

  /** Rows in one file. */
  public static final int ROWS = 25_000;

  private static final Scope SCOPE = Scope.of("bulk", Operation.CREATE);
  private static final String FEATURE = "bulk-write";
  private static final long BYTES = 25L << 20;

  private static final UploadLimits LIMITS =
      new UploadLimits(
          1,
          BYTES,
          ErrorCode.INVALID_FILE_FORMAT.error(),
          ErrorCode.FILE_TOO_LARGE.error(),
          ErrorCode.INVALID_FILE_FORMAT.error(),
          BulkWriteRoutes::requireZip);

  private final Database database;
  private final MetadataCache cache;
  private final Access access;
  private final JobQueue jobs;
  private final FileStorage files;
  private final Clock clock;
  private final int mostRows;

  /**
   * @param mostRows how many rows a file may have
   */
  public BulkWriteRoutes(
      Database database,
      MetadataCache cache,
      Access access,
      JobQueue jobs,
      FileStorage files,
      Clock clock,
      int mostRows) {
    this.database = database;
    this.cache = cache;
    this.access = access;
    this.jobs = jobs;
    this.files = files;
    this.clock = clock;
    this.mostRows = mostRows;
  }

  public void addTo(RouteTable routes) {
    routes
        .post("/upload", "files", call -> files.handle(call, () -> upload(call)))
        .bulk("POST", "/write", SCOPE, this::create)
        .bulk("GET", "/write/{job_id}", SCOPE, this::details)
        .bulk("GET", "/write/{job_id}/result", SCOPE, this::result);
  }

  /**
   * Keeps a ZIP of CSV files for a bulk write of the caller's.
   *
   * <p>Errors: one of its own when a header is wrong, INVALID_FILE_FORMAT, FILE_TOO_LARGE.
   * Reference: Upload File.
   */
  private Reply upload(Call call) {
    Metadata metadata = cache.of(call.caller());
    Org org = metadata.org();
    boolean meant =
        call.header("feature").filter(FEATURE::equals).isPresent()
            && call.header("X-CRM-ORG").filter(Long.toString(org.id())::equals).isPresent();
    if (!meant) {
      call.skipBody(BYTES);
      return badHeaders();
    }
    Upload.Content content =
        files.receive(call, org, LIMITS).files().stream()
            .findFirst()
            .orElseThrow(ErrorCode.INVALID_FILE_FORMAT::error);
    Job kept =
        database.write(tx -> UploadedFiles.add(tx, files, org, content, call.caller().userId()));
    Reader reader = Reader.of(cache, call);
    return success(
        200,
        "FILE_UPLOAD_SUCCESS",
        "file uploaded.",
        details -> {
          details.id("file_id", kept.id());
          References.time(details, "created_time", kept.createdTime(), reader.zone());
        });
  }

  private static Reply badHeaders() {
    return Reply.json(
        400,
        json ->
            json.writePOJO(
                Map.of(
                    "ERROR_CODE",
                    400,
                    "ERROR_MESSAGE",
                    "Bad Request",
                    "x-error",
                    "check if headers [feature, X-CRM-ORG] are present and valid")));
  }

  private static Optional<String> requireZip(Path path) {
    try (var zip = new ZipFile(path.toFile())) {
      if (zip.size() > 0) {
        return Optional.of("application/zip");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw ErrorCode.INVALID_FILE_FORMAT.error();
    }
    throw ErrorCode.INVALID_FILE_FORMAT.error();
  }

  /** Schedules a write. Errors: those of its body. Reference: Create Bulk Write Job. */
  private Reply create(Call call) {
    Metadata metadata = cache.of(call.caller());
    Org org = metadata.org();
    long userId = call.caller().userId();
    JsonNode body = JsonBody.of(call);
    var resources = new ResourceRequest(database, access, files, metadata, userId, mostRows);
    ObjectNode work = new WriteRequest(resources).check(call, body);
    long id = database.write(tx -> jobs.schedule(tx, org, BulkWriteJob.KIND, work, userId));
    return success(
        201,
        "SUCCESS",
        "success",
        details -> {
          details.id("id", id);
          References.user(details, metadata, "created_by", userId);
        });
  }

  private static Reply success(int status, String code, String message, Consumer<Keys> details) {
    return Reply.json(
        status,
        json ->
            Keys.object(
                json,
                keys ->
                    keys.text("status", "success")
                        .text("code", code)
                        .text("message", message)
                        .object("details", details)));
  }

  /**
   * Where a write stands, RESOURCE_NOT_FOUND when the caller has none of that id. Reference: Job
   * Details.
   */
  private Reply details(Call call) {
    Job job =
        find(call)
            .orElseThrow(
                () ->
                    ErrorCode.RESOURCE_NOT_FOUND
                        .error()
                        .message("The requested resource doesn't exist."));
    var shown = new BulkWriteJson(Reader.of(cache, call));
    return Reply.ok(json -> Keys.object(json, keys -> shown.write(keys, job)));
  }

  /**
   * What became of each row, as a ZIP with a CSV file for each that was written; an error of its
   * own when there is none, not yet or no longer. Reference: Download Result.
   */
  private Reply result(Call call) {
    Org org = cache.of(call.caller()).org();
    return find(call)
        .filter(this::isKept)
        .flatMap(
            job ->
                database.read(
                    tx -> FileStorage.find(tx, org, job.result().path("file").asString(""))))
        .map(file -> files.download(org, file))
        .orElseGet(BulkWriteRoutes::notValid);
  }

  private boolean isKept(Job job) {
    Instant end = job.finishedTime();
    return job.status() == Status.COMPLETED
        && end != null
        && end.plus(DOWNLOAD).isAfter(clock.instant());
  }

  private static Reply notValid() {
    return Reply.json(
        403,
        json ->
            json.writePOJO(
                Map.of("http_status", "403", "info", "Forbidden", "x-info", "Link not valid")));
  }

  private Optional<Job> find(Call call) {
    Org org = cache.of(call.caller()).org();
    return PathId.find(call, "job_id")
        .flatMap(id -> database.read(tx -> Jobs.find(tx, org, id, BulkWriteJob.KIND)))
        .filter(job -> job.createdBy() == call.caller().userId());
  }
}
