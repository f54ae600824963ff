/** What the edition allows and how much of it is used. */
@NullMarked
package io.clientele.metadata.features;

import org.jspecify.annotations.NullMarked;
