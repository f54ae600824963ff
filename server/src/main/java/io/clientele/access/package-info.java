/** Which rows a user may see and what a user may do. */
@NullMarked
package io.clientele.access;

import org.jspecify.annotations.NullMarked;
