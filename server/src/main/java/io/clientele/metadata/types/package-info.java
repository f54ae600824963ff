/** The field types: one file each, with its column, how JSON becomes a value and a value JSON. */
@NullMarked
package io.clientele.metadata.types;

import org.jspecify.annotations.NullMarked;
