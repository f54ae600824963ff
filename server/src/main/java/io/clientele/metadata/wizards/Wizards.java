package io.clientele.metadata.wizards;

import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of wizards, for which the API has no operations; a part of the admin API. */
public final class Wizards {
  public static final String NOUN = "wizard";

  /** How many wizards an org may have, as many as a list shows. */
  private static final int MAXIMUM = 25;

  private static final Shape SHAPE =
      Shape.empty()
          .text("name", 30)
          .text("display_label", 255)
          .object("module", Shape.empty().text("api_name", 50).require("api_name"))
          .list("profiles", Shape.empty().id("id").require("id"))
          .flag("active")
          .list("containers", WizardContainer.SHAPE);

  /** A new wizard, made by the user of the change. */
  public Done create(MetadataChange change, Item item) {
    SHAPE.require("name", "module", "containers").check(item);
    if (change.metadata().settings(NOUN).size() >= MAXIMUM) {
      throw ErrorCode.LIMIT_EXCEEDED.with("limit", MAXIMUM).at("wizards", item.path());
    }
    String name = item.json().path("module").path("api_name").asString();
    Module module =
        change
            .metadata()
            .find(name)
            .filter(found -> found.apiSupported() && !found.layouts().isEmpty())
            .orElseThrow(
                () -> ErrorCode.INVALID_DATA.error().at("api_name", item.at("module.api_name")));
    checkName(change, 0, item);
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("active", true).putNull("profiles");
    body.put("display_label", item.text("name").strip());
    apply(change, module, item, body);
    long id = change.nextId();
    change.insert(id, NOUN, module.id(), item.text("name").strip(), body);
    return Done.of("wizard created", id);
  }

  /** Changes the keys that the item has of the wizard it names by its id. */
  public Done update(MetadataChange change, Item item) {
    SHAPE.require("id").check(item);
    Setting wizard = find(change, item.text("id")).orElseThrow(() -> item.invalid("id"));
    Module module =
        change.metadata().find(Optional.ofNullable(wizard.parentId()).orElse(0L)).orElseThrow();
    String moduleName = item.json().path("module").path("api_name").asString("");
    if (item.has("module") && !moduleName.equalsIgnoreCase(module.apiName())) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .at("module", item.at("module"))
          .message("the module of a wizard cannot be changed");
    }
    String name = wizard.apiName();
    if (item.json().has("name")) {
      name = item.require("name").text("name").strip();
      checkName(change, wizard.id(), item);
    }
    ObjectNode body = wizard.copy();
    apply(change, module, item, body);
    change.update(wizard, name, wizard.position(), body);
    return Done.of("wizard updated", wizard.id());
  }

  /** Deletes the wizard with that id. */
  public Done delete(MetadataChange change, String id) {
    Setting wizard = find(change, id).orElseThrow(() -> ErrorCode.INVALID_DATA.with("id", id));
    change.delete(wizard);
    return Done.of("wizard deleted", wizard.id());
  }

  private static void apply(MetadataChange change, Module module, Item item, ObjectNode body) {
    if (item.has("display_label")) {
      body.put("display_label", item.text("display_label"));
    }
    if (item.has("active")) {
      body.set("active", item.json().path("active"));
    }
    if (item.json().has("profiles")) {
      body.set("profiles", item.has("profiles") ? profiles(change, item) : null);
    }
    if (item.json().has("containers")) {
      body.set("containers", WizardContainer.list(change, module, item, body.path("containers")));
    }
  }

  /** The ids of profiles. */
  private static ArrayNode profiles(MetadataChange change, Item item) {
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (JsonNode profile : item.json().path("profiles")) {
      long id = profile.path("id").asLong(0);
      if (change.metadata().setting("profile", id).isEmpty()) {
        String path = item.at("profiles") + "[" + kept.size() + "].id";
        throw ErrorCode.INVALID_DATA.error().at("id", path);
      }
      kept.add(id);
    }
    return kept;
  }

  private static Optional<Setting> find(MetadataChange change, String id) {
    return change.metadata().settings(NOUN).stream()
        .filter(one -> Long.toString(one.id()).equals(id))
        .findFirst();
  }

  private static void checkName(MetadataChange change, long own, Item item) {
    String name = item.text("name").strip();
    boolean taken =
        change.metadata().settings(NOUN).stream()
            .anyMatch(one -> one.id() != own && one.apiName().equalsIgnoreCase(name));
    if (taken) {
      throw ErrorCode.DUPLICATE_DATA.error().at("name", item.at("name"));
    }
  }
}
