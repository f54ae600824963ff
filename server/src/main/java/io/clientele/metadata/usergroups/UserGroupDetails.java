package io.clientele.metadata.usergroups;

import io.clientele.db.Database;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What else can be asked about user groups. References: Sources by Type, Sources Count, Associated
 * Users' Count in User Groups, User Group Associations.
 */
final class UserGroupDetails {
  private static final List<String> STATUSES = List.of("active", "inactive", "deleted");

  private final Database database;
  private final MetadataCache cache;

  UserGroupDetails(Database database, MetadataCache cache) {
    this.database = database;
    this.cache = cache;
  }

  void addTo(RouteTable routes) {
    String group = UserGroupRoutes.PATH + "/{group}";
    routes
        .get(group + "/sources", UserGroupRoutes.SCOPE, this::sources)
        .get(group + "/actions/sources_count", UserGroupRoutes.SCOPE, this::sourcesCount)
        .get(group + "/actions/associations", UserGroupRoutes.SCOPE, this::associations)
        .get(
            UserGroupRoutes.PATH + "/actions/associated_users_count",
            UserGroupRoutes.SCOPE,
            this::usersCount);
  }

  /** A page of a group's sources, of one type when the client says so; 204 when there are none. */
  private Reply sources(Call call) {
    Metadata metadata = UserGroupRoutes.permitted(cache, call).metadata();
    long id = UserGroupRoutes.id(call, metadata);
    Optional<String> type = oneOf(call, "type", GroupSources.TYPES);
    Optional<String> status = oneOf(call, "user_type", STATUSES);
    List<Source> all =
        UserGroupJson.sources(metadata, id).stream()
            .filter(source -> type.map(source.type()::equals).orElse(true))
            .toList();
    if (status.isPresent()) {
      Set<Long> users = Set.copyOf(withStatus(metadata, all, status.get()));
      all =
          all.stream()
              .filter(source -> !source.type().equals("users") || users.contains(source.id()))
              .toList();
    }
    return UserGroupRoutes.reply(
        "sources",
        Paging.of(call).of(all),
        (keys, source) -> UserGroupJson.source(keys, metadata, source));
  }

  private List<Long> withStatus(Metadata metadata, List<Source> sources, String status) {
    return database.read(tx -> UserGroupSql.withStatus(tx, metadata.org(), users(sources), status));
  }

  private static List<Long> users(List<Source> sources) {
    return sources.stream()
        .filter(source -> source.type().equals("users"))
        .map(Source::id)
        .toList();
  }

  /** One of some words; empty when the client names none. */
  private static Optional<String> oneOf(Call call, String name, List<String> words) {
    Optional<String> value = call.query(name).filter(text -> !text.isEmpty());
    if (value.isPresent() && !words.contains(value.get())) {
      throw ErrorCode.PATTERN_NOT_MATCHED
          .with("regex", String.join("|", words))
          .with("param_name", name)
          .message("invalid data");
    }
    return value;
  }

  private Reply sourcesCount(Call call) {
    Metadata metadata = UserGroupRoutes.permitted(cache, call).metadata();
    List<Source> sources = UserGroupJson.sources(metadata, UserGroupRoutes.id(call, metadata));
    List<String> statuses =
        database.read(tx -> UserGroupSql.statuses(tx, metadata.org(), users(sources)));
    return Reply.list(
        "sources_count",
        List.of(sources),
        (keys, all) -> {
          for (String type : List.of("territories", "roles", "groups")) {
            keys.number(type, all.stream().filter(one -> one.type().equals(type)).count());
          }
          keys.object("users", users -> statuses(users, statuses));
        });
  }

  private static void statuses(Keys keys, List<String> statuses) {
    for (String status : List.of("inactive", "deleted", "active")) {
      keys.number(status, statuses.stream().filter(status::equals).count());
    }
  }

  /** For each group, how many users are in it, however they came there; 204 without groups. */
  private Reply usersCount(Call call) {
    Reader reader = UserGroupRoutes.permitted(cache, call);
    Metadata metadata = reader.metadata();
    List<UserGroupSql.Row> groups =
        database.read(tx -> UserGroupSql.list(tx, metadata.org())).stream()
            .filter(GroupFilter.COUNTS.of(call))
            .toList();
    return UserGroupRoutes.reply(
        "associated_users_count",
        Paging.of(call).of(groups),
        (keys, group) ->
            keys.object(
                    "user_group", inner -> inner.text("name", group.name()).id("id", group.id()))
                .number(
                    "count",
                    metadata.people().members(new Source("groups", group.id(), false)).size()));
  }

  /** Where a group is used; 204 when it is used nowhere. */
  private Reply associations(Call call) {
    Metadata metadata = UserGroupRoutes.permitted(cache, call).metadata();
    long id = UserGroupRoutes.id(call, metadata);
    List<Long> shared = database.read(tx -> UserGroupSql.sharedModules(tx, metadata.org(), id));
    List<GroupUses> uses = GroupUses.of(metadata, id, shared);
    return uses.isEmpty()
        ? Reply.noContent()
        : Reply.list("associations", uses, (keys, use) -> use.write(keys));
  }
}
