package io.clientele.configuration;

import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.metadata.Layout;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.layouts.ActivateLayout;
import io.clientele.metadata.layouts.CreateLayout;
import io.clientele.metadata.layouts.RemoveLayout;
import io.clientele.metadata.layouts.UpdateLayout;
import io.clientele.metadata.pipelines.Pipeline;
import io.clientele.metadata.pipelines.Pipelines;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Layouts of a module. Sections, their fields and pipelines are told whole: those the file does not
 * name leave the layout. Records of a layout that goes get the module's first one.
 */
final class LayoutsPart implements Part {
  @Override
  public String name() {
    return "layouts";
  }

  @Override
  public List<String> keys() {
    return List.of("api_name");
  }

  @Override
  public List<Described> describe(Metadata metadata, @Nullable Module module) {
    Module of = Objects.requireNonNull(module);
    Set<Long> changed = new HashSet<>();
    for (Setting setting : metadata.settings("layout", of.id())) {
      if (setting.modifiedTime().isAfter(setting.createdTime())) {
        changed.add(setting.id());
      }
    }
    return of.layouts().stream()
        .map(
            layout ->
                new Described(
                    layout.id(),
                    LayoutForm.of(metadata, of, layout),
                    !layout.isStandard() || changed.contains(layout.id())))
        .toList();
  }

  @Override
  public ObjectNode complete(ObjectNode wanted) {
    return LayoutForm.complete(wanted);
  }

  @Override
  public ObjectNode brief(Metadata metadata, @Nullable Module module, ObjectNode form) {
    return LayoutForm.brief(metadata, Objects.requireNonNull(module), form);
  }

  @Override
  public void create(MetadataChange change, @Nullable Module module, Item item) {
    Module of = Objects.requireNonNull(module);
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set("api_name", item.json().get("api_name"));
    body.set("name", item.has("name") ? item.json().get("name") : item.json().get("api_name"));
    var _ = CreateLayout.create(change, of, new Item(body, item.path()));
    Module now = change.metadata().find(of.id()).orElseThrow();
    Layout layout = Layouts.get(now, item.text("api_name"));
    ObjectNode current = LayoutForm.of(change.metadata(), now, layout);
    update(
        change,
        now,
        layout.id(),
        current,
        new Item(Difference.only(item.json(), current), item.path()));
  }

  @Override
  public void update(
      MetadataChange change, @Nullable Module module, long id, ObjectNode current, Item item) {
    long moduleId = Objects.requireNonNull(module).id();
    ObjectNode body = Json.MAPPER.createObjectNode();
    for (String name : List.of("name", "show_business_card")) {
      if (item.has(name)) {
        body.set(name, item.json().get(name));
      }
    }
    if (item.has("profiles") || item.has("default_profiles")) {
      body.set("profiles", profiles(change.metadata(), item.json(), current));
    }
    if (!body.isEmpty()) {
      apply(change, moduleId, id, new Item(body, item.path()));
    }
    if (item.has(LayoutForm.SECTIONS)) {
      sections(change, moduleId, id, item);
    }
    if (item.has(LayoutForm.PIPELINES)) {
      if (!module.apiName().equals(Pipelines.MODULE)) {
        throw new ConfigurationException(item.path() + ": only layouts of Deals have pipelines.");
      }
      new PipelineList(change, id).bringTo(item);
    }
    if (item.has("active")) {
      activate(change, moduleId, id, item);
    }
  }

  private static void apply(MetadataChange change, long moduleId, long id, Item body) {
    Module module = change.metadata().find(moduleId).orElseThrow();
    var _ = UpdateLayout.updateWhole(change, module, module.layout(id).orElseThrow(), body);
  }

  /** The operation adds profiles; those that the file does not name are marked to go. */
  private static ArrayNode profiles(Metadata metadata, ObjectNode wanted, ObjectNode current) {
    Map<String, Boolean> there = new HashMap<>();
    names(current, "profiles").forEach(name -> there.put(name, false));
    List<String> seeing = names(wanted.has("profiles") ? wanted : current, "profiles");
    List<String> defaults =
        names(wanted.has("default_profiles") ? wanted : current, "default_profiles");
    ObjectNode item = Json.MAPPER.createObjectNode();
    ArrayNode profiles = item.putArray("profiles");
    for (String name : seeing) {
      there.remove(name);
      profiles.addObject().put("name", name).put("default", defaults.contains(name));
    }
    there.keySet().forEach(name -> profiles.addObject().put("name", name).put("_delete", true));
    Profiles.resolve(metadata, item);
    return (ArrayNode) item.get("profiles");
  }

  private static List<String> names(ObjectNode form, String list) {
    return form.path(list).valueStream().map(name -> name.asString("")).toList();
  }

  private static void sections(MetadataChange change, long moduleId, long id, Item item) {
    ArrayNode added = new SectionList(change, moduleId, id, item).missing();
    if (!added.isEmpty()) {
      apply(change, moduleId, id, body(added, item));
    }
    apply(change, moduleId, id, body(new SectionList(change, moduleId, id, item).all(), item));
  }

  private static Item body(JsonNode sections, Item item) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set(LayoutForm.SECTIONS, sections);
    return new Item(body, item.path());
  }

  private static void activate(MetadataChange change, long moduleId, long id, Item item) {
    Module module = change.metadata().find(moduleId).orElseThrow();
    Layout layout = module.layout(id).orElseThrow();
    if (item.json().path("active").asBoolean(true)) {
      ObjectNode body = Json.MAPPER.createObjectNode();
      ArrayNode profiles = body.putArray("profiles");
      LayoutForm.seeing(change.metadata(), module, layout)
          .forEach(profile -> profiles.addObject().put("id", Long.toString(profile.id())));
      var _ = ActivateLayout.activate(change, module, layout, new Item(body, item.path()));
    } else {
      remove(change, module, layout, RemoveLayout.Kind.DEACTIVATE);
    }
  }

  @Override
  public void delete(MetadataChange change, @Nullable Module module, long id) {
    Module of = Objects.requireNonNull(module);
    remove(change, of, of.layout(id).orElseThrow(), RemoveLayout.Kind.DELETE);
  }

  private static void remove(
      MetadataChange change, Module module, Layout layout, RemoveLayout.Kind kind) {
    Layout first = module.layouts().getFirst();
    Map<String, String> parameters = new HashMap<>();
    parameters.put("transfer_to", Long.toString(first.id()));
    Pipelines pipelines = Pipelines.of(module);
    pipelines
        .defaultOf(first.id())
        .ifPresent(
            (Pipeline pipeline) -> {
              parameters.put("pipeline", Long.toString(pipeline.id()));
              parameters.put("stage", Long.toString(pipelines.stages(pipeline).getFirst().id()));
            });
    var _ = RemoveLayout.remove(change, new RemoveLayout.Request(kind, module, layout, parameters));
  }
}
