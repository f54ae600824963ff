/** When records of a module are locked, for whom, and what nobody may do with them then. */
@NullMarked
package io.clientele.metadata.recordlocking;

import org.jspecify.annotations.NullMarked;
