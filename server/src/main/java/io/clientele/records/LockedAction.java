package io.clientele.records;

import java.util.Locale;

/** What a lock can keep users from doing with a record. */
public enum LockedAction {
  /** Every lock stops it. */
  UPDATE,
  DELETE,
  CONVERT,
  CHANGE_OWNER,
  TAGS;

  /** The word in {@code restricted_actions} of record locking configurations. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
