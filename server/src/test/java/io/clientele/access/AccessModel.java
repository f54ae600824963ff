package io.clientele.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with which record, as the documentation of roles, data sharing, territories,
 * shares and profiles says it: loops over plain lists, no SQL, nothing of the server's own code.
 */
final class AccessModel {
  /** The profile of administrators. */
  static final int ADMINISTRATOR = -1;

  final Map<Long, Role> roles = new LinkedHashMap<>();
  final Map<Long, User> users = new LinkedHashMap<>();
  final Map<Long, Group> groups = new LinkedHashMap<>();
  final Map<Long, Area> territories = new LinkedHashMap<>();
  final List<Profile> profiles = new ArrayList<>();
  final Map<String, String> shareTypes = new TreeMap<>();
  final List<Rule> rules = new ArrayList<>();
  final List<Share> shares = new ArrayList<>();
  final Map<Long, Row> rows = new LinkedHashMap<>();

  record Role(long id, @Nullable Long above, boolean peers) {}

  record User(long id, long role, int profile) {}

  /** Users, roles, groups or territories; {@code below} with those under them. */
  record Part(String type, long id, boolean below) {}

  record Group(long id, List<Part> parts) {}

  record Area(
      long id, @Nullable Long above, @Nullable Long manager, boolean readOnly, Set<Long> users) {}

  /**
   * @param refused what it may not do, by module
   * @param fields hidden or read_only, by module and field with a dot
   */
  record Profile(long id, Map<String, Set<Action>> refused, Map<String, String> fields) {}

  /** By owners when {@code from} is there, else by the row's word. */
  record Rule(
      String module,
      @Nullable Part from,
      String word,
      Part to,
      boolean superiors,
      String permission) {}

  record Share(long record, Part to, String permission, boolean related) {}

  /** A record. Rules by criteria look at its word; notes and lines have a parent. */
  static final class Row {
    final long id;
    final String module;
    final long owner;
    final String word;
    final @Nullable Long parent;
    final Set<Long> lookups = new HashSet<>();
    final Set<Long> territories = new HashSet<>();
    final Map<String, String> values = new TreeMap<>();

    Row(long id, String module, long owner, String word, @Nullable Long parent) {
      this.id = id;
      this.module = module;
      this.owner = owner;
      this.word = word;
      this.parent = parent;
    }

    @Override
    public String toString() {
      return module + "/" + id;
    }
  }

  List<Row> of(String module) {
    return rows.values().stream().filter(row -> row.module.equals(module)).toList();
  }

  /**
   * Takes a record away, with what is nothing without it. It may come back, so its shares stay, and
   * so do the lookups to it.
   */
  void delete(long id) {
    rows.remove(id);
    rows.values().removeIf(row -> row.parent != null && row.parent == id);
  }

  boolean may(long userId, Row row, Action action) {
    return why(userId, row, action).isPresent();
  }

  /** Whether the profile lets the user do that with records of the module at all. */
  boolean hasModule(long userId, String module, Action action) {
    User user = users.get(userId);
    return user.profile() == ADMINISTRATOR
        || !profiles.get(user.profile()).refused().getOrDefault(module, Set.of()).contains(action);
  }

  /** What the user's profile says of a field: hidden, read_only or read_write. */
  String field(long userId, String module, String field) {
    User user = users.get(userId);
    return user.profile() == ADMINISTRATOR
        ? "read_write"
        : profiles.get(user.profile()).fields().getOrDefault(module + "." + field, "read_write");
  }

  /** Why the user may do that; empty when not. */
  Optional<String> why(long userId, Row row, Action action) {
    User user = users.get(userId);
    if (user.profile() == ADMINISTRATOR) {
      return Optional.of("an administrator");
    }
    if (!hasModule(userId, row.module, action)) {
      return Optional.empty();
    }
    if (row.module.equals("Notes") || row.module.equals("Quoted_Items")) {
      return dependent(user, row, action);
    }
    if (isPublic(row.module, action)) {
      return Optional.of("the module is " + shareTypes.get(row.module));
    }
    if (isOwnersOwn(user, row.owner)) {
      return Optional.of("owned by " + row.owner);
    }
    for (long id : row.territories) {
      if (territoryAllows(user, territories.get(id), action)) {
        return Optional.of("in territory " + id);
      }
    }
    for (Rule rule : rules) {
      if (rule.module().equals(row.module) && ruleAllows(user, rule, row, action)) {
        return Optional.of("by " + rule);
      }
    }
    for (Share share : shares) {
      boolean meant =
          share.record() == row.id || share.related() && row.lookups.contains(share.record());
      if (meant && enough(share.permission(), action) && isSharedWith(user, share.to())) {
        return Optional.of("by " + share);
      }
    }
    return Optional.empty();
  }

