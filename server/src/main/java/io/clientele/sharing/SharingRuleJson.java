package io.clientele.sharing;

import io.clientele.http.Keys;
import io.clientele.metadata.Group;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the API shows a rule. */
final class SharingRuleJson {
  private final Metadata metadata;

  SharingRuleJson(Metadata metadata) {
    this.metadata = metadata;
  }

  /** Without the criteria, as lists have it. */
  void write(Keys keys, Setting rule) {
    JsonNode body = rule.body();
    Module module = metadata.find(SharingRules.moduleOf(rule)).orElseThrow();
    keys.id("id", rule.id())
        .text("name", rule.apiName())
        .node("type", body.path("type"))
        .node("permission_type", body.path("permission_type"))
        .node("superiors_allowed", body.path("superiors_allowed"));
    source(keys, "shared_from", body.path("shared_from"));
    source(keys, "shared_to", body.path("shared_to"));
    keys.object(
            "module",
            inner ->
                inner
                    .text("api_name", module.apiName())
                    .text("name", label(module))
                    .id("id", module.id()))
        .node(SharingRules.STATUS, body.path(SharingRules.STATUS))
        .flag("match_limit_exceeded", false);
  }

  /** With the criteria. */
  void writeWhole(Keys keys, Setting rule) {
    write(keys, rule);
    JsonNode criteria = rule.body().path("criteria");
    if (!criteria.isObject()) {
      keys.none("criteria");
      return;
    }
    Module module = metadata.find(SharingRules.moduleOf(rule)).orElseThrow();
    keys.object("criteria", inner -> criteria(inner, module, criteria));
  }

  private void criteria(Keys keys, Module module, JsonNode criteria) {
    if (criteria.has("group")) {
      keys.node("group_operator", criteria.path("group_operator"))
          .array("group", criteria.path("group"), (inner, part) -> criteria(inner, module, part));
      return;
    }
    keys.node("comparator", criteria.path("comparator"))
        .object(
            "field",
            inner -> References.field(inner, metadata, module, criteria.path("field").asString("")))
        .node("type", criteria.path("type"))
        .node("value", criteria.path("value"));
  }

  private void source(Keys keys, String name, JsonNode source) {
    if (!source.isObject()) {
      keys.none(name);
      return;
    }
    JsonNode id = source.path("resource").path("id");
    keys.object(
        name,
        inner -> {
          if (id.isMissingNode()) {
            inner.none("resource");
          } else {
            inner.object(
                "resource", resource -> resource.text("name", named(source)).node("id", id));
          }
          inner.node("type", source.path("type")).node("subordinates", source.path("subordinates"));
        });
  }

  private @Nullable String named(JsonNode source) {
    return nameOf(metadata, source).orElse(null);
  }

  /** What a role or group that a rule names is called. */
  static Optional<String> nameOf(Metadata metadata, JsonNode source) {
    long id = source.path("resource").path("id").asLong(0);
    return source.path("type").asString("").equals("roles")
        ? metadata.roleName(id)
        : Optional.ofNullable(metadata.people().groups().get(id)).map(Group::name);
  }

  private static String label(Module module) {
    return module.definition().path("module").path("plural_label").asString(module.apiName());
  }
}
