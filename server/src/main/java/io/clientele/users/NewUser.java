package io.clientele.users;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user to be.
 *
 * @param createdBy who invites; null for the first user of an org, who made itself
 * @param body the keys of the wire that have no column, such as {@code locale}
 */
public record NewUser(
    String email,
    @Nullable String firstName,
    @Nullable String lastName,
    long roleId,
    long profileId,
    String status,
    boolean confirmed,
    String timeZone,
    @Nullable Long createdBy,
    ObjectNode body) {

  /** Refuses a time zone that nobody could read later; a blank name is none. */
  public NewUser {
    firstName = Names.orNull(firstName);
    lastName = Names.orNull(lastName);
    var unused = ZoneId.of(timeZone);
  }

  /** The name as lists show it. */
  String fullName() {
    return Names.full(firstName, lastName, body);
  }
}
