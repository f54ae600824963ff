/** Tags of modules: what records can be marked with. */
@NullMarked
package io.clientele.metadata.tags;

import org.jspecify.annotations.NullMarked;
