package io.clientele.metadata.layouts;

import io.clientele.access.ModuleProfiles;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.PathId;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which profiles see a layout, and for which it is the default. */
final class LayoutProfiles {
  static final Shape SHAPE = Shape.empty().id("id").require("id").flag("_delete").flag("default");

  private static final int MAXIMUM = 50;
  private static final String PROFILES = "profiles";
  private static final String DEFAULTS = "default_profiles";

  private final Metadata metadata;
  private final Module module;

  LayoutProfiles(Metadata metadata, Module module) {
    this.metadata = metadata;
    this.module = module;
  }

  /** Adds and takes away the profiles that {@code item} names; at least one stays. */
  void change(ObjectNode body, Item item) {
    Set<Long> seeing = of(body);
    Set<Long> defaults = ids(body, DEFAULTS);
    for (Item one : Item.list(item, PROFILES, MAXIMUM)) {
      long profile = profile(one).id();
      if (one.json().path("_delete").asBoolean(false)) {
        seeing.remove(profile);
        defaults.remove(profile);
      } else {
        seeing.add(profile);
        if (one.json().path("default").asBoolean(false)) {
          defaults.add(profile);
        } else if (one.has("default")) {
          defaults.remove(profile);
        }
      }
    }
    if (seeing.isEmpty()) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("at least one profile must be assigned to the layout")
          .at(PROFILES, item.at(PROFILES));
    }
    write(body, PROFILES, seeing);
    write(body, DEFAULTS, defaults);
  }

  /** The profiles that {@code item} names are all that see the layout. */
  void replace(ObjectNode body, Item item) {
    body.putArray(PROFILES);
    var named = new LinkedHashSet<Long>();
    for (Item one : Item.list(item, PROFILES, MAXIMUM)) {
      SHAPE.check(one);
      named.add(profile(one).id());
    }
    write(body, PROFILES, named);
  }

  /** Whoever saw {@code from} sees {@code to}; what was their default still leads there. */
  void move(ObjectNode from, ObjectNode to) {
    Set<Long> seeing = of(to);
    seeing.addAll(of(from));
    write(to, PROFILES, seeing);
    Set<Long> defaults = ids(to, DEFAULTS);
    defaults.addAll(ids(from, DEFAULTS));
    write(to, DEFAULTS, defaults);
  }

  private Set<Long> of(ObjectNode body) {
    var ids = new LinkedHashSet<Long>();
    References.profiles(metadata, body.path(PROFILES)).forEach(profile -> ids.add(profile.id()));
    return ids;
  }

  private static Set<Long> ids(ObjectNode body, String key) {
    var ids = new LinkedHashSet<Long>();
    body.path(key).forEach(id -> ids.add(Long.parseLong(id.asString())));
    return ids;
  }

  private static void write(ObjectNode body, String key, Set<Long> ids) {
    ArrayNode list = body.putArray(key);
    ids.forEach(id -> list.add(Long.toString(id)));
  }

  /** A profile that has a right to the module. */
  private Setting profile(Item item) {
    Setting profile =
        PathId.parse(item.text("id"))
            .flatMap(id -> metadata.setting("profile", id))
            .orElseThrow(() -> UpdateLayout.invalidId(item));
    if (!ModuleProfiles.of(metadata, module).contains(profile)) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .message("Only profiles associated with the module can be assigned for the layout")
          .at("id", item.at("id"));
    }
    return profile;
  }
}
