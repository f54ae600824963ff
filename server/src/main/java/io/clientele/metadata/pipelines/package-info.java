/** Pipelines of deals: which stages they pass through. */
@NullMarked
package io.clientele.metadata.pipelines;

import org.jspecify.annotations.NullMarked;
