package io.clientele.records.deleted;

import static io.clientele.db.Sql.sql;

import io.clientele.access.Access;
import io.clientele.access.Action;
import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.IfModifiedSince;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Paging.Page;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.http.Scope;
import io.clientele.http.Scope.Operation;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Module;
import io.clientele.metadata.UserName;
import io.clientele.metadata.types.Moments;
import io.clientele.records.RecordRoutes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** GET /{module}/deleted. Reference: List of Deleted Records. */
public final class DeletedRoutes {
  /** How long a record lies in the recycle bin; then it counts as deleted for good. */
  private static final Duration RECYCLED = Duration.ofDays(60);

  /** How long the API tells that a record was deleted. */
  private static final Duration TOLD = Duration.ofDays(120);

  private final Database database;
  private final MetadataCache metadata;
  private final Access access;
  private final Clock clock;

  public DeletedRoutes(Database database, MetadataCache metadata, Access access, Clock clock) {
    this.database = database;
    this.metadata = metadata;
    this.access = access;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.api("GET", "/{module}/deleted", Scope.modules(Operation.READ), this::list);
  }

  private record Deleted(
      long id,
      @Nullable String name,
      boolean permanent,
      long createdBy,
      long deletedBy,
      Instant time) {}

  /**
   * The deleted records of the last 120 days, latest first: of the recycle bin, gone for good, or
   * all; with {@code If-Modified-Since} those deleted later. 204 when there is none, 304 when there
   * is none that is newer.
   */
  private Reply list(Call call) {
    Metadata snapshot = metadata.of(call.caller());
    Module module = RecordRoutes.module(call, snapshot);
    long userId = call.caller().userId();
    access.require(snapshot, userId, Action.READ, module);
    Sql where = type(call).and(access.deleted(snapshot, userId, module));
    Optional<Instant> since = IfModifiedSince.of(call);
    if (since.isPresent()) {
      where = where.and(sql("t.deleted_time > ?::timestamptz", since.get().toString()));
    }
    Page<Deleted> page = read(call, snapshot, module, where);
    if (page.items().isEmpty()) {
      return since.isPresent() ? Reply.notModified() : Reply.noContent();
    }
    ZoneId zone = snapshot.zoneOf(userId);
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array("data", page.items(), (row, one) -> write(row, snapshot, zone, one))
                        .object(
                            "info",
                            info -> page.paging().info(info, page.items().size(), page.more()))));
  }

  private Sql type(Call call) {
    return switch (call.query("type").orElse("all")) {
      case "all" -> Sql.TRUE;
      case "recycle" -> sql("not t.permanent");
      case "permanent" -> sql("t.permanent");
      default -> throw ErrorCode.PATTERN_NOT_MATCHED.with("param_name", "type");
    };
  }

  private Page<Deleted> read(Call call, Metadata snapshot, Module module, Sql where) {
    Paging paging = Paging.of(call);
    Instant now = clock.instant();
    Long[] modules =
        (module.unionOf().isEmpty()
                ? Stream.of(module)
                : module.unionOf().stream().map(snapshot::get))
            .map(Module::id)
            .toArray(Long[]::new);
    Sql statement =
        sql(
                "select t.id, t.display_name, t.permanent, t.created_by, t.deleted_by,"
                    + " extract(epoch from t.deleted_time)::bigint from (select d.id,"
                    + " d.display_name, d.permanent or d.deleted_time < ?::timestamptz as"
                    + " permanent, d.owner_id, d.created_by, d.module_id, d.body,"
                    + " d.deleted_by, d.deleted_time from "
                    + snapshot.org().table("deleted_record")
                    + " d where d.module_id = any(?) and d.deleted_time > ?::timestamptz) t where",
                now.minus(RECYCLED).toString(),
                modules,
                now.minus(TOLD).toString())
            .then(where)
            .then(
                "order by t.deleted_time desc, t.id desc limit ? offset ?",
                paging.perPage() + 1,
                paging.offset());
    List<Deleted> rows =
        database.read(
            tx ->
                tx.list(
                    statement,
                    row ->
                        new Deleted(
                            row.getLong(1),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getLong(4),
                            row.getLong(5),
                            Instant.ofEpochSecond(row.getLong(6)))));
    return paging.ofOneMore(rows);
  }

  /** What is gone for good has neither name nor users any more. */
  private static void write(Keys keys, Metadata snapshot, ZoneId zone, Deleted row) {
    user(keys, "deleted_by", snapshot, row.permanent ? 0 : row.deletedBy);
    keys.id("id", row.id)
        .text("display_name", row.permanent ? null : row.name)
        .text("type", row.permanent ? "permanent" : "recycle");
    user(keys, "created_by", snapshot, row.permanent ? 0 : row.createdBy);
    keys.text("deleted_time", Moments.format(row.time, zone));
  }

  private static void user(Keys keys, String name, Metadata snapshot, long id) {
    if (id == 0) {
      keys.none(name);
      return;
    }
    UserName user = snapshot.userName(id);
    keys.object(name, inner -> inner.text("name", user == null ? "" : user.name()).id("id", id));
  }
}
