package io.clientele.audit.export;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.audit.AuditLog;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Keys;
import io.clientele.http.Reply;
import io.clientele.http.Results;
import io.clientele.http.Results.Done;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Exports of the audit log. References: Create Export Audit Log, Get the Status of the Export Audit
 * Log Job, Download Export Audit Log Result.
 */
public final class AuditExportRoutes {
  /** How long an export can be downloaded. */
  static final Duration DOWNLOAD = Duration.ofDays(7);

  private static final String NOUN = "audit_log_export";
  private static final String PATH = "/settings/audit_log_export";
  private static final String SCOPE = "settings.audit_logs";
  private static final String NOUN_KEY = "noun";
  private static final long MAXIMUM_BODY = 1 << 20;

  private final Database database;
  private final MetadataCache cache;
  private final JobQueue jobs;
  private final FileStorage files;
  private final Clock clock;

  public AuditExportRoutes(
      Database database, MetadataCache cache, JobQueue jobs, FileStorage files, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.jobs = jobs;
    this.files = files;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes
        .post(PATH, SCOPE, this::create)
        .get(PATH, SCOPE, this::list)
        .get(PATH + "/{export}", SCOPE, this::one)
        .own(
            "GET",
            "/v2/crm/{org}/auditlog/{export}/{file}",
            new Scope("ZohoFiles", "files", Operation.READ),
            this::download);
  }

  /** Schedules an export of all, or of what the criteria say; one at a time. */
  private Reply create(Call call) {
    Reader reader = permitted(cache, call);
    var results = new Results(NOUN);
    try {
      long id = schedule(call, reader, criteria(call, reader));
      results.add(
          new Done(
              "SCHEDULED",
              "Audit log export job scheduled successfully.",
              keys -> keys.id("id", id)));
    } catch (ApiError e) {
      if (isOfWhole(e)) {
        throw e;
      }
      results.add(e);
    }
    return results.reply(200);
  }

  /** Whether there is no list in which the error could stand. */
  private static boolean isOfWhole(ApiError error) {
    Object path = error.details().getOrDefault("json_path", "");
    return path.equals("$." + NOUN)
        || (path.equals("$." + NOUN + "[0]") && error.code() == ErrorCode.MANDATORY_NOT_FOUND)
        || "body".equals(error.getMessage());
  }

  private Optional<ObjectNode> criteria(Call call, Reader reader) {
    if (call.body(MAXIMUM_BODY).length == 0) {
      return Optional.empty();
    }
    JsonNode list = call.json().path(NOUN);
    if (list.isMissingNode() || list.isNull()) {
      throw ErrorCode.MANDATORY_NOT_FOUND
          .error()
          .message("Required field missing")
          .at(NOUN, "$." + NOUN + "[0]");
    }
    if (list.isArray() && list.size() > 1) {
      throw ErrorCode.LIMIT_EXCEEDED
          .with("limit", "1")
          .message("The audit_log_export jsonarray size should not exceed one")
          .at(NOUN, "$." + NOUN + "[1]");
    }
    Item item = Item.list(call.json(), NOUN, 1).getFirst().require("criteria");
    if (!(item.json().path("criteria") instanceof ObjectNode criteria)) {
      throw item.invalid("criteria").with("expected_data_type", "jsonobject");
    }
    new AuditCriteria(reader.metadata()).read(new Item(criteria, item.at("criteria")));
    return Optional.of(criteria);
  }

  private long schedule(Call call, Reader reader, Optional<ObjectNode> criteria) {
    var org = reader.metadata().org();
    ObjectNode body = Json.MAPPER.createObjectNode().put(NOUN_KEY, NOUN);
    criteria.ifPresent(found -> body.set("criteria", found));
    return database.write(
        tx -> {
          tx.list(sql("select from clientele.org where id = ? for update", org.id()), row -> 0);
          List<Job> open = Jobs.open(tx, org, AuditExportJob.KIND);
          if (!open.isEmpty()) {
            throw ErrorCode.ALREADY_SCHEDULED
                .with("id", Long.toString(open.getFirst().id()))
                .message("Export is already scheduled");
          }
          AuditLog.write(
              tx,
              org,
              List.of(
                  new AuditLog.Entry(
                      reader.userId(),
                      AuditLog.EXPORTED,
                      "audit_log",
                      null,
                      null,
                      "crm_api",
                      call.remoteAddress())));
          return jobs.schedule(tx, org, AuditExportJob.KIND, body, reader.userId());
        });
  }

