/** The one error type and the catalogue of codes, statuses and messages. */
@NullMarked
package io.clientele.error;

import org.jspecify.annotations.NullMarked;
