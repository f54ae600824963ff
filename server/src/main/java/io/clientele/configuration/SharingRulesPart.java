package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Group;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.People;
import io.clientele.metadata.RoleName;
import io.clientele.metadata.Setting;
import io.clientele.sharing.DataSharing;
import io.clientele.sharing.SharingRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The data sharing rules of a module; roles and groups stand in them by name. */
final class SharingRulesPart implements Part {
  private static final String STATUS = "status";
  private static final String INACTIVE = "inactive";
  private static final String CRITERIA = "criteria";
  private static final List<String> SOURCES = List.of("shared_from", "shared_to");
  private static final List<String> COPIED =
      List.of("name", "type", "permission_type", "superiors_allowed");

  @Override
  public String name() {
    return "sharing_rules";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    return SharingRules.of(metadata, Objects.requireNonNull(module).id()).stream()
        .map(rule -> new Described(rule.id(), form(metadata.people(), rule.body()), true))
        .toList();
  }

  private static ObjectNode form(People people, JsonNode body) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    COPIED.forEach(name -> form.set(name, body.path(name)));
    for (String name : SOURCES) {
      if (body.path(name).isObject()) {
        form.set(name, source(people, body.path(name)));
      }
    }
    if (body.path(CRITERIA).isObject()) {
      form.set(CRITERIA, CriteriaForm.of(body.path(CRITERIA)));
    }
    form.set(STATUS, body.path(STATUS));
    return form;
  }

  private static ObjectNode source(People people, JsonNode source) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.set("type", source.path("type"));
    JsonNode id = source.path("resource").path("id");
    if (!id.isMissingNode()) {
      boolean role = source.path("type").asString("").equals("roles");
      RoleName named = people.roles().get(id.asLong(0));
      Group group = people.groups().get(id.asLong(0));
      String name = role && named != null ? named.name() : group == null ? null : group.name();
      form.putObject("resource").put("name", name);
    }
    return form.put("subordinates", source.path("subordinates").asBoolean(false));
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    Module of = Objects.requireNonNull(module);
    if (!DataSharing.hasRules(of)) {
      throw new ConfigurationException(item.path() + ": its records have no owners to share them.");
    }
    String status = status(item).orElse("");
    var _ = SharingRules.create(change, of, resolved(change, item));
    if (status.equals(INACTIVE)) {
      var _ = SharingRules.deactivate(change, rule(change, of, item.text("name")));
    }
  }

  /** The operation wants a rule whole, so what the file does not name comes from what there is. */
  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    Module of = Objects.requireNonNull(module);
    ObjectNode whole = current.deepCopy();
    whole.setAll(item.json());
    String name = current.path("name").asString();
    boolean onlyStatus = item.json().size() == 1 && item.has(STATUS);
    Optional<String> status = status(new Item(whole, item.path()));
    if (!onlyStatus) {
      Item body = resolved(change, new Item(whole, item.path()));
      var _ = SharingRules.update(change, of, rule(change, of, name), body);
    }
    Setting rule = rule(change, of, name);
    if (status.isPresent() && status.get().equals(INACTIVE) == SharingRules.isActive(rule)) {
      var _ =
          SharingRules.isActive(rule)
              ? SharingRules.deactivate(change, rule)
              : SharingRules.activate(change, rule);
    }
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    var _ =
        SharingRules.delete(change, change.metadata().setting(SharingRules.NOUN, id).orElseThrow());
  }

  private static Setting rule(MetadataChange change, Module module, String name) {
    return SharingRules.of(change.metadata(), module.id()).stream()
        .filter(rule -> rule.apiName().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow();
  }

  /** Takes the status out of the item: it has operations of its own. */
  private static Optional<String> status(Item item) {
    JsonNode status = item.json().remove(STATUS);
    if (status == null) {
      return Optional.empty();
    }
    String word = status.asString("");
    if (!List.of("active", INACTIVE).contains(word)) {
      throw new ConfigurationException(item.at(STATUS) + " is neither active nor inactive.");
    }
    return Optional.of(word);
  }

  /** With the ids of roles and groups in place of their names. */
  private static Item resolved(MetadataChange change, Item item) {
    for (String name : SOURCES) {
      if (item.json().path(name).path("resource") instanceof ObjectNode resource) {
        boolean role = item.json().path(name).path("type").asString("").equals("roles");
        String wanted = resource.path("name").asString("");
        People people = change.metadata().people();
        long id =
            (role
                    ? people.roles().values().stream()
                        .filter(one -> one.name().equalsIgnoreCase(wanted))
                        .map(RoleName::id)
                    : people.groups().values().stream()
                        .filter(one -> one.name().equalsIgnoreCase(wanted))
                        .map(Group::id))
                .findFirst()
                .orElseThrow(
                    () ->
                        new ConfigurationException(
                            item.at(name) + ": there is no '" + wanted + "'."));
        resource.put("id", Long.toString(id));
      }
    }
    return item;
  }
}
