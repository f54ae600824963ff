package io.clientele.territories;

import io.clientele.access.Access;
import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Call;
import io.clientele.http.Item;
import io.clientele.http.Keys;
import io.clientele.http.Paging;
import io.clientele.http.Reply;
import io.clientele.http.Results.Done;
import io.clientele.http.RouteTable;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.MetadataChanges;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Territory;
import io.clientele.metadata.UserName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which users have which territories. References: Associate Users with Territory, Disassociate
 * Users from Territory, Territories of a User, Add or Update Territories of a User, Remove
 * Territories from User.
 */
final class TerritoryUserRoutes {
  private static final String USERS = "/settings/territories/{territory}/users";
  private static final String TERRITORIES = "/users/{user}/territories";
  private static final int MAXIMUM = 100;
  private static final int MAXIMUM_TERRITORIES = 200;

  private final MetadataCache cache;
  private final MetadataChanges changes;
  private final Access access;

  TerritoryUserRoutes(MetadataCache cache, MetadataChanges changes, Access access) {
    this.cache = cache;
    this.changes = changes;
    this.access = access;
  }

  void addTo(RouteTable routes) {
    routes
        .put(USERS, TerritoryRoutes.SCOPE, this::addUsers)
        .put(USERS + "/{user}", TerritoryRoutes.SCOPE, this::addUser)
        .delete(USERS, TerritoryRoutes.SCOPE, this::removeUsers)
        .delete(USERS + "/{user}", TerritoryRoutes.SCOPE, this::removeUser)
        .get(TERRITORIES, "users", this::list)
        .get(TERRITORIES + "/{territory}", "users", this::one)
        .put(TERRITORIES, "users", this::addTerritories)
        .delete(TERRITORIES, "users", this::removeTerritories)
        .delete(TERRITORIES + "/{territory}", "users", this::removeTerritory);
  }

  private Metadata changeable(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    access.require(metadata, call.caller().userId(), TerritoryRoutes.PERMISSION);
    return metadata;
  }

  /** The territory of a path under settings. */
  static Territory territory(Call call, Metadata metadata) {
    return PathId.find(call, "territory")
        .map(metadata.people().territories()::get)
        .orElseThrow(() -> inPath(2, "the given id given seems to be invalid"));
  }

  static ApiError inPath(int index, String message) {
    return ErrorCode.INVALID_DATA.with("resource_path_index", index).message(message);
  }

  private Reply addUsers(Call call) {
    long territory = territory(call, changeable(call)).id();
    return changes.each(
        call,
        "users",
        MAXIMUM,
        200,
        (change, item) -> new TerritoryUsers(change).add(territory, item));
  }

  private Reply addUser(Call call) {
    Metadata metadata = changeable(call);
    long territory = territory(call, metadata).id();
    UserName user = user(call, metadata, 4, "the given id given seems to be invalid");
    return TerritoryRoutes.single(
        "users",
        changes.change(
            call,
            change ->
                new TerritoryUsers(change)
                    .add(territory, user, error -> error.with("resource_path_index", 4))));
  }

  private static UserName user(Call call, Metadata metadata, int index, String message) {
    return PathId.find(call, "user")
        .map(metadata::userName)
        .orElseThrow(() -> inPath(index, message));
  }

  private Reply removeUsers(Call call) {
    long territory = territory(call, changeable(call)).id();
    return changes.each(
        call,
        "users",
        ids(call),
        200,
        (change, id) ->
            new TerritoryUsers(change)
                .remove(
                    territory,
                    PathId.parse(id),
                    ErrorCode.INVALID_DATA
                        .with("id", id)
                        .message("the given user id given seems to be invalid"),
                    ErrorCode.INVALID_DATA
                        .with("id", id)
                        .message("Given user is not a member of this territory.")));
  }

