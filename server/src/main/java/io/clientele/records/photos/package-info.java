/** The photo of a record. */
@NullMarked
package io.clientele.records.photos;

import org.jspecify.annotations.NullMarked;
