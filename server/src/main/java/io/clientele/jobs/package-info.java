/**
 * Work that goes on after its request was answered: rows in the org's schema, and what runs them.
 */
@NullMarked
package io.clientele.jobs;

import org.jspecify.annotations.NullMarked;
