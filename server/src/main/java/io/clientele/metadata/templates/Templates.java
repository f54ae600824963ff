package io.clientele.metadata.templates;

import io.clientele.error.ApiError;
import io.clientele.error.ErrorCode;
import io.clientele.http.Item;
import io.clientele.http.Json;
import io.clientele.http.Results.Done;
import io.clientele.http.Shape;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.MetadataChange;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import io.clientele.metadata.unsubscribelinks.UnsubscribeLinkService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of templates, for which the API has no operations; a part of the admin API. */
public final class Templates {
  private static final int MAXIMUM_CONTENT = 300_000;
  private static final Shape NAMED = Shape.empty().text("name", 255).id("id");
  private static final Shape SHAPE =
      Shape.empty()
          .text("name", 75)
          .object("module", Shape.empty().text("api_name", 255).require("api_name"))
          .object("folder", NAMED)
          .oneOf("category", "normal", "draft")
          .oneOf("editor_mode", "plain_text", "rich_text", "gallery")
          .flag("favorite")
          .flag("active")
          .text("content", MAXIMUM_CONTENT);

  private final TemplateKind kind;
  private final Shape shape;

  public Templates(TemplateKind kind) {
    this.kind = kind;
    this.shape =
        kind == TemplateKind.EMAIL
            ? SHAPE
                .text("subject", 250)
                .flag("consent_linked")
                .object("unsubscribe_link", NAMED)
                .list("attachments", Shape.empty().text("file_id", 255).require("file_id"))
            : SHAPE;
  }

  /** A new template, made by the user of the change. */
  public Done create(MetadataChange change, Item item) {
    Shape complete = shape.require("name", "module", "content");
    (kind == TemplateKind.EMAIL ? complete.require("subject") : complete).check(item);
    Module module = module(change.metadata(), item);
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("category", "normal").put("editor_mode", "rich_text").put("active", true);
    body.putArray("favorites");
    checkName(change, module.id(), 0, item);
    apply(change, module, item, body);
    if (!body.has("folder")) {
      body.put("folder", folder(change, kind.folder()));
    }
    long id = change.nextId();
    setAttachments(change, id, item, body);
    change.insert(id, kind.noun(), module.id(), item.text("name").strip(), body);
    return Done.of(words() + " created", id);
  }

  /** Changes the keys that the item has of the template it names by its id. */
  public Done update(MetadataChange change, Item item) {
    shape.require("id").check(item);
    Setting template = find(change, item.text("id")).orElseThrow(() -> item.invalid("id"));
    Module module =
        change.metadata().find(Optional.ofNullable(template.parentId()).orElse(0L)).orElseThrow();
    if (item.has("module") && module(change.metadata(), item).id() != module.id()) {
      throw ErrorCode.NOT_ALLOWED
          .error()
          .status(400)
          .at("module", item.at("module"))
          .message("the module of a template cannot be changed");
    }
    String name = template.apiName();
    if (item.json().has("name")) {
      name = item.require("name").text("name").strip();
      checkName(change, module.id(), template.id(), item);
    }
    ObjectNode body = template.copy();
    apply(change, module, item, body);
    setAttachments(change, template.id(), item, body);
    change.update(template, name, template.position(), body);
    return Done.of(words() + " updated", template.id());
  }

  /** Deletes the template with that id. */
  public Done delete(MetadataChange change, String id) {
    Setting template = find(change, id).orElseThrow(() -> ErrorCode.INVALID_DATA.with("id", id));
    TemplateAttachments.release(change, template);
    change.delete(template);
    return Done.of(words() + " deleted", template.id());
  }

  private Optional<Setting> find(MetadataChange change, String id) {
    return change.metadata().settings(kind.noun()).stream()
        .filter(one -> Long.toString(one.id()).equals(id))
        .findFirst();
  }

