package io.clientele.users;

import static io.clientele.db.Sql.sql;

import io.clientele.db.Database;
import io.clientele.db.Sql;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.Territory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The users of a territory. Reference: Retrieve User details Associated with a Territory. */
public final class TerritoryMemberRoutes {
  private static final String PATH = "/settings/territories/{territory}/users";
  private static final String SCOPE = "settings.territories";

  private final Database database;
  private final MetadataCache cache;
  private final Clock clock;

  public TerritoryMemberRoutes(Database database, MetadataCache cache, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.get(PATH, SCOPE, this::list).get(PATH + "/{user}", SCOPE, this::one);
  }

  /** A page of them; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = Reader.of(cache, call);
    return page(call, reader, users(territory(call, reader)));
  }

  /** One of them; 204 for a user who is none of them. */
  private Reply one(Call call) {
    Reader reader = Reader.of(cache, call);
    Sql users = users(territory(call, reader));
    long id =
        PathId.find(call, "user")
            .filter(user -> reader.metadata().userName(user) != null)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_DATA
                        .with("resource_path_index", 4)
                        .message("the given id given seems to be invalid"));
    return page(call, reader, users.and(sql("u.id = ?", id)));
  }

  private static Territory territory(Call call, Reader reader) {
    return PathId.find(call, "territory")
        .flatMap(id -> Optional.ofNullable(reader.metadata().people().territories().get(id)))
        .orElseThrow(
            () ->
                ErrorCode.INVALID_DATA
                    .with("resource_path_index", 2)
                    .message("the given id given seems to be invalid"));
  }

  private static Sql users(Territory territory) {
    return sql("u.id = any(?)", (Object) territory.users().toArray(Long[]::new));
  }

  private Reply page(Call call, Reader reader, Sql condition) {
    Paging paging = Paging.of(call);
    Sql select =
        UserSql.page(reader.metadata().org(), condition, paging.perPage() + 1, paging.offset());
    List<User> rows = database.read(tx -> tx.list(select, User::read));
    Paging.Page<User> page = paging.ofOneMore(rows);
    return Reply.page(
        "users",
        page,
        Keys.wanted(call),
        (inner, user) -> UserJson.write(inner, reader, user, clock.instant()));
  }
}
