package io.clientele.metadata;

import io.clientele.error.ErrorCode;
import io.clientele.org.Org;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything an org is made of at one moment: immutable, replaced whole when its version changes.
 */
public final class Metadata {
  private final Metadata whole;
  private final boolean restricted;
  private final Org org;
  private final Map<String, Module> modules = new LinkedHashMap<>();
  private final Map<Long, Module> modulesById = new HashMap<>();
  private final Map<String, List<Module>> trackers = new HashMap<>();
  private final Map<Long, Layout> layouts = new HashMap<>();
  private final People people;
  private final Map<Long, Tag> tags = new HashMap<>();
  private final Map<String, List<Setting>> settings;
  private final Map<Long, Setting> settingsById = new HashMap<>();
  private final Map<Object, Object> remembered = new ConcurrentHashMap<>();

  Metadata(
      Org org,
      List<Module> modules,
      People people,
      Collection<Tag> tags,
      Map<String, List<Setting>> settings) {
    this(org, modules, people, tags, settings, null);
  }

  private Metadata(
      Org org,
      List<Module> modules,
      People people,
      Collection<Tag> tags,
      Map<String, List<Setting>> settings,
      @Nullable Metadata whole) {
    this.whole = whole == null ? this : whole;
    this.restricted =
        whole == null
            && modules.stream().flatMap(one -> one.fields().stream()).anyMatch(Field::isRestricted);
    this.org = org;
    for (Module module : modules) {
      this.modules.put(module.apiName().toLowerCase(Locale.ROOT), module);
      modulesById.put(module.id(), module);
      module.layouts().forEach(layout -> layouts.put(layout.id(), layout));
      String tracked = module.definition().path("tracks").path("module").asString("");
      if (!tracked.isEmpty()) {
        trackers.computeIfAbsent(tracked, name -> new ArrayList<>()).add(module);
      }
    }
    this.people = people;
    tags.forEach(tag -> this.tags.put(tag.id(), tag));
    this.settings = settings;
    settings.values().forEach(list -> list.forEach(one -> settingsById.put(one.id(), one)));
  }

  public Org org() {
    return org;
  }

  /**
   * As a user sees it: its modules without the fields that the user's profile hides. What the
   * server itself works with, such as formulas and defaults, asks {@link #whole}.
   */
  public Metadata seenBy(long userId) {
    if (!restricted) {
      return this;
    }
    long profileId = profileOf(userId).map(Setting::id).orElse(0L);
    return remember(
        new SeenBy(profileId),
        () ->
            new Metadata(
                org,
                modules.values().stream().map(module -> module.seenBy(profileId)).toList(),
                people,
                tags.values(),
                settings,
                this));
  }

  private record SeenBy(long profileId) {}

  /** With all fields of all modules, whoever looks. */
  public Metadata whole() {
    return whole;
  }

  /** What {@code work} makes of this snapshot, made once and kept as long as the snapshot. */
  @SuppressWarnings("unchecked")
  public <T> T remember(Object key, Supplier<T> work) {
    Object known = remembered.get(key);
    if (known == null) {
      known = work.get();
      remembered.put(key, known);
    }
    return (T) known;
  }

  public Collection<Module> modules() {
    return modules.values();
  }

  /** The module of that name, whatever its case. */
  public Optional<Module> find(String apiName) {
    return Optional.ofNullable(modules.get(apiName.toLowerCase(Locale.ROOT)));
  }

  public Optional<Module> find(long moduleId) {
    return Optional.ofNullable(modulesById.get(moduleId));
  }

  /** A module that metadata itself names, so it must be there. */
  public Module get(String apiName) {
    return find(apiName).orElseThrow(() -> new IllegalStateException("no module " + apiName));
  }

  /**
   * The module a client names in the path.
   *
   * @throws io.clientele.error.ApiError INVALID_MODULE
   */
  public Module require(String apiName) {
    return find(apiName).orElseThrow(() -> ErrorCode.INVALID_MODULE.with("resource_path_index", 0));
  }

  /** The modules that keep the history of a field of {@code module}. */
  public List<Module> trackersOf(Module module) {
    return trackers.getOrDefault(module.apiName(), List.of());
  }

  public Optional<Layout> findLayout(long id) {
    return Optional.ofNullable(layouts.get(id));
  }

  /** The users and how they belong together. */
  public People people() {
    return people;
  }

  /** The user of that id, as replies mention one; null when there is none. */
  public @Nullable UserName userName(long id) {
    return people.users().get(id);
  }

  /** The time zone in which a user reads and writes moments. */
  public java.time.ZoneId zoneOf(long userId) {
    UserName user = userName(userId);
    return user == null ? java.time.ZoneOffset.UTC : user.zone();
  }

  public Collection<UserName> userNames() {
    return people.users().values();
  }

  /** The primary contact: the user who made the org. */
  public UserName primaryUser() {
    return userNames().iterator().next();
  }

  /** The profile that a user has. */
  public Optional<Setting> profileOf(long userId) {
    return Optional.ofNullable(userName(userId))
        .flatMap(user -> setting("profile", user.profileId()));
  }

  private record Refused(long profileId) {}

  /** The names of the permissions that a profile does not give. */
  public Set<String> refusedBy(Setting profile) {
    return remember(
        new Refused(profile.id()),
        () ->
            profile
                .body()
                .path("permissions_details")
                .valueStream()
                .filter(detail -> !detail.path("enabled").asBoolean(true))
                .map(detail -> detail.path("name").asString(""))
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** The layout a record gets that a user creates without naming one. */
  public Optional<Layout> defaultLayout(Module module, long userId) {
    return profileOf(userId).flatMap(module::defaultLayout);
  }

  /** The name of the role of that id. */
  public Optional<String> roleName(long id) {
    return Optional.ofNullable(people.roles().get(id)).map(RoleName::name);
  }

  public Optional<Tag> findTag(long id) {
    return Optional.ofNullable(tags.get(id));
  }

  public Collection<Tag> tags() {
    return tags.values();
  }

  /** The documents of a noun that belong to {@code parentId}, such as the views of a module. */
  public List<Setting> settings(String noun, long parentId) {
    return settings(noun).stream().filter(setting -> setting.parent() == parentId).toList();
  }

  /** The document of a noun with that id. */
  public Optional<Setting> setting(String noun, long id) {
    return Optional.ofNullable(settingsById.get(id)).filter(one -> one.noun().equals(noun));
  }

  /** All documents. */
  public Collection<Setting> settings() {
    return settingsById.values();
  }

  /** Documents of a noun, by position. */
  public List<Setting> settings(String noun) {
    return settings.getOrDefault(noun, List.of());
  }
}