  /** Read with its record, changed by who may change that; notes are their owners' too. */
  private Optional<String> dependent(User user, Row row, Action action) {
    if (row.module.equals("Notes") && isOwnersOwn(user, row.owner)) {
      return Optional.of("a note owned by " + row.owner);
    }
    Row parent = row.parent == null ? null : rows.get(row.parent);
    return parent == null
        ? Optional.empty()
        : why(user.id(), parent, action == Action.READ ? Action.READ : Action.UPDATE)
            .map(reason -> "its record " + parent + " is " + reason);
  }

  private boolean isPublic(String module, Action action) {
    return switch (shareTypes.getOrDefault(module, "private")) {
      case "public" -> true;
      case "public_read_write" -> action != Action.DELETE;
      case "public_read_only" -> action == Action.READ;
      default -> false;
    };
  }

  /** The user, someone below, or a peer of a role that shares with peers. */
  private boolean isOwnersOwn(User user, long ownerId) {
    User owner = users.get(ownerId);
    if (ownerId == user.id() || owner == null) {
      return ownerId == user.id();
    }
    return isBelow(owner.role(), user.role())
        || owner.role() == user.role() && roles.get(user.role()).peers();
  }

  private boolean isBelow(long role, long top) {
    Long above = roles.get(role).above();
    return above != null && (above == top || isBelow(above, top));
  }

  private boolean isTerritoryWithin(long territory, long top) {
    Long above = territories.get(territory).above();
    return territory == top || above != null && isTerritoryWithin(above, top);
  }

  /**
   * Users of a territory and of those above see its records; they change them when the territory
   * lets its users write, and its manager, or one of a territory above, always does.
   */
  private boolean territoryAllows(User user, Area ofRecord, Action action) {
    for (Area given : territories.values()) {
      if (given.users().contains(user.id()) && isTerritoryWithin(ofRecord.id(), given.id())) {
        boolean manages = given.manager() != null && given.manager() == user.id();
        if (action == Action.READ || manages || !ofRecord.readOnly()) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean ruleAllows(User user, Rule rule, Row row, Action action) {
    boolean about =
        rule.from() == null
            ? rule.word().equals(row.word)
            : users.containsKey(row.owner) && isIn(users.get(row.owner), rule.from());
    return about
        && enough(rule.permission(), action)
        && (isIn(user, rule.to()) || rule.superiors() && isAboveSome(user, rule.to()));
  }

  private boolean isAboveSome(User user, Part part) {
    for (User other : users.values()) {
      if (isBelow(other.role(), user.role()) && isIn(other, part)) {
        return true;
      }
    }
    return false;
  }

  private boolean isIn(User user, Part part) {
    return switch (part.type()) {
      case "users" -> part.id() == user.id();
      case "roles" -> user.role() == part.id() || part.below() && isBelow(user.role(), part.id());
      case "territories" -> {
        boolean in = false;
        for (Area area : territories.values()) {
          boolean meant =
              area.id() == part.id() || part.below() && isTerritoryWithin(area.id(), part.id());
          in |= meant && area.users().contains(user.id());
        }
        yield in;
      }
      case "groups" -> groups.get(part.id()).parts().stream().anyMatch(inner -> isIn(user, inner));
      default -> throw new IllegalArgumentException(part.type());
    };
  }

  private boolean isSharedWith(User user, Part to) {
    return to.type().equals("public") || isIn(user, to);
  }

  private static boolean enough(String permission, Action action) {
    return switch (permission) {
      case "read_only" -> action == Action.READ;
      case "read_write" -> action != Action.DELETE;
      default -> true;
    };
  }
}
