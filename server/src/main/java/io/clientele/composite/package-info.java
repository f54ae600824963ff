/** Several calls in one: POST /__composite_requests. */
@NullMarked
package io.clientele.composite;

import org.jspecify.annotations.NullMarked;
