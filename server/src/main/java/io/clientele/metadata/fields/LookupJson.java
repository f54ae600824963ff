package io.clientele.metadata.fields;

import io.clientele.http.ApiVersion;
import io.clientele.http.Keys;
import io.clientele.metadata.Field;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The keys of a field that point to other modules; an empty object in fields that point nowhere.
 */
final class LookupJson {
  /** What the wire calls the target of a lookup to any of several modules. */
  private static final String ANY_MODULE = "se_module";

  private final Reader reader;
  private final Metadata metadata;
  private final Module module;
  private final Field field;

  LookupJson(Reader reader, Module module, Field field) {
    this.reader = reader;
    this.metadata = reader.metadata();
    this.module = module;
    this.field = field;
  }

  void write(Keys keys) {
    JsonNode lookup = FieldJson.value(field, "lookup");
    keys.object("lookup", inner -> lookup(inner, lookup));
    JsonNode several = FieldJson.value(field, "multi_module_lookup");
    keys.object("multi_module_lookup", inner -> severalModules(inner, several));
    JsonNode linked = FieldJson.value(field, "multiselectlookup");
    keys.object("multiselectlookup", inner -> linked(inner, linked));
    JsonNode users = FieldJson.value(field, "multiuserlookup");
    if (!users.isMissingNode()) {
      keys.object("multiuserlookup", inner -> linked(inner, users));
    }
    String subform = name(FieldJson.value(field, "associated_module").path("module"));
    if (subform.isEmpty()) {
      keys.none("associated_module");
    } else {
      keys.object("associated_module", inner -> subform(inner, subform));
    }
  }

  private void subform(Keys keys, String name) {
    keys.text("module", name);
    metadata.find(name).ifPresent(target -> keys.id("id", target.id()));
  }

  private void lookup(Keys keys, JsonNode lookup) {
    String target = name(lookup.path("module"));
    if (target.isEmpty()) {
      return;
    }
    keys.node("display_label", lookup.path("display_label"))
        .flag(
            "revalidate_filter_during_edit",
            lookup.path("revalidate_filter_during_edit").asBoolean(false))
        .node("api_name", lookup.path("api_name"));
    if (lookup.path("query_details").isObject()) {
      keys.node("query_details", lookup.path("query_details"));
    }
    if (reader.version().atLeast(ApiVersion.V4)) {
      keys.object("module", inner -> target(inner, target));
    } else {
      keys.text("module", target);
    }
    relatedList(target, lookup.path("api_name").asString(""))
        .ifPresentOrElse(list -> keys.id("id", list.id()), () -> keys.none("id"));
  }

  /** A lookup to any of several modules names none; its id is that of the module it stands in. */
  private void target(Keys keys, String target) {
    if (target.equals(ANY_MODULE)) {
      keys.text("api_name", target).id("id", module.id());
    } else {
      References.module(keys, metadata, target);
    }
  }

  private Optional<Setting> relatedList(String target, String apiName) {
    return metadata.find(target).stream()
        .flatMap(other -> other.relatedLists().stream())
        .filter(list -> list.apiName().equals(apiName))
        .findFirst();
  }

  private void severalModules(Keys keys, JsonNode lookup) {
    if (!lookup.has("modules")) {
      return;
    }
    keys.node("display_label", lookup.path("display_label"))
        .node("api_name", lookup.path("api_name"))
        .array("modules", lookup.path("modules"), (inner, name) -> minified(inner, name(name)));
  }

  private void minified(Keys keys, String name) {
    References.module(keys, metadata, name);
    metadata
        .find(name)
        .ifPresent(
            target ->
                keys.text(
                    "module_name",
                    target.definition().path("module").path("module_name").asString(name)));
  }

  private void linked(Keys keys, JsonNode lookup) {
    JsonNode details = lookup.path("linking_details");
    Optional<Module> linking = metadata.find(name(details.path("module")));
    if (linking.isEmpty()) {
      return;
    }
    keys.object("linking_details", inner -> linkingDetails(inner, linking.get(), details));
    metadata
        .find(name(lookup.path("connected_details").path("module")))
        .ifPresent(
            connected ->
                keys.object(
                    "connected_details",
                    inner -> inner.object("module", target -> labelled(target, connected))));
    keys.flag("record_access", lookup.path("record_access").asBoolean(false));
  }

  private void linkingDetails(Keys keys, Module linking, JsonNode details) {
    keys.object("module", target -> labelled(target, linking));
    for (String name : new String[] {"lookup_field", "connected_lookup_field"}) {
      keys.object(name, target -> field(target, linking, name(details.path(name))));
    }
  }

  private static void labelled(Keys keys, Module target) {
    JsonNode definition = target.definition().path("module");
    keys.number("visibility", definition.path("visibility").asInt(1))
        .text("plural_label", definition.path("plural_label").asString(target.apiName()))
        .text("api_name", target.apiName())
        .id("id", target.id());
  }

  private void field(Keys keys, Module owner, String name) {
    References.field(keys, metadata, owner, name);
    owner
        .field(name)
        .ifPresent(
            target ->
                keys.text("field_label", FieldJson.value(target, "field_label").asString(name)));
  }

  /** A thing that definitions name by its API name, or by an object that has it. */
  private static String name(JsonNode named) {
    return named.isObject() ? named.path("api_name").asString("") : named.asString("");
  }
}
