/** The jobs of an org, as who uses it sees them. */
@NullMarked
package io.clientele.jobs.control;

import org.jspecify.annotations.NullMarked;
