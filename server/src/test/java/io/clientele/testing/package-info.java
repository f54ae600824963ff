/** What all tests stand on: one server and database for the run, a fresh org for each class. */
@NullMarked
package io.clientele.testing;

import org.jspecify.annotations.NullMarked;
