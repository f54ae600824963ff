/** The official clients, unmodified, against the server. */
@NullMarked
package io.clientele.sdk;

import org.jspecify.annotations.NullMarked;
