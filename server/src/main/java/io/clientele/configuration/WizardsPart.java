package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.wizards.Wizards;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Wizards of a module; their layouts and profiles by name. */
final class WizardsPart implements Part {
  private static final String CONTAINERS = "containers";
  private static final String LAYOUT = "layout";
  private static final String PROFILES = "profiles";
  private static final String EXEMPTED = "exempted_profiles";

  /** Keys whose values the server gives. */
  private static final Set<String> GIVEN =
      Set.of("id", "query_id", "sequence_number", "chart_data");

  private final Wizards wizards = new Wizards();

  @Override
  public String name() {
    return "wizards";
  }

  @Override
  public List<String> keys() {
    return List.of("name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    Module of = Objects.requireNonNull(module);
    return metadata.settings(Wizards.NOUN, of.id()).stream()
        .map(wizard -> new Described(wizard.id(), form(metadata, of, wizard), true))
        .toList();
  }

  private static ObjectNode form(Metadata metadata, Module module, Setting wizard) {
    JsonNode body = wizard.body();
    ObjectNode form = Json.MAPPER.createObjectNode().put("name", wizard.apiName());
    form.set("display_label", body.path("display_label"));
    form.put("active", body.path("active").asBoolean(true));
    if (!body.path(PROFILES).isEmpty()) {
      ArrayNode names = form.putArray(PROFILES);
      References.profiles(metadata, body.path(PROFILES))
          .forEach(profile -> names.add(Profiles.nameOf(profile)));
    }
    ArrayNode containers = form.putArray(CONTAINERS);
    for (JsonNode container : body.path(CONTAINERS)) {
      module
          .layout(container.path(LAYOUT).asLong(0))
          .ifPresent(
              layout -> {
                ObjectNode one = (ObjectNode) general(container);
                one.put(LAYOUT, Layouts.nameOf(layout));
                places(container, one);
                containers.add(one);
              });
    }
    return form;
  }

  /** What was stored, without what only this org knows. */
  private static JsonNode general(JsonNode stored) {
    if (stored.isArray()) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      stored.forEach(one -> list.add(general(one)));
      return list;
    }
    if (!stored.isObject()) {
      return stored;
    }
    ObjectNode copy = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> property : stored.properties()) {
      String key = property.getKey();
      if (key.equals("criteria")) {
        copy.set(key, CriteriaForm.of(property.getValue()));
      } else if (key.equals(EXEMPTED)) {
        ArrayNode names = copy.putArray(key);
        property.getValue().forEach(profile -> names.add(profile.path("name")));
      } else if (!GIVEN.contains(key)) {
        copy.set(key, general(property.getValue()));
      }
    }
    return copy;
  }

  /** Where the screens stand in the chart. */
  private static void places(JsonNode container, ObjectNode form) {
    JsonNode nodes = container.path("chart_data").path("nodes");
    for (int i = 0; i < nodes.size(); i++) {
      if (form.path("screens").path(i) instanceof ObjectNode screen) {
        screen.set("pos_x", nodes.get(i).path("pos_x"));
        screen.set("pos_y", nodes.get(i).path("pos_y"));
      }
    }
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    Item body = body(change, module, item);
    body.json().putObject("module").put("api_name", Objects.requireNonNull(module).apiName());
    var _ = wizards.create(change, body);
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    Item body = body(change, module, item);
    body.json().put("id", Long.toString(id));
    var _ = wizards.update(change, body);
  }

  private static Item body(MetadataChange change, @Nullable Module module, Item item) {
    ObjectNode body = item.json().deepCopy();
    Lists.check(body, List.of(PROFILES, CONTAINERS));
    Profiles.resolve(change.metadata(), body);
    for (JsonNode container : body.path(CONTAINERS)) {
      String layout = container.path(LAYOUT).asString("");
      long id = Layouts.get(Objects.requireNonNull(module), layout).id();
      Lists.object(container).putObject(LAYOUT).put("id", Long.toString(id));
    }
    resolveExempted(change.metadata(), body);
    return new Item(body, item.path());
  }

  private static void resolveExempted(Metadata metadata, JsonNode node) {
    if (node instanceof ObjectNode object && object.path(EXEMPTED).isArray()) {
      ObjectNode named = Json.MAPPER.createObjectNode();
      named.set(PROFILES, object.get(EXEMPTED));
      Profiles.resolve(metadata, named);
      object.set(EXEMPTED, named.get(PROFILES));
    }
    node.valueStream().forEach(inner -> resolveExempted(metadata, inner));
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    var _ = wizards.delete(change, Long.toString(id));
  }
}
