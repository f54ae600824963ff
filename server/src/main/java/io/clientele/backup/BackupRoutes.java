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
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.jobs.JobQueue;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.org.Org;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
    var links = new BackupLinks(database, cache, files, clock);
    routes
        .bulk("POST", "/backup", Scope.of(SCOPE, Operation.CREATE), this::schedule)
        .bulk("GET", "/backup", read, this::details)
        .bulk("GET", "/backup/history", read, this::history)
        .bulk("GET", "/backup/urls", read, links::urls)
        .bulk("PUT", "/backup/{id}/actions/cancel", Scope.of(SCOPE, Operation.UPDATE), this::cancel)
        .own(
            "GET",
            "/v2/crm/{org}/backup/{job}/{file}",
            new Scope("ZohoFiles", "files", Operation.READ),
            links::download);
  }

  /**
   * Has a backup made at once, or by a rule again and again; one at a time.
   *
   * <p>Errors: NO_PERMISSION, REQUEST_BODY_NOT_READABLE, INVALID_DATA about the rule,
   * BACKUP_ALREADY_SCHEDULED. Reference: Schedule Data Backup.
   */
  private Reply schedule(Call call) {
    Reader reader = permitted(cache, call, "create");
    byte[] bytes = call.body(MAXIMUM_BODY);
    return answer(
        "Backup scheduled successfully.",
        () -> {
          Optional<BackupRule> rule = BackupBody.rule(bytes);
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
    Reader reader = permitted(cache, call, "read");
    return database
        .read(tx -> rows(tx, reader).latest())
        .map(
            backup ->
                Reply.ok(
                    json ->
                        Keys.object(
                            json,
                            keys ->
                                keys.object(
                                    NOUN, inner -> BackupJson.write(inner, reader, backup)))))
        .orElseGet(Reply::noContent);
  }

  /**
   * What was done about backups in the past year, the newest first; 204 when that is nothing.
   *
   * <p>Errors: those of a page. Reference: Get Data Backup History.
   */
  private Reply history(Call call) {
    Reader reader = permitted(cache, call, "read");
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
    return Reply.page("history", page, (inner, one) -> BackupJson.write(inner, reader, one));
  }

  /**
   * Stops a backup that has not begun.
   *
   * <p>Errors: NO_PERMISSION, RESOURCE_NOT_FOUND, ALREADY_CANCELLED, INPROGRESS. Reference: Cancel
   * Scheduled Data Backup.
   */
  private Reply cancel(Call call) {
    Reader reader = permitted(cache, call, "create");
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

  private BackupRows rows(Transaction tx, Reader reader) {
    return new BackupRows(tx, reader.metadata().org(), jobs);
  }

  /**
   * @throws ApiError NO_PERMISSION when the caller is no administrator
   */
  static Reader permitted(MetadataCache cache, Call call, String what) {
    Reader reader = Reader.of(cache, call);
    if (!Access.isAdministrator(reader.metadata(), reader.userId())) {
      throw ErrorCode.NO_PERMISSION
          .with("permissions", List.of("profile permission"))
          .message("Permission denied to " + what);
    }
    return reader;
  }
}
