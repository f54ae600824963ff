package io.clientele.metadata.unsubscribelinks;

import io.clientele.http.Keys;
import io.clientele.metadata.Reader;
import io.clientele.metadata.References;
import io.clientele.metadata.Setting;
import io.clientele.metadata.UserName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An unsubscribe link on the wire. */
record UnsubscribeLinkJson(Reader reader) {
  void write(Keys keys, Setting link) {
    JsonNode body = link.body();
    References.time(keys, "created_time", link.createdTime(), reader.zone());
    keys.node("submission_message", body.path("submission_message"));
    References.time(keys, "modified_time", link.modifiedTime(), reader.zone());
    keys.node("submission_redirect_url", body.path("submission_redirect_url"))
        .node("page_type", body.path("page_type"))
        .node("custom_location_url", body.path("custom_location_url"));
    user(keys, "modified_by", link.modifiedBy());
    keys.text("name", link.apiName()).id("id", link.id());
    user(keys, "created_by", link.createdBy());
    keys.node("standard_page_message", body.path("standard_page_message"))
        .node("submission_action_type", body.path("submission_action_type"));
  }

  /** A template of mail that has the link. */
  void writePlace(Keys keys, Setting template) {
    keys.object(
            "resource",
            resource -> resource.text("name", template.apiName()).id("id", template.id()))
        .object(
            "details",
            details ->
                details.object(
                    "module",
                    module ->
                        Optional.ofNullable(template.parentId())
                            .flatMap(id -> reader.metadata().find(id))
                            .ifPresent(
                                found ->
                                    References.module(module, reader.metadata(), found.apiName()))))
        .text("type", "email_templates");
  }

  /** What came with the org counts as made by its first user. */
  private void user(Keys keys, String name, @Nullable Long userId) {
    Long shown =
        userId != null
            ? userId
            : reader.metadata().userNames().stream()
                .map(UserName::id)
                .min(Long::compare)
                .orElse(null);
    References.user(keys, reader.metadata(), name, shown);
  }
}
