/** Territories of records: assigned, taken away, and kept in line with the org's territories. */
@NullMarked
package io.clientele.records.territories;

import org.jspecify.annotations.NullMarked;
