package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.http.Call;
import io.clientele.http.IfModifiedSince;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.org.Org;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The users of the org (users, read side). */
public final class UserRoutes {
  private static final String SCOPE = "users";

  private final Database database;
  private final MetadataCache cache;
  private final Clock clock;

  public UserRoutes(Database database, MetadataCache cache, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes
        .get("/users", SCOPE, this::list)
        .get("/users/{user}", SCOPE, this::one)
        .get("/users/actions/count", SCOPE, this::count);
  }

  /**
   * A page of the users of a type; 204 when there are none, 304 when none changed since the moment
   * the client names.
   */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    Org org = reader.metadata().org();
    Paging paging = Paging.of(call);
    Optional<Timestamp> since = IfModifiedSince.of(call).map(Timestamp::from);
    Sql condition =
        UserQuery.condition(call, reader)
            .and(since.map(time -> sql("u.modified_time > ?", time)).orElse(Sql.TRUE));
    Sql select = UserSql.page(org, condition, paging.perPage() + 1, paging.offset());
    List<User> rows = database.read(tx -> tx.list(select, User::read));
    if (rows.isEmpty()) {
      return since.isPresent() ? Reply.notModified() : Reply.noContent();
    }
    return reply(call, reader, paging.ofOneMore(rows));
  }

  private Reply reply(Call call, Reader reader, Paging.Page<User> page) {
    Predicate<String> wanted = Keys.wanted(call);
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array(
                            "users",
                            page.items(),
                            wanted,
                            (inner, user) -> UserJson.write(inner, reader, user, clock.instant()))
                        .object(
                            "info",
                            info -> page.paging().info(info, page.items().size(), page.more()))));
  }

  /** One user; 204 when there is none of that id, 304 when it did not change. */
  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Optional<User> found =
        PathId.find(call, "user")
            .flatMap(id -> database.read(tx -> UserSql.find(tx, reader.metadata().org(), id)));
    if (found.isEmpty()) {
      return Reply.noContent();
    }
    User user = found.get();
    if (IfModifiedSince.of(call).filter(since -> !user.modifiedTime().isAfter(since)).isPresent()) {
      return Reply.notModified();
    }
    Predicate<String> wanted = Keys.wanted(call);
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array(
                        "users",
                        found.stream().toList(),
                        wanted,
                        (inner, one) -> UserJson.write(inner, reader, one, clock.instant()))));
  }

  private Reply count(Call call) {
    Reader reader = Reader.of(cache, call);
    Sql count = UserSql.count(reader.metadata().org(), UserQuery.condition(call, reader));
    long users = database.read(tx -> tx.list(count, row -> row.getLong(1)).getFirst());
    return Reply.ok(json -> Keys.object(json, keys -> keys.number("count", users)));
  }
}
