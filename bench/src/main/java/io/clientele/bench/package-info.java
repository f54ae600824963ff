/** Measurements: the server's hot paths beside what the database itself can do, in one run. */
@NullMarked
package io.clientele.bench;

import org.jspecify.annotations.NullMarked;
