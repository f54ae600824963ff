package io.clientele.backup;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.audit.AuditLog;
import io.clientele.db.Database;
import io.clientele.db.Transaction;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.files.FileStorage;
import io.clientele.http.Call;
import io.clientele.http.ErrorJson;
import io.clientele.http.Json;
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
import io.clientele.metadata.UserName;
import io.clientele.org.Org;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The paths {@code /crm/bulk/{version}/backup}, for administrators, and the files themselves. */
public final class BackupRoutes {
  /** How long the files of a backup can be downloaded. */
  static final Duration DOWNLOAD = Duration.ofDays(7);

  /** How far back the history goes. */
  static final Duration HISTORY = Duration.ofDays(365);

  private static final String NOUN = "backup";
  private static final String SCOPE = "bulk.backup";
  private static final long MAXIMUM_BODY = 1 << 20;

  private final Database database;
  private final MetadataCache cache;
  private final JobQueue jobs;
  private final FileStorage files;
  private final Clock clock;

  public BackupRoutes(
      Database database, MetadataCache cache, JobQueue jobs, FileStorage files, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.jobs = jobs;
    this.files = files;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    Scope read = Scope.of(SCOPE, Operation.READ);
    routes
        .bulk("POST", "/backup", Scope.of(SCOPE, Operation.CREATE), this::schedule)
        .bulk("GET", "/backup", read, this::details)
        .bulk("GET", "/backup/history", read, this::history)
        .bulk("GET", "/backup/urls", read, this::urls)
        .bulk("PUT", "/backup/{id}/actions/cancel", Scope.of(SCOPE, Operation.UPDATE), this::cancel)
        .own(
            "GET",
            "/v2/crm/{org}/backup/{job}/{file}",
            new Scope("ZohoFiles", "files", Operation.READ),
            this::download);
  }

  /**
   * Has a backup made at once, or by a rule again and again; one at a time.
   *
   * <p>Errors: NO_PERMISSION, REQUEST_BODY_NOT_READABLE, INVALID_DATA about the rule,
   * BACKUP_ALREADY_SCHEDULED. Reference: Schedule Data Backup.
   */
  private Reply schedule(Call call) {
    Reader reader = permitted(call, "create");
    byte[] bytes = call.body(MAXIMUM_BODY);
    return answer(
        "Backup scheduled successfully.",
        () -> {
          Optional<BackupRule> rule = rule(bytes);
          return database.write(tx -> schedule(tx, call, reader, rule));
        });
  }

  private long schedule(Transaction tx, Call call, Reader reader, Optional<BackupRule> rule) {
    Org org = reader.metadata().org();
    tx.list(sql("select from clientele.org where id = ? for update", org.id()), row -> 0);
    var rows = new BackupRows(tx, org, jobs);
    rows.findOpen()
        .ifPresent(
            open -> {
              throw ErrorCode.BACKUP_ALREADY_SCHEDULED.with("id", Long.toString(open.id()));
            });
    AuditLog.write(
        tx,
        org,
        List.of(
            new AuditLog.Entry(
                reader.userId(),
                AuditLog.EXPORTED,
                NOUN,
                null,
                null,
                "crm_api",
                call.remoteAddress())));
    return rows.add(rule, reader.userId(), clock.instant(), reader.zone());
  }

