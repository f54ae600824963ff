package io.clientele.metadata.usergroups;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Group;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates, changes and deletes user groups, within a change of metadata. References: User Group,
 * Delete User Group.
 */
public final class UserGroups {
  private static final int LENGTH = 250;
  private static final Shape SHAPE =
      Shape.empty().require("name", "sources").text("name", LENGTH).text("description", LENGTH);

  private UserGroups() {}

  /** Adds a group. */
  public static Done create(MetadataChange change, Item item) {
    SHAPE.check(item);
    String name = name(change, item, 0);
    List<Source> sources = GroupSources.read(change.metadata().people(), item, 0);
    long id = change.nextId();
    UserGroupSql.insert(change.tx(), change.org(), id, name, description(item), change.userId());
    UserGroupSql.setSources(change.tx(), change.org(), id, sources);
    change.touch();
    return Done.of("User group created successfully", id);
  }

  /** Changes a group; its sources are those of the item and no others. */
  public static Done update(MetadataChange change, long id, Item item) {
    SHAPE.check(item);
    Group group = change.metadata().people().groups().get(id);
    if (group == null) {
      throw UserGroupRoutes.unknown();
    }
    String name = name(change, item, id);
    List<Source> sources = GroupSources.read(change.metadata().people(), item, id);
    String description = item.json().has("description") ? description(item) : group.description();
    UserGroupSql.update(change.tx(), change.org(), id, name, description, change.userId());
    UserGroupSql.setSources(change.tx(), change.org(), id, sources);
    change.touch();
    return Done.of("User group updated successfully", id);
  }

  /**
   * Deletes a group. Where it was used it is no more: other groups and views go on without it,
   * sharing rules about it go, and what was shared with it is not shared any more.
   */
  public static Done delete(MetadataChange change, long id) {
    for (Setting rule : change.metadata().settings(GroupUses.SHARING_RULE)) {
      if (GroupUses.isRuleOf(rule, id)) {
        change.delete(rule);
      }
    }
    for (Setting view : change.metadata().settings(GroupUses.VIEW)) {
      if (GroupUses.isSharedTo(view.body(), id)) {
        change.update(view, without(view, id));
      }
    }
    UserGroupSql.delete(change.tx(), change.org(), id);
    change.touch();
    return Done.of("User group deleted successfully", id);
  }

  /** The view without the group; with nobody left it is its author's alone. */
  private static ObjectNode without(Setting view, long id) {
    ObjectNode body = view.copy();
    ArrayNode left = body.arrayNode();
    for (var to : view.body().path("shared_to")) {
      if (!GroupUses.isGroup(to, id)) {
        left.add(to);
      }
    }
    if (left.isEmpty()) {
      body.put("access_type", "only_to_me").putNull("shared_to");
    } else {
      body.set("shared_to", left);
    }
    return body;
  }

  private static String name(MetadataChange change, Item item, long id) {
    String name = item.text("name").strip();
    UserGroupSql.find(change.tx(), change.org(), name)
        .filter(other -> other != id)
        .ifPresent(
            other -> {
              throw ErrorCode.DUPLICATE_DATA
                  .error()
                  .message("A user group with the same name already exists.")
                  .at("name", item.at("name"));
            });
    return name;
  }

  private static @Nullable String description(Item item) {
    return item.has("description") ? item.text("description") : null;
  }
}
