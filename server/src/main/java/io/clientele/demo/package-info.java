/** A sample company to try the server with. */
@NullMarked
package io.clientele.demo;

import org.jspecify.annotations.NullMarked;
