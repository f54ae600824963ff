package io.clientele.app;

import io.clientele.access.Access;
import io.clientele.metadata.Metadata;
import io.clientele.metadata.UserName;
import io.clientele.org.Org;
import java.util.List;
import java.util.Optional;

/** The org a command is about. */
final class ChosenOrg {
  private ChosenOrg() {}

  /** The org of that id, or the only one. */
  static Org of(Installation installation, Optional<Long> id) {
    List<Org> orgs = installation.orgs().list();
    if (id.isPresent()) {
      return orgs.stream()
          .filter(org -> org.id() == id.get())
          .findFirst()
          .orElseThrow(() -> new Failure("There is no org " + id.get() + "."));
    }
    if (orgs.size() != 1) {
      throw new Failure(
          orgs.isEmpty()
              ? "There is no org yet. Run 'clientele serve' first."
              : "There are " + orgs.size() + " orgs; name one with --org ('clientele org list').");
    }
    return orgs.getFirst();
  }

  /** The first active administrator, in whose name commands change an org. */
  static long administrator(Installation installation, long orgId) {
    Metadata metadata = installation.metadata().of(orgId);
    return metadata.userNames().stream()
        .filter(UserName::active)
        .filter(user -> Access.isAdministrator(metadata, user.id()))
        .findFirst()
        .orElseThrow(() -> new Failure("The org has no active administrator."))
        .id();
  }
}