  /** The rule that a body has; none without a body, or without a rule in it. */
  private static Optional<BackupRule> rule(byte[] bytes) {
    if (new String(bytes, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
      return Optional.empty();
    }
    JsonNode body;
    try {
      body = Json.read(bytes);
    } catch (JacksonException e) {
      throw ErrorCode.REQUEST_BODY_NOT_READABLE.error();
    }
    JsonNode backup = body.path(NOUN);
    if (!body.isObject() || !(backup.isObject() || backup.isMissingNode())) {
      throw invalid().at(NOUN, "$." + NOUN);
    }
    JsonNode rule = backup.path("rrule");
    if (rule.isMissingNode() || rule.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        BackupRule.parse(rule.isString() ? rule.stringValue() : "")
            .orElseThrow(() -> invalid().at("rrule", "$.backup.rrule")));
  }

  private static ApiError invalid() {
    return ErrorCode.INVALID_DATA
        .error()
        .message("You have specified an invalid rule or rule pattern.");
  }

  private interface Change {
    /** Answers the id of the backup. */
    long make();
  }

  /** Errors about the backup stand where the outcome would. */
  private static Reply answer(String message, Change change) {
    try {
      long id = change.make();
      return Reply.ok(
          json ->
              Keys.object(
                  json,
                  keys ->
                      keys.object(
                          NOUN,
                          inner ->
                              inner
                                  .text("code", "SUCCESS")
                                  .object("details", details -> details.id("id", id))
                                  .text("message", message)
                                  .text("status", "success"))));
    } catch (ApiError e) {
      return switch (e.code()) {
        case INVALID_DATA, BACKUP_ALREADY_SCHEDULED, ALREADY_CANCELLED, INPROGRESS ->
            Reply.json(
                e.status(),
                json ->
                    Keys.object(
                        json, keys -> keys.value(NOUN, inner -> ErrorJson.write(inner, e))));
        default -> throw e;
      };
    }
  }

  /**
   * The latest backup that was asked for; 204 when there is none. Reference: Get Data Backup
   * Details.
   */
  private Reply details(Call call) {
    Reader reader = permitted(call, "read");
    return database
        .read(tx -> rows(tx, reader).latest())
        .map(
            backup ->
                Reply.ok(
                    json ->
                        Keys.object(
                            json,
                            keys -> keys.object(NOUN, inner -> write(inner, reader, backup)))))
        .orElseGet(Reply::noContent);
  }

  private static void write(Keys keys, Reader reader, Backup backup) {
    keys.text("rrule", backup.rrule()).id("id", backup.id());
    References.time(keys, "start_date", backup.startTime(), reader.zone());
    References.time(
        keys, "scheduled_date", backup.status().isOpen() ? backup.nextTime() : null, reader.zone());
    keys.text("status", backup.status().word());
    user(keys, reader, "requester", backup.requesterId());
  }

  private static void user(Keys keys, Reader reader, String name, long id) {
    UserName user = reader.metadata().userName(id);
    keys.object(
        name,
        inner -> inner.id("id", id).text("name", user == null ? null : user.name()).id("zuid", id));
  }

  /**
   * What was done about backups in the past year, the newest first; 204 when that is nothing.
   *
   * <p>Errors: those of a page. Reference: Get Data Backup History.
   */
  private Reply history(Call call) {
    Reader reader = permitted(call, "read");
    Paging paging = Paging.of(call);
    Paging.Page<BackupEntry> page =
        paging.ofOneMore(
            database.read(
                tx ->
                    rows(tx, reader)
                        .history(
                            clock.instant().minus(HISTORY),
                            paging.perPage() + 1,
                            paging.offset())));
    if (page.items().isEmpty()) {
      return Reply.noContent();
    }
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array("history", page.items(), (inner, one) -> write(inner, reader, one))
                        .object(
                            "info", info -> paging.info(info, page.items().size(), page.more()))));
  }

  private static void write(Keys keys, Reader reader, BackupEntry entry) {
    keys.id("id", entry.id());
    References.time(keys, "log_time", entry.time(), reader.zone());
    keys.text("action", entry.action())
        .text("repeat_type", entry.repeatType())
        .number("count", 0)
        .text("file_name", entry.fileName())
        .text("state", entry.state());
    user(keys, reader, "done_by", entry.userId());
  }

  /**
   * Where the files of the latest backup are; 204 when there are none, not yet or no longer.
   * Reference: Get Data Backup Download URLs.
   */
  private Reply urls(Call call) {
    Reader reader = permitted(call, "read");
    Org org = reader.metadata().org();
    Optional<Job> job = database.read(tx -> BackupJob.latest(tx, org)).filter(this::isThere);
    if (job.isEmpty()) {
      return Reply.noContent();
    }
    String start = call.baseUrl() + "/v2/crm/" + org.id() + "/backup/" + job.get().id() + "/";
    JsonNode result = job.get().result();
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.object(
                        "urls",
                        urls -> {
                          links(urls, "data_links", start, result.path(BackupJob.DATA));
                          links(
                              urls, "attachment_links", start, result.path(BackupJob.ATTACHMENTS));
                          References.time(urls, "expiry_date", expiry(job.get()), reader.zone());
                        })));
  }

  private static void links(Keys keys, String name, String start, JsonNode names) {
    keys.value(
        name,
        json -> {
          json.writeStartArray();
          names.forEach(file -> json.writeString(start + file.asString()));
          json.writeEndArray();
        });
  }

  private static Instant expiry(Job job) {
    return Objects.requireNonNull(job.finishedTime()).plus(DOWNLOAD);
  }

  private boolean isThere(Job job) {
    return job.status() == Job.Status.COMPLETED && expiry(job).isAfter(clock.instant());
  }

  /**
   * Stops a backup that has not begun.
   *
   * <p>Errors: NO_PERMISSION, RESOURCE_NOT_FOUND, ALREADY_CANCELLED, INPROGRESS. Reference: Cancel
   * Scheduled Data Backup.
   */
  private Reply cancel(Call call) {
    Reader reader = permitted(call, "create");
    return answer(
        "Backup stopped successfully.",
        () ->
            database.write(
                tx -> {
                  BackupRows rows = rows(tx, reader);
                  Backup backup =
                      PathId.find(call, "id").flatMap(rows::lock).orElseThrow(BackupRoutes::none);
                  requireWaiting(backup);
                  rows.stop(backup, reader.userId(), clock.instant());
                  return backup.id();
                }));
  }

  private static void requireWaiting(Backup backup) {
    String id = Long.toString(backup.id());
    switch (backup.status()) {
      case SCHEDULED -> {}
      case IN_PROGRESS -> throw ErrorCode.INPROGRESS.with("id", id);
      case STOPPED -> throw ErrorCode.ALREADY_CANCELLED.with("id", id);
      case COMPLETED, FAILED -> throw none();
    }
  }

  private static ApiError none() {
    return ErrorCode.RESOURCE_NOT_FOUND
        .error()
        .status(400)
        .message("The requested resource doesn't exist");
  }

  /**
   * A file of a backup; the ids and names are those of its URL.
   *
   * <p>Errors: FORBIDDEN, URL_RULE_NOT_CONFIGURED when there is no such file, or no longer.
   * Reference: Download Backed up Data.
   */
  private Reply download(Call call) {
    Reader reader = Reader.of(cache, call);
    Org org = reader.metadata().org();
    if (!Access.isAdministrator(reader.metadata(), reader.userId())) {
      throw ErrorCode.FORBIDDEN.error();
    }
    return PathId.find(call, "job")
        .filter(id -> call.path("org").equals(Long.toString(org.id())))
        .flatMap(id -> database.read(tx -> Jobs.find(tx, org, id, BackupJob.KIND)))
        .filter(this::isThere)
        .flatMap(
            job ->
                database.read(tx -> FileStorage.ofRecords(tx, org, List.of(job.id()))).stream()
                    .filter(file -> file.name().equals(call.path("file")))
                    .findFirst())
        .map(file -> files.download(org, file))
        .orElseThrow(ErrorCode.URL_RULE_NOT_CONFIGURED::error);
  }

  private BackupRows rows(Transaction tx, Reader reader) {
    return new BackupRows(tx, reader.metadata().org(), jobs);
  }

  /**
   * @throws ApiError NO_PERMISSION when the caller is no administrator
   */
  private Reader permitted(Call call, String what) {
    Reader reader = Reader.of(cache, call);
    if (!Access.isAdministrator(reader.metadata(), reader.userId())) {
      throw ErrorCode.NO_PERMISSION
          .with("permissions", List.of("profile permission"))
          .message("Permission denied to " + what);
    }
    return reader;
  }
}
