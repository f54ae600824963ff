package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Territory;
import io.clientele.metadata.UserName;
import io.clientele.territories.TerritoryService;
import io.clientele.territories.TerritoryUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Territories by name. One that reports to none is right below the org's own, which is no item;
 * users are named by their e-mail addresses, and the list of them is whole.
 */
final class TerritoriesPart implements Part {
  private static final String PARENT = "reporting_to";
  private static final String MANAGER = "manager";
  private static final String USERS = "users";

  @Override
  public String name() {
    return "territories";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module none) {
    return metadata.people().territories().values().stream()
        .filter(one -> one.reportsTo() != null)
        .map(one -> new Described(one.id(), form(metadata, one), true))
        .toList();
  }

  private static ObjectNode form(Metadata metadata, Territory one) {
    ObjectNode form = Json.MAPPER.createObjectNode().put("name", one.name());
    Territory above = metadata.people().territories().get(one.reportsTo());
    if (above != null && above.reportsTo() != null) {
      form.put(PARENT, above.name());
    }
    form.put("permission_type", one.readOnly() ? "read_only" : "read_write_delete");
    if (one.description() != null) {
      form.put("description", one.description());
    }
    email(metadata, one.managerId()).forEach(email -> form.put(MANAGER, email));
    for (String key : new TreeMap<>(swapped()).keySet()) {
      if (one.body().path(key).isObject()) {
        form.set(key, CriteriaForm.of(one.body().get(key)));
      }
    }
    List<String> users =
        one.users().stream().flatMap(id -> email(metadata, id).stream()).sorted().toList();
    if (!users.isEmpty()) {
      ArrayNode list = form.putArray(USERS);
      users.forEach(list::add);
    }
    return form;
  }

  private static Map<String, String> swapped() {
    var modules = new TreeMap<String, String>();
    Territory.RULES.forEach((module, key) -> modules.put(key, module));
    return modules;
  }

  private static List<String> email(Metadata metadata, @Nullable Long id) {
    UserName user = id == null ? null : metadata.userName(id);
    return user == null ? List.of() : List.of(user.email());
  }

  @Override
  public ObjectNode complete(ObjectNode wanted) {
    Lists.check(wanted, List.of(USERS));
    ObjectNode form = wanted.deepCopy();
    if (form.path(USERS).isArray()) {
      var emails = new ArrayList<String>();
      form.path(USERS).forEach(one -> emails.add(one.asString("")));
      if (form.path(MANAGER).isString()) { // who manages a territory is one of its users
        emails.add(form.path(MANAGER).asString());
      }
      ArrayNode list = form.putArray(USERS);
      emails.stream().distinct().sorted().forEach(list::add);
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module none, Item item) {
    Item body = body(change, item);
    if (!body.has(PARENT)) {
      body.json().putObject(PARENT).put("id", Long.toString(root(change.metadata())));
    }
    var _ = new TerritoryService(change).create(body);
    users(change, find(change, item.text("name")), item);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module none, long id, ObjectNode current, Item item) {
    Item body = body(change, item);
    if (!body.json().isEmpty()) {
      var _ = new TerritoryService(change).update(id, body);
    }
    users(change, id, item);
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module none, long id) {
    var _ = new TerritoryService(change).delete(id);
  }

  /** The operation names territories and users by their ids. */
  private static Item body(MetadataChange change, Item item) {
    ObjectNode body = item.json().deepCopy();
    body.remove(USERS);
    if (body.hasNonNull(PARENT)) {
      long id = find(change, body.path(PARENT).asString(""));
      body.putObject(PARENT).put("id", Long.toString(id));
    }
    if (body.hasNonNull(MANAGER)) {
      long id = user(change.metadata(), body.path(MANAGER).asString(""));
      body.putObject(MANAGER).put("id", Long.toString(id));
    }
    return new Item(body, item.path());
  }

  private static void users(MetadataChange change, long id, Item item) {
    if (!item.json().path(USERS).isArray()) {
      return;
    }
    Metadata metadata = change.metadata();
    List<Long> wanted =
        item.json()
            .path(USERS)
            .valueStream()
            .map(email -> user(metadata, email.asString("")))
            .toList();
    Territory now = Objects.requireNonNull(metadata.people().territories().get(id));
    var changes = new TerritoryUsers(change);
    for (Long one : wanted) {
      if (!now.users().contains(one)) {
        ObjectNode named = Json.MAPPER.createObjectNode().put("id", Long.toString(one));
        var _ = changes.add(id, new Item(named, item.at(USERS)));
      }
    }
    now.users().stream()
        .filter(one -> !wanted.contains(one) && !Objects.equals(one, now.managerId()))
        .forEach(one -> changes.remove(id, one));
  }

  private static long find(MetadataChange change, String name) {
    return change.metadata().people().territories().values().stream()
        .filter(one -> one.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new ConfigurationException("There is no territory '" + name + "'."))
        .id();
  }

  private static long root(Metadata metadata) {
    return metadata.people().territories().values().stream()
        .filter(one -> one.reportsTo() == null)
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static long user(Metadata metadata, String email) {
    return metadata.userNames().stream()
        .filter(user -> user.email().equalsIgnoreCase(email))
        .findFirst()
        .orElseThrow(() -> new ConfigurationException("There is no user '" + email + "'."))
        .id();
  }
}
