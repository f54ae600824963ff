package io.clientele.access;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.Module;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What of a module's records roles and rules open to a user, worked out once for each snapshot of
 * the metadata.
 *
 * @param owners the users whose records are open
 * @param labels those of rules whose records carry them
 * @param criteria those of the other rules
 */
record Openings(List<Long> owners, List<Long> labels, List<JsonNode> criteria) {
  private record Key(long userId, Action action, long moduleId) {}

  static Openings of(Metadata metadata, long userId, Action action, Module module) {
    return metadata.remember(
        new Key(userId, action, module.id()), () -> workOut(metadata, userId, action, module));
  }

  private static Openings workOut(Metadata metadata, long userId, Action action, Module module) {
    List<SharingRule> rules =
        SharingRule.of(metadata, module).stream()
            .filter(rule -> rule.allows(metadata, userId, action))
            .toList();
    Set<Long> owners = new HashSet<>(Standing.of(metadata, userId).owners());
    rules.stream()
        .filter(SharingRule::isOfOwners)
        .forEach(rule -> owners.addAll(metadata.people().members(rule.from())));
    List<SharingRule> byCriteria = rules.stream().filter(rule -> !rule.isOfOwners()).toList();
    return new Openings(
        owners.stream().sorted().toList(),
        byCriteria.stream().map(SharingRule::label).filter(Objects::nonNull).toList(),
        byCriteria.stream()
            .filter(rule -> rule.label() == null)
            .map(SharingRule::criteria)
            .toList());
  }
}
