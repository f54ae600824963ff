package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.recordlocking.RecordLocking;
import io.clientele.metadata.recordlocking.WriteRecordLocking;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How records of a module are locked. Rules are told apart by name; the list of them is whole. */
final class RecordLockingPart implements Part {
  private static final String RULES = "locking_rules";
  private static final String ACTIONS = "restricted_actions";
  private static final String PROFILES = "lock_excluded_profiles";
  private static final String FIELDS = "excluded_fields";
  private static final List<String> COPIED =
      List.of("lock_type", "locked_for", "lock_for_portal_users", "restricted_communications");

  @Override
  public String name() {
    return "record_locking_configuration";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    return RecordLocking.setting(metadata, Objects.requireNonNull(module)).stream()
        .map(
            setting ->
                new Described(
                    setting.id(),
                    form(metadata, setting.body()),
                    !setting.body().path("system_defined").asBoolean(false)))
        .toList();
  }

  private static ObjectNode form(Metadata metadata, JsonNode body) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    for (String name : COPIED) {
      if (body.hasNonNull(name)) {
        form.set(name, body.get(name));
      }
    }
    for (String list : List.of(ACTIONS, FIELDS)) {
      if (!body.path(list).isEmpty()) {
        form.set(list, body.get(list));
      }
    }
    if (!body.path(PROFILES).isEmpty()) {
      ArrayNode names = form.putArray(PROFILES);
      References.profiles(metadata, body.path(PROFILES))
          .forEach(profile -> names.add(Profiles.nameOf(profile)));
    }
    if (!body.path(RULES).isEmpty()) {
      ArrayNode rules = form.putArray(RULES);
      body.path(RULES).forEach(rule -> rules.add(rule(rule)));
    }
    return sorted(form);
  }

  private static ObjectNode rule(JsonNode rule) {
    ObjectNode form = Json.MAPPER.createObjectNode();
    form.set("name", rule.path("name"));
    form.put("lock_existing_records", rule.path("lock_existing_records").asBoolean(false));
    form.set("criteria", CriteriaForm.of(rule.path("criteria")));
    return form;
  }

  @Override
  public ObjectNode complete(ObjectNode wanted) {
    Lists.check(wanted, List.of(ACTIONS, FIELDS, PROFILES, RULES));
    return sorted(wanted.deepCopy());
  }

  /** The order of these lists says nothing; a locked record can never be updated. */
  private static ObjectNode sorted(ObjectNode form) {
    for (String list : List.of(ACTIONS, FIELDS, PROFILES)) {
      if (form.path(list).isArray()) {
        List<String> names = form.path(list).valueStream().map(name -> name.asString("")).toList();
        Stream<String> update = list.equals(ACTIONS) ? Stream.of("update") : Stream.of();
        ArrayNode sorted = form.putArray(list);
        Stream.concat(names.stream(), update).sorted().distinct().forEach(sorted::add);
      }
    }
    if (form.path(RULES).isArray()) {
      List<JsonNode> rules =
          form.path(RULES)
              .valueStream()
              .sorted(Comparator.comparing(rule -> rule.path("name").asString("")))
              .toList();
      form.putArray(RULES).addAll(rules);
    }
    return form;
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    Module of = Objects.requireNonNull(module);
    if (!RecordLocking.supports(of)) {
      throw new ConfigurationException(item.path() + ": its records cannot be locked.");
    }
    var _ = new WriteRecordLocking(change, of).create(body(change, item));
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    Setting setting = setting(change, module);
    Item body = body(change, item);
    if (body.json().path(RULES) instanceof ArrayNode rules) {
      nameByIds(rules, setting.body().path(RULES));
      if (rules.isEmpty()) {
        body.json().remove(RULES);
      }
    }
    var _ = write(change, module).update(setting, body);
  }

  /** Fields and profiles are named by objects in the operation. */
  private static Item body(MetadataChange change, Item item) {
    ObjectNode body = item.json().deepCopy();
    if (body.path(FIELDS).isArray()) {
      List<JsonNode> names = body.path(FIELDS).valueStream().toList();
      ArrayNode fields = body.putArray(FIELDS);
      names.forEach(name -> fields.addObject().set("api_name", name));
    }
    if (body.path(PROFILES).isArray()) {
      ObjectNode named = Json.MAPPER.createObjectNode();
      named.set("profiles", body.get(PROFILES));
      Profiles.resolve(change.metadata(), named);
      body.set(PROFILES, named.get("profiles"));
    }
    return new Item(body, item.path());
  }

  /** The operation names rules by id and adds others; those the file has not are marked to go. */
  private static void nameByIds(ArrayNode wanted, JsonNode rules) {
    Map<String, String> ids = new HashMap<>();
    rules.forEach(rule -> ids.put(rule.path("name").asString(""), rule.path("id").asString()));
    for (JsonNode rule : wanted) {
      String id = ids.remove(rule.path("name").asString(""));
      if (id != null) {
        Lists.object(rule).put("id", id);
      }
    }
    ids.values().forEach(id -> wanted.insertObject(0).put("id", id).put("_delete", true));
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    var _ = write(change, module).delete(setting(change, module));
  }

  private static WriteRecordLocking write(MetadataChange change, @Nullable Module module) {
    return new WriteRecordLocking(change, Objects.requireNonNull(module));
  }

  private static Setting setting(MetadataChange change, @Nullable Module module) {
    return RecordLocking.setting(change.metadata(), Objects.requireNonNull(module)).orElseThrow();
  }
}
