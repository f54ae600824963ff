/** The wire layer: routes, calls, replies, JSON reading and writing. No SQL here. */
@NullMarked
package io.clientele.http;

import org.jspecify.annotations.NullMarked;
