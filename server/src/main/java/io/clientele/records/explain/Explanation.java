package io.clientele.records.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user may do something with a record, and why.
 *
 * @param visible whether the user may know that the record is there
 * @param ownerId null where records of the module have no owners
 */
record Explanation(boolean allowed, boolean visible, @Nullable Long ownerId, List<Reason> reasons) {
  /**
   * @param kind the reason in one word
   * @param grants whether it speaks for the user
   * @param name of the rule or the territories, where it is one
   */
  record Reason(String kind, boolean grants, String name, String message) {}
}