  private void apply(MetadataChange change, Module module, Item item, ObjectNode body) {
    var mergeFields = new MergeFields(change.metadata(), module);
    for (String key : List.of("subject", "content")) {
      if (item.json().has(key)) {
        item.require(key);
        mergeFields.check(item.text(key), key, item.at(key));
      }
    }
    for (String key :
        List.of("category", "editor_mode", "active", "consent_linked", "subject", "content")) {
      if (item.has(key)) {
        body.set(key, item.json().path(key));
      }
    }
    if (kind == TemplateKind.EMAIL && item.json().has("unsubscribe_link")) {
      unsubscribeLink(change.metadata(), item, body);
    }
    if (item.has("folder")) {
      body.put("folder", folder(change, item));
    }
    if (item.has("favorite")) {
      favorite(change.userId(), item.json().path("favorite").asBoolean(), body);
    }
  }

  private void setAttachments(MetadataChange change, long id, Item item, ObjectNode body) {
    if (kind == TemplateKind.EMAIL) {
      TemplateAttachments.set(change, id, item, body);
    }
  }

  /** The link by which receivers ask for no more mail; null takes it out of the template. */
  private static void unsubscribeLink(Metadata metadata, Item item, ObjectNode body) {
    JsonNode named = item.json().get("unsubscribe_link");
    if (named.isNull()) {
      body.remove("unsubscribe_link");
      return;
    }
    String key = named.hasNonNull("id") ? "id" : "name";
    Setting link =
        UnsubscribeLinkService.named(metadata, named)
            .orElseThrow(
                () -> ErrorCode.INVALID_DATA.error().at(key, item.at("unsubscribe_link." + key)));
    body.putObject("unsubscribe_link").put("id", Long.toString(link.id()));
  }

  private static void favorite(long userId, boolean wanted, ObjectNode body) {
    ArrayNode kept = Json.MAPPER.createArrayNode();
    for (JsonNode id : body.path("favorites")) {
      if (id.asLong(0) != userId) {
        kept.add(id);
      }
    }
    if (wanted) {
      kept.add(userId);
    }
    body.set("favorites", kept);
  }

  /** The folder that is named by its id, or by a name that may be new. */
  private long folder(MetadataChange change, Item item) {
    JsonNode named = item.json().path("folder");
    if (!named.hasNonNull("id")) {
      String name = named.path("name").asString("").strip();
      if (name.isEmpty()) {
        throw ErrorCode.MANDATORY_NOT_FOUND.error().at("name", item.at("folder.name"));
      }
      return folder(change, name);
    }
    long id = named.path("id").asLong(0);
    if (change.metadata().settings(kind.folderNoun()).stream().noneMatch(one -> one.id() == id)) {
      throw ErrorCode.INVALID_DATA.error().at("id", item.at("folder.id"));
    }
    return id;
  }

  private long folder(MetadataChange change, String name) {
    Optional<Setting> known =
        change.metadata().settings(kind.folderNoun()).stream()
            .filter(one -> one.apiName().equalsIgnoreCase(name))
            .findFirst();
    if (known.isPresent()) {
      return known.get().id();
    }
    long id = change.nextId();
    change.insert(id, kind.folderNoun(), null, name, Json.MAPPER.createObjectNode());
    return id;
  }

  private Module module(Metadata metadata, Item item) {
    return metadata
        .find(item.json().path("module").path("api_name").asString(""))
        .filter(kind::isFor)
        .orElseThrow(
            () -> ErrorCode.INVALID_DATA.error().at("api_name", item.at("module.api_name")));
  }

  private void checkName(MetadataChange change, long moduleId, long own, Item item) {
    String name = item.text("name").strip();
    boolean taken =
        change.metadata().settings(kind.noun(), moduleId).stream()
            .anyMatch(one -> one.id() != own && one.apiName().equalsIgnoreCase(name));
    if (taken) {
      ApiError duplicate = ErrorCode.DUPLICATE_DATA.error();
      throw duplicate.at("name", item.at("name"));
    }
  }

  private String words() {
    return List.of(kind.noun().split("_")).stream().collect(Collectors.joining(" "));
  }
}
