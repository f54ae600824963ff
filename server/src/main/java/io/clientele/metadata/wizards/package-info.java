/** Wizards: the making of a record screen by screen. */
@NullMarked
package io.clientele.metadata.wizards;

import org.jspecify.annotations.NullMarked;
