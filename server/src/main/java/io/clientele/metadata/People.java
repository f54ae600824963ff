package io.clientele.metadata;

import io.clientele.metadata.Group.Source;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The users of an org and how they belong together: roles, groups and territories. */
public final class People {
  private final Map<Long, UserName> users;
  private final Map<Long, RoleName> roles;
  private final Map<Long, Group> groups;
  private final Map<Long, Territory> territories;
  private final Set<Long> relatedGrantees;

  /**
   * @param relatedGrantees to whom records were shared with their related lists: users, roles,
   *     groups, 0 for all
   */
  People(
      Collection<UserName> users,
      Collection<RoleName> roles,
      Collection<Group> groups,
      Collection<Territory> territories,
      Set<Long> relatedGrantees) {
    this.users = byId(users, UserName::id);
    this.roles = byId(roles, RoleName::id);
    this.groups = byId(groups, Group::id);
    this.territories = byId(territories, Territory::id);
    this.relatedGrantees = relatedGrantees;
  }

  private static <T> Map<Long, T> byId(Collection<T> all, ToLongFunction<T> id) {
    var byId = new LinkedHashMap<Long, T>();
    all.forEach(one -> byId.put(id.applyAsLong(one), one));
    return Collections.unmodifiableMap(byId);
  }

  public Map<Long, UserName> users() {
    return users;
  }

  public Map<Long, RoleName> roles() {
    return roles;
  }

  public Map<Long, Group> groups() {
    return groups;
  }

  public Map<Long, Territory> territories() {
    return territories;
  }

  /** Whether a record may have been shared with one of these together with its related lists. */
  public boolean seeRelated(Collection<Long> granteeIds) {
    return granteeIds.stream().anyMatch(relatedGrantees::contains);
  }

  /** The same of each of them. */
  public boolean seeRelatedOfEach(Collection<Long> granteeIds) {
    return relatedGrantees.containsAll(granteeIds);
  }

  /** The name of a user, role, group or territory; empty when there is none of that id. */
  public Optional<String> nameOf(String type, long id) {
    return switch (type) {
      case "users" -> Optional.ofNullable(users.get(id)).map(UserName::name);
      case "roles" -> Optional.ofNullable(roles.get(id)).map(RoleName::name);
      case "groups" -> Optional.ofNullable(groups.get(id)).map(Group::name);
      case "territories" -> Optional.ofNullable(territories.get(id)).map(Territory::name);
      default -> Optional.empty();
    };
  }

  /** Whether {@code roleId} is that role or one below it. */
  public boolean isRoleWithin(long roleId, long topId) {
    return isWithin(roleId, topId, roles, RoleName::reportsTo);
  }

  /** Whether {@code territoryId} is that territory or one below it. */
  public boolean isTerritoryWithin(long territoryId, long topId) {
    return isWithin(territoryId, topId, territories, Territory::reportsTo);
  }

  /** That territory and all below it. */
  public Set<Long> territoriesWithin(long topId) {
    return territories.keySet().stream()
        .filter(id -> isTerritoryWithin(id, topId))
        .collect(Collectors.toSet());
  }

  /** The territories that the user was given, by their ids. */
  public List<Territory> territoriesOf(long userId) {
    return territories.values().stream().filter(one -> one.users().contains(userId)).toList();
  }

  private static <T> boolean isWithin(
      long id, long topId, Map<Long, T> all, Function<T, @Nullable Long> above) {
    Long at = id;
    for (int steps = 0; at != null && steps <= all.size(); steps++) {
      if (at == topId) {
        return true;
      }
      T one = all.get(at);
      at = one == null ? null : above.apply(one);
    }
    return false;
  }

  /** Whether the user is among those that {@code source} means. */
  public boolean isIn(Source source, long userId) {
    return isIn(source, userId, new HashSet<>());
  }

  private boolean isIn(Source source, long userId, Set<Long> seen) {
    UserName user = users.get(userId);
    if (user == null) {
      return false;
    }
    return switch (source.type()) {
      case "users" -> source.id() == userId;
      case "roles" ->
          source.below() ? isRoleWithin(user.roleId(), source.id()) : user.roleId() == source.id();
      case "territories" ->
          territories.values().stream()
              .filter(
                  one ->
                      source.below()
                          ? isTerritoryWithin(one.id(), source.id())
                          : one.id() == source.id())
              .anyMatch(one -> one.users().contains(userId));
      case "groups" -> {
        Group group = seen.add(source.id()) ? groups.get(source.id()) : null;
        yield group != null
            && group.sources().stream().anyMatch(inner -> isIn(inner, userId, seen));
      }
      case "all_users" -> true;
      default -> false;
    };
  }

  /** Whether the user's role is above that of someone whom {@code source} means. */
  public boolean isAbove(Source source, long userId) {
    return subordinates(userId).stream().anyMatch(below -> isIn(source, below));
  }

  /** The users whom {@code source} means. */
  public Set<Long> members(Source source) {
    return users.keySet().stream().filter(id -> isIn(source, id)).collect(Collectors.toSet());
  }

  /** The users whose roles are below that of the user. */
  public Set<Long> subordinates(long userId) {
    UserName user = users.get(userId);
    if (user == null) {
      return Set.of();
    }
    var within = new HashMap<Long, Boolean>();
    return users.values().stream()
        .filter(
            other ->
                other.roleId() != user.roleId()
                    && within.computeIfAbsent(
                        other.roleId(), role -> isRoleWithin(role, user.roleId())))
        .map(UserName::id)
        .collect(Collectors.toSet());
  }

  /** The other users of the user's role, when that role shares with peers. */
  public Set<Long> peers(long userId) {
    UserName user = users.get(userId);
    RoleName role = user == null ? null : roles.get(user.roleId());
    if (role == null || !role.sharesWithPeers()) {
      return Set.of();
    }
    return users.values().stream()
        .filter(other -> other.roleId() == role.id() && other.id() != userId)
        .map(UserName::id)
        .collect(Collectors.toSet());
  }

  /** The groups that the user is in, directly or through roles, territories and other groups. */
  public Set<Long> groupsOf(long userId) {
    return groups.keySet().stream()
        .filter(id -> isIn(new Source("groups", id, false), userId))
        .collect(Collectors.toSet());
  }
}
