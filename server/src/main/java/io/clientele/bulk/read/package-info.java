/** Bulk read: the records of a module, or many of them, as a file that a job writes. */
@NullMarked
package io.clientele.bulk.read;

import org.jspecify.annotations.NullMarked;
