package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Group;
import io.clientele.metadata.Group.Source;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.UserName;
import io.clientele.metadata.usergroups.UserGroups;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * User groups. Their sources stand in the file by name, users by their email address: {@code {type:
 * roles, name: Manager, subordinates: true}}.
 */
final class UserGroupsPart implements Part {
  private static final String SOURCES = "sources";
  private static final String BELOW = "subordinates";

  @Override
  public String name() {
    return "user_groups";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  /** Each source with all its keys, in an order that does not depend on who wrote them down. */
  @Override
  public ObjectNode complete(ObjectNode wanted) {
    Lists.check(wanted, List.of(SOURCES));
    ObjectNode item = wanted.deepCopy();
    if (item.path(SOURCES) instanceof ArrayNode sources) {
      for (JsonNode one : sources) {
        ObjectNode source = Lists.object(one);
        source.put(BELOW, source.path(BELOW).asBoolean(false));
      }
      item.set(SOURCES, sorted(sources));
    }
    return item;
  }

  private static ArrayNode sorted(ArrayNode sources) {
    ArrayNode sorted = sources.arrayNode();
    sources
        .valueStream()
        .sorted(
            Comparator.comparing((JsonNode one) -> one.path("type").asString(""))
                .thenComparing(one -> one.path("name").asString("")))
        .forEach(sorted::add);
    return sorted;
  }

  @Override
  public ObjectNode brief(Metadata metadata, @Nullable Module none, ObjectNode form) {
    for (JsonNode source : form.path(SOURCES)) {
      if (!source.path(BELOW).asBoolean(false)) {
        Lists.object(source).remove(BELOW);
      }
    }
    return form;
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    return metadata.people().groups().values().stream()
        .sorted(Comparator.comparing(Group::id))
        .map(group -> new Described(group.id(), form(metadata, group), true))
        .toList();
  }

  private static ObjectNode form(Metadata metadata, Group group) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("name", group.name());
    if (group.description() != null) {
      form.put("description", group.description());
    }
    ArrayNode sources = form.putArray(SOURCES);
    for (Source source : group.sources()) {
      sources
          .addObject()
          .put("type", source.type())
          .put("name", name(metadata, source))
          .put(BELOW, source.below());
    }
    form.set(SOURCES, sorted(sources));
    return form;
  }

  private static String name(Metadata metadata, Source source) {
    UserName user = source.type().equals("users") ? metadata.userName(source.id()) : null;
    return user == null
        ? metadata.people().nameOf(source.type(), source.id()).orElse("")
        : user.email();
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    resolve(change.metadata(), item.json());
    var _ = UserGroups.create(change, item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    ObjectNode whole = current.deepCopy();
    whole.setAll(item.json());
    resolve(change.metadata(), whole);
    var _ = UserGroups.update(change, id, new Item(whole, item.path()));
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    var _ = UserGroups.delete(change, id);
  }

  /** Gives the sources of an item their ids. */
  private static void resolve(Metadata metadata, ObjectNode item) {
    for (JsonNode one : item.path(SOURCES)) {
      ObjectNode source = Lists.object(one);
      String type = source.path("type").asString("");
      String name = source.path("name").asString("");
      long id = find(metadata, type, name);
      source.remove("name");
      source.putObject("source").put("id", Long.toString(id));
    }
  }

  private static long find(Metadata metadata, String type, String name) {
    var people = metadata.people();
    var ids =
        switch (type) {
          case "users" ->
              people.users().values().stream()
                  .filter(user -> user.email().equalsIgnoreCase(name))
                  .map(UserName::id);
          case "roles" -> people.roles().keySet().stream();
          case "groups" -> people.groups().keySet().stream();
          case "territories" -> people.territories().keySet().stream();
          default -> throw new ConfigurationException("'" + type + "' is no type of sources.");
        };
    return ids.filter(
            id ->
                type.equals("users")
                    || people.nameOf(type, id).filter(name::equalsIgnoreCase).isPresent())
        .findFirst()
        .orElseThrow(
            () -> new ConfigurationException("There is nothing called '" + name + "' in " + type));
  }
}
