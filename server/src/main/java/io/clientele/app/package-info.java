/** Main, command line, configuration and the wiring of all parts. */
@NullMarked
package io.clientele.app;

import org.jspecify.annotations.NullMarked;
