package io.clientele.metadata.usergroups;

import io.clientele.access.Access;
import io.clientele.db.Database;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The user groups of the org. References: User Groups, User Group, Delete User Group, Associated
 * Groups of a User. What else can be asked about one is in {@link UserGroupDetails}.
 */
public final class UserGroupRoutes {
  static final String SCOPE = "settings.user_groups";
  static final String GROUPS = "user_groups";
  static final String PATH = "/settings/user_groups";

  private static final String PERMISSION = "Crm_Implied_Manage_Groups";
  private static final int MAXIMUM = 10;

  private final Database database;
  private final MetadataCache cache;
  private final MetadataChanges changes;

  public UserGroupRoutes(Database database, MetadataCache cache, MetadataChanges changes) {
    this.database = database;
    this.cache = cache;
    this.changes = changes;
  }

  public void addTo(RouteTable routes) {
    routes
        .get(PATH, SCOPE, this::list)
        .post(PATH, SCOPE, this::create)
        .get(PATH + "/{group}", SCOPE, this::one)
        .put(PATH + "/{group}", SCOPE, this::update)
        .delete(PATH + "/{group}", SCOPE, this::delete)
        .get("/users/{user}/actions/associated_groups", SCOPE, this::ofUser);
    new UserGroupDetails(database, cache).addTo(routes);
  }

  /** A page of the groups that the client asks for; 204 when there are none. */
  private Reply list(Call call) {
    Reader reader = permitted(cache, call);
    Predicate<UserGroupSql.Row> wanted = GroupFilter.NAMES.of(call).and(named(call));
    return page(call, reader, wanted);
  }

  private static Predicate<UserGroupSql.Row> named(Call call) {
    Optional<String> name = call.query("name").map(String::strip).filter(text -> !text.isEmpty());
    Optional<Set<String>> ids =
        call.query("ids")
            .filter(text -> !text.isBlank())
            .map(
                text ->
                    List.of(text.split(",")).stream()
                        .map(String::strip)
                        .collect(Collectors.toSet()));
    return group ->
        name.map(group.name()::equalsIgnoreCase).orElse(true)
            && ids.map(all -> all.contains(Long.toString(group.id()))).orElse(true);
  }

  private Reply one(Call call) {
    Reader reader = permitted(cache, call);
    long id = id(call, reader.metadata());
    UserGroupJson json = UserGroupJson.of(reader, call);
    List<UserGroupSql.Row> group = rows(reader).stream().filter(row -> row.id() == id).toList();
    return group.isEmpty() ? Reply.noContent() : Reply.list(GROUPS, group, json::write);
  }

  private Reply create(Call call) {
    var _ = permitted(cache, call);
    return changes.each(call, GROUPS, MAXIMUM, 201, UserGroups::create);
  }

  private Reply update(Call call) {
    long id = id(call, permitted(cache, call).metadata());
    List<Item> items = Item.list(call.json(), GROUPS, 1);
    return changes.each(
        call, GROUPS, items, 200, (change, item) -> UserGroups.update(change, id, item));
  }

  private Reply delete(Call call) {
    long id = id(call, permitted(cache, call).metadata());
    return changes.each(call, GROUPS, List.of(id), 200, UserGroups::delete);
  }

  /** A page of the groups that a user is in, directly or not; 204 when there are none. */
  private Reply ofUser(Call call) {
    Reader reader = Reader.of(cache, call);
    long userId =
        PathId.find(call, "user")
            .filter(id -> reader.metadata().userName(id) != null)
            .orElseThrow(UserGroupRoutes::unknown);
    if (userId != call.caller().userId()) {
      var _ = permitted(cache, call);
    }
    Set<Long> groups = reader.metadata().people().groupsOf(userId);
    return page(call, reader, group -> groups.contains(group.id()));
  }

  private Reply page(Call call, Reader reader, Predicate<UserGroupSql.Row> wanted) {
    UserGroupJson json = UserGroupJson.of(reader, call);
    Paging paging = Paging.of(call);
    return reply(GROUPS, paging.of(rows(reader).stream().filter(wanted).toList()), json::write);
  }

  private List<UserGroupSql.Row> rows(Reader reader) {
    return database.read(tx -> UserGroupSql.list(tx, reader.metadata().org()));
  }

  /** A page under {@code noun} and its {@code info}; 204 when it is empty. */
  static <T> Reply reply(String noun, Paging.Page<T> page, BiConsumer<Keys, T> writer) {
    if (page.items().isEmpty()) {
      return Reply.noContent();
    }
    return Reply.ok(
        json ->
            Keys.object(
                json,
                keys ->
                    keys.array(noun, page.items(), writer)
                        .object(
                            "info",
                            info -> page.paging().info(info, page.items().size(), page.more()))));
  }

  /**
   * @throws ApiError NO_PERMISSION
   */
  static Reader permitted(MetadataCache cache, Call call) {
    Reader reader = Reader.of(cache, call);
    if (!Access.allows(reader.metadata(), reader.userId(), PERMISSION)) {
      throw ErrorCode.NO_PERMISSION
          .with("permissions", PERMISSION)
          .message("You do not have permission to access user groups");
    }
    return reader;
  }

  /**
   * The id of the group that the path names.
   *
   * @throws ApiError INVALID_DATA when there is none
   */
  static long id(Call call, Metadata metadata) {
    return PathId.find(call, "group")
        .filter(metadata.people().groups()::containsKey)
        .orElseThrow(UserGroupRoutes::unknown);
  }

  static ApiError unknown() {
    return ErrorCode.INVALID_DATA
        .with("resource_path_index", 2)
        .message("The provided group ID is invalid.");
  }
}