  /** The latest exports; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = permitted(cache, call);
    return reply(call, reader, database.read(tx -> exports(tx, reader)));
  }

  private static List<Job> exports(Transaction tx, Reader reader) {
    return Jobs.list(tx, reader.metadata().org(), AuditExportJob.KIND, NOUN_KEY, NOUN);
  }

  /** One export; INVALID_URL_PATTERN when there is none of that id. */
  private Reply one(Call call) {
    Reader reader = permitted(cache, call);
    return reply(call, reader, List.of(export(call, reader)));
  }

  private Job export(Call call, Reader reader) {
    return PathId.find(call, "export")
        .flatMap(
            id ->
                database.read(
                    tx -> Jobs.find(tx, reader.metadata().org(), id, AuditExportJob.KIND)))
        .orElseThrow(ErrorCode.INVALID_URL_PATTERN::error);
  }

  private Reply reply(Call call, Reader reader, List<Job> found) {
    return found.isEmpty()
        ? Reply.noContent()
        : Reply.list(NOUN, found, (keys, job) -> write(keys, call, reader, job));
  }

  private static void write(Keys keys, Call call, Reader reader, Job job) {
    keys.node("criteria", job.body().path("criteria"))
        .id("id", job.id())
        .text("status", status(job.status()));
    References.user(keys, reader.metadata(), "created_by", job.createdBy());
    String name = job.result().path("name").asString("");
    if (name.isEmpty()) {
      keys.none("download_links");
    } else {
      String link =
          call.baseUrl()
              + "/v2/crm/"
              + reader.metadata().org().id()
              + "/auditlog/"
              + job.id()
              + "/"
              + name;
      keys.value(
          "download_links",
          json -> {
            json.writeStartArray();
            json.writeString(link);
            json.writeEndArray();
          });
    }
    Instant end = job.finishedTime();
    References.time(keys, "job_start_time", job.createdTime(), reader.zone());
    References.time(keys, "job_end_time", end, reader.zone());
    References.time(
        keys,
        "expiry_date",
        name.isEmpty() || end == null ? null : end.plus(DOWNLOAD),
        reader.zone());
  }

  private static String status(Job.Status status) {
    return switch (status) {
      case SCHEDULED -> "scheduled";
      case RUNNING -> "progress";
      case COMPLETED -> "finished";
      case FAILED, CANCELLED -> "failed";
    };
  }

  /** The file of an export; INVALID_URL_PATTERN when there is none or it has expired. */
  private Reply download(Call call) {
    Reader reader = permitted(cache, call);
    var org = reader.metadata().org();
    Job job = export(call, reader);
    Instant end = job.finishedTime();
    String name = job.result().path("name").asString("");
    boolean there =
        call.path("org").equals(Long.toString(org.id()))
            && call.path("file").equals(name)
            && end != null
            && end.plus(DOWNLOAD).isAfter(clock.instant());
    return Optional.of(job.result().path("file").asString(""))
        .filter(id -> there)
        .flatMap(id -> database.read(tx -> FileStorage.find(tx, org, id)))
        .map(file -> files.download(org, file))
        .orElseThrow(ErrorCode.INVALID_URL_PATTERN::error);
  }

  /**
   * @throws ApiError NO_PERMISSION when the caller is no administrator
   */
  static Reader permitted(MetadataCache cache, Call call) {
    Reader reader = Reader.of(cache, call);
    if (!Access.isAdministrator(reader.metadata(), reader.userId())) {
      throw ErrorCode.NO_PERMISSION.with("permissions", List.of("profile permission"));
    }
    return reader;
  }
}
