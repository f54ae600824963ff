/** Modules as the API tells of them. */
@NullMarked
package io.clientele.metadata.modules;

import org.jspecify.annotations.NullMarked;
