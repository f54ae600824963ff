package io.clientele.metadata.wizards;

import io.clientele.error.ErrorCode;
import io.clientele.http.Json;
import io.clientele.http.Shape;
import io.clientele.metadata.Field;
import io.clientele.metadata.Layout;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.criteria.Criteria;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a screen does with its fields while criteria are met. */
final class WizardRule {
  static final Shape SHAPE =
      Shape.empty()
          .oneOf("execute_on", "create_edit", "create", "edit")
          .object("criteria", Shape.empty())
          .list(
              "actions",
              Shape.empty()
                  .oneOf(
                      "type",
                      "set_mandatory",
                      "make_read_only",
                      "hide",
                      "show",
                      "set_values",
                      "set_lock")
                  .object("field", Shape.empty().text("api_name", 255).require("api_name"))
                  .text("value", 2000)
                  .list("exempted_profiles", Shape.empty().id("id").require("id"))
                  .require("type", "field"))
          .require("criteria", "actions");

  private final MetadataChange change;
  private final Module module;
  private final Layout layout;
  private final String path;

  WizardRule(MetadataChange change, Module module, Layout layout, String path) {
    this.change = change;
    this.module = module;
    this.layout = layout;
    this.path = path;
  }

  ObjectNode read(JsonNode rule) {
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("query_id", Long.toString(change.nextId()));
    kept.put("execute_on", rule.path("execute_on").asString("create_edit"));
    kept.set("criteria", criteria(change, module, rule.path("criteria"), path + ".criteria"));
    ArrayNode actions = kept.putArray("actions");
    for (JsonNode action : rule.path("actions")) {
      actions.add(action(action, path + ".actions[" + actions.size() + "]"));
    }
    return kept;
  }

  private ObjectNode action(JsonNode action, String at) {
    String name = action.path("field").path("api_name").asString();
    Field field = WizardSegment.field(module, layout, name, "api_name", at + ".field.api_name");
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("id", Long.toString(change.nextId())).put("type", action.path("type").asString());
    kept.putObject("field").put("api_name", field.apiName()).put("id", Long.toString(field.id()));
    if (action.hasNonNull("value")) {
      kept.set("value", action.path("value"));
    }
    if (action.hasNonNull("exempted_profiles")) {
      ArrayNode profiles = kept.putArray("exempted_profiles");
      for (JsonNode profile : action.path("exempted_profiles")) {
        long id = profile.path("id").asLong(0);
        String where = at + ".exempted_profiles[" + profiles.size() + "].id";
        Setting known =
            change
                .metadata()
                .setting("profile", id)
                .orElseThrow(() -> ErrorCode.INVALID_DATA.error().at("id", where));
        profiles.addObject().put("id", Long.toString(id)).put("name", known.apiName());
      }
    }
    return kept;
  }

  /** Criteria as the wire has them, their fields with ids. */
  static JsonNode criteria(MetadataChange change, Module module, JsonNode json, String path) {
    return withIds(change, module, Criteria.check(change, module, json, "criteria", path));
  }

  private static JsonNode withIds(MetadataChange change, Module module, ObjectNode criteria) {
    for (JsonNode part : criteria.path("group")) {
      withIds(change, module, (ObjectNode) part);
    }
    if (criteria.has("field")) {
      String name = Criteria.name(criteria.path("field"));
      ObjectNode field = criteria.putObject("field").put("api_name", name);
      References.findField(change.metadata(), module, name)
          .ifPresent(found -> field.put("id", Long.toString(found.id())));
    }
    return criteria;
  }
}
