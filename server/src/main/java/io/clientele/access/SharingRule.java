package io.clientele.access;

import io.clientele.metadata.Group.Source;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A data sharing rule: records that some users own, or that meet criteria, are shared with others.
 *
 * @param criteria which records; missing for a rule about owners
 * @param label what rows that meet the criteria carry in {@code RulesColumn}; null as long as not
 *     all of them do
 */
record SharingRule(
    String name,
    Source from,
    Source to,
    boolean superiors,
    String permission,
    JsonNode criteria,
    @Nullable Long label) {

  /** The noun of the settings that rules are, with the module as parent. */
  static final String NOUN = "sharing_rule";

  /** The rules of the module that are in force. */
  static List<SharingRule> of(Metadata metadata, Module module) {
    return settings(metadata, module).map(Setting::body).map(SharingRule::of).toList();
  }

  static Stream<Setting> settings(Metadata metadata, Module module) {
    return metadata.settings(NOUN).stream()
        .filter(setting -> Long.valueOf(module.id()).equals(setting.parentId()))
        .filter(rule -> rule.body().path("status").asString("active").equalsIgnoreCase("active"));
  }

  private static SharingRule of(JsonNode body) {
    return new SharingRule(
        body.path("name").asString(""),
        source(body.path("shared_from")),
        source(body.path("shared_to")),
        body.path("superiors_allowed").asBoolean(false),
        body.path("permission_type").asString("read_only"),
        body.path("criteria"),
        SharingLabel.of(body).filter(SharingLabel::complete).map(SharingLabel::id).orElse(null));
  }

  private static Source source(JsonNode source) {
    return new Source(
        source.path("type").asString(""),
        source.path("resource").path("id").asLong(0),
        source.path("subordinates").asBoolean(false));
  }

  boolean isOfOwners() {
    return !criteria.isObject() || criteria.isEmpty();
  }

  /** Whether it lets the user do that with the records it is about. */
  boolean allows(Metadata metadata, long userId, Action action) {
    boolean enough =
        switch (permission) {
          case "read_write_delete", "full_access" -> true;
          case "read_write" -> action != Action.DELETE;
          default -> action == Action.READ;
        };
    return enough
        && (metadata.people().isIn(to, userId)
            || superiors && metadata.people().isAbove(to, userId));
  }
}
