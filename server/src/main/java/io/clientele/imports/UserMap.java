package io.clientele.imports;

import io.clientele.db.Database;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataCache;
import io.clientele.metadata.RoleName;
import io.clientele.metadata.Setting;
import io.clientele.metadata.UserName;
import io.clientele.oauth.Accounts;
import io.clientele.org.Org;
import io.clientele.users.NewUser;
import io.clientele.users.Users;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who here is a user of the org that is moved in: the one with the same mail address, or a new one
 * who cannot sign in, or the one who stands for all that are unknown.
 */
public final class UserMap {
  /** Of addresses for users whose own are not known. */
  private static final String NOWHERE = "@users.invalid";

  private static final String PROFILE = "Standard";

  private final Database database;
  private final MetadataCache cache;
  private final Org org;
  private final long authorId;
  private final Optional<Long> stand;
  private final Map<String, SourceUser> source = new HashMap<>();
  private final Map<String, Long> known = new HashMap<>();
  private final Map<String, Long> byEmail = new HashMap<>();
  private final Map<String, Long> byName = new HashMap<>();
  private int added;

  /**
   * @param authorId who makes new users
   * @param stand who stands for users that the org does not have, in place of new ones
   */
  UserMap(
      Database database,
      MetadataCache cache,
      Org org,
      long authorId,
      Optional<Long> stand,
      Collection<SourceUser> users) {
    this.database = database;
    this.cache = cache;
    this.org = org;
    this.authorId = authorId;
    this.stand = stand;
    users.forEach(user -> source.put(user.id(), user));
    for (UserName user : likely(metadata())) {
      byEmail.putIfAbsent(user.email().toLowerCase(Locale.ROOT), user.id());
      byName.merge(user.name().toLowerCase(Locale.ROOT), user.id(), (one, other) -> 0L);
    }
  }

  /** Those who are gone behind who has their address now: the newest of who is not active. */
  private static List<UserName> likely(Metadata metadata) {
    return metadata.userNames().stream()
        .sorted(Comparator.comparing(UserName::active).thenComparing(UserName::id).reversed())
        .toList();
  }

  /** The user of that address here. */
  public static Optional<Long> find(Metadata metadata, String email) {
    return likely(metadata).stream()
        .filter(user -> user.email().equalsIgnoreCase(email))
        .findFirst()
        .map(UserName::id);
  }

  private Metadata metadata() {
    return cache.of(org.id());
  }

  /** How many users were added. */
  int added() {
    return added;
  }

  /** Those of the source that the org does not have. */
  List<SourceUser> missing() {
    return source.values().stream()
        .filter(user -> !byEmail.containsKey(user.email().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /**
   * The user here.
   *
   * @param id what the source calls the user
   * @param name how the source shows the user; empty when not known
   */
  long of(String id, String name) {
    return known.computeIfAbsent(id, key -> find(key, name));
  }

  /** The user of that address or name. */
  long named(String text) {
    String email = text.strip().toLowerCase(Locale.ROOT);
    Long found = byEmail.get(email);
    if (found != null) {
      return found;
    }
    return source.values().stream()
        .filter(
            user -> user.email().equalsIgnoreCase(email) || user.fullName().equalsIgnoreCase(email))
        .findFirst()
        .map(user -> of(user.id(), text))
        .orElseGet(() -> of(email, text.strip()));
  }

  private long find(String id, String name) {
    SourceUser user = source.get(id);
    String email = user == null ? id.contains("@") ? id : local(id) + NOWHERE : user.email();
    Long there = byEmail.get(email.toLowerCase(Locale.ROOT));
    if (there == null && user == null) {
      there = byName.get(name.toLowerCase(Locale.ROOT));
    }
    if (there != null && there != 0) {
      return there;
    }
    if (stand.isPresent()) {
      return stand.get();
    }
    long made =
        add(
            user == null
                ? new SourceUser(id, email, "", name.isEmpty() ? "User " + id : name, "", "")
                : user);
    byEmail.put(email.toLowerCase(Locale.ROOT), made);
    return made;
  }

  /** Names that differ give addresses that differ. */
  private static String local(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9.-]+", ".");
    String hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    return plain.equals(name)
        ? plain
        : "user." + plain.replaceAll("^\\.+|\\.+$", "") + "-" + hash.substring(0, 8);
  }

  private long add(SourceUser user) {
    Metadata metadata = metadata();
    var body =
        new NewUser(
            user.email(),
            user.firstName(),
            user.lastName().isEmpty() && user.firstName().isEmpty()
                ? user.email()
                : user.lastName(),
            role(metadata, user.role()),
            profile(metadata, user.profile()),
            "inactive",
            false,
            metadata.zoneOf(authorId).getId(),
            authorId,
            Json.MAPPER.createObjectNode());
    long id =
        database.write(
            tx -> {
              long made = Users.create(tx, org, body);
              Accounts.link(tx, Accounts.create(tx, user.email()), org.id(), made);
              Accounts.setActive(tx, org.id(), made, false);
              return made;
            });
    cache.changed(org.id());
    added++;
    return id;
  }

  /** The role of that name, or the lowest there is. */
  private static long role(Metadata metadata, String name) {
    Collection<RoleName> roles = metadata.people().roles().values();
    return roles.stream()
        .filter(role -> role.name().equalsIgnoreCase(name))
        .findFirst()
        .or(
            () ->
                roles.stream()
                    .filter(
                        role ->
                            roles.stream()
                                .noneMatch(
                                    other ->
                                        other.reportsTo() != null
                                            && other.reportsTo() == role.id()))
                    .findFirst())
        .orElseThrow()
        .id();
  }

  private static long profile(Metadata metadata, String name) {
    List<Setting> profiles = metadata.settings("profile");
    return profiles.stream()
        .filter(profile -> nameOf(profile).equalsIgnoreCase(name))
        .findFirst()
        .or(
            () ->
                profiles.stream().filter(profile -> profile.apiName().equals(PROFILE)).findFirst())
        .orElseThrow()
        .id();
  }

  private static String nameOf(Setting profile) {
    return profile.body().path("name").asString(profile.apiName());
  }
}
