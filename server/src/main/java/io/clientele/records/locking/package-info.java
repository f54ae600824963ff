/** Locks of records: who locked them and why, and the locks that rules put on them. */
@NullMarked
package io.clientele.records.locking;

import org.jspecify.annotations.NullMarked;
