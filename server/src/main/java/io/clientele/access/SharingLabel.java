package io.clientele.access;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import io.clientele.metadata.Setting;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What records that meet the criteria of a sharing rule carry, so that nobody who reads them tries
 * the criteria. A rule keeps its label as {@code {"label":{"id":…,"criteria":…,"complete":…}}}:
 * other criteria than the rule's make it void, and nobody trusts it until all records have it.
 */
public record SharingLabel(long id, JsonNode criteria, boolean complete) {
  private static final String KEY = "label";

  /** The label of a rule; none when it has none for the criteria it has now. */
  static Optional<SharingLabel> of(JsonNode rule) {
    JsonNode label = rule.path(KEY);
    return label.isObject() && label.path("criteria").equals(rule.path("criteria"))
        ? Optional.of(
            new SharingLabel(
                label.path("id").asLong(),
                label.path("criteria"),
                label.path("complete").asBoolean(false)))
        : Optional.empty();
  }

  /** Whether it is the label of that rule. */
  public boolean isOf(Setting rule) {
    return of(rule.body()).filter(label -> label.id == id).isPresent();
  }

  /** The labels that records of the module are to carry. */
  public static List<SharingLabel> of(Metadata metadata, Module module) {
    return metadata.remember(
        new Key(module.id()),
        () ->
            rules(metadata, module).stream()
                .flatMap(rule -> SharingLabel.of(rule.body()).stream())
                .toList());
  }

  private record Key(long moduleId) {}

  /** The rules of the module that are about criteria and in force. */
  public static List<Setting> rules(Metadata metadata, Module module) {
    return SharingRule.settings(metadata, module)
        .filter(rule -> rule.body().path("criteria").isObject())
        .toList();
  }

  /** A label for the criteria that the rule has now. */
  public static ObjectNode give(Setting rule, long id) {
    ObjectNode body = rule.copy();
    body.putObject(KEY).put("id", id).set("criteria", rule.body().path("criteria"));
    return body;
  }

  /** The rule as one that has no label. */
  public static ObjectNode without(Setting rule) {
    ObjectNode body = rule.copy();
    body.remove(KEY);
    return body;
  }

  /** The rule with its label as one that all records have which should. */
  public static ObjectNode complete(Setting rule) {
    ObjectNode body = rule.copy();
    body.withObject(KEY).put("complete", true);
    return body;
  }
}
