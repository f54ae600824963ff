package io.clientele.profiles;

import io.clientele.access.Permissions;
import io.clientele.http.Keys;
import io.clientele.metadata.PathId;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The wire shape of a profile: short in lists, with all its permissions alone. */
final class ProfileJson {
  private final Reader reader;

  ProfileJson(Reader reader) {
    this.reader = reader;
  }

  /** What lists tell of a profile. */
  void writeShort(Keys keys, Setting profile) {
    JsonNode body = profile.body();
    boolean custom = body.path("custom").asBoolean(false);
    keys.id("id", profile.id())
        .text("name", body.path("name").asString(profile.apiName()))
        .text("display_label", body.path("display_label").asString(profile.apiName()))
        .text("api_name", profile.apiName())
        .node("description", body.path("description"))
        .text("type", body.path("type").asString("normal_profile"))
        .text("permission_type", body.path("permission_type").asString("normal_profile"))
        .flag("category", body.path("category").asBoolean(false))
        .flag("custom", custom);
    References.user(keys, reader.metadata(), "created_by", profile.createdBy());
    References.user(keys, reader.metadata(), "modified_by", profile.modifiedBy());
    References.time(keys, "created_time", custom ? profile.createdTime() : null, reader.zone());
    References.time(
        keys,
        "modified_time",
        custom ? profile.modifiedTime() : References.modified(profile),
        reader.zone());
  }

  /**
   * A profile with its permissions, each and by section. What a permission is tells {@link
   * Permissions}; a profile keeps only its id and whether it is given.
   */
  void write(Keys keys, Setting profile) {
    writeShort(keys, profile);
    Permissions known = Permissions.of(reader.metadata());
    JsonNode details = profile.body().path("permissions_details");
    var ids = new HashMap<String, String>();
    for (JsonNode detail : details) {
      ids.put(detail.path("name").asString(""), detail.path("id").asString(""));
    }
    keys.array(
            "permissions_details",
            details,
            (inner, detail) ->
                permission(
                    inner,
                    detail,
                    known.all().getOrDefault(detail.path("name").asString(""), detail),
                    ids))
        .array("sections", known.sections(), (inner, part) -> section(inner, part, ids))
        .object("_default_view", inner -> defaultView(inner, profile.body().path("default_view")));
  }

  private static void permission(
      Keys keys, JsonNode detail, JsonNode known, Map<String, String> ids) {
    String name = detail.path("name").asString("");
    keys.node("id", detail.path("id"))
        .text("name", name)
        .node("display_label", known.path("display_label"))
        .node("module", known.path("module"))
        .flag("customizable", known.path("customizable").asBoolean(false))
        .flag("enabled", detail.path("enabled").asBoolean(true));
    JsonNode parents = known.path("parent_permissions");
    if (parents.isArray()) {
      ids(keys, "parent_permissions", parents, ids);
    } else {
      keys.none("parent_permissions");
    }
  }

  private static void section(Keys keys, JsonNode section, Map<String, String> ids) {
    keys.node("name", section.path("name"))
        .array(
            "categories",
            section.path("categories"),
            (inner, category) -> {
              inner
                  .node("name", category.path("name"))
                  .node("display_label", category.path("display_label"))
                  .node("module", category.path("module"));
              ids(inner, "permissions_details", category.path("permissions_details"), ids);
            });
  }

  /** Permissions named in the catalogue, by their ids in the profile. */
  private static void ids(Keys keys, String key, JsonNode names, Map<String, String> ids) {
    List<String> known =
        names.valueStream().map(name -> ids.getOrDefault(name.asString(""), "")).toList();
    keys.value(
        key,
        json -> {
          json.writeStartArray();
          known.stream().filter(id -> !id.isEmpty()).forEach(json::writeString);
          json.writeEndArray();
        });
  }

  /** How records open: in a layout, that which was chosen or the first. */
  private void defaultView(Keys keys, JsonNode chosen) {
    PathId.parse(chosen.path("id").asString(""))
        .flatMap(reader.metadata()::findLayout)
        .or(
            () ->
                reader.metadata().modules().stream()
                    .flatMap(module -> module.layouts().stream())
                    .findFirst())
        .ifPresent(layout -> keys.text("name", layout.name()).id("id", layout.id()));
    keys.text("type", "layout");
  }
}
