/** The list of available APIs, generated from the route table. */
@NullMarked
package io.clientele.apis;

import org.jspecify.annotations.NullMarked;
