/** Notes of a record. */
@NullMarked
package io.clientele.records.notes;

import org.jspecify.annotations.NullMarked;
