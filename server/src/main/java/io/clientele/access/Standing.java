package io.clientele.access;

import io.clientele.metadata.Metadata;
import io.clientele.metadata.People;
import io.clientele.metadata.Territory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a user stands in the org, worked out once for each snapshot of its metadata.
 *
 * @param administrator whether all records are open
 * @param owners the users whose records are the user's to see: themselves, those of roles below,
 *     peers
 * @param principals by which ids something may be shared with the user: of the user, the role, the
 *     groups, and 0 for all
 * @param territories those of the user and below
 * @param writable those of them whose records the user may also change
 */
record Standing(
    boolean administrator,
    Set<Long> owners,
    List<Long> principals,
    List<Long> territories,
    List<Long> writable) {

  private record Key(long userId) {}

  static Standing of(Metadata metadata, long userId) {
    return metadata.remember(new Key(userId), () -> workOut(metadata, userId));
  }

  private static Standing workOut(Metadata metadata, long userId) {
    People people = metadata.people();
    Set<Long> owners = new HashSet<>(people.subordinates(userId));
    owners.addAll(people.peers(userId));
    owners.add(userId);
    List<Long> principals = new ArrayList<>(List.of(0L, userId));
    if (people.users().get(userId) != null) {
      principals.add(people.users().get(userId).roleId());
    }
    principals.addAll(people.groupsOf(userId));
    return new Standing(
        metadata
            .profileOf(userId)
            .filter(profile -> profile.apiName().equals("Administrator"))
            .isPresent(),
        Set.copyOf(owners),
        List.copyOf(principals),
        territories(people, userId, false),
        territories(people, userId, true));
  }

  /** The territories given to the user, and those below them with the same rights. */
  private static List<Long> territories(People people, long userId, boolean writing) {
    List<Territory> given =
        people.territories().values().stream()
            .filter(one -> one.users().contains(userId))
            .filter(one -> !writing || !one.readOnly())
            .toList();
    return people.territories().keySet().stream()
        .filter(id -> given.stream().anyMatch(one -> people.isTerritoryWithin(id, one.id())))
        .toList();
  }
}
