package io.clientele.metadata.usergroups;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Shape;
import io.clientele.metadata.Group;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.People;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whom a client wants in a group. */
final class GroupSources {
  static final List<String> TYPES = List.of("users", "roles", "groups", "territories");

  private static final int MAXIMUM = 200;
  private static final Shape SHAPE =
      Shape.empty()
          .require("type", "source")
          .oneOf("type", TYPES.toArray(String[]::new))
          .object("source", Shape.empty().require("id").id("id"))
          .flag("subordinates")
          .flag("sub_territories")
          .flag("_delete");

  private GroupSources() {}

  /**
   * The sources that the item names, each once.
   *
   * @param groupId the group that gets them, which must not come to contain itself
   * @throws ApiError about the first one that is wrong
   */
  static List<Source> read(People people, Item group, long groupId) {
    var sources = new LinkedHashMap<String, Source>();
    for (Item item : Item.list(group, "sources", MAXIMUM)) {
      SHAPE.check(item);
      Source source = source(item.json());
      if (item.json().path("_delete").asBoolean(false)) {
        continue;
      }
      boolean known = people.nameOf(source.type(), source.id()).isPresent();
      if (!known || contains(people, source, groupId, new HashSet<>())) {
        throw ErrorCode.INVALID_DATA
            .error()
            .message("The " + word(source.type()) + " Id given seems to be Invalid")
            .at("id", item.at("source") + ".id");
      }
      sources.put(source.type() + source.id(), source);
    }
    return List.copyOf(sources.values());
  }

  private static Source source(JsonNode json) {
    String type = json.path("type").asString();
    boolean below =
        switch (type) {
          case "roles" -> json.path("subordinates").asBoolean(false);
          case "territories" ->
              json.path("sub_territories").asBoolean(json.path("subordinates").asBoolean(false));
          default -> false;
        };
    return new Source(type, json.path("source").path("id").asLong(), below);
  }

  private static String word(String type) {
    return switch (type) {
      case "users" -> "User";
      case "roles" -> "Role";
      case "groups" -> "Group";
      default -> "Territory";
    };
  }

  private static boolean contains(People people, Source source, long groupId, Set<Long> seen) {
    if (!source.type().equals("groups")) {
      return false;
    }
    if (source.id() == groupId) {
      return true;
    }
    Group group = seen.add(source.id()) ? people.groups().get(source.id()) : null;
    return group != null
        && group.sources().stream().anyMatch(inner -> contains(people, inner, groupId, seen));
  }
}
