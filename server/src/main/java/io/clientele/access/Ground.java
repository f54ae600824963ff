package io.clientele.access;

import io.clientele.db.Sql;

/**
 * One thing that opens records of a module to a user.
 *
 * @param name of the rule, where it is one; of the territory
 * @param rows the records it opens, as a condition on the module's table
 */
public record Ground(Kind kind, String name, Sql rows) {
  /** What it is. */
  public enum Kind {
    /** All records are open to administrators. */
    ADMINISTRATOR,
    /** All records of the module are open to all users. */
    DEFAULT,
    /** The user owns the record. */
    OWNER,
    /** The owner's role is below that of the user. */
    SUBORDINATE,
    /** The owner has the user's role, whose users see each other's records. */
    PEER,
    /** A rule about owners. */
    OWNER_RULE,
    /** A rule with criteria. */
    CRITERIA_RULE,
    TERRITORY,
    /** The record was shared, or one that it looks up with its related records. */
    SHARE,
    /** The record belongs to another one. */
    PARENT
  }
}
