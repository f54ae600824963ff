package io.clientele.imports;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * How an import is to be done.
 *
 * @param modules the only modules to take; all when empty
 * @param ownerForUnknown who stands for users that the org does not have, in place of new users
 * @param zone of moments that do not name one
 * @param skipUnknown whether columns and modules that have no place here are left out
 * @param add whether the org may have had records before
 * @param batch how many rows are one transaction
 */
public record ImportOptions(
    Set<String> modules,
    Optional<Long> ownerForUnknown,
    ZoneId zone,
    boolean skipUnknown,
    boolean add,
    int batch) {
  /** Rows of one transaction, usually. */
  public static final int BATCH = 2_000;
}