  private static List<String> ids(Call call) {
    List<String> ids =
        Arrays.stream(call.requiredQuery("ids").split(","))
            .map(String::strip)
            .filter(one -> !one.isEmpty())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      throw ErrorCode.REQUIRED_PARAM_MISSING.with("param_name", "ids");
    }
    if (ids.size() > MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).with("param_name", "ids");
    }
    return ids;
  }

  private Reply removeUser(Call call) {
    long territory = territory(call, changeable(call)).id();
    return TerritoryRoutes.single(
        "users",
        changes.change(
            call,
            change ->
                new TerritoryUsers(change)
                    .remove(
                        territory,
                        PathId.find(call, "user"),
                        inPath(4, "the given id given seems to be invalid"),
                        inPath(4, "Given user is not a member of this territory."))));
  }

  /** A page of the territories of a user; 204 when the user has none. */
  private Reply list(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    long user = user(call, metadata, 1, "the related id given seems to be invalid").id();
    return page(call, metadata, metadata.people().territoriesOf(user));
  }

  private Reply one(Call call) {
    Metadata metadata = cache.of(call.caller().orgId());
    long user = user(call, metadata, 1, "the related id given seems to be invalid").id();
    Optional<Long> id = PathId.find(call, "territory");
    return page(
        call,
        metadata,
        metadata.people().territoriesOf(user).stream()
            .filter(one -> id.isPresent() && id.get() == one.id())
            .toList());
  }

  private static Reply page(Call call, Metadata metadata, List<Territory> all) {
    Paging paging = Paging.of(call);
    Paging.Page<Territory> page = paging.of(all);
    return page.items().isEmpty()
        ? Reply.noContent()
        : Reply.ok(
            json ->
                Keys.object(
                    json,
                    keys ->
                        keys.array(
                                "territories",
                                page.items(),
                                (inner, one) -> write(inner, metadata, one))
                            .object(
                                "info",
                                info -> paging.info(info, page.items().size(), page.more()))));
  }

  private static void write(Keys keys, Metadata metadata, Territory one) {
    UserName manager = one.managerId() == null ? null : metadata.userName(one.managerId());
    Territory above =
        one.reportsTo() == null ? null : metadata.people().territories().get(one.reportsTo());
    keys.id("id", one.id());
    named(keys, "Manager", manager == null ? null : manager.name(), one.managerId());
    named(keys, "Reporting_To", above == null ? null : above.name(), one.reportsTo());
    keys.text("Name", one.name());
  }

  private static void named(Keys keys, String key, @Nullable String name, @Nullable Long id) {
    if (name == null || id == null) {
      keys.none(key);
    } else {
      keys.object(key, it -> it.text("Name", name).id("id", id));
    }
  }

  private Reply addTerritories(Call call) {
    Metadata metadata = changeable(call);
    UserName user = user(call, metadata, 1, "the related id given seems to be invalid");
    if (user.id() == call.caller().userId()) {
      throw ErrorCode.NOT_ALLOWED.error().message("Logged in user can't update their territories");
    }
    return changes.each(
        call,
        "territories",
        MAXIMUM_TERRITORIES,
        200,
        (change, item) -> addTerritory(change, user, item));
  }

  private static Done addTerritory(MetadataChange change, UserName user, Item item) {
    item.require("id");
    long territory =
        TerritoryService.id(item.json().path("id"))
            .filter(change.metadata().people().territories()::containsKey)
            .orElseThrow(() -> item.invalid("id").message("Invalid Territory Id"));
    try {
      new TerritoryUsers(change).add(territory, user, error -> error.at("id", item.at("id")));
    } catch (ApiError e) {
      throw e.code() == ErrorCode.DUPLICATE_DATA
          ? e.message("Territory already associated with the user")
          : e;
    }
    return Done.of("Territory associated to the user successfully", territory);
  }

  private Reply removeTerritories(Call call) {
    Metadata metadata = changeable(call);
    UserName user = user(call, metadata, 1, "the related id given seems to be invalid");
    List<String> ids = ids(call);
    return changes.each(
        call,
        "territories",
        ids,
        200,
        (change, id) ->
            removeTerritory(
                change,
                user,
                PathId.parse(id),
                ErrorCode.INVALID_DATA
                    .error()
                    .at("id", "$.territories[" + ids.indexOf(id) + "].id")
                    .message("Invalid Territory Id")));
  }

  private Reply removeTerritory(Call call) {
    Metadata metadata = changeable(call);
    UserName user = user(call, metadata, 1, "the related id given seems to be invalid");
    Optional<Long> id = PathId.find(call, "territory");
    return TerritoryRoutes.single(
        "territories",
        changes.change(
            call, change -> removeTerritory(change, user, id, inPath(3, "Invalid Territory Id"))));
  }

  private static Done removeTerritory(
      MetadataChange change, UserName user, Optional<Long> id, ApiError unknown) {
    long territory =
        id.filter(change.metadata().people().territories()::containsKey).orElseThrow(() -> unknown);
    new TerritoryUsers(change).remove(territory, Optional.of(user.id()), unknown, unknown);
    return Done.of("Territory removed from the user successfully", territory);
  }
}
