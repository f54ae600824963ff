/** Copies of records. */
@NullMarked
package io.clientele.records.clone;

import org.jspecify.annotations.NullMarked;
