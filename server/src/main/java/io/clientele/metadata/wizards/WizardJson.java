package io.clientele.metadata.wizards;

import io.clientele.http.Keys;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The wire shape of a wizard: with the names of its screens in lists, whole for one layout. */
final class WizardJson {
  private final Reader reader;

  WizardJson(Reader reader) {
    this.reader = reader;
  }

  void writeShort(Keys keys, Setting wizard) {
    common(keys, wizard);
    keys.array(
        "containers",
        wizard.body().path("containers"),
        (inner, container) -> {
          layout(inner, container);
          inner.array(
              "screens",
              container.path("screens"),
              (screen, json) ->
                  screen
                      .node("api_name", json.path("api_name"))
                      .node("id", json.path("id"))
                      .node("display_label", json.path("display_label")));
        });
  }

  void write(Keys keys, Setting wizard, JsonNode container) {
    common(keys, wizard);
    keys.array(
        "containers",
        List.of(container),
        (inner, one) -> {
          layout(inner, one);
          inner.node("chart_data", one.path("chart_data")).node("screens", one.path("screens"));
        });
  }

  private void common(Keys keys, Setting wizard) {
    JsonNode body = wizard.body();
    References.time(keys, "created_time", wizard.createdTime(), reader.zone());
    References.time(keys, "modified_time", wizard.modifiedTime(), reader.zone());
    keys.node("display_label", body.path("display_label")).none("portal_user_types");
    keys.object(
        "module",
        inner ->
            reader
                .metadata()
                .find(wizard.parentId() == null ? 0L : wizard.parentId())
                .ifPresent(
                    module -> inner.text("api_name", module.apiName()).id("id", module.id())));
    keys.text("name", wizard.apiName());
    References.user(keys, reader.metadata(), "modified_by", wizard.modifiedBy());
    profiles(keys, body.path("profiles"));
    keys.flag("active", body.path("active").asBoolean(true))
        .text("source", "crm")
        .id("id", wizard.id());
    References.user(keys, reader.metadata(), "created_by", wizard.createdBy());
  }

  private void profiles(Keys keys, JsonNode ids) {
    if (!ids.isArray()) {
      keys.none("profiles");
      return;
    }
    List<Long> wanted = ids.valueStream().map(JsonNode::asLong).toList();
    keys.array(
        "profiles",
        reader.metadata().settings("profile").stream()
            .filter(profile -> wanted.contains(profile.id()))
            .toList(),
        (inner, profile) ->
            inner
                .text("name", profile.apiName())
                .id("id", profile.id())
                .text("display_label", profile.apiName()));
  }

  private void layout(Keys keys, JsonNode container) {
    long id = container.path("layout").asLong(0);
    keys.object(
            "layout",
            inner ->
                reader
                    .metadata()
                    .findLayout(id)
                    .ifPresent(
                        layout ->
                            inner
                                .text("display_label", layout.displayLabel())
                                .text("name", layout.name())
                                .id("id", id)))
        .id("id", id);
  }
}
