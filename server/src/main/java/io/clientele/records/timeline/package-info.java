/** What happened to a record, from the ledger of changes. */
@NullMarked
package io.clientele.records.timeline;

import org.jspecify.annotations.NullMarked;
