/** Layouts of a module with their sections and fields. */
@NullMarked
package io.clientele.metadata.layouts;

import org.jspecify.annotations.NullMarked;
