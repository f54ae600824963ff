package io.clientele.metadata;

import io.clientele.http.Keys;
import io.clientele.metadata.types.Moments;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How replies mention things: stored definitions name modules, fields and profiles by name, the
 * wire has their ids beside.
 */
public final class References {
  private References() {}

  /** {@code {api_name, id}} of a module; only the name when the org has no such module. */
  public static void module(Keys keys, Metadata metadata, String apiName) {
    keys.text("api_name", apiName);
    metadata
        .find(apiName)
        .ifPresentOrElse(module -> keys.id("id", module.id()), () -> keys.none("id"));
  }

  /** {@code {api_name, id}} of a field; a name with a dot is a field of a module it looks up. */
  public static void field(Keys keys, Metadata metadata, Module module, String apiName) {
    keys.text("api_name", apiName);
    findField(metadata, module, apiName)
        .ifPresentOrElse(field -> keys.id("id", field.id()), () -> keys.none("id"));
  }

  /** A field by its name, or by the names on the way to it. */
  public static Optional<Field> findField(Metadata metadata, Module module, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return module.field(path);
    }
    return module
        .field(path.substring(0, dot))
        .flatMap(lookup -> lookup.modules().stream().findFirst())
        .flatMap(metadata::find)
        .flatMap(target -> findField(metadata, target, path.substring(dot + 1)));
  }

  /** {@code {name, id}} of a user under {@code name}; null when there is none. */
  public static void user(Keys keys, Metadata metadata, String name, @Nullable Long userId) {
    UserName user = userId == null ? null : metadata.userName(userId);
    if (user == null) {
      keys.none(name);
    } else {
      keys.object(name, inner -> inner.text("name", user.name()).id("id", user.id()));
    }
  }

  /** A moment under {@code name} as the user's clock shows it; null when there is none. */
  public static void time(Keys keys, String name, @Nullable Instant moment, ZoneId zone) {
    keys.text(name, moment == null ? null : Moments.format(moment, zone));
  }

  /** When a document was changed after it was made; null when it never was. */
  public static @Nullable Instant modified(Setting setting) {
    return setting.modifiedTime().isAfter(setting.createdTime()) ? setting.modifiedTime() : null;
  }

  /** The profiles a definition names, all of them when it names none. */
  public static List<Setting> profiles(Metadata metadata, JsonNode names) {
    List<String> wanted = names.valueStream().map(name -> name.asString("")).toList();
    return metadata.settings("profile").stream()
        .filter(
            profile ->
                wanted.isEmpty()
                    || wanted.contains(profile.apiName())
                    || wanted.contains(Long.toString(profile.id())))
        .toList();
  }
}
