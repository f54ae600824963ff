/** The org's territories and their users. */
@NullMarked
package io.clientele.territories;

import org.jspecify.annotations.NullMarked;
