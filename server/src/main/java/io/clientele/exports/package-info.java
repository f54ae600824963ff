/** Files that jobs write for clients to download. */
@NullMarked
package io.clientele.exports;

import org.jspecify.annotations.NullMarked;
