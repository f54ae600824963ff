package io.clientele.metadata.templates;

import io.clientele.http.Keys;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import tools.jackson.databind.JsonNode;

/** The wire shape of a template: with its content alone, without it in lists. */
final class TemplateJson {
  private final Reader reader;
  private final TemplateKind kind;

  TemplateJson(Reader reader, TemplateKind kind) {
    this.reader = reader;
    this.kind = kind;
  }

  /** A template with its content. */
  void write(Keys keys, Setting template) {
    writeShort(keys, template);
    keys.node("content", template.body().path("content"));
  }

  void writeShort(Keys keys, Setting template) {
    JsonNode body = template.body();
    References.time(keys, "created_time", template.createdTime(), reader.zone());
    References.time(keys, "modified_time", template.modifiedTime(), reader.zone());
    keys.none("last_usage_time")
        .node("category", body.path("category"))
        .object("folder", inner -> folder(inner, body.path("folder").asLong(0)))
        .object("module", inner -> module(inner, template));
    References.user(keys, reader.metadata(), "created_by", template.createdBy());
    References.user(keys, reader.metadata(), "modified_by", template.modifiedBy());
    keys.text("name", template.apiName())
        .id("id", template.id())
        .node("editor_mode", body.path("editor_mode"))
        .flag("favorite", isFavorite(template, reader.userId()))
        .flag("active", body.path("active").asBoolean(true));
    if (kind == TemplateKind.EMAIL) {
      email(keys, body);
    }
  }

  private static void email(Keys keys, JsonNode body) {
    TemplateAttachments.write(keys, body);
    keys.node("subject", body.path("subject"))
        .flag("associated", false)
        .flag("consent_linked", body.path("consent_linked").asBoolean(false))
        .object(
            "last_version_statistics",
            inner ->
                inner
                    .number("tracked", 0)
                    .number("delivered", 0)
                    .number("opened", 0)
                    .number("bounced", 0)
                    .number("sent", 0)
                    .number("clicked", 0));
  }

  private void folder(Keys keys, long id) {
    reader.metadata().settings(kind.folderNoun()).stream()
        .filter(folder -> folder.id() == id)
        .findFirst()
        .ifPresent(folder -> keys.text("name", folder.apiName()).id("id", id));
  }

  private void module(Keys keys, Setting template) {
    Long id = template.parentId();
    if (id != null) {
      reader
          .metadata()
          .find(id)
          .ifPresent(module -> keys.text("api_name", module.apiName()).id("id", id));
    }
  }

  /** Each user has favourites of their own. */
  static boolean isFavorite(Setting template, long userId) {
    return template.body().path("favorites").valueStream().anyMatch(id -> id.asLong(0) == userId);
  }
}
