package io.clientele.metadata.usergroups;

import io.clientele.http.Keys;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a group is used.
 *
 * @param type the kind of thing that uses it, as the wire says it
 * @param name of that thing
 * @param module that the thing belongs to; null when it belongs to none
 */
record GroupUses(String type, String name, long id, @Nullable Module module) {
  static final String SHARING_RULE = "sharing_rule";
  static final String VIEW = "custom_view";

  /**
   * @param sharedModules the modules of which records are shared with the group
   */
  static List<GroupUses> of(Metadata metadata, long groupId, List<Long> sharedModules) {
    var uses = new ArrayList<GroupUses>();
    metadata.settings(SHARING_RULE).stream()
        .filter(rule -> isRuleOf(rule, groupId))
        .forEach(rule -> uses.add(of(metadata, "data_sharing", rule)));
    metadata.settings(VIEW).stream()
        .filter(view -> isSharedTo(view.body(), groupId))
        .forEach(view -> uses.add(of(metadata, "custom_views", view)));
    metadata.people().groups().values().stream()
        .filter(
            group ->
                group.sources().stream()
                    .anyMatch(one -> one.type().equals("groups") && one.id() == groupId))
        .forEach(group -> uses.add(new GroupUses("user_groups", group.name(), group.id(), null)));
    sharedModules.stream()
        .flatMap(id -> metadata.find(id).stream())
        .forEach(
            module ->
                uses.add(new GroupUses("record_sharing", module.apiName(), module.id(), module)));
    return uses;
  }

  private static GroupUses of(Metadata metadata, String type, Setting setting) {
    Long parent = setting.parentId();
    return new GroupUses(
        type,
        setting.body().path("name").asString(setting.apiName()),
        setting.id(),
        parent == null ? null : metadata.find(parent).orElse(null));
  }

  static boolean isRuleOf(Setting rule, long groupId) {
    return isGroup(rule.body().path("shared_from"), groupId)
        || isGroup(rule.body().path("shared_to"), groupId);
  }

  static boolean isSharedTo(JsonNode view, long groupId) {
    return view.path("shared_to").valueStream().anyMatch(to -> isGroup(to, groupId));
  }

  /** Whether that names the group, with its id in it or in a {@code resource}. */
  static boolean isGroup(JsonNode source, long groupId) {
    JsonNode id = source.has("resource") ? source.path("resource").path("id") : source.path("id");
    return source.path("type").asString("").equals("groups") && id.asLong(0) == groupId;
  }

  void write(Keys keys) {
    keys.text("type", type)
        .object("resource", resource -> resource.text("name", name).id("id", id));
    if (module == null) {
      keys.none("details");
    } else {
      keys.object(
          "details",
          details ->
              details.object(
                  "module",
                  inner -> inner.text("api_name", module.apiName()).id("id", module.id())));
    }
  }
}
