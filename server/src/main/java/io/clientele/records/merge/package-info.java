/** Duplicates become one record. */
@NullMarked
package io.clientele.records.merge;

import org.jspecify.annotations.NullMarked;
