/** Records that were deleted. */
@NullMarked
package io.clientele.records.deleted;

import org.jspecify.annotations.NullMarked;
