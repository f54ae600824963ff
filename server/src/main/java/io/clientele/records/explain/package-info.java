/** Why a user may do something with a record, or may not. */
@NullMarked
package io.clientele.records.explain;

import org.jspecify.annotations.NullMarked;
