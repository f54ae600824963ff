/** The lists of related records that a module has. */
@NullMarked
package io.clientele.metadata.relatedlists;

import org.jspecify.annotations.NullMarked;
