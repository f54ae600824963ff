/** Bulk write: rows of uploaded CSV files become records, or change them, by jobs. */
@NullMarked
package io.clientele.bulk.write;

import org.jspecify.annotations.NullMarked;
