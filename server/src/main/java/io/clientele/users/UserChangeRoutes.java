package io.clientele.users;

import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.ApiVersion;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Users are invited, changed and deleted. References: Create User, Update User, Delete User. */
public final class UserChangeRoutes {
  private static final String NOUN = "users";
  private static final int MOST_CHANGED = 10;

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Clock clock;

  public UserChangeRoutes(
      Database database, MetadataCache cache, MetadataChanges changes, Clock clock) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes
        .post("/users", NOUN, this::create)
        .put("/users", NOUN, this::updateMany)
        .put("/users/{user}", NOUN, this::update)
        .delete("/users/{user}", NOUN, this::delete);
  }

  private Reply create(Call call) {
    List<Item> items = items(call, 1);
    authority(call).requireAll();
    return changes.each(
        call,
        NOUN,
        items,
        201,
        (change, item) -> new CreateUser(change, clock.instant(), call.baseUrl()).create(item));
  }

  private Reply updateMany(Call call) {
    return update(call, items(call, MOST_CHANGED));
  }

  private Reply update(Call call) {
    Item item = items(call, 1).getFirst();
    long id = known(call);
    item.json().put("id", Long.toString(id));
    return update(call, List.of(item));
  }

  private Reply update(Call call, List<Item> items) {
    long caller = call.caller().userId();
    boolean onlyOneself =
        items.stream()
            .map(item -> PathId.parse(item.text("id")).orElse(caller))
            .allMatch(id -> Objects.equals(id, caller));
    authority(call).requireSome(onlyOneself);
    return changes.each(
        call,
        NOUN,
        items,
        200,
        (change, item) -> new UpdateUser(change, clock.instant(), call.baseUrl()).update(item));
  }

  private Reply delete(Call call) {
    authority(call).requireAll();
    long id = known(call);
    return changes.each(
        call,
        NOUN,
        List.of(id),
        200,
        (change, one) -> DeleteUser.delete(change, one, clock.instant()));
  }

  private UserAuthority authority(Call call) {
    return new UserAuthority(metadata(call), call.caller().userId());
  }

  private Metadata metadata(Call call) {
    return cache.of(call.caller().orgId());
  }

  /** The id in the path, of a user that there is or was. */
  private long known(Call call) {
    return PathId.find(call, "user")
        .filter(id -> database.read(tx -> UserSql.find(tx, metadata(call).org(), id)).isPresent())
        .orElseThrow(UserChangeRoutes::unknown);
  }

  static ApiError unknown() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 1)
        .message("the id given seems to be invalid");
  }

  private static List<Item> items(Call call, int maximum) {
    JsonNode list = call.json().path(NOUN);
    if (list.isArray() && list.size() > maximum) {
      throw ErrorCode.INVALID_DATA.with("maximum_length", maximum).at(NOUN, "$." + NOUN);
    }
    List<Item> items = Item.list(call.json(), NOUN, maximum);
    if (!call.version().atLeast(ApiVersion.V4)) {
      items.forEach(item -> rename(item.json()));
    }
    return items;
  }

  /** Two keys got their suffix with v4. */
  private static void rename(ObjectNode user) {
    for (String name : List.of("name_format", "sort_order_preference")) {
      if (user.has(name)) {
        user.set(name + "__s", user.get(name));
      }
    }
  }
}
